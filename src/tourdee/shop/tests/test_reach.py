"""Who orders can be written to: by e-mail, or by SMS where SMS goes."""

import pytest
from django.core import mail
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from tourdee.people import actions as people

from ..models import Order, OrderNote
from .factories import a_buyer, a_departure, a_product, a_shop, a_tour, an_order, in_days, seats

pytestmark = pytest.mark.django_db
FOREIGN, LANDLINE = "+49 151 23456789", "02 123 4567"


@pytest.fixture
def departure(owner, at):
    return a_departure(a_tour(a_shop(owner)), starts_at=in_days(at, 5))


@pytest.fixture
def texts(monkeypatch):
    """What the gateway was given."""
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr("tourdee.people.actions.messages.send_sms", lambda *, to, text: sent.append((to, text)))
    return sent


@pytest.mark.parametrize("phone", [FOREIGN, LANDLINE])
def test_a_number_that_gets_no_sms_is_taken_with_an_e_mail_besides(phone, shopper, departure):
    shopper.choose(departure=departure, category=departure.tour.prices.first())
    page = shopper.details(phone=phone, email="")
    form = page.context["form"]
    assert (list(form.errors), form["phone"].value(), form["name"].value()) == (["email"], phone, "Anna Berg")
    assert Order.objects.count() == 0
    order = shopper.order(phone=phone, email="anna@example.org")
    assert order.buyer_email == "anna@example.org"


def test_a_thai_mobile_number_alone_is_enough(shopper, departure):
    shopper.choose(departure=departure, category=departure.tour.prices.first())
    assert shopper.order(phone="081 234 5679", email="").buyer_phone == "+66812345679"


def may_be_left_empty(shopper):
    """What the details say behind their labels, in English."""
    page = shopper.get("/en/checkout/details/").content.decode()
    return [page.count(words) for words in ("(or an e-mail)", "(or a phone number)", "(optional)")]


def test_one_of_telephone_and_e_mail_is_enough_and_the_form_does_not_say_that_both_may_be_empty(shopper, departure):
    shopper.choose(departure=departure, category=departure.tour.prices.first())
    assert may_be_left_empty(shopper) == [1, 1, 1]  # the note is the third


def test_goods_need_a_telephone_so_an_e_mail_may_be_left_empty(shopper, owner):
    shopper.choose(variant=a_product(a_shop(owner)))
    assert may_be_left_empty(shopper) == [0, 0, 2]


def test_who_waits_for_seats_is_asked_for_an_e_mail_too(client, clock, departure):
    departure.__class__.objects.update(taken=departure.capacity)
    place = reverse("wait_for_seats", args=[departure.public_id])
    answer = client.post(place, {"name": "Ben", "phone": FOREIGN, "email": "", "agree": "on"})
    assert "email" in answer.context["form"].errors


@pytest.mark.parametrize("phone", ["+4915123456789", "+6621234567", "+882161234567", "no number"])
def test_abuse_20_no_text_goes_to_numbers_that_only_cost_money(phone, departure, at, deliver_events, texts):
    """By an order, too: whoever places orders chooses the number."""
    order = an_order(departure.tour.shop, seats(departure, 1), at=at, buyer=a_buyer(phone=phone, email=""))
    deliver_events()
    assert texts == []
    assert OrderNote.objects.filter(order=order, kind="message_sent").count() == 0
    assert [letter.to for letter in mail.outbox] == [["owner@example.org"]]  # the seller hears all the same


def test_a_text_is_left_to_the_worker_or_said_not_to_be(db):
    assert people.post_sms(to="+66812345678", text="x") is True
    assert people.post_sms(to="+4915123456789", text="x") is False
    assert DBTaskResult.objects.count() == 1
