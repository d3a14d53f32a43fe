"""Cash on delivery agreed in a chat: held until its guest confirms it, by the rules of the web shop."""

from dataclasses import replace

import pytest
from django.core import mail

from ..actions.chat_orders import Agreed, CannotChange
from ..actions.fulfilment import CannotShip, ship_order
from ..actions.guest_pays import ThingsChanged
from ..actions.holds import expire_stale_orders
from ..actions.on_delivery import record_came_back
from ..actions.orders import Delivery, KeyReused, NotOnDelivery
from ..models import Order, OrderNote, Parcel, ShippingZone, Variant
from ..queries.baskets import SellersDiscount
from ..queries.books import posted
from ..queries.chat_orders import things_of
from ..queries.in_person import paste_texts
from ..queries.parcels import parcels_to_send
from ..queries.reconcile import differences
from . import factories as f
from .cash_in_chat import (
    BEFOREHAND,
    DAY,
    GUEST,
    HOME,
    TOTAL,
    a_shop_that_collects,
    changed,
    confirmed,
    made,
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


# ------------------------------------------------------------------ agreed, and not in force yet
def test_until_the_guest_confirms_it_is_held_like_an_unpaid_order_with_the_fee_in_its_price(order, at, owner):
    assert way(order) == ("awaiting_payment", "on_delivery", TOTAL, TOTAL)
    assert (order.expires_at, Variant.objects.get().reserved) == (at + DAY, 2)
    assert (order.parcel.fee_satang, order.parcel.collect_satang) == (2000, 0)
    assert (posted(order), parcels_to_send(owner), differences(at)) == ({}, [], [])
    assert [note.kind for note in order.notes.all()] == ["agreed_on_delivery"]


def test_without_an_address_it_is_not_sent(order, owner, at):
    with pytest.raises(CannotShip):
        ship_order(order=order, by=owner, at=at, carrier="Flash Express", tracking="TH1")


def test_an_order_that_nobody_confirms_runs_out_and_gives_its_goods_back(order, at):
    assert expire_stale_orders(at + DAY) == 1
    assert (way(order)[0], Variant.objects.get().reserved) == ("expired", 0)
    assert OrderNote.objects.filter(order=order, kind="not_confirmed_in_time").count() == 1
    with pytest.raises(CannotChange):
        confirmed(order, at + DAY)
    assert differences(at) == []


def test_the_clock_decides_and_not_the_worker_that_has_not_come_by_yet(order, at):
    with pytest.raises(CannotChange):
        confirmed(order, at + DAY)
    assert way(order)[0] == "awaiting_payment"


def test_the_text_to_paste_says_how_it_is_paid_and_what_the_fee_is(order):
    thai, english = paste_texts(order, list(order.lines.all()))
    assert "You pay in cash when the parcel arrives. Please say until" in english.text
    assert "• Shipping with ฿20 for cash on delivery ฿70\nTotal ฿770" in english.text
    assert "เก็บเงินปลายทาง" in thai.text


def test_the_same_form_twice_is_one_order_and_with_another_way_to_pay_none(order, shop, cloth, at):
    assert made(shop, f.goods(cloth, 2), at=at) == order
    with pytest.raises(KeyReused):
        made(shop, f.goods(cloth, 2), at=at, agreed=Agreed())


# ------------------------------------------------------------------ what cannot be agreed on
@pytest.mark.parametrize(
    ("changed_terms", "said"),
    [({"on_delivery": False}, "ไม่รับเก็บเงินปลายทาง"), ({"on_delivery_most_satang": 70000}, "฿700")],
)
def test_the_shops_terms_bind_its_seller_too(shop, cloth, at, changed_terms, said):
    with_terms(shop, **changed_terms)
    with pytest.raises(NotOnDelivery) as refused:
        made(shop, f.goods(cloth, 2), at=at)
    assert said in refused.value.message
    assert Order.objects.count() == 0


def test_a_seller_who_knows_the_address_hears_at_once_that_it_lies_in_another_province(shop, cloth, at):
    with_terms(shop, on_delivery_provinces=[10])
    known = Agreed(on_delivery=True, delivery=HOME)
    with pytest.raises(NotOnDelivery, match="จังหวัด"):
        made(shop, f.goods(cloth, 2), at=at, agreed=known)
    order = made(shop, f.goods(cloth, 2), at=at, key="chat-2")  # nobody knows where to
    with pytest.raises(NotOnDelivery, match="จังหวัด"):
        changed(order, f.goods(cloth, 2), at=at, agreed=known)
    with_terms(shop, on_delivery_provinces=[10, 50])
    assert changed(order, f.goods(cloth, 2), at=at, agreed=known).waits_for_guest


@pytest.mark.parametrize("with_goods", [True, False])
def test_tours_are_refused_with_the_reason(shop, cloth, at, with_goods):
    seats = f.seats(f.a_departure(f.a_tour(shop), starts_at=f.in_days(at, 5)))
    items = [seats, f.goods(cloth)] if with_goods else [seats]
    with pytest.raises(NotOnDelivery) as refused:
        made(shop, *items, at=at)
    assert "ทัวร์" in refused.value.message
    assert Order.objects.count() == 0


def test_a_number_whose_parcel_came_back_is_told_to_the_seller_who_knows_it(order, shop, cloth, owner, at):
    ship_order(order=confirmed(order, at), by=owner, at=at, carrier="Flash Express", tracking="TH1")
    record_came_back(order=order, by=owner, at=at, fit=True)
    with pytest.raises(NotOnDelivery):
        made(shop, f.goods(cloth), at=at, key="2", buyer=f.Buyer(name="แนน", phone=GUEST.phone))
    again = made(shop, f.goods(cloth), at=at, key="3")
    with pytest.raises(NotOnDelivery):
        confirmed(again, at, shown=42000)
    assert way(again)[0] == "awaiting_payment"


def test_it_is_told_too_when_the_number_is_known_from_the_guest(order, shop, cloth, owner, at):
    sent = ship_order(order=confirmed(order, at), by=owner, at=at, carrier="Flash Express", tracking="TH1")
    again = made(shop, f.goods(cloth), at=at, key="2", agreed=Agreed())
    confirmed(again, at, shown=40000, delivery=BEFOREHAND)
    record_came_back(order=sent, by=owner, at=at, fit=True)
    with pytest.raises(NotOnDelivery):
        changed(again, f.goods(cloth), at=at)
    assert way(again)[:2] == ("awaiting_payment", "promptpay")


def test_what_costs_nothing_collects_nothing(shop, cloth, at):
    with_terms(shop, on_delivery_fee_satang=0, free_from_satang=0)
    free = Agreed(on_delivery=True, discount=SellersDiscount(satang=35000, reason="ของขวัญ"))
    with pytest.raises(NotOnDelivery):
        made(shop, f.goods(cloth), at=at, agreed=free)


# ------------------------------------------------------------------ the seller changes it meanwhile
def test_what_the_guest_was_not_shown_is_not_confirmed_though_it_costs_the_same(order, shop, at):
    shown = things_of(order.lines.all())
    changed(order, f.goods(f.a_product(shop, stock=5), 2), at=at)
    with pytest.raises(ThingsChanged):
        confirmed(order, at, things=shown)
    order.refresh_from_db()
    assert confirmed(order, at).status == "confirmed"


def test_a_change_at_the_moment_of_the_confirmation_is_seen(order, cloth, at):
    shown = things_of(order.lines.all())
    with (
        meanwhile("tourdee.shop.actions.chat_orders.locked", lambda: changed(order, f.goods(cloth, 1), at=at)),
        pytest.raises(ThingsChanged),
    ):
        confirmed(order, at, things=shown)
    assert way(order)[0] == "awaiting_payment"


def test_a_confirmed_order_is_not_changed_any_more(order, cloth, at):
    confirmed(order, at)
    with pytest.raises(CannotChange):
        changed(order, f.goods(cloth, 1), at=at)
    assert Variant.objects.get().reserved == 2


def test_a_change_beyond_the_limit_is_refused_and_changes_nothing(order, cloth, at):
    with pytest.raises(NotOnDelivery):
        changed(order, f.goods(cloth, 3), at=at)
    assert (way(order)[2], Variant.objects.get().reserved) == (TOTAL, 2)


def test_the_seller_makes_it_paid_beforehand_and_on_delivery_again(order, cloth, at):
    changed(order, f.goods(cloth, 2), at=at, agreed=Agreed())
    assert way(order) == ("awaiting_payment", "promptpay", 75000, 75000)
    changed(order, f.goods(cloth, 2), at=at)
    assert way(order) == ("awaiting_payment", "on_delivery", TOTAL, TOTAL)


def test_who_has_given_an_address_still_confirms_that_cash_is_collected(shop, cloth, at):
    order = made(shop, f.goods(cloth, 2), at=at, agreed=Agreed())
    confirmed(order, at, delivery=BEFOREHAND, shown=75000)
    changed(order, f.goods(cloth, 2), at=at)
    assert (way(order)[0], Parcel.objects.get().postcode, Parcel.objects.get().collect_satang) == (
        "awaiting_payment", "50200", 0,
    )  # fmt: skip
    assert confirmed(order, at).status == "confirmed"


def test_of_an_order_to_be_fetched_cash_makes_a_parcel(shop, cloth, at):
    order = made(shop, f.goods(cloth, 2), at=at, agreed=Agreed())
    confirmed(order, at, delivery=Delivery(way="hand_over"), shown=70000)
    changed(order, f.goods(cloth, 2), at=at)
    assert (way(order)[2], Parcel.objects.get().way) == (TOTAL, "post")


def test_one_that_ran_out_is_agreed_anew_under_its_link(order, cloth, at):
    expire_stale_orders(at + DAY)
    again = changed(order, f.goods(cloth, 1), at=at + DAY)
    assert (way(again)[:2], again.pay_code) == (("awaiting_payment", "on_delivery"), order.pay_code)
    assert confirmed(again, at + DAY, shown=42000).status == "confirmed"


# ------------------------------------------------------------------ who is told
def test_the_seller_hears_that_it_is_to_be_sent_and_the_guest_what_to_have_ready(order, owner, deliver_events, at):
    deliver_events()
    mail.outbox.clear()
    confirmed(order, at, buyer=replace(GUEST, email="nan@example.org", language="en"))
    deliver_events()
    told = {letter.to[0]: letter.body for letter in mail.outbox}
    assert set(told) == {owner.email, "nan@example.org"}
    assert "Please have ฿770 in cash ready when the parcel arrives." in told["nan@example.org"]
    assert "เก็บเงินปลายทาง" in told[owner.email]


def test_that_it_ran_out_is_told_in_its_own_words(order, owner, deliver_events, at):
    deliver_events()
    mail.outbox.clear()
    expire_stale_orders(at + DAY)
    deliver_events()
    [letter] = mail.outbox
    assert (letter.to, "ไม่ได้ยืนยันคำสั่งซื้อ" in letter.body) == ([owner.email], True)


def test_where_sending_costs_more_far_away_the_text_says_that_this_is_the_least(shop, cloth, at):
    with_terms(shop, by_zone=True)
    ShippingZone.objects.create(shop=shop, name_th="ทั่วไทย", steps=[[5000, 5000]])
    order = made(shop, f.goods(cloth, 2), at=at)
    for text in ("Total from ฿770, depending on where it is sent", "Total ฿770\n"):
        _thai, english = paste_texts(order, list(order.lines.all()))
        assert text in english.text
        confirmed(order, at)
        order = Order.objects.get()
