"""What it costs to send goods: by zone and weight, with a surcharge for remote places, free above an amount, or nothing
for goods that are fetched. Pure figures; the shop's terms are read once by ``tariff_of``."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tourdee.core.places import province_of

from ..models import DeliveryTerms, Parcel, ShippingZone, Shop
from .refusals import Refused

POST, HAND_OVER = Parcel.Way.POST, Parcel.Way.HAND_OVER


class CannotDeliver(Refused):
    """The goods cannot reach the buyer in the way that was chosen."""


class NotSentThere(CannotDeliver):
    """No zone of the shop holds this place."""

    @property
    def message(self) -> str:
        return _("This shop does not send to this postcode. Please ask the seller, or choose another address.")


class TooHeavy(CannotDeliver):
    """Heavier than the shop's last weight step."""

    @property
    def message(self) -> str:
        return _("Together this is too heavy for one parcel. Please choose fewer, or ask the seller.")


class WayNotOffered(CannotDeliver):
    """The shop does not send, or its goods cannot be fetched."""

    @property
    def message(self) -> str:
        return _("Please choose how you want to get the goods.")


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """How a buyer wants to get goods; without a ``way`` it is the one that the shop offers first. ``postcode`` is empty
    while nobody knows it; ``subdistrict`` (DOPA code) and ``house`` come with the buyer's details; ``on_delivery``: paid
    in cash to the carrier."""

    way: str = ""
    postcode: str = ""
    subdistrict: str = ""
    house: str = ""
    on_delivery: bool = False


@dataclass(frozen=True, kw_only=True)
class Shipping:
    """What the goods of a basket cost to deliver. ``satang`` holds ``fee_satang`` for paying on delivery. Not ``sure``:
    the least that it may cost, until the postcode is known."""

    way: str
    satang: int
    fee_satang: int = 0
    grams: int = 0
    sure: bool = True


@dataclass(frozen=True)
class Tariff:
    """A shop's terms as they stand now."""

    terms: DeliveryTerms
    zones: Sequence[ShippingZone]
    flat_satang: int

    @property
    def ways(self) -> list[str]:
        """What the buyer may choose from, never empty."""
        return [way for way, offered in ((POST, self.terms.sends), (HAND_OVER, self.terms.hands_over)) if offered]

    @property
    def depends_on_place(self) -> bool:
        return bool(self.terms.by_zone or (self.terms.surcharge_satang and self.terms.remote_postcodes))


def terms_of(shop: Shop) -> DeliveryTerms:
    """The shop's terms, or those of a shop that never wrote any."""
    try:
        return shop.delivery_terms
    except DeliveryTerms.DoesNotExist:
        return DeliveryTerms(shop=shop)


def tariff_of(shop: Shop) -> Tariff:
    """The shop's terms; those of a shop that never wrote any send everywhere for its flat fee. No query for a flat fee
    where the shop was read together with its terms."""
    terms = terms_of(shop)
    zones = list(ShippingZone.objects.filter(shop=shop)) if terms.by_zone else []
    return Tariff(terms, zones, shop.shipping_satang)


def shipping(tariff: Tariff, *, grams: int, goods_satang: int, delivery: Delivery) -> Shipping:
    """What goods of this weight (without packing) and price cost to deliver. Raises NotSentThere, TooHeavy,
    WayNotOffered."""
    way = delivery.way or tariff.ways[0]
    if way not in tariff.ways:
        raise WayNotOffered
    if way == HAND_OVER:
        return Shipping(way=HAND_OVER, satang=0, grams=grams)
    grams += tariff.terms.packing_grams
    fee = tariff.terms.on_delivery_fee_satang if delivery.on_delivery else 0
    satang = _satang(tariff, grams, goods_satang, delivery.postcode)
    sure = bool(delivery.postcode) or not tariff.depends_on_place
    return Shipping(way=POST, satang=satang + fee, fee_satang=fee, grams=grams, sure=sure)


def _satang(tariff: Tariff, grams: int, goods_satang: int, postcode: str) -> int:
    terms = tariff.terms
    if not terms.by_zone:
        price = tariff.flat_satang
    elif postcode:
        price = _step(zone_of(tariff.zones, province_of(postcode)), grams)
    else:
        price = _cheapest(tariff.zones, grams)
    if terms.free_from_satang is not None and goods_satang >= terms.free_from_satang:
        price = 0
    return price + (terms.surcharge_satang if postcode in terms.remote_postcodes else 0)


def zone_of(zones: Sequence[ShippingZone], province: int) -> ShippingZone:
    """The zone that names the province, else the one for everywhere else. Raises NotSentThere."""
    named = next((zone for zone in zones if province in zone.provinces), None)
    rest = next((zone for zone in zones if not zone.provinces), None)
    if found := named or rest:
        return found
    raise NotSentThere


def _step(zone: ShippingZone, grams: int) -> int:
    for most, satang in sorted(zone.steps):
        if grams <= most:
            return int(satang)
    raise TooHeavy


def _cheapest(zones: Sequence[ShippingZone], grams: int) -> int:
    prices = [satang for zone in zones for most, satang in zone.steps if grams <= most]
    if not prices:
        raise TooHeavy
    return int(min(prices))
