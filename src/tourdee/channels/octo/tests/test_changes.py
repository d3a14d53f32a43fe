"""A booking changes: other seats, another day, another tour, another guest; all of it or nothing."""

import pytest

from tourdee.shop.actions.payments import record_manual_payment
from tourdee.shop.models import Order, OrderNote
from tourdee.shop.queries.reconcile import differences
from tourdee.shop.tests.factories import a_departure, a_tour, an_order, in_days, seats

from .conftest import CONTACT, unit
from .test_bookings import error, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(tour, at):
    """The same tour a day later, with three seats."""
    return a_departure(tour, starts_at=in_days(at, 6), capacity=3)


def test_another_day(program, departure, later, at):
    booking = program.booking(departure, 2)
    moved = program.patch(booking, availabilityId=later.public_id).json()
    assert (moved["availabilityId"], moved["availability"]["vacancies"]) == (later.public_id, 1)
    assert moved["unitItems"] == booking["unitItems"]
    assert (taken(departure), taken(later)) == (0, 2)
    assert differences(at) == []


def test_a_confirmed_booking_moves_too_and_the_order_says_so(program, departure, later):
    booking = program.booking(departure, 2)
    program.confirm(booking)
    moved = program.patch(booking, availabilityId=later.public_id).json()
    assert (moved["status"], moved["availabilityId"], taken(later)) == ("CONFIRMED", later.public_id, 2)
    note = OrderNote.objects.get(kind="resold_changed")
    assert note.text_en == "Changed by Klook: Old town walk · Adult × 2. The shop gets ฿1,920."


def test_another_day_that_is_full_changes_nothing(program, departure, later, shop, at):
    booking = program.booking(departure, 2)
    an_order(shop, seats(later, 2), at=at)
    refused = program.patch(booking, availabilityId=later.public_id, notes="lost?")
    assert error(refused) == (400, "UNPROCESSABLE_ENTITY")
    assert (taken(departure), taken(later)) == (2, 2)
    assert program.get(f"/bookings/{booking['uuid']}").json() == booking


def test_tickets_are_replaced_and_those_that_are_named_stay(program, departure):
    booking = program.booking(
        departure, unitItems=[{"unitId": unit(departure), "resellerReference": name} for name in ("A", "B")]
    )
    first = booking["unitItems"][0]
    items = [
        {"unitId": first["unitId"], "uuid": first["uuid"]},
        {"unitId": unit(departure, 1)},
        {"unitId": unit(departure, 1)},
    ]
    changed = program.patch(booking, unitItems=items).json()["unitItems"]
    assert [(item["unitId"], item["resellerReference"]) for item in changed] == [
        (unit(departure), "A"), (unit(departure, 1), None), (unit(departure, 1), None)
    ]  # fmt: skip
    assert changed[0]["uuid"] == first["uuid"]
    order = Order.objects.get()
    assert (taken(departure), order.total_satang) == (3, 96000 + 2 * 48000)
    assert [(line.quantity, line.unit_price_satang) for line in order.lines.all()] == [(1, 96000), (2, 48000)]


@pytest.mark.parametrize("named", [False, True])
def test_the_same_change_again_gives_the_same_tickets(program, departure, named):
    booking = program.booking(departure, 2)
    first = {"unitId": unit(departure)} | ({"uuid": booking["unitItems"][0]["uuid"]} if named else {})
    items = [first, {"unitId": unit(departure, 1), "resellerReference": "B"}, {"unitId": unit(departure, 1)}]
    changed, again = (program.patch(booking, unitItems=items).json() for _time in range(2))
    assert changed == again
    assert OrderNote.objects.filter(kind="resold_changed").count() == 1


def test_tickets_with_another_reference_are_other_tickets(program, departure):
    booking = program.booking(departure, unitItems=[{"unitId": unit(departure), "resellerReference": "A"}])
    other = program.patch(booking, unitItems=[{"unitId": unit(departure), "resellerReference": "B"}]).json()
    assert other["unitItems"][0]["uuid"] != booking["unitItems"][0]["uuid"]


def test_a_ticket_that_gets_a_uuid_of_the_programs_own_has_it(program, departure):
    booking = program.booking(departure, 1)
    own = "3b1bc2ee-3155-4738-9471-f49842a07327"
    named = program.patch(booking, unitItems=[{"unitId": unit(departure), "uuid": own}]).json()
    assert [item["uuid"] for item in named["unitItems"]] == [own]


def test_a_full_departure_still_lets_its_own_guests_swap(program, departure):
    booking = program.booking(departure, 10)
    items = [{"unitId": unit(departure, 1)} for _ in range(10)]
    assert len(program.patch(booking, unitItems=items).json()["unitItems"]) == 10
    assert taken(departure) == 10


def test_another_tour_needs_a_departure_of_its_own(program, departure, shop, at):
    other = a_departure(a_tour(shop, name_th="พายเรือ", name_en="Kayak"), starts_at=in_days(at, 7))
    booking = program.booking(departure, 1)
    refused = program.patch(booking, productId=other.tour.public_id)
    assert error(refused) == (400, "INVALID_AVAILABILITY_ID")
    body = {
        "productId": other.tour.public_id, "optionId": "DEFAULT", "availabilityId": other.public_id,
        "unitItems": [{"unitId": unit(other)}],
    }  # fmt: skip
    moved = program.patch(booking, **body).json()
    assert (moved["productId"], taken(departure), taken(other)) == (other.tour.public_id, 0, 1)


def test_another_guest(program, departure):
    booking = program.booking(departure)
    program.confirm(booking)
    changed = program.patch(booking, contact={"fullName": "Eve Lund"}, notes="Vegan", resellerReference="K-9").json()
    assert (changed["contact"]["fullName"], changed["notes"], changed["resellerReference"]) == (
        "Eve Lund",
        "Vegan",
        "K-9",
    )
    order = Order.objects.get()
    assert (order.buyer_name, order.note, order.status) == ("Eve Lund", "Vegan", "confirmed")
    assert not OrderNote.objects.filter(kind="resold_changed").exists()


def test_a_longer_hold(program, departure):
    booking = program.booking(departure)
    assert program.patch(booking, expirationMinutes=50).json()["utcExpiresAt"] == "2026-11-23T05:50:00Z"


def test_what_is_over_no_longer_changes(program, departure):
    booking = program.booking(departure)
    program.cancel(booking)
    assert error(program.patch(booking, notes="come back")) == (400, "UNPROCESSABLE_ENTITY")


def test_past_the_terms_the_guest_may_change_but_not_the_seats(program, departure, later, clock):
    booking = program.booking(departure)
    program.confirm(booking)
    clock(in_days(departure.starts_at, -3))
    assert error(program.patch(booking, availabilityId=later.public_id)) == (400, "UNPROCESSABLE_ENTITY")
    assert program.patch(booking, contact=CONTACT).json()["contact"]["lastName"] == "Berg"


def test_what_is_settled_no_longer_changes_by_itself(program, departure, later, owner, at):
    booking = program.booking(departure)
    program.confirm(booking)
    record_manual_payment(order=Order.objects.get(), by=owner, satang=192000, reference="inv 1", at=at)
    assert error(program.patch(booking, availabilityId=later.public_id)) == (400, "UNPROCESSABLE_ENTITY")
    assert error(program.cancel(booking)) == (400, "UNPROCESSABLE_ENTITY")
    assert (taken(departure), taken(later)) == (2, 0)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"productId": "nosuchtour"}, "INVALID_PRODUCT_ID"), ({"optionId": "OTHER"}, "INVALID_OPTION_ID"),
        ({"availabilityId": "nosuchdate"}, "INVALID_AVAILABILITY_ID"), ({"unitItems": []}, "UNPROCESSABLE_ENTITY"),
        ({"unitItems": [{"unitId": "nosuchunit"}]}, "INVALID_UNIT_ID"), ({"notes": 7}, "BAD_REQUEST"),
    ],
)  # fmt: skip
def test_a_wrong_change_changes_nothing(program, departure, wrong, code):
    booking = program.booking(departure)
    assert error(program.patch(booking, **wrong)) == (400, code)
    assert program.get(f"/bookings/{booking['uuid']}").json() == booking
