"""Finding bookings again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tourdee.shop.models import Order
from tourdee.shop.tests.factories import a_departure, in_days

from .test_bookings import error

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(program, departure, tour, at):
    """Two on one day, one on the next."""
    later = a_departure(tour, starts_at=in_days(at, 6))
    return [
        program.booking(departure, 1, resellerReference="trip-1"),
        program.booking(departure, 1, resellerReference="trip-2"),
        program.booking(later, 1, resellerReference="trip-1"),
    ]


def uuids(answer):
    return [booking["uuid"] for booking in answer.json()]


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ("resellerReference=trip-1", [0, 2]),
        ("resellerReference=nobody", []),
        ("localDate=2026-11-28", [0, 1]),
        ("localDateStart=2026-11-28&localDateEnd=2026-11-29", [0, 1, 2]),
        ("localDateStart=2026-11-28&localDateEnd=2026-11-29&resellerReference=trip-1", [0, 2]),
        ("localDate=2026-11-28&productId=nosuchtour", []),
        ("localDate=2026-11-28&optionId=OTHER", []),
    ],
)
def test_by_reference_or_by_day(program, three, by, found):
    assert uuids(program.get(f"/bookings?{by}")) == [three[place]["uuid"] for place in found]


def test_by_our_reference(program, three):
    assert uuids(program.get(f"/bookings?supplierReference={three[1]['supplierReference']}")) == [three[1]["uuid"]]


@pytest.mark.parametrize(
    "by",
    ["", "?productId=x", "?localDateStart=2026-11-28", "?localDate=28.11.2026", "?localDate=20261128",
     "?localDateStart=2026-11-28&localDateEnd=2026-11-01", "?localDate=0001-01-01", "?localDate=2026-02-30"],
)  # fmt: skip
def test_a_question_that_is_none_is_refused(program, three, by):
    assert error(program.get(f"/bookings{by}")) == (400, "BAD_REQUEST")


def test_a_list_costs_the_same_with_one_and_with_three(program, three):
    program.get("/bookings?resellerReference=trip-2")
    with CaptureQueriesContext(connection) as one:
        program.get("/bookings?resellerReference=trip-2")
    with CaptureQueriesContext(connection) as more:
        program.get("/bookings?localDateStart=2026-11-28&localDateEnd=2026-11-29")
    assert (len(one), len(more)) == (2, 2)


def test_nobody_finds_the_bookings_of_another(program, three, rivals_program, elsewhere):
    code = Order.objects.first().code
    for stranger in (rivals_program, elsewhere):
        assert stranger.get(f"/bookings?supplierReference={code}").json() == []
        assert stranger.get("/bookings?localDate=2026-11-28").json() == []
        for booking in three:
            path = f"/bookings/{booking['uuid']}"
            for method, way in [
                ("GET", ""),
                ("PATCH", ""),
                ("DELETE", ""),
                ("POST", "/confirm"),
                ("POST", "/cancel"),
                ("POST", "/extend"),
            ]:
                answer = stranger.send(
                    method, path + way, {"contact": {"firstName": "Eve"}} if method != "GET" else None
                )
                assert error(answer) == (400, "INVALID_BOOKING_UUID")
    assert set(Order.objects.values_list("status", flat=True)) == {"awaiting_payment"}
