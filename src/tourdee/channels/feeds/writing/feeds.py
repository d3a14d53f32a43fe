"""The files that there are, by the end of their address."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from tourdee.shop.models import Shop

from ..queries.rows import Row
from .rss import rss
from .sheet import sheet
from .things_to_do import things_to_do


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Whose file, in which language; ``version`` is of what it says."""

    shop: Shop
    language: str
    version: str


@dataclass(frozen=True)
class Format:
    """A kind of file, and how checked rows become one, a piece at a time: of ten thousand items a few are in memory."""

    content_type: str
    pieces: Callable[[Wanted, Iterable[Row]], Iterator[str]]


def _rss(wanted: Wanted, rows: Iterable[Row]) -> Iterator[str]:
    shop = wanted.shop
    title = shop.name_en or shop.name_th if wanted.language == "en" else shop.name_th
    link = settings.SITE_URL + reverse("shop", args=[shop.slug])
    return rss(title, link, ((row.values, row.more_pictures) for row in rows))


def _sheet(_wanted: Wanted, rows: Iterable[Row]) -> Iterator[str]:
    return sheet((row.values, row.more_pictures) for row in rows)


def _things_to_do(wanted: Wanted, rows: Iterable[Row]) -> Iterator[str]:
    return things_to_do(wanted.shop, rows, zlib.crc32(wanted.version.encode()))


FORMATS: dict[tuple[str, str], Format] = {
    ("meta", "xml"): Format("application/rss+xml; charset=utf-8", _rss),
    ("meta", "csv"): Format("text/csv; charset=utf-8", _sheet),
    ("google", "xml"): Format("application/rss+xml; charset=utf-8", _rss),
    ("things-to-do", "json"): Format("application/json; charset=utf-8", _things_to_do),
}
