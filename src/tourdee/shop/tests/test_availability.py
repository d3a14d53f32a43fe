"""What pages show as left."""

import pytest
from django.db import connection
from django.db.models import OuterRef, Subquery

from ..actions.holds import HOLD
from ..actions.payments import receive_slip
from ..models import Departure, Order
from ..queries.availability import departures_on_sale, next_expiry, pieces_left, seats_left
from .factories import a_departure, a_product, a_shop, a_slip, a_tour, an_order, goods, in_days, seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def tour(owner):
    return a_tour(a_shop(owner))


def shown(tour, at):
    return [(departure, departure.seats_left) for departure in departures_on_sale(tour, at)]


def test_open_departures_before_their_cut_off_are_shown_soonest_first(tour, at):
    later, full, soon = (
        a_departure(tour, starts_at=in_days(at, days), capacity=3, taken=taken)
        for days, taken in ((9, 1), (5, 3), (1.01, 0))
    )
    a_departure(tour, starts_at=in_days(at, 1))
    a_departure(tour, starts_at=in_days(at, 6), status="closed")
    a_departure(starts_at=in_days(at, 6))
    assert shown(tour, at) == [(soon, 3), (full, 0), (later, 2)]


@pytest.mark.parametrize("count", [1, 3])
def test_departures_take_one_query_however_many(count, tour, at, django_assert_num_queries):
    for day in range(count):
        a_departure(tour, starts_at=in_days(at, 5 + day))
    with django_assert_num_queries(1):
        assert len(shown(tour, at)) == count


def test_a_hold_that_has_run_out_counts_as_free_though_no_worker_ended_it(tour, at):
    departure = a_departure(tour, starts_at=in_days(at, 5), capacity=4)
    an_order(tour.shop, seats(departure, 1), seats(departure, 1, 1), at=at)
    an_order(tour.shop, seats(departure, 1), at=at + HOLD / 2)
    for moment, left in ((at, 1), (at + HOLD, 3), (at + 2 * HOLD, 4)):
        assert (shown(tour, moment), seats_left(departure, moment)) == ([(departure, left)], left)


def test_a_slip_keeps_the_seats(tour, at):
    departure = a_departure(tour, starts_at=in_days(at, 5), capacity=4)
    receive_slip(order=an_order(tour.shop, seats(departure, 2), at=at), upload=a_slip(), at=at)
    assert seats_left(departure, at + HOLD) == 2


def test_a_shut_departure_has_no_seats_left(tour, at):
    assert seats_left(a_departure(tour, starts_at=in_days(at, 5), status="cancelled"), at) == 0


def test_pieces_of_holds_that_ran_out_count_as_free(tour, at):
    variant = a_product(tour.shop, stock=5)
    an_order(tour.shop, goods(variant, 3), at=at)
    variant.refresh_from_db()
    assert (pieces_left(variant, at), pieces_left(variant, at + HOLD)) == (2, 5)


def ends(departure, at):
    (found,) = Departure.objects.filter(pk=departure.pk).values_list(next_expiry(at))
    return found[0]


def test_the_next_hold_to_end_says_when_a_page_grows_old(tour, at):
    departure = a_departure(tour, starts_at=in_days(at, 5))
    assert ends(departure, at) is None
    for delay in (HOLD / 2, 0 * HOLD):
        an_order(tour.shop, seats(departure, 1), at=at + delay)
    assert ends(departure, at) == at + HOLD
    assert ends(departure, at + HOLD) == at + HOLD * 1.5


def test_a_date_asks_for_its_own_holds_not_for_all_of_the_house(tour, at):
    """Two thousand unpaid orders elsewhere made a tour's page three times as slow."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by the numbers of rows")
    holds = Order.objects.filter(lines__departure=OuterRef("pk"), status="awaiting_payment", expires_at__gt=at)
    of_the_house = Subquery(holds.order_by("expires_at").values("expires_at")[:1])
    plans = [
        Departure.objects.filter(tour=tour).values_list(ends).explain() for ends in (next_expiry(at), of_the_house)
    ]
    assert ["orders_by_status" in plan for plan in plans] == [False, True]  # the second is how it was
