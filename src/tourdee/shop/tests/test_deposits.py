"""A deposit books; the rest comes later, is asked for in time, and the order is cancelled by its terms when it does not come."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tourdee import events

from ..actions import deposits
from ..actions.cancellation import record_refund
from ..actions.charges import ask_to_pay
from ..actions.money import record_manual_payment
from ..actions.orders import cancel_order
from ..models import Order, OrderNote, Tour
from ..queries.baskets import basket
from ..queries.money import refund_quote
from ..queries.order_page import OrderPage
from .factories import a_departure, a_money_service, a_product, a_shop, a_tour, an_order, goods, in_days, seats

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop, deposit_percent=30, rest_due_days=7), starts_at=in_days(at, 20))


@pytest.fixture
def told(monkeypatch):
    """The names of the events that were published."""
    names: list[str] = []
    publish = events.publish
    monkeypatch.setattr(events, "publish", lambda event: (names.append(type(event).__name__), publish(event)))
    return names


def pay(order, satang, at, reference="a"):
    return record_manual_payment(order=order, by=order.shop.owner, satang=satang, reference=reference, at=at)


def due(shop, items, at):
    priced = basket(shop=shop, items=items, at=at)
    return priced.total_satang, priced.due_now_satang, priced.rest_due_at


def test_a_deposit_in_per_cent_is_due_now_and_the_rest_in_time(shop, departure, at):
    assert due(shop, [seats(departure, 2)], at) == (240000, 72000, in_days(at, 13))


def test_a_deposit_per_person_counts_everybody_and_never_exceeds_the_price(shop, departure, at):
    Tour.objects.update(deposit_percent=0, deposit_satang=50000)
    assert due(shop, [seats(departure, 2), seats(departure, 1, category=2)], at)[:2] == (240000, 150000)
    Tour.objects.update(deposit_satang=500000)
    assert due(shop, [seats(departure, 1)], at) == (120000, 120000, None)


def test_who_books_after_the_rest_would_be_due_pays_the_whole(shop, departure, at):
    assert due(shop, [seats(departure, 1)], in_days(at, 13)) == (120000, 120000, None)


def test_goods_and_shipping_are_paid_at_once(shop, departure, at):
    total, now, _rest = due(shop, [seats(departure, 1), goods(a_product(shop, price=35000))], at)
    assert (total, now) == (160000, 36000 + 35000 + 5000)


def test_the_deposit_confirms_and_only_the_whole_price_is_income(shop, departure, at, told):
    order = an_order(shop, seats(departure, 2), at=at)
    order = pay(order, 72000, at)
    assert (order.status, order.missing_satang, told) == ("confirmed", 168000, ["OrderPlaced", "OrderConfirmed"])
    order = pay(order, 100000, at, "b")
    assert (order.missing_satang, told[2:]) == (68000, [])
    order = pay(order, 70000, at, "c")
    assert (order.missing_satang, order.refund_due_satang, told[2:]) == (0, 2000, ["OrderPaid", "RestPaid"])


def test_a_whole_payment_confirms_and_is_income_at_once(shop, departure, at, told):
    order = pay(an_order(shop, seats(departure, 2), at=at), 240000, at)
    assert (order.status, told[1:]) == ("confirmed", ["OrderConfirmed", "OrderPaid"])


def test_less_than_the_deposit_does_not_confirm(shop, departure, at):
    order = pay(an_order(shop, seats(departure, 2), at=at), 71999, at)
    assert (order.status, order.missing_satang) == ("slip_review", 1)


def test_the_order_page_asks_for_the_right_amount_at_each_stage(shop, departure, at):
    order = an_order(shop, seats(departure, 2), at=at)
    asked = [OrderPage(order, at).missing_satang]
    order = pay(order, 72000, at)
    page = OrderPage(order, at)
    asked.append(page.missing_satang)
    assert (asked, page.is_payable, page.takes_slips) == ([72000, 168000], True, True)
    page = OrderPage(pay(order, 168000, at, "b"), at)
    assert (page.missing_satang, page.is_payable, page.takes_slips) == (0, False, False)


def test_the_tiers_give_back_a_share_of_what_was_paid(shop, departure, at):
    order = pay(an_order(shop, seats(departure, 2), at=at), 72000, at)
    assert [refund_quote(order, in_days(at, days)).total_satang for days in (1, 18, 19.5)] == [72000, 36000, 0]
    assert refund_quote(order, in_days(at, 19.5), whole=True).total_satang == 72000
    assert cancel_order(order=order, by="buyer", at=in_days(at, 18)).refund_due_satang == 36000


def test_the_buyer_is_reminded_once_and_told_once_that_it_is_overdue(shop, departure, at, told):
    order = pay(an_order(shop, seats(departure, 1), at=at), 36000, at)
    moments = [in_days(at, days) for days in (9.9, 10, 10.1, 12.9, 13, 13.1, 19)]
    assert [deposits.remind_of_rests(moment) for moment in moments] == [0, 1, 0, 0, 1, 0, 0]
    assert told.count("RestDue") == 2
    order.refresh_from_db()
    assert (order.status, order.rest_told) == ("confirmed", "overdue")
    assert list(OrderNote.objects.filter(kind__startswith="rest").values_list("kind", flat=True)) == [
        "rest_reminded", "rest_overdue",
    ]  # fmt: skip


def test_nobody_is_reminded_who_has_paid_or_cancelled(shop, departure, at):
    pay(an_order(shop, seats(departure, 1), at=at), 120000, at)
    cancel_order(order=pay(an_order(shop, seats(departure, 1), at=at), 36000, at, "b"), by="buyer", at=at)
    an_order(shop, seats(departure, 1), at=at)
    assert deposits.remind_of_rests(in_days(at, 12)) == 0


def test_the_seller_gives_more_time_and_the_buyer_is_reminded_anew(shop, departure, at):
    order = pay(an_order(shop, seats(departure, 1), at=at), 36000, at)
    deposits.remind_of_rests(in_days(at, 14))
    deposits.give_more_time(order=order, until=in_days(at, 17), by=shop.owner, at=in_days(at, 14))
    assert deposits.remind_of_rests(in_days(at, 14.1)) == 1
    whole = pay(order, 84000, in_days(at, 15), "b")
    with pytest.raises(deposits.NothingIsDue):
        deposits.give_more_time(order=whole, until=in_days(at, 18), by=shop.owner, at=in_days(at, 15))


def test_the_button_is_the_payees_alone(shop, departure, at, client, stranger):
    order = pay(an_order(shop, seats(departure, 1), at=at), 36000, at)
    url = reverse("give_more_time", args=[order.code])
    client.force_login(stranger)
    assert client.post(url).status_code == 404
    client.force_login(shop.owner)
    assert client.post(url).status_code == 302
    assert Order.objects.get().rest_due_at - order.rest_due_at >= timedelta(days=3)


def overdue(shop, departure, at):
    """An order of ฿1,200 with ฿360 paid, told on day 13 that the rest is overdue."""
    order = pay(an_order(shop, seats(departure, 1), at=at), 36000, at)
    deposits.remind_of_rests(in_days(at, 13))
    return order


def test_a_day_after_it_was_due_the_order_is_cancelled_by_its_tiers(shop, departure, at):
    order = overdue(shop, departure, at)
    dropped = [deposits.drop_unpaid_rests(in_days(at, day)) for day in (13.9, 14, 14.1)]
    order.refresh_from_db()
    departure.refresh_from_db()
    assert (dropped, order.status, order.refund_due_satang, departure.taken) == ([0, 1, 0], "cancelled", 36000, 0)
    assert OrderNote.objects.filter(order=order, kind="cancelled_unpaid_rest").count() == 1


def test_close_to_the_start_the_tiers_give_back_their_share(shop, departure, at):
    order = overdue(shop, departure, at)
    deposits.drop_unpaid_rests(in_days(at, 18))
    order.refresh_from_db()
    assert (order.status, order.refund_due_satang) == ("cancelled", 18000)


def test_who_was_not_told_has_paid_or_was_given_time_is_not_dropped(shop, departure, at):
    pay(an_order(shop, seats(departure, 1), at=at), 36000, at)
    assert deposits.drop_unpaid_rests(in_days(at, 15)) == 0
    deposits.remind_of_rests(in_days(at, 15))
    order = Order.objects.get()
    deposits.give_more_time(order=order, until=in_days(at, 18), by=shop.owner, at=in_days(at, 15))
    assert deposits.drop_unpaid_rests(in_days(at, 18.9)) == 0
    deposits.remind_of_rests(in_days(at, 18.9))
    pay(order, 84000, in_days(at, 18.9), "b")
    assert deposits.drop_unpaid_rests(in_days(at, 19.5)) == 0


def test_who_is_just_paying_is_not_dropped(shop, departure, at):
    order = overdue(shop, departure, at)
    charge = ask_to_pay(order=order, service=a_money_service(order.seller, "opn", at), method="promptpay", at=at)
    assert (charge.satang, deposits.drop_unpaid_rests(in_days(at, 15))) == (84000, 0)


def test_nothing_is_dropped_once_it_has_begun(shop, departure, at):
    overdue(shop, departure, at)
    assert deposits.drop_unpaid_rests(in_days(at, 20)) == 0


def test_the_rest_may_be_paid_through_a_gateway_from_the_orders_page(
    shop, departure, at, client, monkeypatch, settings
):
    settings.MONEY_SERVICES = "console"
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    order = pay(an_order(shop, seats(departure, 1), at=at), 36000, at)
    a_money_service(order.seller, "opn", at)
    page = client.get(reverse("order_status", args=[order.secret]))
    assert reverse("order_pay", args=[order.secret]) in page.content.decode()
    client.post(reverse("order_pay", args=[order.secret]), {"method": "promptpay"})
    assert order.charges.get().satang == 84000


def test_what_was_owed_and_paid_back_is_asked_again_but_not_what_was_given(shop, departure, at):
    order = pay(an_order(shop, seats(departure, 1), at=at), 125000, at)
    record_refund(order=order, satang=5000, reference="r1", by=shop.owner, at=at)
    order.refresh_from_db()
    assert (order.rest_satang, order.goodwill_satang) == (0, 0)
    record_refund(order=order, satang=10000, reference="r2", by=shop.owner, at=at)
    order.refresh_from_db()
    assert (order.rest_satang, order.goodwill_satang) == (0, 10000)
    Order.objects.filter(pk=order.pk).update(goods_satang=150000, total_satang=150000)  # moved to a dearer date
    order.refresh_from_db()
    assert order.rest_satang == 30000
