"""Guests come: scans that are sent late, twice, for the wrong departure, or taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ..actions.arrivals import Asked, take_scan, undo_scan
from ..actions.orders import cancel_order
from ..actions.payments import record_manual_payment
from ..models import Order, OrderLine, Scan
from ..queries.checkin import answer_to
from ..queries.tickets import ReadTicket, is_genuine, read_ticket, seal_of, ticket_text
from .factories import a_departure, a_shop, a_tour, an_order, in_days, seats

pytestmark = pytest.mark.django_db
FIRST, SECOND = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


@pytest.fixture
def tour(owner):
    return a_tour(a_shop(owner))


@pytest.fixture
def departure(tour, at):
    return a_departure(tour, starts_at=in_days(at, 5))


@pytest.fixture
def party(departure, owner, at):
    """Three adults and a child, paid."""
    order = an_order(departure.tour.shop, seats(departure, 3), seats(departure, 1, category=1), at=at)
    return record_manual_payment(order=order, by=owner, satang=order.total_satang, reference="T1", at=at)


@pytest.fixture
def asked(party, at):
    """Everybody, by the ticket's QR code, an hour before it is sent."""
    return Asked(client_id=FIRST, text=ticket_text(party), came=None, at=in_days(at, 5) - timedelta(hours=1))


@pytest.fixture
def now(at):
    return in_days(at, 5)


def came(party) -> list[int]:
    return list(party.lines.order_by("-quantity").values_list("arrived", flat=True))


def adults_and_children(party, adults: int, children: int) -> dict[str, int]:
    adult, child = party.lines.order_by("-quantity")
    return {adult.category.public_id: adults, child.category.public_id: children}


def test_a_scan_counts_everybody_in_at_the_phones_own_time(departure, party, asked, owner, now):
    scan = take_scan(departure=departure, asked=asked, by=owner, at=now)
    assert (scan.result, scan.people, came(party)) == ("ok", 4, [3, 1])
    assert set(party.lines.values_list("checked_in_at", flat=True)) == {now - timedelta(hours=1)}
    assert [note.text_en for note in party.notes.filter(kind="checked_in").order_by("text_en")] == [
        "Checked in, 1: เดินเมืองเก่าเชียงใหม่ · เด็ก",
        "Checked in, 3: เดินเมืองเก่าเชียงใหม่ · ผู้ใหญ่",
    ]


def test_the_same_scan_sent_again_changes_nothing_and_gets_the_first_answer(departure, party, asked, owner, now):
    first = take_scan(departure=departure, asked=asked, by=owner, at=now)
    again = take_scan(departure=departure, asked=asked, by=owner, at=now + timedelta(hours=3))
    assert (again.pk, again.result, came(party)) == (first.pk, "ok", [3, 1])
    assert party.notes.filter(kind="checked_in").count() == 2


def test_a_second_scan_of_the_same_ticket_is_told_so(departure, party, asked, owner, now):
    take_scan(departure=departure, asked=asked, by=owner, at=now)
    second = take_scan(departure=departure, asked=replace(asked, client_id=SECOND), by=owner, at=now)
    assert (second.result, second.people, came(party)) == ("already", 0, [3, 1])


def test_part_of_a_party_comes_and_the_rest_later(departure, party, asked, owner, now):
    three = replace(asked, came=adults_and_children(party, 2, 1))
    assert take_scan(departure=departure, asked=three, by=owner, at=now).result == "ok"
    assert came(party) == [2, 1]
    last = replace(asked, client_id=SECOND, came=adults_and_children(party, 1, 0))
    assert take_scan(departure=departure, asked=last, by=owner, at=now).result == "ok"
    assert came(party) == [3, 1]


def test_two_phones_never_count_more_than_were_booked(departure, party, asked, owner, now):
    for client_id in (FIRST, SECOND):
        three = replace(asked, client_id=client_id, came=adults_and_children(party, 2, 1))
        take_scan(departure=departure, asked=three, by=owner, at=now)
    assert came(party) == [2, 1]
    assert list(Scan.objects.order_by("pk").values_list("result", flat=True)) == ["ok", "already"]


def test_the_database_refuses_more_guests_than_were_booked(party, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderLine.objects.filter(order=party, quantity=3).update(arrived=4, checked_in_at=now)


def test_a_ticket_of_another_departure_says_where_it_belongs(tour, departure, asked, party, owner, at, now):
    elsewhere = a_departure(tour, starts_at=in_days(at, 6))
    scan = take_scan(departure=elsewhere, asked=asked, by=owner, at=now)
    assert (scan.result, came(party)) == ("wrong_departure", [0, 0])
    assert answer_to(scan) == {
        "id": FIRST, "result": "wrong_departure", "people": 0, "code": party.code, "name": party.buyer_name,
        "message": "ผิดรอบ ตั๋วนี้เป็นของวันอื่นหรือทัวร์อื่น",
        "elsewhere": "เดินเมืองเก่าเชียงใหม่, ส. 28 พ.ย. 2569 12.00 น.",
    }  # fmt: skip


def test_a_booking_that_was_cancelled_meanwhile_counts_nobody(departure, party, asked, owner, at, now):
    cancel_order(order=party, by="buyer", at=at)
    scan = take_scan(departure=departure, asked=asked, by=owner, at=now)
    assert (scan.result, came(party)) == ("cancelled", [0, 0])


@pytest.mark.parametrize(("status", "result"), [("slip_review", "unpaid"), ("awaiting_payment", "unpaid")])
def test_a_booking_without_its_money_counts_nobody(departure, party, asked, owner, now, status, result):
    Order.objects.update(status=status)
    assert take_scan(departure=departure, asked=asked, by=owner, at=now).result == result
    assert came(party) == [0, 0]


def test_a_ticket_with_a_guessed_seal_is_unknown(departure, party, asked, owner, now):
    forged = replace(asked, text=f"{party.code}-0123456789abcdef")
    scan = take_scan(departure=departure, asked=forged, by=owner, at=now)
    assert (scan.result, scan.order, scan.typed, came(party)) == ("unknown", None, forged.text[-24:], [0, 0])


def test_the_short_code_may_be_typed_as_people_type(departure, party, asked, owner, now):
    typed = f" {party.code[:4].lower()} {party.code[4:].lower()} "
    assert take_scan(departure=departure, asked=replace(asked, text=typed), by=owner, at=now).result == "ok"


def test_another_sellers_ticket_is_unknown_and_tells_no_name(at, now, asked, party, stranger):
    theirs = a_departure(a_tour(a_shop(stranger)), starts_at=in_days(at, 5))
    scan = take_scan(departure=theirs, asked=asked, by=stranger, at=now)
    assert (scan.result, scan.order, came(party)) == ("unknown", None, [0, 0])
    assert set(answer_to(scan)) == {"id", "result", "message", "people"}


def test_a_phone_whose_clock_is_wrong_is_not_believed(departure, asked, owner, now):
    ahead = take_scan(departure=departure, asked=replace(asked, at=in_days(now, 300)), by=owner, at=now)
    behind = replace(asked, client_id=SECOND, at=in_days(now, -300))
    assert ahead.scanned_at == now
    assert take_scan(departure=departure, asked=behind, by=owner, at=now).scanned_at == in_days(now, -7)


def test_a_check_in_is_taken_back_once(departure, party, asked, owner, now):
    scan = take_scan(departure=departure, asked=asked, by=owner, at=now)
    assert [undo_scan(scan=scan, by=owner, at=now) for _ in range(2)] == [True, False]
    assert (came(party), list(party.lines.values_list("checked_in_at", flat=True))) == ([0, 0], [None, None])
    assert answer_to(scan)["result"] == "undone"
    assert take_scan(departure=departure, asked=replace(asked, client_id=SECOND), by=owner, at=now).result == "ok"


def test_taking_back_leaves_those_who_came_before(departure, party, asked, owner, now):
    take_scan(departure=departure, asked=replace(asked, came=adults_and_children(party, 2, 0)), by=owner, at=now)
    rest = take_scan(departure=departure, asked=replace(asked, client_id=SECOND), by=owner, at=now)
    undo_scan(scan=rest, by=owner, at=now)
    assert came(party) == [2, 0]


def test_what_counted_nobody_cannot_be_taken_back(departure, party, asked, owner, now):
    Order.objects.update(status="slip_review")
    scan = take_scan(departure=departure, asked=asked, by=owner, at=now)
    assert not undo_scan(scan=scan, by=owner, at=now)


def test_the_ticket_is_an_address_with_a_seal_of_the_orders_secret(party):
    text = ticket_text(party)
    assert text == f"http://testserver/k/{party.code}-{seal_of(party)}"
    assert read_ticket(text) == ReadTicket(party.code, seal_of(party))
    assert is_genuine(party, read_ticket(text))
    party.secret = "another secret"
    assert not is_genuine(party, read_ticket(text))


@pytest.mark.parametrize(
    "text", ["", "ABCD234", "ABCD23456", "ABCD234O", "00020101021229370016A0000006770101110213", "x" * 5000, "ก" * 8]
)
def test_what_is_no_ticket_is_not_read_as_one(text):
    assert read_ticket(text) is None
