"""The files that there are, by the end of their address."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from tourdee.shop.models import Shop

from ..queries.checked import CheckedFeed
from .rss import rss
from .sheet import sheet
from .things_to_do import things_to_do

Write = Callable[[Shop, CheckedFeed, str], bytes]


@dataclass(frozen=True)
class Format:
    """A kind of file, and how a checked feed becomes one."""

    content_type: str
    write: Write


def _rss(shop: Shop, feed: CheckedFeed, _version: str) -> bytes:
    title = shop.name_en or shop.name_th if feed.language == "en" else shop.name_th
    link = settings.SITE_URL + reverse("shop", args=[shop.slug])
    return rss(title, link, [(row.values, row.more_pictures) for row in feed.rows])


def _sheet(_shop: Shop, feed: CheckedFeed, _version: str) -> bytes:
    return sheet([(row.values, row.more_pictures) for row in feed.rows])


def _things_to_do(shop: Shop, feed: CheckedFeed, version: str) -> bytes:
    return things_to_do(shop, feed.rows, zlib.crc32(version.encode()))


FORMATS: dict[tuple[str, str], Format] = {
    ("meta", "xml"): Format("application/rss+xml; charset=utf-8", _rss),
    ("meta", "csv"): Format("text/csv; charset=utf-8", _sheet),
    ("google", "xml"): Format("application/rss+xml; charset=utf-8", _rss),
    ("things-to-do", "json"): Format("application/json; charset=utf-8", _things_to_do),
}
