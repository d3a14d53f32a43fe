"""How goods can reach the buyer, as the basket and the checkout say it."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.money import baht
from tourdee.core.places import Place, places_of, province_of
from tourdee.core.provinces import province_name
from tourdee.core.templatetags.tourdee import local

from ..models import Shop
from .baskets import Basket
from .on_delivery import offers_on_delivery
from .shipping import HAND_OVER, POST, Delivery, Tariff, tariff_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WayLine:
    """One way to get the goods."""

    value: str
    label: str
    detail: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPage:
    """The ways that the shop offers, the postcode that was given, and what is wrong with it.

    ``on_delivery`` is the total in satang when it is paid on delivery, ``None`` where that is not offered; ``fee``
    says what it costs more."""

    ways: list[WayLine]
    way: str
    postcode: str
    problem: str = ""
    free_from: str = ""
    on_delivery: int | None = None
    fee: str = ""

    @property
    def by_post(self) -> bool:
        return self.way == POST

    @property
    def needs_place(self) -> bool:
        """Nobody knows yet where to send it."""
        return self.by_post and not self.postcode

    @property
    def there(self) -> str:
        """The province of the postcode."""
        return province_name(province_of(self.postcode), get_language() or "th")

    @property
    def places(self) -> tuple[Place, ...]:
        """The sub-districts that the postcode serves."""
        return places_of(self.postcode) if self.by_post else ()


def delivery_page(tariff: Tariff, delivery: Delivery, priced: Basket, *, problem: str = "") -> DeliveryPage:
    """What to offer for this basket."""
    way = delivery.way if delivery.way in tariff.ways else tariff.ways[0]
    free_from = tariff.terms.free_from_satang
    total = priced.total_without_fee
    refusal = offers_on_delivery(
        tariff, way=way, province=province_of(delivery.postcode), total_satang=total,
        has_seats=any(line.departure for line in priced.lines),
    )  # fmt: skip
    fee = tariff.terms.on_delivery_fee_satang
    return DeliveryPage(
        ways=[WayLine(value=one, label=_label(one), detail=_detail(one, tariff), chosen=one == way) for one in tariff.ways],
        way=way,
        postcode=delivery.postcode,
        problem=problem,
        free_from=baht(free_from) if free_from and priced.goods_satang < free_from else "",
        on_delivery=None if refusal or problem else total + fee,
        fee=baht(fee) if fee else "",
    )  # fmt: skip


def ways_of(shop: Shop, delivery: Delivery, problem: str = "") -> DeliveryPage:
    """What to offer for an order that stands already, made in a chat."""
    tariff = tariff_of(shop)
    way = delivery.way if delivery.way in tariff.ways else tariff.ways[0]
    return DeliveryPage(
        ways=[WayLine(value=one, label=_label(one), detail=_detail(one, tariff), chosen=one == way) for one in tariff.ways],
        way=way, postcode=delivery.postcode, problem=problem,
    )  # fmt: skip


def _label(way: str) -> str:
    return _("Send it to me") if way == POST else _("I fetch it at the shop")


def _detail(way: str, tariff: Tariff) -> str:
    return local(tariff.terms, "hand_over") if way == HAND_OVER else ""
