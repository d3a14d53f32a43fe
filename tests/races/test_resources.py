"""One guide, four tours, four processes that open the same mornings: each morning goes to one of them.

The control takes the trigger out of the database: then the guide must be in two places, or the race proves nothing."""

from itertools import pairwise

import pytest
from django.db import connection

from tests.races.racers import racers
from tourdee.shop.models import Resource, ResourceUse
from tourdee.shop.tests.factories import a_shop, a_tour, in_days

PROCESSES, MORNINGS = 4, 12
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def four(django_db_setup):
    with racers(PROCESSES) as processes:
        yield processes


@pytest.fixture
def tours(owner):
    shop = a_shop(owner)
    guide = Resource.objects.create(shop=shop, name="พี่สมชาย")
    made = [a_tour(shop) for _place in range(PROCESSES)]
    for tour in made:
        tour.resources.add(guide)
    return [tour.public_id for tour in made]


def in_two_places() -> int:
    uses = list(ResourceUse.objects.order_by("from_at"))
    return sum(one.to_at > other.from_at for one, other in pairwise(uses))


def test_a_guide_is_in_one_place_each_morning(four, tours, at):
    starts = [in_days(at, 5 + day) for day in range(MORNINGS)]
    answers = four.run("tests.races.acts.lead", tours=tours, starts=starts, at=at)
    total = {name: sum(answer.get(name, 0) for answer in answers) for name in set().union(*answers)}
    assert total == {"opened": MORNINGS, "busy": MORNINGS * (PROCESSES - 1)}
    assert (ResourceUse.objects.count(), in_two_places()) == (MORNINGS, 0)


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one write at a time, so the look before is enough"
)
def test_control_without_the_trigger_the_guide_is_in_two_places(four, tours, at):
    starts = [in_days(at, 5 + day) for day in range(MORNINGS * 4)]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE shop_resourceuse DISABLE TRIGGER nothing_in_two_places")
        try:
            four.run("tests.races.acts.lead", tours=tours, starts=starts, at=at)
        finally:
            cursor.execute("ALTER TABLE shop_resourceuse ENABLE TRIGGER nothing_in_two_places")
    assert in_two_places() > 0
