"""What a seller can sell in a chat or at the counter, and the words to paste."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tourdee.core.dates import clock, short_date
from tourdee.core.money import baht
from tourdee.core.templatetags.tourdee import local

from ..models import Departure, Order, OrderLine, Product, Shop, Tour, Variant
from .availability import with_seats_left

MOST_DATES = 60


def departures_to_sell(shop: Shop, at: datetime) -> list[Departure]:
    """Dates ahead, soonest first, past the public cut-off too; each with ``seats_left``. One query."""
    ahead = Departure.objects.filter(
        tour__shop=shop, tour__status=Tour.Status.PUBLISHED, status=Departure.Status.OPEN, starts_at__gt=at
    )
    return list(with_seats_left(ahead, at).select_related("tour").order_by("starts_at")[:MOST_DATES])


def departure_to_sell(shop: Shop, public_id: str, at: datetime) -> Departure | None:
    """One of them, however far ahead."""
    ahead = Departure.objects.filter(tour__shop=shop, tour__status=Tour.Status.PUBLISHED, starts_at__gt=at)
    return with_seats_left(ahead, at).select_related("tour").filter(public_id=public_id[:16]).first()


def variants_to_sell(shop: Shop) -> list[Variant]:
    """Goods on sale, those that are sold out too, by name. One query."""
    on_sale = Variant.objects.filter(product__shop=shop, product__status=Product.Status.PUBLISHED, is_active=True)
    return list(on_sale.select_related("product").order_by("product__name_th", "position", "id"))


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
            rows.append(f"• {_('Shipping')} {baht(order.shipping_satang)}")
        return "\n".join(
            [
                _("%(shop)s: your order") % {"shop": local(order.shop, "name")},
                *rows,
                _("Total %(total)s") % {"total": baht(order.total_satang)},
                _("Please pay until %(until)s here:") % {"until": until},
                pay_address(order),
            ]
        )


def _row(line: OrderLine, language: str) -> str:
    start = line.departure.starts_at if line.departure else None
    day = f" ({short_date(start, language)} {clock(start, language)})" if start else ""
    return f"• {local(line, 'name')}{day} × {line.quantity} = {baht(line.total_satang)}"
