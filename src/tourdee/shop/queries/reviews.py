"""Who may review what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tourdee.core.templatetags.tourdee import local

from ..models import Order, OrderLine, Review


@dataclass(frozen=True)
class ToReview:
    """A thing that was had. ``place`` is that of its first line in the order (from 1)."""

    place: int
    line: OrderLine

    @property
    def what(self) -> tuple[int | None, int | None]:
        """Row of the tour, row of the product; one of them is empty."""
        departure, variant = self.line.departure, self.line.variant
        return departure.tour_id if departure else None, variant.product_id if variant else None

    @property
    def title(self) -> str:
        if self.line.departure:
            return local(self.line.departure.tour, "name")
        assert self.line.variant
        return local(self.line.variant.product, "name")

    @property
    def took_place(self) -> bool:
        """A tour is over once it may be reviewed; a parcel may still be on its way."""
        return self.line.departure is not None


def things_to_review(order: Order, lines: Iterable[OrderLine], at: datetime) -> list[ToReview]:
    """What the buyer may review now: each tour and product once, in however many price categories it was bought."""
    fitting = [ToReview(place, line) for place, line in enumerate(lines, start=1) if may_review(order, line, at)]
    if not fitting:
        return []
    done = set(Review.objects.filter(line__order=order).values_list("tour", "product"))
    once = {one.what: one for one in reversed(fitting) if one.what not in done}
    return sorted(once.values(), key=lambda one: one.place)


def may_review(order: Order, line: OrderLine, at: datetime) -> bool:
    """Whether the thing has been had by somebody other than its seller."""
    if order.status != Order.Status.CONFIRMED or _is_own(order):
        return False
    if line.departure is None:
        return order.shipped_at is not None
    return line.departure.starts_at + timedelta(minutes=line.departure.tour.minutes) <= at


def _is_own(order: Order) -> bool:
    """Stars that a seller gives to the own shop: same telephone or e-mail."""
    owner, shop = order.shop.owner, order.shop
    return order.buyer_phone in {owner.phone, shop.phone} or order.buyer_email in {owner.email or "?"}
