"""Joining a waiting list, one's place behind the link, the seller's list."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from ..actions.cancellation import cancel_order
from ..actions.money import record_manual_payment
from ..models import Order, WaitingParty
from . import factories as f

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(owner, now):
    return f.a_shop(owner, opened_at=now)


@pytest.fixture
def departure(shop, now):
    return f.a_departure(f.a_tour(shop), starts_at=now + timedelta(days=9), capacity=2)


@pytest.fixture
def full(shop, departure, owner, now):
    order = f.an_order(shop, f.seats(departure, 2), at=now)
    return record_manual_payment(order=order, by=owner, satang=240000, reference="x", at=now)


def form(departure, people=2, **more):
    adult = departure.tour.prices.get(name_en="Adult").public_id
    said = {"key": "w" * 24, "name": "Lucía", "phone": "0812345678", "email": "lucia@example.org", "agree": "on"}
    return said | {f"people-{adult}": str(people)} | more


def joined(client, departure, **more):
    answer = client.post(reverse("wait_for_seats", args=[departure.public_id]), form(departure, **more))
    assert answer.status_code == 302, answer.context["form"].errors
    return WaitingParty.objects.latest("joined_at")


def test_the_tour_page_leads_from_a_full_date_to_its_list(full, departure, client):
    page = client.get(reverse("tour", args=[departure.tour.shop.slug, departure.tour.public_id]))
    assert reverse("wait_for_seats", args=[departure.public_id]) in page.content.decode()


def test_the_basket_leads_from_a_full_date_to_its_list(departure, shop, owner, client, now):
    adult = departure.tour.prices.get(name_en="Adult").public_id
    proposal = {"departure": departure.public_id, "category": adult, "quantity": "2"}
    link = reverse("wait_for_seats", args=[departure.public_id])
    assert link not in client.get(reverse("cart"), proposal).content.decode()
    order = f.an_order(shop, f.seats(departure, 2), at=now)
    record_manual_payment(order=order, by=owner, satang=240000, reference="x", at=now)
    assert link in client.get(reverse("cart"), proposal).content.decode()


def test_one_joins_sees_the_place_and_leaves(full, departure, client):
    party = joined(client, departure)
    place = reverse("waiting_place", args=[party.secret])
    assert (client.get(place).context["state"], client.get(place).context["place"]) == ("waiting", 1)
    client.post(reverse("waiting_leave", args=[party.secret]))
    assert client.get(place).context["state"] == "left"


def test_the_form_sent_twice_is_one_place(full, departure, client):
    assert joined(client, departure) == joined(client, departure)


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [({"people": 0}, ["__all__"]), ({"agree": ""}, ["agree"]), ({"phone": "", "email": ""}, ["phone"]), ({"name": ""}, ["name"])],
)  # fmt: skip
def test_what_is_missing_stands_at_its_field(full, departure, client, wrong, fields):
    answer = client.post(reverse("wait_for_seats", args=[departure.public_id]), form(departure, **wrong))
    assert list(answer.context["form"].errors) == fields
    assert not WaitingParty.objects.exists()


def test_where_there_is_room_the_page_says_book(departure, client):
    page = client.get(reverse("wait_for_seats", args=[departure.public_id]))
    assert page.context["left"] == 2
    client.post(reverse("wait_for_seats", args=[departure.public_id]), form(departure))
    assert not WaitingParty.objects.exists()


def test_an_offer_leads_to_its_order_and_the_party_is_told_once(full, departure, client, now, deliver_events):
    party = joined(client, departure)
    deliver_events()
    mail.outbox.clear()
    cancel_order(order=full, by="seller", at=now)
    deliver_events()
    offer = Order.objects.get(waiting_party=party)
    letters = [letter for letter in mail.outbox if letter.to == ["lucia@example.org"]]
    assert [offer.secret in letter.body for letter in letters] == [True]
    page = client.get(reverse("waiting_place", args=[party.secret]))
    assert (page.context["state"], reverse("order_status", args=[offer.secret]) in page.content.decode()) == (
        "offered",
        True,
    )


def test_a_link_that_is_none_leads_nowhere(full, departure, client):
    joined(client, departure)
    assert client.get(reverse("waiting_place", args=["a" * 32])).status_code == 404
    assert client.post(reverse("waiting_leave", args=["a" * 32])).status_code == 404


def test_the_seller_sees_who_waits_and_offers_by_hand(full, departure, client, owner, client_of, now):
    party = joined(client, departure)
    seller = client_of(owner)
    rows = seller.get(reverse("waiting_parties", args=[departure.public_id])).context["rows"]
    assert [(one.name, state, fits) for one, state, _people, fits in rows] == [("Lucía", "waiting", False)]
    type(departure).objects.update(capacity=4)
    seller.post(reverse("offer_seats", args=[party.public_id]))
    assert Order.objects.get(waiting_party=party).status == "awaiting_payment"


@pytest.mark.parametrize("parties", [1, 3])
def test_the_sellers_list_does_not_ask_more_for_more_parties(
    full, departure, client, owner, client_of, parties, django_assert_num_queries
):
    for number in range(parties):
        joined(client, departure, key=f"{number}" * 24, phone=f"081234567{number}", email=f"b{number}@example.org")
    seller = client_of(owner)
    seller.get(reverse("waiting_parties", args=[departure.public_id]))
    with django_assert_num_queries(6):
        page = seller.get(reverse("waiting_parties", args=[departure.public_id]))
    assert len(re.findall('<li class="stack-s">', page.content.decode())) == parties


def test_another_seller_sees_no_party(full, departure, client, stranger, client_of, now):
    party = joined(client, departure)
    f.a_shop(stranger, opened_at=now)
    other = client_of(stranger)
    assert other.get(reverse("waiting_parties", args=[departure.public_id])).status_code == 404
    assert other.post(reverse("offer_seats", args=[party.public_id])).status_code == 404


def test_a_private_party_joins_by_the_page_and_both_sides_read_it(shop, owner, client, client_of, now):
    tour = f.a_private_tour(shop, sold_as="private")
    departure = f.a_departure(tour, starts_at=now + timedelta(days=9), capacity=6)
    f.an_order(shop, f.a_whole_departure(departure, 2), at=now)
    page = client.get(reverse("wait_for_seats", args=[departure.public_id]))
    assert [name for name in page.context["form"].fields if name.startswith("people-")] == []
    said = {"key": "w" * 24, "name": "Lucía", "phone": "0812345678", "agree": "on", "private": "4"}
    nobody = client.post(reverse("wait_for_seats", args=[departure.public_id]), said | {"private": "0"})
    assert nobody.context["form"].non_field_errors() == ["กรุณาเลือกจำนวนคน"]
    answer = client.post(reverse("wait_for_seats", args=[departure.public_id]), said)
    assert "กลุ่มส่วนตัว × 4" in client.get(answer.url).content.decode()
    seen = client_of(owner).get(reverse("waiting_parties", args=[departure.public_id]))
    assert "กลุ่มส่วนตัว × 4" in seen.content.decode()


def test_the_page_of_a_waiting_list_names_the_prices_of_that_date(full, departure, client):
    adult = departure.tour.prices.get(name_en="Adult")
    departure.special_prices.create(category=adult, price_satang=190000)
    form = client.get(reverse("wait_for_seats", args=[departure.public_id])).context["form"]
    assert form.fields[f"people-{adult.public_id}"].help_text == "฿1,900 ต่อคน"


def test_the_waiting_lists_form_begins_with_one_person_and_says_what_is_wrong_alone(full, departure, client):
    address = "/en" + reverse("wait_for_seats", args=[departure.public_id])
    people = [field for field in client.get(address).context["form"] if field.name.startswith("people-")]
    assert [field.value() for field in people] == [1, 0, 0]
    nobody = client.post(address, form(departure, people=0)).text
    assert ("free" in nobody, "฿0" in nobody) == (True, False)  # a child on a lap
    assert "Please choose how many people." in nobody
    assert "fields marked below" not in nobody
