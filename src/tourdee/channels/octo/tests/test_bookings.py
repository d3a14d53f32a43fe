"""A reseller's program books: reserve, extend, confirm, cancel, redeem; and repeats itself when answers are lost."""

from datetime import timedelta

import pytest

from tourdee.core.models import AuditLine
from tourdee.shop.actions.arrivals import check_in
from tourdee.shop.actions.holds import expire_stale_orders
from tourdee.shop.models import Account, Order
from tourdee.shop.queries.books import posted
from tourdee.shop.queries.reconcile import differences
from tourdee.shop.queries.tickets import ticket_text
from tourdee.shop.tests.factories import an_order, seats

from .conftest import CONTACT, reservation, unit

pytestmark = pytest.mark.django_db


def error(answer):
    """(status, code) of a refusal."""
    return answer.status_code, answer.json()["error"]


def taken(departure):
    departure.refresh_from_db()
    return departure.taken


# ------------------------------------------------------------------ reserve
def test_a_hold_takes_seats_of_the_counter_that_the_web_shop_uses(program, departure, shop, at):
    an_order(shop, seats(departure, 3), at=at)
    booking = program.booking(departure, 2)
    assert taken(departure) == 5
    order = Order.objects.get(code=booking["supplierReference"])
    assert (order.channel, order.pay_by, order.resold_by, order.status) == (
        "octo",
        "reseller",
        "Klook",
        "awaiting_payment",
    )
    assert (order.total_satang, order.due_now_satang, order.paid_satang) == (2 * 96000, 0, 0)
    assert [(line.quantity, line.seats, line.unit_price_satang) for line in order.lines.all()] == [(2, 2, 96000)]
    assert differences(at) == []


def test_a_hold_is_written_as_the_standard_asks(program, departure, tour, at):
    sent = reservation(departure, 2, resellerReference="K-1", notes="Window seats", contact=CONTACT)
    answer = program.post("/bookings", sent)
    booking, order = answer.json(), Order.objects.get()
    contact = {
        "fullName": None, "firstName": "Anna", "lastName": "Berg", "emailAddress": "anna@example.org",
        "phoneNumber": "+46 70 123 45 67", "postalCode": None, "country": None, "notes": None, "locales": ["sv", "en"],
    }  # fmt: skip
    nobody = dict.fromkeys(contact) | {"locales": []}
    items = booking.pop("unitItems")
    assert booking == {
        "id": sent["uuid"], "uuid": sent["uuid"], "testMode": False, "resellerReference": "K-1",
        "supplierReference": order.code, "status": "ON_HOLD", "utcCreatedAt": "2026-11-23T05:00:00Z",
        "utcUpdatedAt": "2026-11-23T05:00:00Z", "utcExpiresAt": "2026-11-23T05:30:00Z", "utcRedeemedAt": None,
        "utcConfirmedAt": None, "productId": tour.public_id, "optionId": "DEFAULT", "cancellable": True,
        "cancellation": None, "freesale": False, "availabilityId": departure.public_id,
        "availability": {
            "id": departure.public_id, "localDateTimeStart": "2026-11-28T12:00:00+07:00",
            "localDateTimeEnd": "2026-11-28T15:00:00+07:00", "utcCutoffAt": "2026-11-27T05:00:00Z", "allDay": False,
            "available": True, "status": "AVAILABLE", "vacancies": 8, "capacity": 10, "maxUnits": 10, "openingHours": [],
        },
        "contact": contact, "notes": "Window seats", "deliveryMethods": ["VOUCHER"],
        "voucher": {"redemptionMethod": "DIGITAL", "utcRedeemedAt": None, "deliveryOptions": []},
    }  # fmt: skip
    assert [{**item, "uuid": ""} for item in items] == 2 * [
        {
            "uuid": "", "resellerReference": None, "supplierReference": order.code, "unitId": unit(departure),
            "status": "ON_HOLD", "utcRedeemedAt": None, "contact": nobody, "ticket": None,
        }
    ]  # fmt: skip
    assert len({item["uuid"] for item in items}) == 2


def test_tickets_keep_the_uuids_and_references_that_the_reseller_gave(program, departure):
    items = [
        {"unitId": unit(departure, place), "uuid": f"{place}b1bc2ee-3155-4738-9471-f49842a07327", "resellerReference": f"T{place}"}
        for place in range(3)
    ]  # fmt: skip
    booking = program.booking(departure, unitItems=items)
    assert [(item["uuid"], item["resellerReference"]) for item in booking["unitItems"]] == [
        (item["uuid"], item["resellerReference"]) for item in items
    ]
    assert taken(departure) == 2  # the lap child has no seat


def test_the_same_request_again_is_the_same_booking(program, departure):
    sent = reservation(departure)
    first, again = program.post("/bookings", sent), program.post("/bookings", sent)
    assert first.json() == again.json()
    assert taken(departure) == 2


def test_the_same_uuid_for_something_else_is_refused(program, departure):
    sent = reservation(departure)
    program.post("/bookings", sent)
    other = program.post("/bookings", sent | {"notes": "with a dog"})
    assert error(other) == (400, "INVALID_BOOKING_UUID")
    assert other.json()["uuid"] == sent["uuid"]
    assert taken(departure) == 2


def test_two_resellers_may_choose_the_same_uuid_and_see_each_their_own(program, rivals_program, departure):
    sent = reservation(departure, 1, resellerReference="A")
    program.post("/bookings", sent)
    rivals_program.post("/bookings", sent | {"resellerReference": "B"})
    assert program.get(f"/bookings/{sent['uuid']}").json()["resellerReference"] == "A"
    assert rivals_program.get(f"/bookings/{sent['uuid']}").json()["resellerReference"] == "B"


def test_what_is_full_is_not_sold(program, departure, shop, at):
    an_order(shop, seats(departure, 9), at=at)
    refused = program.reserve(departure, 2)
    assert error(refused) == (400, "UNPROCESSABLE_ENTITY")
    assert refused.json()["errorMessage"] == "Too few seats: 1 left."
    assert taken(departure) == 9


def test_web_holds_that_ran_out_make_room_without_a_worker(program, departure, shop, at, clock):
    an_order(shop, seats(departure, 10), at=at)
    clock(at + timedelta(minutes=20))
    program.booking(departure, 2)
    assert taken(departure) == 2


def test_a_resellers_hold_that_ran_out_makes_room_for_the_web_shop(program, departure, shop, at, clock):
    booking = program.booking(departure, 10)
    an_order(shop, seats(departure, 3), at=at + timedelta(minutes=30))
    assert taken(departure) == 3
    clock(at + timedelta(minutes=30))
    assert program.get(f"/bookings/{booking['uuid']}").json()["status"] == "EXPIRED"


@pytest.mark.parametrize(
    ("minutes", "granted"), [(None, 30), (1, 1), (45, 45), (60, 60), (61, 60), (10_000, 60)]
)  # fmt: skip
def test_a_hold_lasts_as_long_as_asked_up_to_an_hour(program, departure, at, minutes, granted):
    more = {"expirationMinutes": minutes} if minutes else {}
    program.booking(departure, **more)
    assert Order.objects.get().expires_at == at + timedelta(minutes=granted)


def test_nothing_can_be_booked_after_the_cut_off(program, departure, clock):
    clock(departure.starts_at - timedelta(hours=24))
    assert error(program.reserve(departure)) == (400, "UNPROCESSABLE_ENTITY")


@pytest.mark.parametrize(
    ("wrong", "code", "key"),
    [
        ({"productId": "nosuchtour"}, "INVALID_PRODUCT_ID", "productId"),
        ({"productId": "\x00"}, "INVALID_PRODUCT_ID", "productId"),
        ({"optionId": "PRIVATE"}, "INVALID_OPTION_ID", "optionId"),
        ({"availabilityId": "nosuchdate"}, "INVALID_AVAILABILITY_ID", "availabilityId"),
        ({"availabilityId": None}, "INVALID_AVAILABILITY_ID", "availabilityId"),
        ({"unitItems": [{"unitId": "nosuchunit"}]}, "INVALID_UNIT_ID", "unitId"),
        ({"unitItems": []}, "UNPROCESSABLE_ENTITY", ""),
        ({"uuid": "no uuid"}, "INVALID_BOOKING_UUID", "uuid"),
        ({"expirationMinutes": "30"}, "BAD_REQUEST", ""),
        ({"expirationMinutes": 0}, "BAD_REQUEST", ""),
        ({"notes": "a\x00b"}, "BAD_REQUEST", ""),
        ({"currency": "EUR"}, "BAD_REQUEST", ""),
    ],
)
def test_each_wrong_field_has_its_code(program, departure, wrong, code, key):
    refused = program.post("/bookings", reservation(departure) | wrong)
    assert error(refused) == (400, code)
    assert set(refused.json()) == {"error", "errorMessage", *filter(None, [key])}
    assert taken(departure) == 0


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ("productId", "INVALID_PRODUCT_ID"), ("optionId", "INVALID_OPTION_ID"),
        ("availabilityId", "INVALID_AVAILABILITY_ID"), ("unitItems", "UNPROCESSABLE_ENTITY"),
    ],
)  # fmt: skip
def test_each_missing_field_has_its_code(program, departure, missing, code):
    sent = reservation(departure)
    del sent[missing]
    assert error(program.post("/bookings", sent)) == (400, code)


def test_a_lap_child_does_not_book_alone_and_a_group_has_its_limit(program, departure):
    alone = [{"unitId": unit(departure, 2)}]
    assert error(program.post("/bookings", reservation(departure, unitItems=alone))) == (400, "UNPROCESSABLE_ENTITY")
    assert error(program.reserve(departure, 11)) == (400, "UNPROCESSABLE_ENTITY")


def test_two_tickets_with_one_uuid_are_refused(program, departure):
    items = 2 * [{"unitId": unit(departure), "uuid": "3b1bc2ee-3155-4738-9471-f49842a07327"}]
    assert error(program.reserve(departure, unitItems=items)) == (400, "UNPROCESSABLE_ENTITY")


# ------------------------------------------------------------------ extend
def test_a_hold_is_extended_from_now(program, departure, at, clock):
    booking = program.booking(departure)
    clock(at + timedelta(minutes=20))
    longer = program.extend(booking, 31).json()
    assert (longer["status"], longer["utcExpiresAt"]) == ("ON_HOLD", "2026-11-23T05:51:00Z")
    assert longer["utcUpdatedAt"] == "2026-11-23T05:20:00Z"


def test_extending_never_shortens(program, departure):
    booking = program.booking(departure, expirationMinutes=60)
    assert program.extend(booking, 5).json()["utcExpiresAt"] == booking["utcExpiresAt"]


def test_an_extension_that_is_repeated_because_its_answer_was_lost_is_one(program, departure, at, clock):
    booking, moments = program.booking(departure), (0, 20, 59)
    answers = []
    for seconds in moments:
        clock(at + timedelta(seconds=seconds))
        answers.append(program.extend(booking, 45).json())
    assert answers == 3 * [answers[0]]
    assert AuditLine.objects.filter(act="order.resold_extended").count() == 1
    clock(at + timedelta(minutes=1))
    assert program.extend(booking, 45).json()["utcExpiresAt"] == "2026-11-23T05:46:00Z"
    assert AuditLine.objects.filter(act="order.resold_extended").count() == 2


def test_nobody_keeps_a_seat_for_nothing_by_asking_again_and_again(program, departure, at, clock):
    booking = program.booking(departure)
    for hour in range(12):
        clock(at + timedelta(minutes=29) * hour)
        program.extend(booking, 60)
    assert Order.objects.get().expires_at == at + timedelta(hours=6)


def test_only_what_is_on_hold_is_extended(program, departure, at, clock):
    confirmed, run_out = program.booking(departure), program.booking(departure)
    program.confirm(confirmed)
    clock(at + timedelta(minutes=30))
    assert error(program.extend(confirmed, 10)) == (400, "UNPROCESSABLE_ENTITY")
    assert error(program.extend(run_out, 10)) == (400, "UNPROCESSABLE_ENTITY")


# ------------------------------------------------------------------ confirm
def test_confirming_gives_the_guest_a_voucher_and_tells_the_seller(
    program, departure, deliver_events, mailoutbox, at, clock
):
    booking = program.booking(departure)
    clock(at + timedelta(minutes=3))
    done = program.confirm(booking, resellerReference="K-77").json()
    order = Order.objects.get()
    assert (done["status"], done["utcExpiresAt"], done["utcConfirmedAt"]) == ("CONFIRMED", None, "2026-11-23T05:03:00Z")
    assert done["voucher"]["deliveryOptions"] == [{"deliveryFormat": "QRCODE", "deliveryValue": ticket_text(order)}]
    assert (done["resellerReference"], done["contact"]["lastName"]) == ("K-77", "Berg")
    assert (order.status, order.buyer_name, order.buyer_phone) == ("confirmed", "Anna Berg", "+46701234567")
    deliver_events()
    assert [mail.to for mail in mailoutbox] == [["owner@example.org"]]  # the guest hears from the reseller
    assert mailoutbox[0].subject == f"Klook จองเข้ามา: {order.code}"


def test_what_the_reseller_owes_stands_in_the_books_until_the_booking_is_cancelled(program, departure, at):
    booking = program.booking(departure)
    program.confirm(booking)
    order = Order.objects.get()
    assert posted(order) == {Account.RESELLERS: 192000, Account.TOURS: -192000}
    assert differences(at) == []
    program.patch(booking, unitItems=[{"unitId": unit(departure)}])
    assert posted(order) == {Account.RESELLERS: 96000, Account.TOURS: -96000}
    program.cancel(booking)
    assert posted(order) == {}
    assert differences(at) == []


def test_confirming_twice_is_confirming_once(program, departure):
    booking = program.booking(departure)
    first, again = program.confirm(booking), program.confirm(booking, contact={"firstName": "Eve"})
    assert first.json() == again.json()
    assert AuditLine.objects.filter(act="order.resold").count() == 1


def test_confirming_may_change_the_tickets(program, departure):
    booking = program.booking(departure, 2)
    three = [{"unitId": unit(departure)} for _ in range(3)]
    done = program.confirm(booking, unitItems=three).json()
    assert (len(done["unitItems"]), taken(departure), Order.objects.get().total_satang) == (3, 3, 3 * 96000)


def test_confirming_with_an_unknown_unit_changes_nothing(program, departure):
    booking = program.booking(departure, 2)
    refused = program.confirm(booking, unitItems=[{"unitId": "nosuchunit"}])
    assert error(refused) == (400, "INVALID_UNIT_ID")
    assert (taken(departure), Order.objects.get().status) == (2, "awaiting_payment")


def test_confirming_more_than_there_is_changes_nothing(program, departure, shop, at):
    booking = program.booking(departure, 2)
    an_order(shop, seats(departure, 7), at=at)
    refused = program.confirm(booking, unitItems=4 * [{"unitId": unit(departure)}])
    assert error(refused) == (400, "UNPROCESSABLE_ENTITY")
    assert (taken(departure), Order.objects.get(resold_by="Klook").status) == (9, "awaiting_payment")


def test_a_hold_that_ran_out_cannot_be_confirmed(program, departure, at, clock):
    booking = program.booking(departure)
    clock(at + timedelta(minutes=30))
    assert error(program.confirm(booking)) == (400, "INVALID_BOOKING_UUID")
    expire_stale_orders(at + timedelta(minutes=30))
    assert error(program.confirm(booking)) == (400, "INVALID_BOOKING_UUID")
    assert taken(departure) == 0


def test_confirming_needs_a_contact(program, departure):
    booking = program.booking(departure)
    refused = program.post(f"/bookings/{booking['uuid']}/confirm", {})
    assert error(refused) == (400, "BAD_REQUEST")


# ------------------------------------------------------------------ cancel
def test_a_hold_is_cancelled_without_a_word_to_the_seller(program, departure, deliver_events, mailoutbox, at):
    booking = program.booking(departure)
    gone = program.cancel(booking, reason="changed their mind").json()
    assert (gone["status"], gone["utcExpiresAt"], taken(departure)) == ("CANCELLED", None, 0)
    assert gone["cancellation"] == {
        "refund": "FULL", "reason": "changed their mind", "utcCancelledAt": "2026-11-23T05:00:00Z"
    }  # fmt: skip
    deliver_events()
    assert mailoutbox == []
    assert differences(at) == []


def test_a_confirmed_booking_is_cancelled_within_its_terms(program, departure, deliver_events, mailoutbox, clock):
    booking = program.booking(departure)
    program.confirm(booking)
    clock(departure.starts_at - timedelta(hours=72, seconds=1))
    gone = program.cancel(booking).json()
    assert (gone["status"], gone["cancellable"], taken(departure)) == ("CANCELLED", False, 0)
    deliver_events()
    assert [mail.to for mail in mailoutbox] == 2 * [["owner@example.org"]]


def test_later_only_the_shop_can_cancel(program, departure, clock):
    booking = program.booking(departure)
    program.confirm(booking)
    clock(departure.starts_at - timedelta(hours=72))
    assert program.get(f"/bookings/{booking['uuid']}").json()["cancellable"] is False
    assert error(program.cancel(booking)) == (400, "UNPROCESSABLE_ENTITY")
    assert taken(departure) == 2


def test_cancelling_twice_is_cancelling_once(program, departure):
    booking = program.booking(departure)
    assert program.cancel(booking).json() == program.cancel(booking).json()
    assert taken(departure) == 0


def test_the_older_way_to_cancel_still_works(program, departure):
    booking = program.booking(departure)
    assert program.send("DELETE", f"/bookings/{booking['uuid']}").json()["status"] == "CANCELLED"


def test_what_ran_out_cannot_be_cancelled(program, departure, at, clock):
    booking = program.booking(departure)
    clock(at + timedelta(minutes=30))
    assert error(program.cancel(booking)) == (400, "UNPROCESSABLE_ENTITY")
    gone = program.get(f"/bookings/{booking['uuid']}").json()
    assert (gone["status"], gone["utcExpiresAt"]) == ("EXPIRED", "2026-11-23T05:30:00Z")
    assert gone["cancellation"]["utcCancelledAt"] == "2026-11-23T05:30:00Z"


# ------------------------------------------------------------------ redeem
def test_checking_the_guests_in_redeems_the_booking(program, departure, owner, at, clock):
    booking = program.booking(departure)
    program.confirm(booking)
    for line in Order.objects.get().lines.all():
        check_in(line=line, by=owner, at=at + timedelta(days=5))
    used = program.get(f"/bookings/{booking['uuid']}").json()
    assert (used["status"], used["utcRedeemedAt"], used["cancellable"]) == ("REDEEMED", "2026-11-28T05:00:00Z", False)
    assert used["voucher"]["utcRedeemedAt"] == used["unitItems"][0]["utcRedeemedAt"] == "2026-11-28T05:00:00Z"
    assert error(program.cancel(booking)) == (400, "UNPROCESSABLE_ENTITY")


@pytest.mark.parametrize("word", ["confirm", "cancel", "extend"])
def test_an_unknown_uuid_is_refused_by_every_act(program, departure, word):
    for uuid in ("3b1bc2ee-3155-4738-9471-f49842a07327", "nonsense"):
        refused = program.post(f"/bookings/{uuid}/{word}", {"contact": CONTACT})
        assert error(refused) == (400, "INVALID_BOOKING_UUID")
        assert refused.json()["uuid"] == uuid
