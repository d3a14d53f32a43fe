"""What somebody left with shops as a visitor: it is told to them, and it goes when they are forgotten."""

import json
from datetime import timedelta

import pytest
from django.core import mail

from tourdee.people.actions import ask_erasure, erase_person

from ..actions.orders import cancel_order
from ..actions.stock_notes import ask_for_stock, tell_of_stock
from ..actions.waiting_list import join_waiting_list, offer_everywhere
from ..models import Enquiry, Order, StockNote, Variant, WaitingParty
from . import factories as f

pytestmark = pytest.mark.django_db
PHONE = "+66899999999"


@pytest.fixture
def visitor(stranger):
    """Has proved an address and a telephone number."""
    stranger.phone, stranger.phone_verified = PHONE, True
    stranger.save()
    return stranger


@pytest.fixture
def shop(owner):
    return f.a_shop(owner)


@pytest.fixture
def forget(officer, at, deliver_events):
    def all_of(person):
        erase_person(request=ask_erasure(user=person, at=at), by=officer, at=at)
        deliver_events()
        mail.outbox.clear()

    return all_of


def told(client):
    return json.loads(client.get("/account/profile/my-data/").content)


def asked(shop, contact, at, name="นก"):
    return Enquiry.objects.create(shop=shop, name=name, contact=contact, message="ว่างไหม", at=at)


def joined(departure, at, **guest):
    wanted = [(departure.tour.prices.all()[0].public_id, 2)]
    return join_waiting_list(
        departure=departure, wanted=wanted, guest=f.a_buyer(**guest), key=f"wait-{WaitingParty.objects.count()}",
        source="", at=at,
    )  # fmt: skip


def a_full_date(shop, at):
    """Two seats, and the order that holds them."""
    departure = f.a_departure(f.a_tour(shop), starts_at=f.in_days(at, 5), capacity=2)
    return departure, f.an_order(shop, f.seats(departure, 2), at=at)


# ------------------------------------------------------------------ questions
@pytest.mark.parametrize(
    ("contact", "stays"),
    [
        ("089-999-9999", 0),
        ("โทร ๐๘๙ ๙๙๙ ๙๙๙๙", 0),
        (PHONE, 0),
        ("STRANGER@example.org", 0),
        ("089-999-9998", 1),
        ("another@example.org", 1),
        ("line: nok99", 1),
    ],
)
def test_questions_go_by_the_address_or_the_telephone_however_it_was_typed(shop, visitor, forget, at, contact, stays):
    asked(shop, contact, at)
    forget(visitor)
    assert Enquiry.objects.count() == stays


def test_a_telephone_that_was_not_proved_takes_nobodys_questions_away(shop, visitor, forget, at):
    visitor.phone_verified = False
    visitor.save()
    asked(shop, PHONE, at)
    forget(visitor)
    assert Enquiry.objects.count() == 1


# ------------------------------------------------------------------ sold-out things
def test_who_is_forgotten_is_not_told_that_it_is_there_again(shop, visitor, forget, at):
    variant = f.a_product(shop, stock=0)
    for address in ("Stranger@example.org", "another@example.org"):
        ask_for_stock(product=variant.product, email=address, language="th", source="", at=at)
    forget(visitor)
    Variant.objects.update(stock=3)
    assert tell_of_stock(at) == 1
    assert [note.email for note in StockNote.objects.all()] == ["another@example.org"]


# ------------------------------------------------------------------ waiting lists
@pytest.mark.parametrize("guest", [{"phone": PHONE, "email": ""}, {"phone": "", "email": "Stranger@example.org"}])
def test_no_seat_is_offered_to_who_is_forgotten(shop, visitor, forget, at, guest):
    departure, order = a_full_date(shop, at)
    joined(departure, at, name="นก", **guest)
    other = joined(departure, at + timedelta(seconds=1), name="อื่น")
    forget(visitor)
    cancel_order(order=order, by="seller", at=at)
    offer_everywhere(at)
    assert [party.pk for party in WaitingParty.objects.all()] == [other.pk]
    assert list(Order.objects.exclude(pk=order.pk).values_list("buyer_name", flat=True)) == ["อื่น"]


def test_the_order_of_an_offer_stays_with_the_shop(shop, visitor, forget, at):
    departure, order = a_full_date(shop, at)
    joined(departure, at, name="นก", phone=PHONE)
    cancel_order(order=order, by="seller", at=at)
    forget(visitor)
    assert WaitingParty.objects.count() == 0
    assert Order.objects.get(buyer_phone=PHONE).status == Order.Status.AWAITING_PAYMENT


# ------------------------------------------------------------------ told
def test_all_of_it_is_told_and_nothing_of_others(shop, visitor, client_of, at):
    departure, _order = a_full_date(shop, at)
    variant = f.a_product(shop, stock=0)
    for contact, address, phone in (("089 999 9999", visitor.email, PHONE), ("081", "a@example.org", "+66811111111")):
        asked(shop, contact, at, name=contact)
        ask_for_stock(product=variant.product, email=address, language="th", source="", at=at)
        joined(departure, at, phone=phone, email="", name=contact)
    found = told(client_of(visitor))
    assert [one["contact"] for one in found["questions"]] == ["089 999 9999"]
    assert [one["email"] for one in found["stock_notes"]] == [visitor.email]
    assert [(one["name"], one["people"]) for one in found["waiting_lists"]] == [("089 999 9999", 2)]
    assert not {"secret", "source"} & set(found["waiting_lists"][0])
