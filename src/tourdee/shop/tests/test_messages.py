"""Who is told what, in which language, and once."""

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from tourdee import events
from tourdee.core.models import HandledEvent
from tourdee.people.sms import CannotSendSms

from ..actions.chat_orders import HOLDS, Agreed, change_chat_order, make_chat_order
from ..actions.fulfilment import ship_order
from ..actions.orders import cancel_order, expire_order, record_refund
from ..actions.payments import receive_slip, record_manual_payment, refuse_slip
from ..actions.reviews import write_review
from ..models import Enquiry, Slip
from .factories import (
    Buyer,
    a_buyer,
    a_departure,
    a_product,
    a_shop,
    a_slip,
    a_tour,
    an_operator,
    an_order,
    goods,
    in_days,
    seats,
)

pytestmark = pytest.mark.django_db

ANNA = {"name": "Anna Berg", "email": "anna@example.org", "phone": "+66899999999", "language": "en"}


@pytest.fixture
def shop(owner):
    return a_shop(owner, name_th="ร้านสมหญิง", name_en="Somying")


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=6)


@pytest.fixture
def order(shop, departure, at):
    return an_order(shop, seats(departure, 2), at=at, buyer=a_buyer(**ANNA))


@pytest.fixture
def sent(order, deliver_events):
    """``sent()``: to whom and about what, since it was last asked."""
    deliver_events()
    mail.outbox.clear()

    def run() -> list[tuple[str, str]]:
        deliver_events()
        letters = [(letter.to[0], letter.subject.replace(order.code, "CODE")) for letter in mail.outbox]
        mail.outbox.clear()
        return sorted(letters)

    return run


def pay(order, owner, at):
    return record_manual_payment(order=order, by=owner, satang=order.total_satang, reference=order.code, at=at)


def test_a_new_order_tells_the_buyer_how_to_pay_and_the_shop_that_it_is_there(order, deliver_events):
    deliver_events()
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {"anna@example.org", "owner@example.org"}
    body = letters["anna@example.org"].body
    link = f"http://testserver/en/o/{order.secret}/"
    assert [word in body for word in ("Dear Anna Berg", "฿2,400", "23 Nov 2026 12:20", link, "Adult × 2")] == [True] * 5
    assert order.secret not in letters["owner@example.org"].body


def test_the_buyers_language_is_the_orders_and_the_shops_its_owners(order, owner, sent, at):
    owner.language = "en"
    owner.save()
    order.language = "th"
    order.save()
    pay(order, owner, at)
    assert ("owner@example.org", "Order CODE is paid") in sent()


def test_each_step_tells_those_whom_it_concerns(order, owner, sent, at):
    buyer, shop = "anna@example.org", "owner@example.org"
    steps = []
    receive_slip(order=order, upload=a_slip(), at=at)
    steps.append([to for to, _subject in sent()])
    refuse_slip(slip=Slip.objects.get(), by=owner, reason="ไม่พบยอด", at=at)
    steps.append([to for to, _subject in sent()])
    pay(order, owner, at)
    steps.append([to for to, _subject in sent()])
    write_review(line=order.lines.get(), stars=5, text="", name="Anna", at=in_days(at, 6))
    steps.append([to for to, _subject in sent()])
    cancel_order(order=order, by="buyer", at=at)
    steps.append([to for to, _subject in sent()])
    record_refund(order=order, satang=240000, reference="R", by=owner, at=at)
    steps.append([to for to, _subject in sent()])
    assert steps == [[buyer, shop], [buyer], [buyer, shop], [shop], [buyer, shop], [buyer]]


def test_the_reason_of_a_refused_slip_reaches_the_buyer(order, owner, deliver_events, at):
    receive_slip(order=order, upload=a_slip(), at=at)
    refuse_slip(slip=Slip.objects.get(), by=owner, reason="ยอดเงินไม่ตรง", at=at)
    deliver_events()
    assert [letter.subject for letter in mail.outbox if "ยอดเงินไม่ตรง" in letter.body] == [
        f"Order {order.code}: the seller did not find your money"
    ]


def test_an_expired_order_a_late_payment_and_a_parcel_are_told(shop, departure, owner, at, deliver_events):
    late = an_order(shop, seats(departure, 6), at=at, buyer=a_buyer(**ANNA))
    expire_order(order=late, at=late.expires_at)
    an_order(shop, seats(departure, 6), at=late.expires_at)
    pay(late, owner, late.expires_at)
    parcel = an_order(shop, goods(a_product(shop), 1), at=at, buyer=a_buyer(**ANNA))
    pay(parcel, owner, at)
    ship_order(order=parcel, by=owner, at=at, carrier="ไปรษณีย์ไทย", tracking="EB123456789TH")
    deliver_events()
    told = [letter.subject for letter in mail.outbox if letter.to == ["anna@example.org"]]
    assert sorted(told) == sorted(
        [
            f"Order {late.code} at Somying: how to pay", f"Order {late.code} has run out",
            f"Order {late.code}: paid, but full", f"Order {parcel.code} at Somying: how to pay",
            f"Order {parcel.code} is confirmed", f"Order {parcel.code} is on its way",
        ]
    )  # fmt: skip
    assert any("EB123456789TH" in letter.body for letter in mail.outbox)


def test_the_partner_who_is_paid_is_asked_to_look_for_the_money_and_not_the_guide(shop, departure, at, deliver_events):
    operator = an_operator(shop.business)
    departure.tour.operator = operator
    departure.tour.save()
    order = an_order(shop, seats(departure, 1), at=at, buyer=a_buyer(**ANNA))
    receive_slip(order=order, upload=a_slip(), at=at)
    deliver_events()
    asked = [letter.to for letter in mail.outbox if letter.subject.startswith("กรุณาตรวจเงินโอน")]
    assert asked == [[operator.owner.email]]


def test_who_gave_only_a_phone_gets_an_sms_with_the_link(shop, departure, at, deliver_events, monkeypatch):
    texts = []
    monkeypatch.setattr("tourdee.people.actions.messages.send_sms", lambda *, to, text: texts.append((to, text)))
    order = an_order(shop, seats(departure, 1), at=at, buyer=a_buyer(**{**ANNA, "email": ""}))
    deliver_events()
    assert texts == [("+66899999999", f"TourDee {order.code}: pay here http://testserver/en/o/{order.secret}/")]


def test_that_a_message_was_sent_stands_in_the_orders_history(order, deliver_events):
    deliver_events()
    assert list(order.notes.filter(kind="message_sent").values_list("text_en", flat=True)) == [
        "Message sent to the buyer by e-mail."
    ]


def test_an_event_delivered_again_sends_nothing_again(order, deliver_events):
    deliver_events()
    happened = events.OrderPlaced(event_id=HandledEvent.objects.first().event_id, user="x", order=order.public_id)
    mail.outbox.clear()
    events.publish(happened)
    deliver_events()
    assert mail.outbox == []


def test_a_message_that_fails_is_sent_later_and_does_not_repeat_the_others(
    shop, departure, at, deliver_events, monkeypatch
):
    def broken(**_what):
        raise CannotSendSms

    monkeypatch.setattr("tourdee.people.actions.messages.send_sms", broken)
    an_order(shop, seats(departure, 1), at=at, buyer=a_buyer(**{**ANNA, "email": ""}))
    deliver_events()
    assert [letter.to for letter in mail.outbox] == [["owner@example.org"]]
    assert DBTaskResult.objects.filter(status="READY").count() == 1


def test_words_of_a_visitor_stay_words_in_a_letter(shop, owner, at, deliver_events):
    enquiry = Enquiry.objects.create(
        shop=shop, name="{{ order.secret }}\nBcc: x@example.org", contact="%(link)s", message="{% load i18n %}", at=at
    )
    events.publish(events.EnquiryReceived(user=owner.public_id, enquiry=enquiry.public_id))
    deliver_events()
    (letter,) = mail.outbox
    assert [word in letter.body for word in ("{{ order.secret }}", "%(link)s", "{% load i18n %}")] == [True] * 3
    assert (letter.to, letter.bcc) == (["owner@example.org"], [])


def test_who_pays_on_the_day_is_told_once_that_the_place_is_kept_and_what_to_bring(shop, departure, sent, at):
    mail.outbox.clear()
    agreed = Agreed(on_the_day=True)
    order = make_chat_order(
        shop=shop, by=shop.owner, buyer=a_buyer(**ANNA), items=[seats(departure, 1)], hold=HOLDS["3h"],
        idempotency_key="chat-1", at=at, agreed=agreed,
    )  # fmt: skip
    assert sent() == [("anna@example.org", f"Order {order.code} at Somying is booked")]


def test_a_chat_order_is_told_to_nobody_until_it_becomes_one_that_is_paid_on_the_day(
    shop, departure, deliver_events, at
):
    order = make_chat_order(
        shop=shop, by=shop.owner, buyer=a_buyer(**ANNA), items=[seats(departure, 1)], hold=HOLDS["3h"],
        idempotency_key="chat-1", at=at,
    )  # fmt: skip
    deliver_events()
    assert mail.outbox == []
    change_chat_order(
        order=order, by=shop.owner, buyer=Buyer(name="Anna Berg", phone="", language="en"),
        items=[seats(departure, 1)], hold=HOLDS["3h"], at=at,
        idempotency_key="change", agreed=Agreed(on_the_day=True),
    )  # fmt: skip
    deliver_events()
    [letter] = mail.outbox
    assert "Please bring ฿1,200: you pay on the day" in letter.body
