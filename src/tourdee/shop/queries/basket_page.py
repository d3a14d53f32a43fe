"""The basket as its page and the checkout print it: what each line costs today, what is wrong with it, what comes back
when the buyer cancels."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.dates import clock, day_line
from tourdee.core.money import baht
from tourdee.core.prepared import Prepared
from tourdee.core.templatetags.tourdee import local
from tourdee.legal.models import Business

from ..models import OrderLine, Picture, Shop
from .basket_options import BookingOptions, booking_options
from .basket_shortages import shortages
from .basket_sums import sums
from .baskets import (
    ANY_WAY,
    NOTHING_ELSE,
    BadQuantity,
    Basket,
    BasketLine,
    Item,
    MixedSellers,
    Refused,
    VoucherRefused,
    Wishes,
    basket,
)
from .delivery_page import DeliveryPage, delivery_page
from .promises import promises_of
from .shipping import CannotDeliver, Delivery, tariff_of
from .storefront.words import price_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketRow:
    """One line. ``name`` is how the form names it; ``count`` says how many for how much each; ``is_option``: an extra or
    a pick-up, chosen beside the seats. ``problem`` says why it can't be ordered as it stands; a line that is no longer
    on sale has no price."""

    item: Item
    title: str
    detail: str = ""
    picture: str = ""
    path: tuple[str, str, str] | None = None
    unit_price: str = ""
    unit: str = ""
    count: str = ""
    total: str = ""
    problem: str = ""
    terms: list[str] = field(default_factory=list)
    is_option: bool = False

    @property
    def name(self) -> str:
        return self.item.name


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketPage:
    """The whole basket. ``problem`` concerns it as a whole (``is_mixed``: it would be paid to different people);
    totals are empty while anything is wrong with it. ``delivery`` is empty without goods; ``due_now``, ``rest`` and
    ``rest_until`` without a deposit."""

    shop: Shop
    rows: list[BasketRow]
    bookings: list[BookingOptions] = field(default_factory=list)
    payee: Business | None = None
    needs_address: bool = False
    delivery: DeliveryPage | None = None
    goods: str = ""
    shipping: str = ""
    discount: str = ""
    voucher: str = ""
    voucher_problem: str = ""
    total: str = ""
    total_satang: int = 0
    due_now: str = ""
    rest: str = ""
    rest_until: datetime | None = None
    problem: str = ""
    is_mixed: bool = False

    @property
    def is_fine(self) -> bool:
        undeliverable = self.delivery is not None and bool(self.delivery.problem)
        wrong = self.problem or self.voucher_problem or undeliverable or any(row.problem for row in self.rows)
        return bool(self.rows) and not wrong


def basket_page(
    *,
    shop: Shop,
    items: Sequence[Item],
    at: datetime,
    wishes: Wishes = NOTHING_ELSE,
    delivery: Delivery = ANY_WAY,
) -> BasketPage:
    """What lies in the basket at today's prices. Six queries while nothing is wrong and nothing is optional, one more
    for zones; then a few more to find out which line it is."""
    try:
        priced = basket(shop=shop, items=items, wishes=wishes, at=at, delivery=delivery)
    except VoucherRefused as refused:
        without = replace(wishes, voucher="")
        page = basket_page(shop=shop, items=items, wishes=without, at=at, delivery=delivery)
        return replace(page, voucher=wishes.voucher, voucher_problem=refused.message)
    except CannotDeliver as refused:
        return _undeliverable(shop, items, delivery, refused, at)
    except Refused as refused:
        return _with_problems(shop, items, wishes, refused, at)
    return BasketPage(
        shop=shop,
        rows=_rows(shop, items, priced, at),
        bookings=booking_options(priced.lines, items, wishes),
        payee=priced.payee,
        needs_address=priced.needs_address,
        delivery=delivery_page(priced.tariff, delivery, priced) if priced.tariff else None,
        voucher=priced.voucher.code if priced.voucher else "",
        **sums(priced),
    )


def _undeliverable(
    shop: Shop, items: Sequence[Item], delivery: Delivery, refused: CannotDeliver, at: datetime
) -> BasketPage:
    """The lines are all right; the goods among them cannot be sent there, or not together."""
    priced = basket(shop=shop, items=items, at=at, delivery=None)
    page = delivery_page(tariff_of(shop), delivery, priced, problem=refused.message)
    rows = _rows(shop, items, priced, at)
    return BasketPage(shop=shop, rows=rows, payee=priced.payee, needs_address=True, delivery=page)


def _with_problems(shop: Shop, items: Sequence[Item], wishes: Wishes, refused: Refused, at: datetime) -> BasketPage:
    """Each line on its own: the ones that are refused alone carry the reason; if none is, it is the mixture."""
    alone = [_row_alone(shop, item, items, at) for item in items]
    rows = [row for row, _lines in alone]
    lines = [line for _row, lines in alone for line in lines]
    blamed = any(row.problem for row in rows)
    mixed = isinstance(refused, MixedSellers)
    return BasketPage(
        shop=shop,
        rows=rows,
        bookings=booking_options(lines, items, wishes),
        voucher=wishes.voucher,
        problem="" if blamed else refused.message,
        is_mixed=mixed and not blamed,
    )


def _row_alone(shop: Shop, item: Item, items: Sequence[Item], at: datetime) -> tuple[BasketRow, list[BasketLine]]:
    """An extra is looked at together with the seats that it goes with. Returns the row and its own line."""
    seats = [one for one in items if item.extra and one.departure == item.departure and not one.extra]
    try:
        priced = basket(shop=shop, items=[*seats, item], at=at, delivery=None)
    except Refused as refused:
        row = BasketRow(item=item, title=_("No longer on sale"), problem=refused.message, is_option=bool(item.extra))
        if isinstance(refused, BadQuantity) and item.quantity != 1:  # it is there, only not so often
            one, _lines = _row_alone(shop, replace(item, quantity=1), items, at)
            row = replace(one, item=item, count="", total="", terms=[], problem=refused.message)
        return row, []
    lines = [line for line in priced.lines if line.key == item.key]
    return _rows(shop, [item], priced, at)[0], lines


def _rows(shop: Shop, items: Sequence[Item], priced: Basket, at: datetime) -> list[BasketRow]:
    """In the order in which they were put in; lines of the same thing were added up. Pick-ups, which were not put in
    but chosen, come last."""
    short = shortages(priced.lines, at)
    pictures = _pictures(priced.lines)
    lines = {line.key: line for line in priced.lines if line.key}
    chosen = [lines[key] for key in dict.fromkeys(item.key for item in items)]
    pickups = [line for line in priced.lines if line.key is None]
    shown = [*chosen, *pickups]
    rows = [_row(shop, line, pictures, short.get(line.key, "")) for line in shown]
    for place, of_a_date in _by_date(shown).items():
        rows[place] = replace(rows[place], terms=promises_of(of_a_date, at))
    return rows


def _by_date(lines: list[BasketLine]) -> dict[int, list[BasketLine]]:
    """All lines of each date, by the place of the last: what is promised of a date is said once, below it."""
    last = {line.departure.pk: place for place, line in enumerate(lines) if line.departure}
    return {
        place: [line for line in lines if line.departure and line.departure.pk == date] for date, place in last.items()
    }


def _row(shop: Shop, line: BasketLine, pictures: dict[tuple[str, int], str], problem: str) -> BasketRow:
    shown: dict[str, Any] = {
        "title": local(line, "name"),
        "unit_price": baht(line.unit_price_satang),
        "total": baht(line.total_satang),
        "problem": problem,
    }
    if line.variant:
        return _goods_row(shop, line, pictures, shown)
    if line.kind in OrderLine.GUESTS:
        return _guests_row(shop, line, pictures, shown)
    assert line.departure
    key = line.key or (line.departure.public_id, "", "", "")
    unit = _("per booking") if line.extra and line.extra.per == line.extra.Per.BOOKING else _("per person")
    return BasketRow(item=Item.of(key, line.quantity), unit=unit, count=_count(line, unit), is_option=True, **shown)


def _guests_row(shop: Shop, line: BasketLine, pictures: dict[tuple[str, int], str], shown: dict[str, Any]) -> BasketRow:
    assert line.departure
    assert line.key
    language = get_language() or "th"
    start, tour = line.departure.starts_at, line.departure.tour
    unit = price_unit(line.category.seats) if line.category else _("for your group alone")
    private = _("%(people)s people, the whole date for you") % {"people": line.seats}
    return BasketRow(
        item=Item.of(line.key, line.quantity if line.category else line.seats),
        detail=f"{day_line(start, language)} · {clock(start, language)}",
        unit=unit,
        count=_count(line, unit) if line.category else private,
        picture=pictures.get(("tour", tour.pk), ""),
        path=("tour", shop.slug, tour.public_id),
        **shown,
    )


def _goods_row(shop: Shop, line: BasketLine, pictures: dict[tuple[str, int], str], shown: dict[str, Any]) -> BasketRow:
    assert line.variant
    assert line.key
    product = line.variant.product
    unit = _("per %(unit)s") % {"unit": local(product, "unit")}
    return BasketRow(
        item=Item.of(line.key, line.quantity),
        unit=unit,
        count=_count(line, unit),
        picture=pictures.get(("product", product.pk), ""),
        path=("product", shop.slug, product.public_id),
        **shown,
    )


def _count(line: BasketLine, unit: str) -> str:
    return f"{line.quantity} × {baht(line.unit_price_satang)} {unit}"


NONE = [0]  # no row has this id
PICTURES = Prepared(
    lambda tours, products: (
        Picture.objects.filter(Q(tour__among=tours) | Q(product__among=products))
        .order_by("position", "id")
        .values_list("tour_id", "product_id", "path")
    ),
    tours=[1],
    products=[1],
)


def _pictures(lines: list[BasketLine]) -> dict[tuple[str, int], str]:
    tours = {line.departure.tour_id for line in lines if line.departure}
    products = {line.variant.product_id for line in lines if line.variant}
    found: dict[tuple[str, int], str] = {}
    for tour, product, path in PICTURES.rows(tours=tours or NONE, products=products or NONE):
        found.setdefault(("tour", tour) if tour else ("product", product), path)
    return found
