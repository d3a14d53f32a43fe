"""When there is room."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tourdee.shop.models import Departure, DeparturePrice, Order
from tourdee.shop.tests.factories import a_departure, a_tour, an_order, in_days, seats

from .conftest import unit
from .test_bookings import error

pytestmark = pytest.mark.django_db
YEAR = {"localDateStart": "2026-11-23", "localDateEnd": "2027-11-23"}


def ask(program, tour, path="/availability", headers=None, **how):
    body = {"productId": tour.public_id, "optionId": "DEFAULT"} | how
    return program.post(path, body, **(headers or {}))


def test_a_departure_is_written_as_the_standard_asks(program, departure, tour):
    assert ask(program, tour, localDate="2026-11-28").json() == [
        {
            "id": departure.public_id, "localDateTimeStart": "2026-11-28T12:00:00+07:00",
            "localDateTimeEnd": "2026-11-28T15:00:00+07:00", "utcCutoffAt": "2026-11-27T05:00:00Z", "allDay": False,
            "available": True, "status": "AVAILABLE", "vacancies": 10, "capacity": 10, "maxUnits": 10, "openingHours": [],
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sold", "status", "available"),
    [
        (0, "AVAILABLE", True),
        (5, "AVAILABLE", True),
        (6, "LIMITED", True),
        (9, "LIMITED", True),
        (10, "SOLD_OUT", False),
    ],
)
def test_how_much_is_left_is_said_in_a_word(program, departure, tour, sold, status, available):
    Departure.objects.update(taken=sold)
    found = ask(program, tour, localDate="2026-11-28").json()[0]
    assert (found["status"], found["available"], found["vacancies"]) == (status, available, 10 - sold)


def test_shut_and_past_departures_are_closed_and_cancelled_ones_are_not_there(program, tour, at):
    starts = [in_days(at, days) for days in (-1, 0.5, 2, 3, 4)]
    shut = [a_departure(tour, starts_at=moment) for moment in starts]
    Departure.objects.filter(pk=shut[2].pk).update(status="closed")
    Departure.objects.filter(pk=shut[3].pk).update(status="cancelled")
    found = ask(program, tour, localDateStart="2026-11-20", localDateEnd="2026-12-20").json()
    assert [(one["id"], one["status"]) for one in found] == [
        (shut[0].public_id, "CLOSED"), (shut[1].public_id, "CLOSED"), (shut[2].public_id, "CLOSED"),
        (shut[4].public_id, "AVAILABLE"),
    ]  # fmt: skip


def test_it_says_whether_a_party_fits(program, departure, tour):
    Departure.objects.update(taken=8)
    two, three = (
        ask(program, tour, localDate="2026-11-28", units=[{"id": unit(departure), "quantity": number}]).json()[0]
        for number in (2, 3)
    )
    assert (two["available"], three["available"], three["status"]) == (True, False, "LIMITED")


def test_by_ids_only_those_of_the_tour_are_found(program, departure, tour, shop, at):
    other = a_departure(a_tour(shop), starts_at=in_days(at, 5))
    ids = [departure.public_id, other.public_id, "nosuchdate", "\x00"]
    assert [one["id"] for one in ask(program, tour, availabilityIds=ids).json()] == [departure.public_id]
    assert ask(program, tour, availabilityIds=[]).json() == []


def test_holds_that_ran_out_count_as_free(program, departure, tour, shop, at, clock):
    an_order(shop, seats(departure, 4), at=at)
    assert ask(program, tour, localDate="2026-11-28").json()[0]["vacancies"] == 6
    clock(at + timedelta(minutes=20))
    assert ask(program, tour, localDate="2026-11-28").json()[0]["vacancies"] == 10
    assert ask(program, tour, "/availability/calendar", **YEAR).json()[5]["vacancies"] == 10


def test_with_prices(program, departure, tour):
    units = [{"id": unit(departure), "quantity": 2}, {"id": unit(departure, 1), "quantity": 1}]
    found = ask(
        program, tour, localDate="2026-11-28", units=units, headers={"Octo_Capabilities": "octo/pricing"}
    ).json()[0]
    same = {"currency": "THB", "currencyPrecision": 2, "includedTaxes": []}
    assert (
        found["unitPricing"][0]
        == {"unitId": unit(departure), "original": 120000, "retail": 120000, "net": 96000} | same
    )
    assert found["pricing"] == {"original": 300000, "retail": 300000, "net": 240000} | same


def test_a_date_may_cost_something_else(program, departure, tour, at):
    a_departure(tour, starts_at=in_days(at, 5.2))
    DeparturePrice.objects.create(departure=departure, category=tour.prices.first(), price_satang=100000)
    priced = {"headers": {"Octo_Capabilities": "octo/pricing"}}
    dates = ask(program, tour, localDate="2026-11-28", **priced).json()
    assert [(one["unitPricing"][0]["retail"], one["unitPricing"][0]["net"]) for one in dates] == [
        (100000, 80000), (120000, 96000)
    ]  # fmt: skip
    day = ask(program, tour, "/availability/calendar", localDateStart="2026-11-28", localDateEnd="2026-11-28", **priced)
    assert [one["retail"] for one in day.json()[0]["unitPricingFrom"]] == [100000, 60000, 0]
    assert program.reserve(departure, 1).status_code == 200
    assert Order.objects.get().total_satang == 80000


def test_the_sellers_word_for_a_date_beats_the_usual_cut_off(program, departure, tour, at, clock):
    Departure.objects.update(closes_at=departure.starts_at - timedelta(hours=1))
    clock(departure.starts_at - timedelta(hours=2))
    found = ask(program, tour, localDate="2026-11-28").json()[0]
    assert (found["status"], found["utcCutoffAt"]) == ("AVAILABLE", "2026-11-28T04:00:00Z")
    program.booking(departure, 1)
    clock(departure.starts_at - timedelta(hours=1))
    assert error(program.reserve(departure, 1)) == (400, "UNPROCESSABLE_ENTITY")


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({}, "BAD_REQUEST"),
        ({"localDate": "2026-11-28", "availabilityIds": ["x"]}, "BAD_REQUEST"),
        ({"localDate": "2026-11-28", **YEAR}, "BAD_REQUEST"),
        ({"localDateStart": "2026-11-28"}, "BAD_REQUEST"),
        ({"localDateStart": "2026-11-28", "localDateEnd": "2026-11-27"}, "BAD_REQUEST"),
        ({"localDateStart": "2026-11-28", "localDateEnd": "2027-11-30"}, "BAD_REQUEST"),
        ({"localDate": "28/11/2026"}, "BAD_REQUEST"),
        ({"localDate": "2026-02-30"}, "BAD_REQUEST"),
        ({"localDate": "2026-11-28", "currency": "USD"}, "BAD_REQUEST"),
        ({"localDate": "2026-11-28", "productId": "nosuchtour"}, "INVALID_PRODUCT_ID"),
        ({"localDate": "2026-11-28", "optionId": "nosuchoption"}, "INVALID_OPTION_ID"),
        ({"localDate": "2026-11-28", "units": [{"id": "x", "quantity": 1}]}, "INVALID_UNIT_ID"),
        ({"localDate": "2026-11-28", "units": [{"id": "x", "quantity": -1}]}, "BAD_REQUEST"),
    ],
)
def test_a_wrong_question_has_its_code(program, departure, tour, how, code):
    assert error(ask(program, tour, **how)) == (400, code)


def test_the_calendar_has_a_line_for_every_day(program, departure, tour, at):
    a_departure(tour, starts_at=in_days(at, 5.2), capacity=6)
    days = ask(program, tour, "/availability/calendar", localDateStart="2026-11-27", localDateEnd="2026-11-29").json()
    empty = {"available": False, "status": "CLOSED", "vacancies": 0, "capacity": 0, "openingHours": []}
    assert days == [
        {"localDate": "2026-11-27"} | empty,
        {
            "localDate": "2026-11-28", "available": True, "status": "AVAILABLE", "vacancies": 16, "capacity": 16,
            "openingHours": [],
        },
        {"localDate": "2026-11-29"} | empty,
    ]  # fmt: skip


def test_a_party_must_fit_into_one_departure_of_the_day(program, departure, tour, at):
    a_departure(tour, starts_at=in_days(at, 5.2), capacity=6)
    Departure.objects.update(taken=4)
    many = [{"id": unit(departure), "quantity": 7}]
    day = ask(
        program, tour, "/availability/calendar", localDateStart="2026-11-28", localDateEnd="2026-11-28", units=many
    )
    assert (day.json()[0]["vacancies"], day.json()[0]["available"]) == (8, False)


@pytest.mark.parametrize("missing", ["localDateStart", "localDateEnd"])
def test_the_calendar_needs_both_days(program, tour, missing):
    span = {name: day for name, day in YEAR.items() if name != missing}
    assert error(ask(program, tour, "/availability/calendar", **span)) == (400, "BAD_REQUEST")


def test_days_are_bangkoks(program, tour, at):
    late = a_departure(tour, starts_at=at.replace(day=27, hour=17, minute=30))  # half past midnight on the 28th
    assert [one["id"] for one in ask(program, tour, localDate="2026-11-28").json()] == [late.public_id]
    assert ask(program, tour, localDate="2026-11-27").json() == []


@pytest.mark.parametrize("path", ["/availability", "/availability/calendar"])
def test_a_year_costs_the_same_with_one_and_with_three_departures(program, departure, tour, at, path):
    ask(program, tour, path, **YEAR)
    with CaptureQueriesContext(connection) as one:
        ask(program, tour, path, **YEAR)
    a_departure(tour, starts_at=in_days(at, 50))
    a_departure(tour, starts_at=in_days(at, 60))
    with CaptureQueriesContext(connection) as three:
        ask(program, tour, path, **YEAR)
    assert (len(one), len(three)) == (5, 5)
