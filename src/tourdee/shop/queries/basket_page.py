"""The basket as its page and the checkout print it: what each line costs today, what is wrong with it, what comes back
when the buyer cancels."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.dates import clock, short_date
from tourdee.core.money import baht, percent_of
from tourdee.core.templatetags.tourdee import local
from tourdee.legal.models import Business

from ..models import Departure, Order, Picture, Shop, Variant
from .availability import pieces_left, seats_left
from .baskets import ANY_WAY, Basket, BasketLine, Item, MixedSellers, Refused, basket
from .delivery_page import DeliveryPage, delivery_page
from .shipping import CannotDeliver, Delivery, tariff_of
from .storefront.words import day_line, price_unit

LineName = tuple[str, str, str]
KEY = re.compile(r"[A-Za-z0-9_-]{20,64}")  # no key that could be guessed opens an order


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketRow:
    """One line. ``name`` is how the form names it. ``problem`` says why it can't be ordered as it stands; a line that
    is no longer on sale has no price."""

    item: Item
    title: str
    detail: str = ""
    picture: str = ""
    path: tuple[str, str, str] | None = None
    unit_price: str = ""
    unit: str = ""
    total: str = ""
    problem: str = ""
    terms: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.item.variant or f"{self.item.departure}.{self.item.category}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketPage:
    """The whole basket. ``problem`` concerns it as a whole (``is_mixed``: it would be paid to different people);
    totals are empty while anything is wrong with it. ``delivery`` is empty without goods."""

    shop: Shop
    rows: list[BasketRow]
    payee: Business | None = None
    needs_address: bool = False
    delivery: DeliveryPage | None = None
    goods: str = ""
    shipping: str = ""
    total: str = ""
    total_satang: int = 0
    problem: str = ""
    is_mixed: bool = False

    @property
    def is_fine(self) -> bool:
        undeliverable = self.delivery is not None and bool(self.delivery.problem)
        return bool(self.rows) and not (self.problem or undeliverable or any(row.problem for row in self.rows))


def shop_selling(item: Item) -> Shop | None:
    """The shop of a departure or a variant, whether or not it may be sold; one query."""
    if item.variant:
        variants = Variant.objects.select_related("product__shop__business", "product__shop__delivery_terms")
        variant = variants.filter(public_id=item.variant).first()
        return variant.product.shop if variant else None
    departures = Departure.objects.select_related("tour__shop__business", "tour__shop__delivery_terms")
    departure = departures.filter(public_id=item.departure).first()
    return departure.tour.shop if departure else None


def shop_named(public_id: str) -> Shop | None:
    """The shop of a kept basket."""
    return Shop.objects.select_related("business", "owner", "delivery_terms").filter(public_id=public_id).first()


def basket_page(*, shop: Shop, items: Sequence[Item], at: datetime, delivery: Delivery = ANY_WAY) -> BasketPage:
    """What lies in the basket at today's prices. Six queries while nothing is wrong, one more for zones; then a
    few more to find out which line it is."""
    try:
        priced = basket(shop=shop, items=items, at=at, delivery=delivery)
    except CannotDeliver as refused:
        return _undeliverable(shop, items, delivery, refused, at)
    except Refused as refused:
        return _with_problems(shop, items, refused, at)
    rows = _rows(shop, items, priced, _shortages(priced.lines, at), at)
    sure = priced.shipping is None or priced.shipping.sure
    return BasketPage(
        shop=shop,
        rows=rows,
        payee=priced.payee,
        needs_address=priced.needs_address,
        delivery=delivery_page(priced.tariff, delivery, priced) if priced.tariff else None,
        goods=baht(priced.goods_satang),
        shipping=_shipping_words(priced),
        total=baht(priced.total_satang) if sure else _("from %(amount)s") % {"amount": baht(priced.total_satang)},
        total_satang=priced.total_satang,
    )


def _shipping_words(priced: Basket) -> str:
    if priced.shipping is None:
        return ""
    amount = baht(priced.shipping_satang) if priced.shipping_satang else _("free")
    return amount if priced.shipping.sure else _("from %(amount)s") % {"amount": amount}


def _undeliverable(
    shop: Shop, items: Sequence[Item], delivery: Delivery, refused: CannotDeliver, at: datetime
) -> BasketPage:
    """The lines are all right; the goods among them cannot be sent there, or not together."""
    priced = basket(shop=shop, items=items, at=at, delivery=None)
    rows = _rows(shop, items, priced, _shortages(priced.lines, at), at)
    page = delivery_page(tariff_of(shop), delivery, priced, problem=refused.message)
    return BasketPage(shop=shop, rows=rows, payee=priced.payee, needs_address=True, delivery=page)


def _with_problems(shop: Shop, items: Sequence[Item], refused: Refused, at: datetime) -> BasketPage:
    """Each line on its own: the ones that are refused alone carry the reason; if none is, it is the mixture."""
    rows = [_row_alone(shop, item, at) for item in items]
    alone = any(row.problem for row in rows)
    mixed = isinstance(refused, MixedSellers)
    return BasketPage(shop=shop, rows=rows, problem="" if alone else refused.message, is_mixed=mixed and not alone)


def _row_alone(shop: Shop, item: Item, at: datetime) -> BasketRow:
    try:
        priced = basket(shop=shop, items=[item], at=at, delivery=None)
    except Refused as refused:
        return BasketRow(item=item, title=_("No longer on sale"), problem=refused.message)
    return _rows(shop, [item], priced, _shortages(priced.lines, at), at)[0]


def _rows(
    shop: Shop, items: Sequence[Item], priced: Basket, short: dict[LineName, str], at: datetime
) -> list[BasketRow]:
    """In the order in which they were put in; lines of the same thing were added up."""
    lines = {_name(line): line for line in priced.lines}
    pictures = _pictures(priced.lines)
    wanted = dict.fromkeys((item.departure, item.category, item.variant) for item in items)
    return [_row(shop, name, lines[name], pictures, short.get(name, ""), at) for name in wanted]


def _name(line: BasketLine) -> LineName:
    if line.variant:
        return "", "", line.variant.public_id
    assert line.departure
    assert line.category
    return line.departure.public_id, line.category.public_id, ""


def _row(
    shop: Shop, name: LineName, line: BasketLine, pictures: dict[tuple[str, int], str], problem: str, at: datetime
) -> BasketRow:
    language = get_language() or "th"
    shown: dict[str, Any] = {
        "item": Item(departure=name[0], category=name[1], variant=name[2], quantity=line.quantity),
        "title": local(line, "name"),
        "unit_price": baht(line.unit_price_satang),
        "total": baht(line.total_satang),
        "problem": problem,
    }
    if line.departure and line.category:
        start, tour = line.departure.starts_at, line.departure.tour
        return BasketRow(
            detail=f"{day_line(start, language)} · {clock(start, language)}",
            unit=price_unit(line.category.seats),
            picture=pictures.get(("tour", tour.pk), ""),
            path=("tour", shop.slug, tour.public_id),
            terms=refund_terms(line.tiers, line.total_satang, start, at),
            **shown,
        )
    assert line.variant
    product = line.variant.product
    unit = _("per %(unit)s") % {"unit": local(product, "unit")}
    picture = pictures.get(("product", product.pk), "")
    return BasketRow(unit=unit, picture=picture, path=("product", shop.slug, product.public_id), **shown)


def _pictures(lines: list[BasketLine]) -> dict[tuple[str, int], str]:
    tours = {line.departure.tour_id for line in lines if line.departure}
    products = {line.variant.product_id for line in lines if line.variant}
    found: dict[tuple[str, int], str] = {}
    for picture in Picture.objects.filter(Q(tour__in=tours) | Q(product__in=products)).order_by("position", "id"):
        owner = ("tour", picture.tour_id) if picture.tour_id else ("product", picture.product_id or 0)
        found.setdefault(owner, picture.path)
    return found


def _shortages(lines: list[BasketLine], at: datetime) -> dict[LineName, str]:
    """By line, what to say where fewer are left than wanted. Asks more only where the counter itself looks short."""
    seats = Counter[int]()
    for line in lines:
        if line.departure:
            seats[line.departure.pk] += line.seats
    short = {}
    for line in lines:
        left = _left_if_short(line, seats, at)
        if left is not None:
            short[_name(line)] = _only_left(left)
    return short


def _left_if_short(line: BasketLine, seats: Counter[int], at: datetime) -> int | None:
    if line.departure and line.departure.left < seats[line.departure.pk]:
        left = seats_left(line.departure, at)
        return left if left < seats[line.departure.pk] else None
    if line.variant and line.variant.left < line.quantity:
        left = pieces_left(line.variant, at)
        return left if left < line.quantity else None
    return None


def _only_left(left: int) -> str:
    if left <= 0:
        return _("Sold out. Please choose another day or take it out.")
    return _("Only %(left)s left. Please choose fewer.") % {"left": left}


def refund_terms(tiers: list[list[int]], satang: int, start: datetime, at: datetime) -> list[str]:
    """What comes back when the buyer cancels, in baht and by the clock: ``until 20 Nov 2026 09:00: ฿2,500 back``."""
    language = get_language() or "th"
    said = []
    for hours, percent in sorted(tiers, reverse=True):
        until = start - timedelta(hours=hours)
        if until > at and percent:
            said.append(
                _("Cancel until %(day)s %(time)s: %(amount)s back")
                % {
                    "day": short_date(until, language),
                    "time": clock(until, language),
                    "amount": baht(percent_of(satang, percent)),
                }
            )
    return [*said, _("After that: no refund")] if said else [_("Too close to the start: no refund when you cancel")]


def order_placed_with(key: str) -> Order | None:
    """The order that came of a basket, known by the basket's own key: only the browser that placed it has that."""
    return Order.objects.filter(idempotency_key=key).first() if KEY.fullmatch(key) else None
