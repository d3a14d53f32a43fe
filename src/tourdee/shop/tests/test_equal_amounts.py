"""Equal prices told apart by a few satang, and bills that carry the order's code."""

import pytest
from django.db import IntegrityError, transaction

from ..actions.equal_amounts import satang_off
from ..actions.holds import HOLD, expire_order
from ..actions.orders import place_order
from ..actions.part_cancellation import give_up_part
from ..actions.payments import receive_slip, record_manual_payment
from ..actions.reschedule import reschedule
from ..models import HowToPay, Order, PriceCategory
from ..payment_methods import promptpay
from ..queries.order_page import OrderPage
from ..queries.orders import orders_of_shop
from ..queries.reconcile import differences
from .factories import a_buyer, a_departure, a_shop, a_slip, a_tour, an_order, in_days, seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(owner):
    shop = a_shop(owner)
    HowToPay.objects.create(business=shop.business, tells_apart=True)
    return shop


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=200)


def one_more(shop, departure, at, **more):
    return an_order(shop, seats(departure, 1), at=at, **more)


def test_no_two_open_orders_ask_for_the_same(shop, departure, at):
    asked = [one_more(shop, departure, at).due_now_satang for _ in range(99)]
    assert sorted(asked) == list(range(119901, 120000))
    last = one_more(shop, departure, at)  # the hundredth finds none free, and pays the plain price
    assert (last.due_now_satang, last.rounding_satang) == (120000, 0)


def test_price_discount_and_code_agree(shop, departure, at):
    order = one_more(shop, departure, at)
    off = order.rounding_satang
    assert (order.goods_satang, order.discount_satang, order.total_satang) == (120000, off, 120000 - off)
    assert 1 <= off <= 99
    assert promptpay.parse(OrderPage(order, at).promptpay_text).satang == 120000 - off


def test_an_order_that_ran_out_frees_its_amount(shop, departure, at, monkeypatch):
    monkeypatch.setattr("tourdee.shop.actions.equal_amounts.choice", min)
    first = one_more(shop, departure, at)
    assert (first.rounding_satang, one_more(shop, departure, at).rounding_satang) == (1, 2)
    expire_order(order=first, at=at + HOLD)
    assert one_more(shop, departure, at).rounding_satang == 1


def test_the_database_sees_to_it_when_two_draw_the_same(shop, departure, at, monkeypatch):
    """As when both looked before either wrote: the second draws 7 too, is refused by the database, and draws again."""
    draws = iter([7, 7, 9])
    monkeypatch.setattr("tourdee.shop.actions.equal_amounts.choice", lambda free: next(draws))
    first, second = one_more(shop, departure, at), one_more(shop, departure, at)
    assert (first.rounding_satang, second.rounding_satang) == (7, 9)


def test_two_open_orders_can_never_ask_for_the_same(shop, departure, at):
    first, second = one_more(shop, departure, at), one_more(shop, departure, at)
    off, same = first.rounding_satang, first.total_satang
    columns = {"rounding_satang": off, "discount_satang": off, "total_satang": same, "due_now_satang": same}
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=second.pk).update(**columns)


@pytest.fixture
def late_one(shop, departure, at, monkeypatch):
    """It ran out, and another order waits for its amount since."""
    monkeypatch.setattr("tourdee.shop.actions.equal_amounts.choice", min)
    late = one_more(shop, departure, at)
    expire_order(order=late, at=at + HOLD)
    assert one_more(shop, departure, at + HOLD).due_now_satang == late.due_now_satang
    return late


def test_a_slip_for_an_amount_that_another_order_has_by_now_is_kept(late_one, at):
    asked = late_one.due_now_satang
    slip = receive_slip(order=late_one, upload=a_slip(), at=at + HOLD)
    late_one.refresh_from_db()
    assert (slip.status, late_one.status, late_one.due_now_satang) == ("waiting", "slip_review", asked)
    assert (late_one.rounding_satang, late_one.discount_satang) == (0, 1)


def test_a_part_of_an_amount_that_another_order_has_by_now_is_counted(late_one, owner, at):
    record_manual_payment(order=late_one, by=owner, satang=50000, reference="1", at=at + HOLD)
    late_one.refresh_from_db()
    assert (late_one.status, late_one.paid_satang) == ("slip_review", 50000)
    assert differences(at + HOLD) == []


def test_fewer_people_may_cost_what_another_order_costs(shop, departure, owner, at, monkeypatch):
    monkeypatch.setattr("tourdee.shop.actions.equal_amounts.choice", min)
    alone, two = one_more(shop, departure, at), an_order(shop, seats(departure, 2), at=at)
    give_up_part(order=two, keep={two.lines.get().pk: 1}, by="buyer", at=at, shown_refund_satang=0)
    two.refresh_from_db()
    assert (two.due_now_satang, two.rounding_satang) == (alone.due_now_satang, 0)


def test_paying_the_exact_amount_confirms(shop, departure, owner, at):
    order = one_more(shop, departure, at)
    record_manual_payment(order=order, by=owner, satang=order.due_now_satang, reference="1", at=at)
    order.refresh_from_db()
    assert (order.status, order.refund_due_satang) == ("confirmed", 0)


def test_who_pays_the_round_price_is_owed_no_satang_back(shop, departure, owner, at):
    order = one_more(shop, departure, at)
    record_manual_payment(order=order, by=owner, satang=120000, reference="1", at=at)
    order.refresh_from_db()
    assert (order.status, order.total_satang, order.rounding_satang, order.refund_due_satang) == (
        "confirmed",
        120000,
        0,
        0,
    )
    assert differences(at) == []


def test_an_order_is_found_by_the_amount_in_the_bank(shop, departure, at):
    first, _other = one_more(shop, departure, at), one_more(shop, departure, at)
    amount = f"{first.due_now_satang // 100:,}.{first.due_now_satang % 100:02d}"
    assert list(orders_of_shop(shop, words=amount)) == [first]


@pytest.mark.parametrize(
    ("satang", "pay_by", "columns"),
    [
        (1999, "promptpay", {}), (120000, "counter", {}), (120000, "promptpay", {"biller_id": "010555600000099"}),
        (120000, "promptpay", {"tells_apart": False}),
    ],
)  # fmt: skip
def test_only_where_the_seller_wants_it_and_it_makes_sense(satang, pay_by, columns, shop):
    chosen = HowToPay(business=shop.business, **({"tells_apart": True} | columns))
    assert satang_off(payee=shop.business, chosen=chosen, satang=satang, pay_by=pay_by) == 0


def test_the_same_form_twice_is_one_order_of_one_amount(shop, departure, at):
    buyer, item = a_buyer(), seats(departure, 1)
    both = {
        place_order(shop=shop, buyer=buyer, items=[item], idempotency_key="one", at=at, expected_satang=120000)
        for _ in range(2)
    }
    assert len(both) == 1


def test_a_bill_carries_the_orders_code(shop, departure, at):
    HowToPay.objects.update(biller_id="010555600000099")
    order = one_more(shop, departure, at)
    asked = promptpay.parse(OrderPage(order, at).promptpay_text)
    assert asked == promptpay.Payment("bill", "010555600000099", 120000, (order.code,))
    HowToPay.objects.update(biller_id="")
    order.refresh_from_db()
    assert promptpay.parse(OrderPage(order, at).promptpay_text) == asked  # as it stood when it was placed


# ------------------------------------------------------------------ what is left costs less than the satang
@pytest.fixture
def with_a_free_child(shop, departure, owner, at):
    """An adult and a child that has a seat and costs nothing, paid for."""
    PriceCategory.objects.filter(seats=1).exclude(name_en="Adult").update(price_satang=0)
    order = an_order(shop, seats(departure, 1), seats(departure, 1, 1), at=at)
    assert order.rounding_satang
    return record_manual_payment(order=order, by=owner, satang=order.total_satang, reference="x", at=at)


def test_giving_up_all_but_what_is_free_gives_back_what_was_paid(with_a_free_child, at):
    paid = with_a_free_child.paid_satang
    keep = {with_a_free_child.lines.get(unit_price_satang=120000).pk: 0}
    left = give_up_part(order=with_a_free_child, keep=keep, by="buyer", at=at, shown_refund_satang=paid)
    assert (left.status, left.total_satang, left.discount_satang, left.rounding_satang) == ("confirmed", 0, 0, 0)
    assert (left.refund_due_satang, differences(at)) == (paid, [])


def test_a_move_to_a_date_that_costs_nothing_gives_back_what_was_paid(with_a_free_child, departure, at):
    paid, other = with_a_free_child.paid_satang, a_departure(departure.tour, starts_at=in_days(at, 12))
    PriceCategory.objects.update(price_satang=0)
    moved = reschedule(
        order=with_a_free_child, departure=departure, to=other, by="buyer", at=at, shown_difference_satang=-paid
    )
    assert (moved.total_satang, moved.discount_satang, moved.rounding_satang) == (0, 0, 0)
    assert (moved.refund_due_satang, differences(at)) == (paid, [])


def test_as_long_as_it_costs_more_the_satang_stay_off(with_a_free_child, departure, at):
    off, other = with_a_free_child.rounding_satang, a_departure(departure.tour, starts_at=in_days(at, 12))
    PriceCategory.objects.filter(name_en="Adult").update(price_satang=100000)
    moved = reschedule(
        order=with_a_free_child, departure=departure, to=other, by="buyer", at=at, shown_difference_satang=-20000
    )
    assert (moved.total_satang, moved.rounding_satang, moved.refund_due_satang) == (100000 - off, off, 20000)
