"""Goods that come back: asked by the buyer, decided by the seller, owed once they are there."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse

from ..actions.cancellation import cancel_order, record_refund
from ..actions.fulfilment import ship_order
from ..actions.money import record_manual_payment
from ..actions.part_cancellation import give_up_part
from ..actions.reschedule import reschedule
from ..actions.returns import (
    AnswerNeeded,
    CannotReturn,
    ReturnDecided,
    ask_return,
    decide_return,
    receive_return,
    withdraw_return,
)
from ..models import DeliveryTerms, Order, OrderLine, Return, ReturnLine, Variant
from ..queries.deposits import owing_a_rest
from ..queries.on_the_day import unpaid_after
from ..queries.order_page import OrderPage
from ..queries.orders import orders_to_handle
from ..queries.reconcile import differences
from .factories import a_departure, a_product, a_shop, a_tour, an_order, goods, in_days, seats

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def order(shop, owner, at):
    """Three cloths at ฿350 and ฿50 to send them; sent today."""
    order = an_order(shop, goods(a_product(shop, stock=10), 3), at=at)
    record_manual_payment(order=order, by=owner, satang=order.total_satang, reference="cash", at=at)
    return ship_order(order=order, by=owner, at=at, carrier="Flash Express", tracking="TH1")


def asked(order, at, quantity=1, reason="unwanted", **more):
    line = order.lines.get()
    words = {"words": "เปื้อน", **more}
    return ask_return(order=order, quantities={line.pk: quantity}, reason=reason, at=at, **words)


def accepted(order, owner, at, **more):
    one = asked(order, at, **more)
    decide_return(asked=one, accept=True, answer="ส่งกลับที่บ้าน", by=owner, at=at)
    return one


def test_the_whole_way_back(order, owner, at):
    one = accepted(order, owner, at, quantity=2)
    assert receive_return(asked=one, damaged={}, by=owner, at=at) == 70000
    order.refresh_from_db()
    variant = Variant.objects.get()
    assert (order.status, order.refund_due_satang, variant.stock, variant.reserved) == ("confirmed", 70000, 9, 0)
    record_refund(order=order, satang=70000, reference="R1", by=owner, at=at)
    assert differences(at) == []


def test_damaged_pieces_are_written_off_and_owed_all_the_same(order, owner, at):
    one = accepted(order, owner, at, quantity=2, reason="broken")
    owed = receive_return(asked=one, damaged={one.lines.get().pk: 1}, by=owner, at=at)
    assert (owed, Variant.objects.get().stock, ReturnLine.objects.get().damaged) == (70000, 8, 1)


@pytest.mark.parametrize(("reason", "owed"), [("wrong", 110000), ("unwanted", 105000)])
def test_shipping_is_owed_only_for_a_fault_and_everything_back(order, owner, at, reason, owed):
    assert (
        receive_return(asked=accepted(order, owner, at, quantity=3, reason=reason), damaged={}, by=owner, at=at) == owed
    )


def test_a_discount_is_not_paid_out(order, owner, at):
    Order.objects.update(discount_satang=10500, total_satang=99500, due_now_satang=99500)
    OrderLine.objects.update(discount_satang=10500)
    order.refresh_from_db()
    assert receive_return(asked=accepted(order, owner, at, quantity=1), damaged={}, by=owner, at=at) == 31500


def test_it_is_received_and_owed_once(order, owner, at):
    one = accepted(order, owner, at)
    receive_return(asked=one, damaged={}, by=owner, at=at)
    with pytest.raises(ReturnDecided):
        receive_return(asked=Return.objects.get(), damaged={}, by=owner, at=at)
    order.refresh_from_db()
    assert (order.refund_due_satang, Variant.objects.get().stock) == (35000, 8)


def test_no_more_goes_back_than_was_bought(order, owner, at):
    receive_return(asked=accepted(order, owner, at, quantity=2), damaged={}, by=owner, at=at)
    with pytest.raises(CannotReturn):
        asked(order, at, quantity=2)
    assert asked(order, at, quantity=1).status == "asked"


@pytest.mark.parametrize("quantity", [0, -1, 4, 10**9])
def test_a_quantity_that_is_none_is_refused(order, at, quantity):
    with pytest.raises(CannotReturn):
        asked(order, at, quantity=quantity)


def test_one_return_is_open_at_a_time(order, at):
    asked(order, at)
    with pytest.raises(CannotReturn):
        asked(order, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Return.objects.create(order=order, reason="broken", asked_at=at)


def test_after_the_days_only_a_fault_goes_back(order, at):
    """Five days on the way and seven of the shop."""
    asked_in_time = asked(order, at + timedelta(days=12))
    withdraw_return(asked=asked_in_time, at=at)
    with pytest.raises(CannotReturn):
        asked(order, at + timedelta(days=12, seconds=1))
    assert asked(order, at + timedelta(days=30), reason="broken").status == "asked"


def test_the_shop_sets_the_days(order, at):
    DeliveryTerms.objects.create(shop=order.shop, return_days=30)
    assert asked(order, at + timedelta(days=35)).status == "asked"


def test_nothing_goes_back_before_it_was_sent(shop, owner, at):
    order = an_order(shop, goods(a_product(shop)), at=at)
    with pytest.raises(CannotReturn):
        asked(order, at)


def test_a_refusal_needs_a_reason_and_is_final(order, owner, at):
    one = asked(order, at)
    with pytest.raises(AnswerNeeded):
        decide_return(asked=one, accept=False, answer=" ", by=owner, at=at)
    decide_return(asked=one, accept=False, answer="ใช้แล้ว", by=owner, at=at)
    with pytest.raises(ReturnDecided):
        decide_return(asked=Return.objects.get(), accept=True, answer="", by=owner, at=at)
    assert Return.objects.get().status == "refused"


def test_money_is_owed_only_for_what_came_back(order, owner, at):
    accepted(order, owner, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Return.objects.update(refund_satang=100)


# ------------------------------------------------------------------ what stands afterwards
@pytest.fixture
def mixed(shop, owner, at):
    """Two seats at ฿1,200 and three cloths at ฿350, ฿50 to send them; two cloths came back, for ฿700."""
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 30))
    order = an_order(shop, goods(a_product(shop, stock=10), 3), seats(departure, 2), at=at)
    record_manual_payment(order=order, by=owner, satang=order.total_satang, reference="cash", at=at)
    ship_order(order=order, by=owner, at=at, carrier="Flash Express", tracking="TH1")
    cloths = order.lines.get(variant__isnull=False)
    one = ask_return(order=order, quantities={cloths.pk: 2}, reason="unwanted", words="-", at=at)
    decide_return(asked=one, accept=True, answer="-", by=owner, at=at)
    receive_return(asked=one, damaged={}, by=owner, at=at)
    order.refresh_from_db()
    return order


@pytest.fixture(params=["owed", "paid back"])
def after_return(request, mixed, owner, at):
    """The same, whether the seller has paid it back yet or not."""
    if request.param == "paid back":
        record_refund(order=mixed, satang=70000, reference="R1", by=owner, at=at)
        mixed.refresh_from_db()
    return mixed


def test_who_got_money_for_goods_that_came_back_is_not_asked_for_it_again(after_return, at):
    page = OrderPage(after_return, at)
    assert (after_return.rest_satang, after_return.to_collect_satang, page.missing_satang) == (0, 0, 0)
    Order.objects.update(rest_due_at=at)
    assert list(owing_a_rest()) == []
    Order.objects.update(pay_by="on_the_day")
    assert list(unpaid_after(Order.objects, in_days(at, 31))) == []


def test_cancelling_the_seats_gives_back_as_much_as_if_nothing_had_come_back(after_return, at):
    cancelled = cancel_order(order=after_return, by="buyer", at=at)
    assert cancelled.refunded_satang + cancelled.refund_due_satang == 240000 + 70000
    assert differences(at) == []


def test_fewer_seats_give_back_their_price_beside_the_goods(after_return, at):
    owed = after_return.refund_due_satang + 120000
    line = after_return.lines.get(departure__isnull=False)
    give_up_part(order=after_return, keep={line.pk: 1}, by="buyer", at=at, shown_refund_satang=owed)
    after_return.refresh_from_db()
    assert (after_return.refund_due_satang, after_return.rest_satang) == (owed, 0)
    assert differences(at) == []


@pytest.mark.parametrize(("price", "rest", "more"), [(100000, 0, 40000), (130000, 20000, 0)])
def test_another_date_costs_its_difference_beside_the_goods(after_return, shop, at, price, rest, more):
    before = after_return.lines.get(departure__isnull=False).departure
    other = a_departure(before.tour, starts_at=in_days(at, 40))
    category = before.tour.prices.get(price_satang=120000)
    other.special_prices.create(category=category, price_satang=price)
    owed = after_return.refund_due_satang
    reschedule(
        order=after_return, departure=before, to=other, by="buyer", at=at, shown_difference_satang=2 * (price - 120000)
    )
    after_return.refresh_from_db()
    kept = owed + more if price < 120000 else max(0, owed - 20000)
    assert after_return.refund_due_satang == kept
    assert after_return.rest_satang == (rest if not owed else 0)
    assert differences(at) == []


def test_what_had_come_back_before_is_added_up(mixed):
    Order.objects.update(returned_satang=0)
    import_module("tourdee.shop.migrations.0029_goods_that_came_back").add_up(apps, None)
    assert Order.objects.get().returned_satang == 70000


# ------------------------------------------------------------------ pages
def test_the_buyer_asks_on_the_page_of_the_order(shopper, order, at):
    page = shopper.get(reverse("order_status", args=[order.secret])).content.decode()
    url = reverse("order_return", args=[order.secret])
    assert f'"{url}"' in page
    form = shopper.post(url, {"line_0": "", "reason": "broken", "words": ""}).context["form"]
    assert set(form.errors) == {"line_0", "words"}
    assert [form.fields[name].optional for name in ("words", "picture")] == ["(หรือแนบรูป)", "(หรือเล่าเป็นข้อความ)"]
    assert shopper.post(url, {"line_0": "1"}).context["form"].errors["reason"] == ["กรุณาเลือกเหตุผล"]
    assert shopper.post(url, {"line_0": "๑", "reason": "broken", "words": "ขาด"}).status_code == 302
    assert Return.objects.get().lines.get().quantity == 1
    assert f'"{url}"' not in shopper.get(reverse("order_status", args=[order.secret])).content.decode()
    shopper.post(reverse("order_return_withdraw", args=[order.secret]))
    assert Return.objects.get().status == "withdrawn"


def test_the_seller_decides_and_receives(order, owner, at, clock, client_of):
    one, client = asked(order, at, quantity=2), client_of(owner)
    url = reverse("decide_return", args=[one.public_id])
    assert client.post(url, {"do": "refuse", "answer": ""}).context["decide_form"].errors
    client.post(url, {"do": "accept", "answer": "99 หมู่ 1"})
    part = one.lines.get()
    client.post(reverse("receive_return", args=[one.public_id]), {f"damaged_{part.pk}": "3"})
    assert Return.objects.get().status == "accepted"  # three of two cannot be damaged
    client.post(reverse("receive_return", args=[one.public_id]), {f"damaged_{part.pk}": "1"})
    one.refresh_from_db()
    assert (one.status, one.refund_satang, Variant.objects.get().stock) == ("received", 70000, 8)


@pytest.mark.parametrize("number", [1, 3])
def test_more_returns_ask_no_more(shop, owner, at, client_of, django_assert_num_queries, number):
    for _one in range(number):
        order = an_order(shop, goods(a_product(shop)), at=at)
        record_manual_payment(order=order, by=owner, satang=order.total_satang, reference="cash", at=at)
        asked(ship_order(order=order, by=owner, at=at, carrier="x", tracking="1"), at)
    client = client_of(owner)
    client.get(reverse("my_returns"))
    with django_assert_num_queries(8):
        client.get(reverse("my_returns"))


def test_a_return_that_was_asked_for_waits_for_the_seller_until_it_is_decided(shop, order, owner, at, clock, client_of):
    one = asked(order, at)
    assert orders_to_handle(shop, at).returns == [one]
    seller = client_of(owner)
    page = seller.get(reverse("my_orders")).content.decode()
    assert f"{order.code}: ลูกค้าขอคืนสินค้า" in page
    assert reverse("my_return", args=[one.public_id]) in page
    assert "ส่งแล้ว</span>" in page  # beside the order: who looks through the list sees what has left the house
    assert "มีคนขอคืนสินค้า" in seller.get(reverse("today")).content.decode()
    decide_return(asked=one, accept=True, answer="ส่งกลับที่บ้าน", by=owner, at=at)
    assert len(orders_to_handle(shop, at)) == 0
