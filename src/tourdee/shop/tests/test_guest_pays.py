"""The guest of a chat order says by its link where the goods go and how they are paid."""

import pytest

from tourdee import events
from tourdee.people.models import Consent

from ..actions.cancellation import cancel_order
from ..actions.chat_orders import Agreed, CannotChange
from ..actions.fulfilment import ship_order
from ..actions.money import record_manual_payment
from ..actions.on_delivery import record_collected
from ..actions.orders import Delivery, NotOnDelivery, PriceChanged
from ..models import Account, HowToPay, OrderNote, Parcel, Variant
from ..queries.books import posted
from ..queries.parcels import parcels_to_send
from ..queries.reconcile import differences
from . import factories as f
from .cash_in_chat import (
    BEFOREHAND,
    GUEST,
    TOTAL,
    a_shop_that_collects,
    confirmed,
    made,
    terms,
    way,
    with_terms,
)
from .rivals import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)  # money is committed before it is applied


@pytest.fixture
def shop(owner):
    return a_shop_that_collects(owner)


@pytest.fixture
def cloth(shop):
    return f.a_product(shop, stock=20)


@pytest.fixture
def order(shop, cloth, at):
    return made(shop, f.goods(cloth, 2), at=at)


# ------------------------------------------------------------------ the guest confirms
def test_confirmed_it_is_what_a_web_order_on_delivery_is(order, owner, at, published):
    order = confirmed(order, at)
    assert way(order) == ("confirmed", "on_delivery", TOTAL, 0)
    assert (order.confirmed_at, order.paid_satang, order.address, order.buyer_phone) == (at, 0, "99 สุเทพ", GUEST.phone)
    parcel = Parcel.objects.get()
    assert (parcel.collect_satang, parcel.fee_satang, parcel.postcode) == (TOTAL, 2000, "50200")
    assert posted(order) == {Account.COD: TOTAL, Account.GOODS: -70000, Account.SHIPPING: -7000}
    assert (parcels_to_send(owner), Variant.objects.get().reserved, differences(at)) == ([order], 2, [])
    assert [type(one) for one in published] == [events.OrderBooked]
    kinds = [note.kind for note in order.notes.all()]
    assert kinds == ["agreed_on_delivery", "details_given", "confirmed_on_delivery"]


def test_then_it_is_sent_collected_and_counted_once(order, owner, at):
    order = confirmed(order, at)
    order = ship_order(order=order, by=owner, at=at, carrier="Flash Express", tracking="TH1")
    for _time in range(2):
        record_collected(order=order, by=owner, at=at)
    assert (way(order)[0], order.paid_satang, order.refund_due_satang, differences(at)) == ("confirmed", TOTAL, 0, [])


def test_confirmed_twice_it_is_told_once(order, at, published):
    for _time in range(2):
        confirmed(order, at)
    assert ([type(one) for one in published], Consent.objects.count()) == ([events.OrderBooked], 1)
    assert OrderNote.objects.filter(order=order).count() == 3


def test_the_other_half_of_a_double_click_is_the_same_confirmation(order, at, published):
    with meanwhile("tourdee.shop.actions.chat_orders.locked", lambda: confirmed(order, at)):
        assert confirmed(order, at).status == "confirmed"
    assert [type(one) for one in published] == [events.OrderBooked]


@pytest.mark.parametrize(
    ("delivery", "buyer"),
    [
        ({"subdistrict": ""}, GUEST),
        ({"subdistrict": "100402"}, GUEST),
        ({}, f.a_buyer(phone="", email="a@example.org")),
    ],
)
def test_without_a_whole_address_and_a_telephone_it_is_not_in_force(order, at, delivery, buyer):
    there = Delivery(
        way="post", house="99", on_delivery=True, **{"postcode": "50200", "subdistrict": "500108", **delivery}
    )
    with pytest.raises(NotOnDelivery):
        confirmed(order, at, delivery=there, buyer=buyer)
    assert way(order)[0] == "awaiting_payment"


def test_fetched_at_the_shop_nobody_collects(order, at):
    fetched = Delivery(way="hand_over", subdistrict="500108", postcode="50200", on_delivery=True)
    with pytest.raises(NotOnDelivery):
        confirmed(order, at, delivery=fetched, shown=70000)


def test_the_province_is_looked_at_when_it_is_known(order, at):
    order = terms(order, on_delivery_provinces=[10])
    with pytest.raises(NotOnDelivery):
        confirmed(order, at)
    order = terms(order, on_delivery_provinces=[50])
    assert confirmed(order, at).status == "confirmed"


@pytest.mark.parametrize("changed_terms", [{"on_delivery": False}, {"on_delivery_most_satang": 70000}])
def test_a_shop_that_takes_no_cash_any_more_is_paid_beforehand_without_the_fee(order, at, changed_terms):
    order = terms(order, **changed_terms)
    with pytest.raises(NotOnDelivery):
        confirmed(order, at)
    confirmed(order, at, delivery=BEFOREHAND, shown=75000)
    assert way(order) == ("awaiting_payment", "promptpay", 75000, 75000)
    assert (order.parcel.fee_satang, Variant.objects.get().reserved, differences(at)) == (0, 2, [])


def test_another_fee_than_was_shown_is_not_agreed_to(order, at):
    order = terms(order, on_delivery_fee_satang=5000)
    with pytest.raises(PriceChanged) as now:
        confirmed(order, at)
    assert (now.value.satang, way(order)[0]) == (80000, "awaiting_payment")


def test_one_person_confirms_no_more_parcels_than_on_the_web(shop, cloth, at):
    for number in range(3):
        confirmed(made(shop, f.goods(cloth), at=at, key=f"k{number}"), at, shown=42000)
    with pytest.raises(NotOnDelivery):
        confirmed(made(shop, f.goods(cloth), at=at, key="k9"), at, shown=42000)


# ------------------------------------------------------------------ the guest chooses
def test_an_order_agreed_by_the_pay_link_is_paid_on_delivery_where_the_web_shop_lets_buyers(shop, cloth, at):
    order = made(shop, f.goods(cloth, 2), at=at, agreed=Agreed())
    confirmed(order, at)
    assert way(order) == ("confirmed", "on_delivery", TOTAL, 0)


def test_where_the_shop_takes_no_cash_no_guest_makes_it(shop, cloth, at):
    order = made(shop, f.goods(cloth, 2), at=at, agreed=Agreed())
    order = terms(order, on_delivery=False)
    for shown in (75000, TOTAL):
        with pytest.raises(NotOnDelivery):
            confirmed(order, at, shown=shown)
    assert way(order) == ("awaiting_payment", "promptpay", 75000, 75000)


def test_of_an_order_with_seats_no_guest_makes_it(shop, cloth, at):
    with_terms(shop, on_delivery_most_satang=10_000_000)
    seats = f.seats(f.a_departure(f.a_tour(shop), starts_at=f.in_days(at, 5)))
    mixed = made(shop, seats, f.goods(cloth), at=at, agreed=Agreed())
    alone = made(shop, seats, at=at, agreed=Agreed(), key="2")
    for order in (mixed, alone):
        with pytest.raises(NotOnDelivery):
            confirmed(order, at, shown=order.total_satang + 2000)
        assert way(order)[0] == "awaiting_payment"


def test_amounts_that_are_told_apart_are_whole_in_cash_and_told_apart_again_beforehand(shop, cloth, at):
    HowToPay.objects.create(business=shop.business, tells_apart=True)
    order = made(shop, f.goods(cloth, 2), at=at, agreed=Agreed())
    assert 0 < order.rounding_satang == 75000 - order.total_satang
    confirmed(order, at)
    assert (way(order)[2], order.rounding_satang, order.discount_satang) == (TOTAL, 0, 0)
    other = made(shop, f.goods(cloth, 2), at=at, key="2")
    assert other.rounding_satang == 0
    confirmed(other, at, delivery=BEFOREHAND, shown=75000)
    total = way(other)[2]
    assert 0 < other.rounding_satang == 75000 - total == 75000 - other.due_now_satang


# ------------------------------------------------------------------ and money comes
@pytest.mark.parametrize(("paid", "status"), [(TOTAL, "confirmed"), (100, "slip_review")])
def test_money_that_was_quicker_than_the_confirmation_is_not_collected_again(order, owner, at, paid, status):
    record_manual_payment(order=order, by=owner, satang=paid, reference="x", at=at)
    with pytest.raises(CannotChange):
        confirmed(order, at)
    assert (way(order)[0], order.paid_satang, Parcel.objects.get().collect_satang) == (status, paid, 0)
    assert differences(at) == []


@pytest.mark.parametrize(("paid", "left", "fee"), [(TOTAL, 0, 0), (76000, 1000, 1000), (30000, 47000, 2000)])
def test_what_comes_before_the_parcel_leaves_is_not_collected_at_the_door(order, owner, at, paid, left, fee):
    confirmed(order, at)
    record_manual_payment(order=order, by=owner, satang=paid, reference="x", at=at)
    parcel = Parcel.objects.get()
    assert (parcel.collect_satang, parcel.fee_satang) == (left, fee)
    order = ship_order(order=order, by=owner, at=at, carrier="Flash Express", tracking="TH1")
    if left:
        record_collected(order=order, by=owner, at=at)
    assert (way(order)[0], order.paid_satang, order.refund_due_satang, differences(at)) == ("confirmed", TOTAL, 0, [])


def test_until_it_is_sent_the_guest_may_cancel_it(order, at):
    confirmed(order, at)
    assert cancel_order(order=order, by="buyer", at=at).status == "cancelled"
    assert (Variant.objects.get().reserved, differences(at)) == (0, [])


def test_what_comes_after_the_parcel_has_left_is_owed_back_when_the_carrier_has_collected(order, owner, at):
    order = ship_order(order=confirmed(order, at), by=owner, at=at, carrier="Flash Express", tracking="TH1")
    record_manual_payment(order=order, by=owner, satang=TOTAL, reference="x", at=at)
    assert Parcel.objects.get().collect_satang == TOTAL  # the label is printed
    record_collected(order=order, by=owner, at=at)
    order.refresh_from_db()
    assert (order.paid_satang, order.refund_due_satang, differences(at)) == (2 * TOTAL, TOTAL, [])
