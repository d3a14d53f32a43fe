"""A feed before it is published: what goes in, and what is left out and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse

from tourdee.shop.models import Product, Shop, Tour

from ..readers import READERS, Reader
from .goods import goods_rows
from .rows import Row
from .tours import tour_rows
from .words import gap_words

MOST_SHOWN = 100
FORMAT = 2  # another way of writing makes other files out of the same items
PAGES = {  # where a field is mended: for goods, for tours
    "image_link": ("product_pictures", "tour_pictures"),
    "price": ("product_variants", "tour_prices"),
    "option_title": ("product_variants", "tour_prices"),
    "option_id": ("product_variants", "tour_prices"),
    "brand": ("edit_shop", "edit_shop"),
    "operator": ("edit_shop", "edit_shop"),
}
DETAILS = ("edit_product", "edit_tour")


@dataclass(frozen=True)
class Gap:
    """One thing that keeps an item out: the field, what is wrong with it in words, and the page where it is mended."""

    field: str
    message: str
    fix: str


@dataclass(frozen=True)
class LeftOut:
    """An item that a reader would refuse, so that it is not told of it."""

    row: Row
    gaps: list[Gap]


@dataclass
class CheckedFeed:
    """A feed as its seller sees it: ``rows`` break no rule of the reader; of long feeds the first ones, all are counted."""

    reader: Reader
    language: str
    rows: list[Row] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    told: int = 0
    missing: int = 0

    @property
    def is_complete(self) -> bool:
        """Something is told, and nothing had to be left out."""
        return bool(self.told) and not self.missing


def checked_rows(shop: Shop, reader: Reader, on: date, language: str = "th") -> Iterator[Row | LeftOut]:
    """Every public and lawful item of a shop, held against the reader's table, one after the other."""
    for row in _rows(shop, reader, on, language):
        gaps = _gaps(row, reader, language)
        yield LeftOut(row, gaps) if gaps else row


def told_rows(shop: Shop, reader: Reader, on: date, language: str = "th") -> Iterator[Row]:
    """Those that break no rule."""
    return (one for one in checked_rows(shop, reader, on, language) if isinstance(one, Row))


def checked_feed(shop: Shop, reader: Reader, on: date, language: str = "th") -> CheckedFeed:
    """What there is to see of a feed."""
    made = CheckedFeed(reader, language)
    for one in checked_rows(shop, reader, on, language):
        if isinstance(one, LeftOut):
            made.missing += 1
            made.left_out.extend([one] if made.missing <= MOST_SHOWN else [])
        else:
            made.told += 1
            made.rows.extend([one] if made.told <= MOST_SHOWN else [])
    return made


def is_complete(shop: Shop, reader: Reader, on: date) -> bool:
    """The same as ``checked_feed`` says of the Thai feed, but no further than the first gap."""
    told = False
    for one in checked_rows(shop, reader, on):
        if isinstance(one, LeftOut):
            return False
        told = True
    return told


def all_feeds(shop: Shop, on: date) -> list[CheckedFeed]:
    """The Thai feed of every reader."""
    return [checked_feed(shop, reader, on) for reader in READERS.values()]


def feed_version(shop: Shop, reader: Reader, on: date, language: str) -> str:
    """Changes whenever what a feed says may have changed: an item, its stock, the shop, or the day, on which a licence
    can end. Two queries."""
    model: Any = Tour if reader.kinds == "tours" else Product
    told = model.objects.filter(shop=shop).aggregate(versions=Sum("version"), number=Count("pk"))
    parts = (FORMAT, reader.slug, language, on.isoformat(), Shop.objects.values_list("version").get(pk=shop.pk)[0],
             told["versions"] or 0, told["number"])  # fmt: skip
    return "-".join(str(part) for part in parts)


def _rows(shop: Shop, reader: Reader, on: date, language: str) -> Iterable[Row]:
    return tour_rows(shop, on) if reader.kinds == "tours" else goods_rows(shop, reader, language)


def _gaps(row: Row, reader: Reader, language: str) -> list[Gap]:
    found = []
    for rule, how in reader.broken(row.values):
        how = row.picture_problem if rule.field == "image_link" and row.picture_problem else how
        found.append(Gap(rule.field, gap_words(rule, how, language), _fix(row, rule.field)))
    return found


def _fix(row: Row, name: str) -> str:
    page = PAGES.get(name, DETAILS)[isinstance(row.item, Tour)]
    if page == "tour_prices" and isinstance(row.item, Tour) and row.item.sold_as == Tour.SoldAs.PRIVATE:
        page = "tour_sale"  # where the prices of private groups stand
    return reverse(page) if page == "edit_shop" else reverse(page, args=[row.item.public_id])
