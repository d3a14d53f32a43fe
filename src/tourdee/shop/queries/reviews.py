"""Who may review what."""

from datetime import datetime, timedelta

from ..models import Order, OrderLine


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
