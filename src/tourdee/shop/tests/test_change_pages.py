"""The buyer's and the seller's pages for fewer people and another date: shown first, done after, to the satang."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tourdee.core.dates import BANGKOK

from ..actions.money import record_manual_payment
from ..models import Departure, Order, PriceCategory
from . import factories as f

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(owner, now):
    return f.a_shop(owner, opened_at=now)


@pytest.fixture
def first(shop, now):
    return f.a_departure(f.a_tour(shop), starts_at=now + timedelta(days=9), capacity=6)


@pytest.fixture
def second(first):
    return f.a_departure(first.tour, starts_at=first.starts_at + timedelta(days=2), capacity=6)


@pytest.fixture
def order(shop, first, owner, now):
    order = f.an_order(shop, f.seats(first, 3), at=now)
    return record_manual_payment(order=order, by=owner, satang=360000, reference="x", at=now)


def taken(*departures):
    return [Departure.objects.get(pk=one.pk).taken for one in departures]


def test_fewer_people_are_first_priced_then_given_up(order, first, client):
    url = reverse("order_fewer", args=[order.secret])
    assert client.get(url).context["wanted"].quote is None
    page = client.get(url, {"keep-1": "2"})
    assert page.context["wanted"].quote.refund_satang == 120000
    assert taken(first) == [3]
    answer = client.post(url, {"keep-1": "2", "refund": "120000"})
    assert answer.url == reverse("order_status", args=[order.secret])
    assert (taken(first), Order.objects.get().refund_due_satang) == ([2], 120000)


@pytest.mark.parametrize("refund", ["", "1", "99999999", "x", "-1"])
def test_another_refund_than_was_shown_gives_up_nothing(order, first, client, refund):
    answer = client.post(reverse("order_fewer", args=[order.secret]), {"keep-1": "2", "refund": refund})
    assert answer.status_code == 200
    assert taken(first) == [3]


@pytest.mark.parametrize("keep", ["0", "x", "-1", "99", ""])
def test_numbers_that_make_no_party_are_not_priced(order, client, keep):
    page = client.get(reverse("order_fewer", args=[order.secret]), {"keep-1": keep})
    assert page.context["wanted"].quote is None


def test_another_date_is_first_priced_then_moved(order, first, second, client):
    PriceCategory.objects.filter(name_en="Adult").update(price_satang=130000)
    url = reverse("order_move", args=[order.secret, 1])
    assert client.get(url).context["wanted"].dates == [second]
    page = client.get(url, {"to": second.public_id})
    assert page.context["wanted"].quote.difference_satang == 30000
    answer = client.post(url, {"to": second.public_id, "difference": "30000"})
    assert answer.url == reverse("order_status", args=[order.secret])
    assert taken(first, second) == [0, 3]


def test_days_to_move_to_are_short_enough_for_a_telephone(order, second, client):
    page = client.get("/en" + reverse("order_move", args=[order.secret, 1]))
    day = second.starts_at.astimezone(BANGKOK)
    assert [said for said, _date in page.context["wanted"].days] == [f"{day:%a} {day.day} {day:%b %Y}"]


@pytest.mark.parametrize("difference", ["", "1", "x"])
def test_another_difference_than_was_shown_moves_nobody(order, first, second, client, difference):
    url = reverse("order_move", args=[order.secret, 1])
    assert client.post(url, {"to": second.public_id, "difference": difference}).status_code == 200
    assert taken(first, second) == [3, 0]


def test_a_date_of_another_shop_is_no_choice(order, first, now, client):
    other = f.a_departure(f.a_tour(), starts_at=now + timedelta(days=9))
    url = reverse("order_move", args=[order.secret, 1])
    client.post(url, {"to": other.public_id, "difference": "0"})
    assert taken(first, other) == [3, 0]


def test_what_cannot_be_moved_leads_back_to_the_order(order, client):
    for number in (0, 2, 99):
        answer = client.get(reverse("order_move", args=[order.secret, number]))
        assert answer.url == reverse("order_status", args=[order.secret])


def test_the_seller_does_both_too_and_everything_comes_back(order, first, second, owner, client_of):
    client = client_of(owner)
    client.post(reverse("my_order_fewer", args=[order.code]), {"keep-1": "2", "refund": "120000"})
    client.post(reverse("my_order_move", args=[order.code, 1]), {"to": second.public_id, "difference": "0"})
    now = Order.objects.get()
    assert (taken(first, second), now.refund_due_satang, now.kept_satang) == ([0, 2], 120000, 0)


def test_the_seller_sees_the_quote_before(order, second, owner, client_of):
    client = client_of(owner)
    assert client.get(reverse("my_order_fewer", args=[order.code]), {"keep-1": "1"}).context["wanted"].quote
    page = client.get(reverse("my_order_move", args=[order.code, 1]), {"to": second.public_id})
    assert page.context["wanted"].quote.difference_satang == 0


def test_another_seller_finds_no_such_order(order, second, stranger, client_of):
    client = client_of(stranger)
    assert client.get(reverse("my_order_fewer", args=[order.code])).status_code == 404
    assert client.post(reverse("my_order_move", args=[order.code, 1]), {"to": second.public_id}).status_code == 404
