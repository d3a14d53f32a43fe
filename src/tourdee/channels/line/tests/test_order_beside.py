"""An order belongs to a conversation: one that was made by taps at once, one that the seller made when they say so."""

from datetime import timedelta

import pytest

from tourdee.inbox.actions.handling import link_order
from tourdee.inbox.models import Conversation
from tourdee.shop.actions.chat_orders import make_chat_order
from tourdee.shop.actions.slips import accept_slip
from tourdee.shop.models import Order
from tourdee.shop.tests import factories as f
from tourdee.shop.tests.cash_in_chat import a_shop_that_collects, confirmed
from tourdee.shop.tests.cash_in_chat import made as made_in_cash
from tourdee.shop.tests.factories import a_buyer, a_slip, an_order, seats

from ..models import ChatOrder
from ..queries.screens.orders import order_card
from .conftest import FON
from .test_chat_shop import words
from .test_purchase import book


@pytest.fixture
def talk_of_noi(phone) -> Conversation:
    phone.write("ขอบิลในนามบริษัทได้ไหม")
    return Conversation.objects.select_related("shop__owner").get()


@pytest.fixture
def made(shop, owner, departure, at) -> Order:
    """By the seller, while they talked."""
    buyer = a_buyer(name="น้อย", phone="", email="")
    return make_chat_order(
        shop=shop, by=owner, buyer=buyer, items=[seats(departure)], hold=timedelta(hours=24), idempotency_key="k", at=at
    )


def test_an_order_by_taps_stands_beside_the_conversation_at_once(phone, departure):
    phone.follow()
    order = book(phone, departure)
    assert Conversation.objects.get().order == order


def test_a_slip_for_an_order_that_the_seller_made_is_attached_and_its_word_comes(
    phone, talk_of_noi, made, owner, deliver_events
):
    assert phone.send_picture(a_slip().read()) == []
    link_order(conversation=talk_of_noi, order=made)
    deliver_events()
    said = phone.send_picture(a_slip(reference="0002").read())
    assert said[0]["text"].endswith(f"การจอง {made.code}")
    accept_slip(slip=made.slips.get(), satang=made.total_satang, by=owner, at=phone.at)
    deliver_events()
    phone.work()
    assert words(phone.screen()[-2])[0] == "ยืนยันการจองแล้ว"


def test_who_is_no_longer_the_buyer_hears_nothing_more(phone, talk_of_noi, made, deliver_events):
    link_order(conversation=talk_of_noi, order=made)
    link_order(conversation=talk_of_noi, order=None)
    deliver_events()
    assert not ChatOrder.objects.exists()


def test_what_was_ordered_by_taps_is_nobody_elses_whatever_is_linked(phone, departure, deliver_events):
    phone.follow()
    order = book(phone, departure)
    talk = Conversation.objects.select_related("shop__owner").get()
    link_order(conversation=talk, order=None)
    deliver_events()
    assert ChatOrder.objects.get().order == order
    phone.user_id = FON
    phone.write("สวัสดี")
    link_order(conversation=Conversation.objects.select_related("shop__owner").get(contact=FON), order=order)
    deliver_events()
    assert ChatOrder.objects.get().follower.user_id != FON


def test_an_order_of_the_shops_page_is_not_told_in_a_chat(phone, talk_of_noi, shop, departure, at, deliver_events):
    link_order(conversation=talk_of_noi, order=an_order(shop, seats(departure), at=at))
    deliver_events()
    assert not ChatOrder.objects.exists()


def test_cash_on_delivery_is_confirmed_by_the_button_and_said_to_be_so(
    phone, shop, owner, talk_of_noi, at, deliver_events
):
    order = made_in_cash(a_shop_that_collects(owner, shop), f.goods(f.a_product(shop), 2), at=at)
    link_order(conversation=talk_of_noi, order=order)
    card = str(order_card(order))
    assert "เก็บเงินปลายทาง กรุณายืนยัน" in card
    assert ("ยืนยันภายใน" in card, "ยืนยันคำสั่งซื้อ" in card, "จ่ายภายใน" in card) == (True, True, False)
    confirmed(order, at)
    deliver_events()
    phone.work()
    card, said = phone.screen()[-2:]
    assert (words(card)[0], "จ่ายเงินสดตอนรับพัสดุ" in said["text"]) == ("ยืนยันคำสั่งซื้อแล้ว", True)
