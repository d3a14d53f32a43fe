"""Two resellers and the web shop want the last seats of one departure: none is sold twice, whoever is quicker.

The control takes the guard out and must oversell: otherwise the race would prove nothing.
"""

from dataclasses import asdict

import pytest

from tests.races.racers import racers
from tests.races.test_sale import sold, together
from tourdee.channels.octo.actions.keys import add_reseller, make_key
from tourdee.channels.octo.models import Booking
from tourdee.shop.models import Order
from tourdee.shop.queries.reconcile import differences
from tourdee.shop.tests.factories import a_departure, a_shop, a_tour, in_days, seats

PROCESSES, TRIES, SEATS = 4, 12, 20
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def four(django_db_setup):
    with racers(PROCESSES) as processes:
        yield processes


@pytest.fixture
def shop(owner):
    return a_shop(owner, slug="mali-tours")


@pytest.fixture
def secrets(shop, owner, at):
    """A key of each of two resellers."""
    made = [add_reseller(shop=shop, name=name, email="", commission_percent=20, by=owner, at=at) for name in "AB"]
    return [make_key(reseller=one, by=owner, at=at).secret for one in made]


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=SEATS)


@pytest.fixture
def body(shop, departure):
    """What each asks for: one seat."""
    item = asdict(seats(departure, 1))
    octo = {
        "productId": departure.tour.public_id, "optionId": "DEFAULT", "availabilityId": departure.public_id,
        "unitItems": [{"unitId": item["category"]}],
    }  # fmt: skip
    return {"shop": shop.public_id, "item": item, "octo": octo}


def test_two_resellers_and_the_web_shop_sell_each_seat_once(four, shop, secrets, departure, body, at):
    answers = four.run(
        "tests.races.resellers.book", slug=shop.slug, secrets=secrets, body=body, tries=TRIES, at=at
    )  # fmt: skip
    assert together(answers) == {"sold": SEATS, "sold out": PROCESSES * TRIES - SEATS}
    departure.refresh_from_db()
    assert (departure.taken, sold(departure)) == (SEATS, SEATS)
    assert differences(at) == []


def test_control_without_the_guard_resellers_sell_more_seats_than_there_are(four, shop, secrets, departure, body, at):
    what = {"slug": shop.slug, "secrets": secrets, "body": body, "tries": TRIES, "at": at}
    four.run("tests.races.resellers.unguarded", **what)
    departure.refresh_from_db()
    assert sold(departure) > SEATS >= departure.taken


def test_the_same_request_by_four_processes_at_once_is_one_booking(four, shop, secrets, departure, body, at):
    uuid = "3b1bc2ee-3155-4738-9471-f49842a07327"
    codes = four.run(
        "tests.races.resellers.repeat", slug=shop.slug, secret=secrets[0], body={**body["octo"], "uuid": uuid}, at=at
    )  # fmt: skip
    assert codes == PROCESSES * [Order.objects.get().code]
    departure.refresh_from_db()
    assert (departure.taken, Booking.objects.count()) == (1, 1)
