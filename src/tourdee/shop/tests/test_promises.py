"""What is promised is read before paying by everybody, also by who never saw a basket."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ..actions.chat_orders import Agreed, make_chat_order
from ..actions.holds import expire_stale_orders
from ..actions.payments import record_manual_payment
from ..actions.waiting_list import join_waiting_list, offer_everywhere
from ..models import Departure, Order, TooFew
from ..queries.in_person import paste_texts
from ..queries.money import refund_quote
from . import factories as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
GROUP = "ถ้ามีผู้จองไม่ถึง 4 คน รอบนี้ไม่ออก และคุณได้เงินคืนเต็มจำนวน ทราบผลวันที่ 27 พ.ย. 2569 เวลา 12.00 น."
BACK = [
    "ยกเลิกก่อน 25 พ.ย. 2569 12.00 น. ได้เงินคืน ฿2,400", "ยกเลิกก่อน 27 พ.ย. 2569 12.00 น. ได้เงินคืน ฿1,200",
    "หลังจากนั้นไม่คืนเงิน",
]  # fmt: skip


@pytest.fixture
def shop(owner):
    return f.a_shop(owner)


@pytest.fixture
def departure(shop, at):
    tour = f.a_tour(shop, minimum_group=4, if_too_few=TooFew.REFUND)
    return f.a_departure(tour, starts_at=f.in_days(at, 5), capacity=6)


def in_chat(shop, at, *items, **agreed):
    return make_chat_order(
        shop=shop, by=shop.owner, buyer=f.a_buyer(), items=items, hold=timedelta(hours=3), idempotency_key="k" * 20,
        at=at, agreed=Agreed(**agreed),
    )  # fmt: skip


def read(order):
    """By date, what the guest reads."""
    page = Client().get(reverse("order_status", args=[order.secret]))
    text = page.content.decode()
    said = [one.terms for one in page.context["promises"]]
    assert all(line in text for terms in said for line in terms)
    return said


def test_a_guest_of_a_chat_reads_terms_and_group_before_paying_and_not_after(shop, departure, owner, at):
    order = in_chat(shop, at, f.seats(departure, 2))
    assert read(order) == [[GROUP, *BACK]]
    page = Client().get(reverse("order_status", args=[order.secret])).content.decode()
    assert page.index(BACK[0]) < page.index("PromptPay")
    record_manual_payment(order=order, by=owner, satang=240000, reference="x", at=at)
    assert read(order) == []


def test_who_pays_on_the_day_reads_them_too(shop, departure, at):
    assert read(in_chat(shop, at, f.seats(departure, 2), on_the_day=True)) == [[GROUP, *BACK]]


def test_a_private_party_always_goes(shop, at):
    tour = f.a_private_tour(shop, minimum_group=4)
    departure = f.a_departure(tour, starts_at=f.in_days(at, 5))
    (terms,) = read(in_chat(shop, at, f.a_whole_departure(departure, 2)))
    assert terms[0] == "ยกเลิกก่อน 25 พ.ย. 2569 12.00 น. ได้เงินคืน ฿5,000"


def test_who_waited_reads_them_with_the_offer(shop, departure, at):
    Departure.objects.update(capacity=2)
    full = f.an_order(shop, f.seats(departure, 2), at=at)
    adult = departure.tour.prices.first().public_id
    party = join_waiting_list(
        departure=Departure.objects.get(), wanted=[(adult, 2)], guest=f.a_buyer(), key="w", source="", at=at
    )
    Order.objects.filter(pk=full.pk).update(expires_at=at - timedelta(minutes=1))
    expire_stale_orders(at)
    offer_everywhere(at)
    assert read(Order.objects.get(waiting_party=party)) == [[GROUP, *BACK]]


def test_who_came_through_the_basket_has_read_them_there(shop, departure, at):
    assert read(f.an_order(shop, f.seats(departure, 2), at=at)) == []


# ------------------------------------------------------------------ deposits
def test_whoever_pays_a_deposit_reads_on_the_page_and_in_the_chat_what_the_rest_is(shop, departure, at):
    """In the basket it is said too; a chat has none."""
    tour = departure.tour
    tour.deposit_percent, tour.rest_due_days = 30, 2
    tour.save()
    said = "จ่ายมัดจำ ฿720 ตอนนี้เพื่อจองที่ ส่วนที่เหลือ ฿1,680 จ่ายภายใน 26 พ.ย. 2569"
    for order in (in_chat(shop, at, f.seats(departure, 2)), f.an_order(shop, f.seats(departure, 2), at=at)):
        page = Client().get(reverse("order_status", args=[order.secret]))
        assert (page.context["deposit"], said in page.content.decode()) == (said, True)
    thai, english = paste_texts(Order.objects.get(channel="chat"), [])
    assert said in thai.text
    assert "฿720 now books your place. The rest, ฿1,680, is due until 26 Nov 2026." in english.text


def test_what_comes_back_of_a_deposit_is_the_share_that_was_promised(shop, departure, at, owner, shopper):
    """The amounts are named of the whole price, so the deposit's share is said beside, in the chat as in the basket."""
    tour = departure.tour
    tour.deposit_percent, tour.rest_due_days = 30, 2
    tour.save()
    said = "ช่วงที่จ่ายมาแค่มัดจำ จะได้คืนในสัดส่วนเดียวกันของมัดจำที่จ่าย"
    order = in_chat(shop, at, f.seats(departure, 2))
    assert read(order) == [[GROUP, *BACK, said]]
    shopper.choose(departure=departure, category=tour.prices.first(), quantity=2)
    assert said in shopper.get(reverse("checkout_details")).content.decode()
    record_manual_payment(order=order, by=owner, satang=72000, reference="x", at=at)
    for day, owed in ((1, 72000), (3, 36000), (4.5, 0)):
        assert refund_quote(Order.objects.get(pk=order.pk), at + timedelta(days=day)).total_satang == owed


def test_where_the_whole_price_books_nothing_is_said_of_a_rest(shop, departure, at):
    order = in_chat(shop, at, f.seats(departure, 2))
    assert Client().get(reverse("order_status", args=[order.secret])).context["deposit"] == ""
    assert "มัดจำ" not in paste_texts(order, [])[0].text
