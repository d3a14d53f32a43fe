"""Paid on the day: the seats are sold now, the money is written down when the guest comes, and who never paid is shown."""

import pytest
from django.urls import reverse

from ..actions.chat_orders import Agreed, change_chat_order, make_chat_order
from ..actions.counter import ON_THE_DAY, sell_at_counter
from ..actions.deposits import drop_unpaid_rests, remind_of_rests
from ..actions.holds import expire_stale_orders
from ..actions.money import record_manual_payment
from ..actions.on_the_day import NothingToTake, RestChanged, take_rest
from ..actions.orders import cancel_order
from ..models import Account, Departure, Order, OrderNote, PaymentEvent, Receipt
from ..queries.baskets import SellersDiscount
from ..queries.books import posted
from ..queries.checkin import day_for_phone
from ..queries.on_the_day import NotOnTheDay
from ..queries.orders import manifest, orders_to_handle
from ..queries.reconcile import differences
from . import factories as f

pytestmark = pytest.mark.django_db(transaction=True)  # money is committed before it is applied
GUEST = f.Buyer(name="คุณแนน", phone="")


@pytest.fixture
def shop(owner, at):
    return f.a_shop(owner, opened_at=at)


@pytest.fixture
def departure(shop, at):
    return f.a_departure(f.a_tour(shop), starts_at=f.in_days(at, 1), capacity=4)


@pytest.fixture
def order(shop, departure, at):
    return booked(shop, f.seats(departure, 2), at=at)


def booked(shop, *items, at, key="counter-1", **more):
    return sell_at_counter(
        shop=shop, by=shop.owner, buyer=GUEST, items=items, how=ON_THE_DAY, idempotency_key=key, at=at, **more
    )  # fmt: skip


def taken(order, at, shown=240000, how="cash"):
    return take_rest(order=order, by=order.shop.owner, how=how, shown_satang=shown, at=at)


# ------------------------------------------------------------------ sold now
def test_the_seats_are_sold_and_the_guest_owes_the_price(shop, departure, order, at):
    assert (order.status, order.pay_by, order.paid_satang, order.to_collect_satang) == (
        "confirmed", "on_the_day", 0, 240000,
    )  # fmt: skip
    assert Departure.objects.get().taken == 2
    assert posted(order) == {Account.GUESTS: 240000, Account.TOURS: -240000}
    assert OrderNote.objects.get(order=order).text_en == "Booked. ฿2,400 are paid on the day."
    assert (Receipt.objects.count(), differences(at)) == (0, [])


def test_neither_the_clock_nor_the_reminders_of_deposits_end_it(shop, departure, at):
    departure.tour.__class__.objects.update(deposit_percent=30, rest_due_days=0)
    order = booked(shop, f.seats(departure, 2), at=at)
    later = f.in_days(at, 9)
    assert (expire_stale_orders(later), remind_of_rests(later), drop_unpaid_rests(later)) == (0, 0, 0)
    order.refresh_from_db()
    assert (order.status, order.rest_due_at) == ("confirmed", None)


def test_goods_are_not_paid_on_the_day(shop, departure, at):
    with pytest.raises(NotOnTheDay):
        booked(shop, f.seats(departure, 1), f.goods(f.a_product(shop)), at=at)
    assert not Order.objects.exists()


def test_a_partners_money_is_not_taken_on_the_day(owner, at):
    shop = f.a_shop(owner, business=f.a_business(owner, licensed=False))
    tour = f.a_tour(shop, operator=f.an_operator(shop.business))
    with pytest.raises(NotOnTheDay):
        booked(shop, f.seats(f.a_departure(tour, starts_at=f.in_days(at, 5))), at=at)


def test_agreed_in_a_chat_it_has_its_link_and_its_discount(shop, departure, at):
    agreed = Agreed(on_the_day=True, discount=SellersDiscount(satang=40000, reason="มาซ้ำ"))
    order = make_chat_order(
        shop=shop, by=shop.owner, buyer=GUEST, items=[f.seats(departure, 2)], hold=f.timedelta(hours=3),
        idempotency_key="chat-1", at=at, agreed=agreed,
    )  # fmt: skip
    assert (order.status, order.to_collect_satang, len(order.pay_code)) == ("confirmed", 200000, 10)
    assert posted(order) == {Account.GUESTS: 200000, Account.TOURS: -240000, Account.DISCOUNTS: 40000}


def test_a_chat_order_that_waits_can_be_made_one(shop, departure, at):
    order = make_chat_order(
        shop=shop, by=shop.owner, buyer=GUEST, items=[f.seats(departure, 1)], hold=f.timedelta(hours=3),
        idempotency_key="chat-1", at=at,
    )  # fmt: skip
    order = change_chat_order(
        order=order, by=shop.owner, buyer=f.Buyer(name="แนน", phone=""), items=[f.seats(departure, 2)], hold=f.timedelta(hours=3), at=at,
        idempotency_key="change", agreed=Agreed(on_the_day=True),
    )  # fmt: skip
    assert (order.status, order.pay_by, order.due_now_satang, order.confirmed_at) == ("confirmed", "on_the_day", 0, at)
    assert (Departure.objects.get().taken, differences(at)) == (2, [])


# ------------------------------------------------------------------ paid when they come
@pytest.mark.parametrize(("how", "account"), [("cash", Account.CASH), ("transfer", Account.BANK)])
def test_the_money_is_written_down_once_however_often_the_button_is_pressed(order, at, how, account):
    for _time in range(2):
        paid = taken(order, at, how=how)
    assert (paid.paid_satang, paid.to_collect_satang, PaymentEvent.objects.count()) == (240000, 0, 1)
    assert posted(order) == {account: 240000, Account.TOURS: -240000}
    assert (Receipt.objects.get().satang, differences(at)) == (240000, [])


def test_pressed_by_two_at_once_it_is_the_same_money(order, at, monkeypatch):
    stale = Order.objects.get()
    taken(order, at)
    monkeypatch.setattr(Order.objects, "get", lambda **_row: stale)  # read before the other press was written
    assert taken(order, at).paid_satang == 240000
    assert PaymentEvent.objects.count() == 1


def test_what_came_another_way_meanwhile_is_not_said_to_be_written_down(client_of, owner, order, at, clock):
    """The seller's page is old: the guest has paid, and now hands over cash as well."""
    record_manual_payment(order=order, by=owner, satang=240000, reference="bank", at=at)
    with pytest.raises(NothingToTake):
        taken(order, at)
    page = client_of(owner).post(
        reverse("take_money", args=[order.code]), {"how": "cash", "shown": "240000"}, follow=True
    )
    said = [str(message) for message in page.context["messages"]]
    assert said == ["คำสั่งซื้อนี้ไม่มีเงินที่ต้องเก็บ กรุณาดูที่หน้าคำสั่งซื้อ"]
    assert PaymentEvent.objects.get().provider == "manual"


def test_another_amount_than_the_seller_saw_is_not_written_down(order, at):
    with pytest.raises(RestChanged) as changed:
        taken(order, at, shown=120000)
    assert (changed.value.satang, PaymentEvent.objects.count()) == (240000, 0)


def test_of_a_cancelled_booking_and_of_one_that_waits_nothing_is_taken(shop, departure, order, at):
    cancel_order(order=order, by="seller", at=at)
    waits = f.an_order(shop, f.goods(f.a_product(shop)), at=at)
    for one in (order, waits):
        with pytest.raises(NothingToTake):
            taken(one, at)


# ------------------------------------------------------------------ who still pays
def test_list_and_phone_say_who_still_pays(shop, departure, order, owner, at):
    phone = day_for_phone(owner, at)["departures"][0]["bookings"][0]
    assert (phone["paid"], phone["rest"]) == (True, "฿2,400")
    assert [one.to_collect_satang for one in manifest(departure)] == [240000]
    taken(order, at)
    assert [one.to_collect_satang for one in manifest(departure)] == [0]
    assert day_for_phone(owner, at)["departures"][0]["bookings"][0]["rest"] == ""


def test_after_the_departure_who_did_not_pay_waits_for_the_seller(shop, departure, order, at):
    before, after = departure.starts_at, departure.starts_at + f.timedelta(minutes=1)
    assert orders_to_handle(shop, before - f.timedelta(minutes=1)).unpaid == []
    assert orders_to_handle(shop, after).unpaid == [order]
    taken(order, after)
    assert len(orders_to_handle(shop, after)) == 0


def test_cancelling_who_never_came_clears_the_books(shop, departure, order, at):
    after = departure.starts_at + f.timedelta(hours=9)
    cancel_order(order=order, by="seller", at=after, reason="ไม่มา")
    assert (posted(Order.objects.get()), len(orders_to_handle(shop, after))) == ({}, 0)


# ------------------------------------------------------------------ pages
def test_from_the_list_of_guests_to_the_money_and_back(client_of, owner, departure, order, clock):
    seller = client_of(owner)
    listed = reverse("manifest", args=[departure.public_id])
    money = f"{reverse('take_money', args=[order.code])}?departure={departure.public_id}"
    assert money in seller.get(listed).content.decode()
    page = seller.get(money)
    assert "฿2,400" in page.content.decode()
    assert "<svg" in page.context["qr"]
    said = {"how": "cash", "shown": "240000", "departure": departure.public_id}
    assert seller.post(money, said).url == listed
    assert Order.objects.get().paid_satang == 240000
    assert "take/" not in seller.get(listed).content.decode()


@pytest.mark.parametrize("shown", ["", "1", "x" * 30])
def test_a_button_of_an_old_page_takes_nothing(client_of, owner, order, shown, clock):
    seller = client_of(owner)
    seller.post(reverse("take_money", args=[order.code]), {"how": "cash", "shown": shown})
    assert Order.objects.get().paid_satang == 0


def test_for_another_seller_the_money_page_does_not_exist(client_of, stranger, order, at):
    f.a_shop(stranger, opened_at=at)
    url = reverse("take_money", args=[order.code])
    assert client_of(stranger).get(url).status_code == 404
    assert client_of(stranger).post(url, {"how": "cash", "shown": "240000"}).status_code == 404
    assert Order.objects.get().paid_satang == 0


def test_the_guest_reads_what_to_bring_and_may_pay_early(client, order, clock):
    page = client.get(reverse("order_status", args=[order.secret]))
    assert (page.context["order"].on_the_day_satang, page.context["page"].is_payable) == (240000, True)
    assert "240000" not in page.content.decode()
    assert "฿2,400" in page.content.decode()


def test_the_desk_and_the_orders_page_lead_to_it(client_of, owner, departure, order, clock):
    clock(departure.starts_at + f.timedelta(hours=1))
    seller = client_of(owner)
    assert len(seller.get(reverse("my_shop")).context["to_handle"]) == 1
    assert seller.get(reverse("my_orders")).context["to_handle"].unpaid == [order]
    assert (
        reverse("take_money", args=[order.code]) in seller.get(reverse("my_order", args=[order.code])).content.decode()
    )
