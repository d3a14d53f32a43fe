"""Dated starts."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tourdee.core.dates import at_bangkok
from tourdee.shop.actions import departures
from tourdee.shop.actions.orders import SoldOut
from tourdee.shop.models import Departure, Tour

from . import factories as f


@pytest.fixture
def tour(owner):
    return f.a_tour(f.a_shop(owner))


def test_dates_are_added_once(tour, at):
    starts = [f.in_days(at, 3), f.in_days(at, 4), f.in_days(at, 3)]
    assert departures.add_departures(tour=tour, starts=starts, capacity=8, at=at) == 2
    assert departures.add_departures(tour=tour, starts=starts, capacity=99, at=at) == 0
    assert set(Departure.objects.values_list("capacity", flat=True)) == {8}


def test_adding_bumps_tour_and_shop(tour, at):
    before = (tour.version, tour.shop.version)
    departures.add_departures(tour=tour, starts=[f.in_days(at, 3)], capacity=8, at=at)
    tour.refresh_from_db()
    tour.shop.refresh_from_db()
    assert (tour.version, tour.shop.version) == (before[0] + 1, before[1] + 1)


@pytest.mark.parametrize("days", [[], [0], [-1, 3], list(range(1, 122))])
def test_the_past_and_floods_of_dates_are_refused(tour, at, days):
    with pytest.raises(departures.BadStart):
        departures.add_departures(tour=tour, starts=[f.in_days(at, day) for day in days], capacity=8, at=at)
    assert Departure.objects.count() == 0


def test_seats_are_never_fewer_than_are_taken(tour, at):
    departure = f.a_departure(tour, starts_at=f.in_days(at, 40), capacity=10)
    f.an_order(tour.shop, f.seats(departure, 4), at=at)
    with pytest.raises(departures.SeatsTaken) as refusal:
        departures.set_capacity(departure=departure, capacity=3)
    assert refusal.value.taken == 4
    departures.set_capacity(departure=departure, capacity=4)
    assert (Departure.objects.get().capacity, Departure.objects.get().taken) == (4, 4)
    with pytest.raises(SoldOut):
        f.an_order(tour.shop, f.seats(departure, 1), at=at)


def test_a_date_with_bookings_is_closed_not_deleted(tour, at):
    departure = f.a_departure(tour, starts_at=f.in_days(at, 40))
    f.an_order(tour.shop, f.seats(departure, 1), at=at)
    with pytest.raises(departures.DepartureInUse):
        departures.delete_departure(departure=departure)
    departures.close_departure(departure=departure)
    assert Departure.objects.get().status == "closed"


def test_a_date_whose_only_booking_was_cancelled_stays(tour, at):
    from tourdee.shop.actions.orders import cancel_order

    departure = f.a_departure(tour, starts_at=f.in_days(at, 40))
    order = f.an_order(tour.shop, f.seats(departure, 1), at=at)
    cancel_order(order=order, by="buyer", at=at)
    with pytest.raises(departures.DepartureInUse):
        departures.delete_departure(departure=departure)
    assert Departure.objects.count() == 1


def test_an_unused_date_is_deleted(tour, at):
    departures.delete_departure(departure=f.a_departure(tour, starts_at=f.in_days(at, 40)))
    assert Departure.objects.count() == 0


def test_closing_and_opening_twice_bumps_once_each(tour, at):
    departure = f.a_departure(tour, starts_at=f.in_days(at, 40))
    for act in (departures.close_departure, departures.open_departure):
        before = Tour.objects.get().version
        act(departure=departure)
        act(departure=departure)
        assert Tour.objects.get().version == before + 1


def test_every_week_until_a_day(tour, owner, client_of):
    first = timezone.localdate() + timedelta(days=10)
    until = first + timedelta(days=22)
    form = {"day": first.isoformat(), "start": "09.30", "capacity": "๘", "until": until.isoformat()}
    client_of(owner).post(reverse("tour_dates", args=[tour.public_id]), form)
    assert list(Departure.objects.values_list("starts_at", flat=True)) == [
        at_bangkok(first + timedelta(days=7 * week), 9, 30) for week in range(4)
    ]
    assert set(Departure.objects.values_list("capacity", flat=True)) == {8}


def test_on_several_weekdays_until_a_day(tour, owner, client_of):
    first = timezone.localdate() + timedelta(days=10)
    monday = first + timedelta(days=-first.weekday() % 7)
    form = {
        "day": monday.isoformat(), "start": "08:00", "capacity": "8", "until": (monday + timedelta(days=13)).isoformat(),
        "weekdays": ["0", "5", "6"],
    }  # fmt: skip
    client_of(owner).post(reverse("tour_dates", args=[tour.public_id]), form)
    days = [row.starts_at.astimezone().date() for row in Departure.objects.all()]
    assert [(day - monday).days for day in days] == [0, 5, 6, 7, 12, 13]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"day": "1/1/2560"}, "day"),
        ({"day": "29/2/2570"}, "day"),
        ({"day": ""}, "day"),
        ({"start": "25:00"}, "start"),
        ({"capacity": "0"}, "capacity"),
        ({"capacity": "1.5"}, "capacity"),
        ({"capacity": "1e9"}, "capacity"),
        ({"until": "1/1/2570"}, "until"),
    ],
)
def test_a_wrong_date_time_or_number_is_refused_at_its_field(tour, owner, client_of, change, field):
    day = timezone.localdate() + timedelta(days=60)
    form = {"day": day.isoformat(), "start": "09:00", "capacity": "8", **change}
    page = client_of(owner).post(reverse("tour_dates", args=[tour.public_id]), form)
    assert list(page.context["form"].errors) == [field]
    assert Departure.objects.count() == 0


def test_a_thai_date_is_understood(tour, owner, client_of):
    form = {"day": "๑/๒/๒๕๗๐", "start": "09:00", "capacity": "8"}
    client_of(owner).post(reverse("tour_dates", args=[tour.public_id]), form)
    assert Departure.objects.get().starts_at == at_bangkok(date(2027, 2, 1), 9)


@pytest.mark.parametrize("seats", ["-1", "0", "1.5", "x", "", "99999"])
def test_odd_seat_numbers_change_nothing(tour, owner, client_of, at, seats):
    departure = f.a_departure(tour, starts_at=f.in_days(at, 40))
    form = {"w-act": "seats", "w-seats": seats}
    page = client_of(owner).post(reverse("change_date", args=[departure.public_id]), form)
    assert list(page.context["form"].errors) == ["seats"]
    assert Departure.objects.get().capacity == 10


def test_the_dates_page_needs_as_many_queries_for_three_as_for_one(
    tour, owner, client_of, at, django_assert_num_queries
):
    client = client_of(owner)
    page = reverse("tour_dates", args=[tour.public_id])
    f.a_departure(tour, starts_at=f.in_days(at, 40))
    client.get(page)
    with django_assert_num_queries(12):
        client.get(page)
    for day in (41, 42):
        f.a_departure(tour, starts_at=f.in_days(at, day))
    with django_assert_num_queries(12):
        client.get(page)
