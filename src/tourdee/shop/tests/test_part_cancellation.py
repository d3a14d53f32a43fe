"""Fewer people than were booked: what the tiers give back is owed, the rest stays the seller's, the seats are free."""

from datetime import timedelta

import pytest
from django.db.models import F

from ..actions.money import record_manual_payment
from ..actions.part_cancellation import CannotGiveUp, RefundChanged, give_up_part
from ..actions.slips import receive_slip
from ..models import Departure, Order, OrderLine, Variant
from ..queries.baskets import BookingWish, Wishes
from ..queries.money import refund_quote
from ..queries.parts import part_quote
from ..queries.reconcile import differences
from . import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(owner):
    return f.a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return f.a_departure(f.a_tour(shop), starts_at=f.in_days(at, 5), capacity=6)


@pytest.fixture
def family(shop, departure, owner, at):
    """Paid for: three adults, a child, a lap child, ฿4,200."""
    items = [f.seats(departure, 3), f.seats(departure, 1, category=1), f.seats(departure, 1, category=2)]
    order = f.an_order(shop, *items, at=at)
    return record_manual_payment(order=order, by=owner, satang=order.total_satang, reference="x", at=at)


def line(order, name="Adult"):
    return order.lines.get(category__name_en=name)


def quantities(order):
    """Adults, children, lap children, as far as they are there."""
    return [one.quantity for one in order.lines.order_by("category__position")]


def without_one_adult(order, at, *, refund, by="buyer"):
    keep = {line(order).pk: 2}
    return give_up_part(order=order, keep=keep, by=by, at=at, shown_refund_satang=refund)


@pytest.mark.parametrize(
    ("days", "refund", "kept"),
    [(5, 120000, 0), (2, 60000, 60000), (0.5, 0, 120000)],
    ids=["all back until 72 hours before", "half until 24", "then nothing"],
)
def test_the_tiers_say_what_comes_back(family, departure, at, days, refund, kept):
    moment = departure.starts_at - timedelta(days=days)
    order = without_one_adult(family, moment, refund=refund)
    assert (order.refund_due_satang, order.kept_satang, order.total_satang) == (refund, kept, 420000 - refund)
    assert order.goods_satang == 300000
    assert Departure.objects.get().taken == 3
    assert quantities(order) == [2, 1, 1]
    assert differences(moment) == []


def test_a_line_given_up_altogether_is_gone(family, at):
    order = give_up_part(order=family, keep={line(family, "Child").pk: 0}, by="buyer", at=at, shown_refund_satang=60000)
    assert quantities(order) == [3, 1]


def test_the_same_again_changes_nothing(family, at):
    for _time in range(2):
        order = without_one_adult(family, at, refund=120000)
    assert (order.refund_due_satang, Departure.objects.get().taken) == (120000, 3)
    assert [note.kind for note in order.notes.all()].count("part_given_up_by_buyer") == 1


def test_when_the_seller_takes_somebody_out_all_of_it_comes_back(family, departure):
    late = departure.starts_at - timedelta(hours=2)
    assert without_one_adult(family, late, refund=120000, by="seller").kept_satang == 0


def test_a_refund_that_was_not_shown_is_not_made(family, departure):
    half = departure.starts_at - timedelta(days=2)
    with pytest.raises(RefundChanged) as changed:
        without_one_adult(family, half, refund=120000)
    assert changed.value.satang == 60000
    assert Departure.objects.get().taken == 4


@pytest.mark.parametrize(
    "keep", [[0, 0, 0], [0, 0, 1], [-1, 1, 1]], ids=["nobody", "only a lap child", "less than nobody"]
)
def test_what_is_left_must_be_a_party(family, at, keep):
    named = dict(zip(family.lines.order_by("category__position").values_list("pk", flat=True), keep, strict=True))
    quote = part_quote(family, list(family.lines.all()), named, at)
    with pytest.raises(CannotGiveUp):
        give_up_part(order=family, keep=named, by="buyer", at=at, shown_refund_satang=quote.refund_satang)
    assert Departure.objects.get().taken == 4


def test_more_people_is_no_part(family, at):
    order = give_up_part(order=family, keep={line(family).pk: 9}, by="buyer", at=at, shown_refund_satang=0)
    assert quantities(order) == [3, 1, 1]


def test_after_the_start_nobody_is_taken_out(family, departure):
    with pytest.raises(CannotGiveUp):
        without_one_adult(family, departure.starts_at + timedelta(minutes=1), refund=0)


def test_while_the_seller_looks_for_the_money_nothing_is_taken_out(shop, departure, at):
    order = f.an_order(shop, f.seats(departure, 3), at=at)
    receive_slip(order=order, upload=f.a_slip(), at=at)
    with pytest.raises(CannotGiveUp):
        without_one_adult(order, at, refund=0)


def test_before_paying_the_price_simply_falls(shop, departure, at):
    order = without_one_adult(f.an_order(shop, f.seats(departure, 3), at=at), at, refund=0)
    assert (order.total_satang, order.due_now_satang, order.kept_satang, order.refund_due_satang) == (
        240000, 240000, 0, 0,
    )  # fmt: skip


def test_cancelling_the_rest_later_does_not_give_the_kept_part_back(family, departure):
    half = departure.starts_at - timedelta(days=2)
    order = without_one_adult(family, half, refund=60000)
    assert refund_quote(Order.objects.get(), half).total_satang == 60000 + 300000 // 2
    assert order.refund_due_satang == 60000


def test_when_the_seller_cancels_the_rest_the_kept_part_comes_back_too(family, departure):
    half = departure.starts_at - timedelta(days=2)
    without_one_adult(family, half, refund=60000)
    assert refund_quote(Order.objects.get(), half, whole=True).total_satang == 420000


def test_a_voucher_is_given_back_by_its_share(family, at):
    Order.objects.update(discount_satang=42000, total_satang=378000, due_now_satang=378000, paid_satang=378000)
    OrderLine.objects.update(discount_satang=F("quantity") * F("unit_price_satang") / 10)
    order = without_one_adult(Order.objects.get(), at, refund=108000)
    assert (order.discount_satang, order.total_satang) == (30000, 270000)


def test_after_a_deposit_the_rest_falls_and_nothing_is_owed(family, at):
    Order.objects.update(due_now_satang=126000, paid_satang=126000)
    order = without_one_adult(Order.objects.get(), at, refund=0)
    assert (order.total_satang, order.due_now_satang, order.refund_due_satang) == (300000, 126000, 0)


def test_pieces_can_be_given_up_until_they_are_sent(shop, owner, at):
    cloth = f.a_product(shop, stock=5)
    order = f.an_order(shop, f.goods(cloth, 3), at=at)
    order = record_manual_payment(order=order, by=owner, satang=order.total_satang, reference="x", at=at)
    order = give_up_part(order=order, keep={order.lines.get().pk: 1}, by="buyer", at=at, shown_refund_satang=70000)
    assert (order.refund_due_satang, Variant.objects.get().reserved) == (70000, 1)
    Order.objects.update(shipped_at=at)
    with pytest.raises(CannotGiveUp):
        give_up_part(order=order, keep={order.lines.get().pk: 0}, by="buyer", at=at, shown_refund_satang=0)


@pytest.mark.parametrize(("adults", "pickups", "lunches"), [(2, 2, 2), (1, 1, 1)])
def test_pick_ups_and_what_is_meant_for_one_person_go_with_the_people(
    shop, departure, owner, at, adults, pickups, lunches
):
    """Three are fetched, three lunches and a picture for the whole booking; nobody pays for who stays at home."""
    tour = departure.tour
    hotel, lunch, picture = f.a_pickup(tour), f.an_extra(tour), f.an_extra(tour, name_th="ภาพ", per="booking")
    wishes = Wishes(bookings=(BookingWish(departure=departure.public_id, pickup=hotel.public_id),))
    items = [f.seats(departure, 3), f.an_item_of(departure, lunch, 3), f.an_item_of(departure, picture, 1)]
    order = f.an_order(shop, *items, at=at, wishes=wishes)
    record_manual_payment(order=order, by=owner, satang=order.total_satang, reference="x", at=at)
    gone = 3 - adults
    give_up_part(
        order=order, keep={line(order).pk: adults}, by="buyer", at=at,
        shown_refund_satang=gone * (120000 + 15000 + 10000),
    )  # fmt: skip
    left = {one.kind if not one.extra else one.name_th: one.quantity for one in order.lines.select_related("extra")}
    assert left == {"seats": adults, "pickup": pickups, "อาหารกลางวัน": lunches, "ภาพ": 1}
    assert differences(at) == []
