"""What a seller can sell in a chat or at the counter, and the words to paste."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tourdee.core.dates import at_bangkok, clock, short_date
from tourdee.core.money import baht
from tourdee.core.templatetags.tourdee import local

from ..models import DeliveryTerms, Departure, Order, OrderLine, PriceCategory, Product, Shop, Tour, Variant
from .availability import with_seats_left
from .basket_options import BookingOptions, options_to_sell
from .baskets import ANY_WAY, Basket, Item, SellersDiscount, Wishes, basket
from .chat_orders import agreed_delivery, lacks_address
from .on_delivery import check_agreed_on_delivery
from .prices import categories_on
from .promises import deposit_words
from .shipping import Delivery, tariff_of, terms_of

MOST_DATES = 24


def departures_to_sell(shop: Shop, at: datetime, since: date | None = None, tour: str = "") -> list[Departure]:
    """Dates ahead, or from a day on, or of one tour, soonest first, past the public cut-off too; at most MOST_DATES,
    each with ``seats_left``. One query."""
    ahead = Departure.objects.filter(
        tour__shop=shop, tour__status=Tour.Status.PUBLISHED, status=Departure.Status.OPEN, starts_at__gt=at
    )
    if tour:
        ahead = ahead.filter(tour__public_id=tour)
    if since:
        ahead = ahead.filter(starts_at__gte=at_bangkok(since, 0))
    return list(with_seats_left(ahead, at).select_related("tour").order_by("starts_at")[:MOST_DATES])


def tours_to_sell(shop: Shop, at: datetime) -> list[Tour]:
    """The tours with such dates, by name, to choose one. One query."""
    ahead = Departure.objects.filter(status=Departure.Status.OPEN, starts_at__gt=at)
    tours = Tour.objects.filter(shop=shop, status=Tour.Status.PUBLISHED, departures__in=ahead)
    return list(tours.distinct().order_by("name_th", "pk"))


def departure_to_sell(shop: Shop, public_id: str, at: datetime) -> Departure | None:
    """One of them, however far ahead."""
    ahead = Departure.objects.filter(tour__shop=shop, tour__status=Tour.Status.PUBLISHED, starts_at__gt=at)
    return with_seats_left(ahead, at).select_related("tour").filter(public_id=public_id[:16]).first()


def variants_to_sell(shop: Shop) -> list[Variant]:
    """Goods on sale, those that are sold out too, by name. One query."""
    on_sale = Variant.objects.filter(product__shop=shop, product__status=Product.Status.PUBLISHED, is_active=True)
    return list(on_sale.select_related("product").order_by("product__name_th", "position", "id"))


@dataclass(frozen=True)
class ToSell:
    """What the seller's form offers. ``takes_money``: it comes to the seller, not to a partner whose licence the tour
    is sold under. ``on_delivery``: what the fee for it is, in satang, where goods may be paid so. ``sends``: there are
    goods that go by post."""

    variants: list[Variant]
    departure: Departure | None = None
    prices: list[PriceCategory] = field(default_factory=list)
    options: BookingOptions | None = None
    on_delivery: int | None = None
    sends: bool = False

    @property
    def takes_money(self) -> bool:
        return self.departure is None or self.departure.tour.operator_id is None


def to_sell(shop: Shop, departure: Departure | None) -> ToSell:
    """Goods alone, or a date with its prices of that day and everything that goes with its seats."""
    variants = variants_to_sell(shop)
    terms = terms_of(shop) if variants else DeliveryTerms()
    fee = terms.on_delivery_fee_satang if terms.on_delivery else None
    sends = bool(variants) and terms.sends
    if departure is None:
        return ToSell(variants, on_delivery=fee, sends=sends)
    return ToSell(variants, departure, categories_on(departure), options_to_sell(departure), fee, sends)


def what_it_costs(
    shop: Shop, *, items: Sequence[Item], wishes: Wishes, discount: SellersDiscount, at: datetime, ships: bool = True,
    on_delivery: bool = False, delivery: Delivery = ANY_WAY,
) -> Basket:  # fmt: skip
    """What the sale would be, priced as it will be when it is made. Raises what ``basket`` raises, NotOnDelivery."""
    sent = agreed_delivery(delivery, on_delivery=on_delivery)
    wanted = basket(
        shop=shop, items=items, wishes=wishes, discount=discount, at=at, by_seller=True, delivery=sent if ships else None
    )  # fmt: skip
    if on_delivery:
        check_agreed_on_delivery(wanted, sent)
    return wanted


@dataclass(frozen=True)
class PasteText:
    """A ready text for the chat in one language."""

    language: str
    name: str
    text: str


def pay_address(order: Order) -> str:
    """The whole short link."""
    with translation.override("th"):
        return f"{settings.SITE_URL}{reverse('pay_link', args=[order.pay_code])}"


def paste_texts(order: Order, lines: list[OrderLine]) -> list[PasteText]:
    """What the seller pastes into the chat, in Thai and in English."""
    return [
        PasteText(language, name, _text(order, lines, language))
        for language, name in (("th", "ไทย"), ("en", "English"))
    ]


def _text(order: Order, lines: list[OrderLine], language: str) -> str:
    with translation.override(language):
        until = f"{short_date(order.expires_at, language)} {clock(order.expires_at, language)}"
        rows = [_row(line, language) for line in lines]
        if order.shipping_satang:
            rows.append(f"• {shipping_words(order)} {baht(order.shipping_satang)}")
        if order.discount_reason:
            off = order.discount_satang - order.rounding_satang
            rows.append(f"• {_('Discount')} ({order.discount_reason}) −{baht(off)}")
        return "\n".join(
            [
                _("%(shop)s: your order") % {"shop": local(order.shop, "name")},
                *rows,
                _total_words(order) % {"total": baht(order.total_satang)},
                *filter(None, [deposit_words(order)]),
                _what_to_do(order, until),
                pay_address(order),
            ]
        )


def _total_words(order: Order) -> str:
    """Sending may cost more than the least that is asked for, as long as nobody knows where to."""
    if lacks_address(order) and tariff_of(order.shop).depends_on_place:
        return _("Total from %(total)s, depending on where it is sent")
    return _("Total %(total)s")


def shipping_words(order: Order) -> str:
    """What it is that shipping costs, with the fee for paying on delivery in it."""
    parcel = getattr(order, "parcel", None)
    fee = parcel.fee_satang if parcel else 0
    return _("Shipping with %(fee)s for cash on delivery") % {"fee": baht(fee)} if fee else _("Shipping")


def _what_to_do(order: Order, until: str) -> str:
    if order.waits_for_guest and not lacks_address(order):
        return _("You pay in cash when the parcel arrives. Please confirm until %(until)s here:") % {"until": until}
    if order.waits_for_guest:
        return _("You pay in cash when the parcel arrives. Please say until %(until)s where to send it:") % {
            "until": until
        }
    if order.pay_by == Order.PayBy.ON_THE_DAY:
        return _("Booked. You pay on the day. Your ticket:")
    return _("Please pay until %(until)s here:") % {"until": until}


def _row(line: OrderLine, language: str) -> str:
    start = line.departure.starts_at if line.departure else None
    day = f" ({short_date(start, language)} {clock(start, language)})" if start else ""
    return f"• {local(line, 'name')}{day} × {line.quantity} = {baht(line.total_satang)}"
