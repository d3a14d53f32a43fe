"""A basket with our names and prices."""

from dataclasses import dataclass, field
from datetime import datetime

from tourdee.legal.models import Business

from ...models import Departure, Extra, OrderLine, PickupPoint, PriceCategory, Variant, Voucher
from ..shipping import POST, Shipping, Tariff
from .wishes import PRIVATE, Key

KIND = OrderLine.Kind


@dataclass(frozen=True, kw_only=True)
class BasketLine:
    """One line with our name and price; it becomes an ``OrderLine``. ``tiers``: [[hours before, per cent back], …], the
    largest hours first. ``discount_satang`` is its share of what a voucher takes off."""

    kind: str = KIND.SEATS
    departure: Departure | None = None
    category: PriceCategory | None = None
    extra: Extra | None = None
    pickup: PickupPoint | None = None
    variant: Variant | None = None
    name_th: str
    name_en: str
    quantity: int
    seats: int = 0
    guide_language: str = ""
    unit_price_satang: int
    discount_satang: int = 0
    tiers: list[list[int]] = field(default_factory=list)

    @property
    def total_satang(self) -> int:
        return self.quantity * self.unit_price_satang

    @property
    def net_satang(self) -> int:
        """What it costs after its share of the discount."""
        return self.total_satang - self.discount_satang

    @property
    def people(self) -> int:
        """How many guests come with this line."""
        return {KIND.SEATS: self.quantity, KIND.PRIVATE: self.seats}.get(KIND(self.kind), 0)

    @property
    def key(self) -> Key | None:
        """By which item it was asked for; none for a pick-up, which follows from a choice."""
        if self.variant:
            return "", "", self.variant.public_id, ""
        assert self.departure
        if self.extra:
            return self.departure.public_id, "", "", self.extra.public_id
        if self.kind == KIND.PICKUP:
            return None
        return self.departure.public_id, self.category.public_id if self.category else PRIVATE, "", ""


@dataclass(frozen=True, kw_only=True)
class Basket:
    """What an order would be. ``opening``: by departure row, the moment after which it must start to be bookable.
    ``shipping`` and ``tariff`` are empty without goods. ``due_now_satang`` is what books it; what is left of the total
    is due until ``rest_due_at``."""

    lines: list[BasketLine]
    payee: Business
    goods_satang: int
    opening: dict[int, datetime]
    shipping: Shipping | None = None
    tariff: Tariff | None = None
    voucher: Voucher | None = None
    due_now_satang: int = 0
    rest_due_at: datetime | None = None

    @property
    def shipping_satang(self) -> int:
        return self.shipping.satang if self.shipping else 0

    @property
    def discount_satang(self) -> int:
        return sum(line.discount_satang for line in self.lines)

    @property
    def total_satang(self) -> int:
        return self.goods_satang + self.shipping_satang - self.discount_satang

    @property
    def total_without_fee(self) -> int:
        """The price before the fee for paying on delivery."""
        return self.total_satang - (self.shipping.fee_satang if self.shipping else 0)

    @property
    def needs_address(self) -> bool:
        return self.shipping is not None and self.shipping.way == POST
