"""One order from the basket to the review, as buyers and sellers walk it."""

from datetime import timedelta

import pytest

from ..actions.arrivals import check_in
from ..actions.fulfilment import ship_order
from ..actions.orders import cancel_order, record_refund
from ..actions.payments import accept_slip, receive_slip
from ..actions.reviews import write_review
from ..models import Departure, Order, Variant
from .factories import a_departure, a_product, a_shop, a_slip, a_tour, an_order, goods, in_days, seats

pytestmark = pytest.mark.django_db


def test_an_order_goes_from_the_basket_to_the_review(owner, at):
    shop = a_shop(owner)
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5))
    variant = a_product(shop)
    order = an_order(shop, seats(departure, 2), seats(departure, 1, category=1), goods(variant, 2), at=at)
    assert (order.goods_satang, order.shipping_satang, order.total_satang) == (370000, 5000, 375000)

    slip = receive_slip(order=order, upload=a_slip(), at=at)
    assert (slip.finding, slip.bank) == ("well_formed", "004")
    order = accept_slip(slip=slip, by=owner, satang=375000, at=at)
    assert (order.status, order.paid_satang) == (Order.Status.CONFIRMED, 375000)

    ship_order(order=order, by=owner, at=at, carrier="ไปรษณีย์ไทย", tracking="EB123456789TH")
    line = order.lines.get(seats=2)
    assert check_in(line=line, by=owner, at=in_days(at, 5))
    review = write_review(line=line, stars=5, text="ดีมาก", name="Anna", at=in_days(at, 5) + timedelta(hours=3))
    assert review.tour == departure.tour
    assert Departure.objects.get().taken == 3
    assert Variant.objects.values_list("stock", "reserved").get() == (3, 0)

    cancel_order(order=order, by="seller", at=in_days(at, 6), reason="ฝนตกหนัก", actor=owner)
    record_refund(order=order, satang=375000, reference="R1", by=owner, at=in_days(at, 6))
    order.refresh_from_db()
    assert (order.status, order.refund_due_satang, order.refunded_satang) == ("cancelled", 0, 375000)
    assert list(order.notes.values_list("kind", flat=True)) == [
        "placed", "slip_received", "money_recorded", "paid", "shipped", "checked_in", "reviewed",
        "cancelled_by_seller", "refunded",
    ]  # fmt: skip
