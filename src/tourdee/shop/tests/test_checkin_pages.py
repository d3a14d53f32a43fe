"""The check-in page, its data and its answers, as a phone asks for them."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ..actions.orders import cancel_order
from ..actions.payments import record_manual_payment
from ..models import Departure, Scan
from ..queries.baskets import BookingWish, Wishes
from ..queries.tickets import seal_of, ticket_of, ticket_text
from .factories import (
    a_buyer,
    a_departure,
    a_pickup,
    a_shop,
    a_tour,
    an_extra,
    an_item_of,
    an_operator,
    an_order,
    in_days,
    seats,
)

pytestmark = pytest.mark.django_db
FIRST, SECOND = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


@pytest.fixture
def tour(owner):
    return a_tour(a_shop(owner))


@pytest.fixture
def departure(tour, at):
    """Tomorrow at noon, sold today."""
    tour.cut_off_hours = 1
    tour.save()
    return a_departure(tour, starts_at=in_days(at, 1))


def book(departure, owner, at, quantity=2, name="Anna Berg"):
    order = an_order(departure.tour.shop, seats(departure, quantity), at=at, buyer=a_buyer(name=name))
    return record_manual_payment(order=order, by=owner, satang=order.total_satang, reference=order.code, at=at)


@pytest.fixture
def order(departure, owner, at):
    return book(departure, owner, at)


@pytest.fixture
def phone(client_of, owner, clock):
    return client_of(owner)


def send(phone, owner, *scans, undone=()):
    body = {"person": owner.public_id, "scans": list(scans), "undone": list(undone)}
    return phone.post(reverse("check_in_scans"), json.dumps(body), content_type="application/json")


def a_scan(departure, order, moment, /, **more):
    return {"id": FIRST, "departure": departure.public_id, "text": ticket_text(order), "at": moment.isoformat()} | more


def test_the_phone_gets_the_guests_of_today_and_tomorrow(phone, departure, order, owner, at):
    a_departure(departure.tour, starts_at=in_days(at, 2))
    line = order.lines.get()
    assert phone.get(reverse("check_in_day")).json() == {
        "person": owner.public_id,
        "now": at.isoformat(),
        "departures": [
            {
                "id": departure.public_id, "tour": "เดินเมืองเก่าเชียงใหม่", "day": "อ. 24 พ.ย. 2569", "time": "12.00 น.",
                "place": "ประตูท่าแพ", "until": "2026-11-24T17:00:00+00:00",
                "page": f"/my/dates/{departure.public_id}/guests/",
                "bookings": [
                    {
                        "code": order.code, "seal": seal_of(order), "name": "Anna Berg", "phone": order.buyer_phone,
                        "options": [], "note": "", "answers": [], "paid": True, "rest": "",
                        "lines": [{"category": line.category.public_id, "name": "ผู้ใหญ่", "booked": 2, "arrived": 0}],
                    }
                ],
            }
        ],
    }  # fmt: skip


def test_a_phone_without_a_network_knows_whom_to_fetch_where_and_what_they_ordered(phone, departure, owner, at):
    """Who is fetched stands first, the earliest on top, as on the list with a network."""
    tour = departure.tour
    tour.languages = ["th", "en"]
    tour.save()
    lunch, hotel = an_extra(tour), a_pickup(tour)
    early = a_pickup(tour, name_th="สนามบิน", minutes_before=90)
    book(departure, owner, at, 1, "ก้อย")
    for name, point in (("ขวัญ", hotel), ("งาม", early)):
        wish = BookingWish(departure=departure.public_id, pickup=point.public_id, language="en")
        order = an_order(
            tour.shop, seats(departure, 2), an_item_of(departure, lunch, 2), at=at, buyer=a_buyer(name=name),
            wishes=Wishes(bookings=(wish,)),
        )  # fmt: skip
        record_manual_payment(order=order, by=owner, satang=order.total_satang, reference=order.code, at=at)
    bookings = phone.get(reverse("check_in_day")).json()["departures"][0]["bookings"]
    assert [(one["name"], one["options"]) for one in bookings] == [
        ("งาม", ["รับที่ สนามบิน 10.30 น.", "อังกฤษ", "อาหารกลางวัน × 2"]),
        ("ขวัญ", ["รับที่ โรงแรมดวงตะวัน 11.15 น.", "อังกฤษ", "อาหารกลางวัน × 2"]),
        ("ก้อย", []),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_however_many_come_the_day_is_asked_for_in_a_few_queries(
    phone, departure, owner, at, number, django_assert_num_queries
):
    for _ in range(number):
        book(departure, owner, at)
    with django_assert_num_queries(5):  # session, person, their roles, departures, lines
        told = phone.get(reverse("check_in_day")).json()
    assert len(told["departures"][0]["bookings"]) == number


def test_the_day_is_kept_by_no_cache_and_told_to_nobody_else(phone, order, client_of, stranger, departure, clock):
    assert "no-store" in phone.get(reverse("check_in_day"))["Cache-Control"]
    assert client_of(stranger).get(reverse("check_in_day")).json()["departures"] == []
    refused = Client().get(reverse("check_in_day"))
    assert (refused.status_code, refused.json()) == (401, {"error": "กรุณาเข้าสู่ระบบอีกครั้ง"})


def test_the_guide_sees_what_is_sold_under_the_own_licence(client_of, owner, at, clock):
    shop = a_shop(owner)
    operator = an_operator(shop.business)
    departure = a_departure(a_tour(shop, operator=operator, cut_off_hours=1), starts_at=in_days(at, 1))
    order = an_order(shop, seats(departure, 1), at=at)
    record_manual_payment(order=order, by=operator.owner, satang=order.total_satang, reference="T", at=at)
    told = client_of(operator.owner).get(reverse("check_in_day")).json()
    assert [one["id"] for one in told["departures"]] == [departure.public_id]


def test_a_cancelled_departure_has_no_guests_to_carry(phone, departure, order):
    Departure.objects.update(status="cancelled")
    assert phone.get(reverse("check_in_day")).json()["departures"] == []


def test_scans_made_without_a_network_are_answered_one_by_one(phone, departure, order, owner, at, tour):
    late = book(departure, owner, at, name="Zoe")
    cancel_order(order=late, by="buyer", at=at)
    other = a_departure(tour, starts_at=in_days(at, 1.2))
    answers = send(
        phone, owner,
        a_scan(departure, order, at),
        a_scan(departure, order, at, id=SECOND),
        a_scan(departure, late, at, id=FIRST.replace("1", "3")),
        a_scan(other, order, at, id=FIRST.replace("1", "4")),
        a_scan(departure, order, at, id=FIRST.replace("1", "5"), text="HALLO"),
    ).json()["answers"]  # fmt: skip
    assert [one["result"] for one in answers] == ["ok", "already", "cancelled", "wrong_departure", "unknown"]
    assert order.lines.get().arrived == 2


def test_a_phone_that_lost_the_answer_sends_again_and_nothing_counts_twice(phone, departure, order, owner, at):
    scan = a_scan(departure, order, at, came={order.lines.get().category.public_id: 1})
    first, again = (send(phone, owner, scan).json() for _ in range(2))
    assert first == again
    assert (order.lines.get().arrived, Scan.objects.count()) == (1, 1)


def test_a_check_in_taken_back_without_a_network_is_taken_back(phone, departure, order, owner, at):
    told = send(phone, owner, a_scan(departure, order, at), undone=[FIRST]).json()["answers"]
    assert [one["result"] for one in told] == ["ok", "undone"]
    assert order.lines.get().arrived == 0


def test_scans_of_one_person_are_not_taken_from_another(client_of, stranger, phone, departure, order, owner, at):
    refused = send(client_of(stranger), owner, a_scan(departure, order, at))
    assert (refused.status_code, Scan.objects.count()) == (409, 0)


def test_nobody_undoes_anothers_check_in(client_of, stranger, phone, departure, order, owner, at):
    send(phone, owner, a_scan(departure, order, at))
    send(client_of(stranger), stranger, undone=[FIRST])
    assert order.lines.get().arrived == 2


def test_another_sellers_departure_is_unknown_and_says_nothing(client_of, stranger, phone, departure, order, at):
    answer = send(client_of(stranger), stranger, a_scan(departure, order, at)).json()["answers"]
    assert answer == [{"id": FIRST, "result": "unknown", "people": 0, "message": "ไม่ใช่ตั๋วของคุณ ไม่พบรหัสนี้ในระบบ"}]
    assert order.lines.get().arrived == 0


def test_a_session_that_ended_gets_401_and_loses_nothing(departure, order, owner, at, clock):
    assert send(Client(), owner, a_scan(departure, order, at)).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{", b'{"person": 1, "scans": []}', b'{"scans": []}', b"\xff", b"[" * 3000,
        b'{"person": "aaaaaaaaaaaaaaaa", "scans": [{}]}', b'{"person": "aaaaaaaaaaaaaaaa", "scans": {"a": 1}}',
        b'{"person": "aaaaaaaaaaaaaaaa", "scans": [], "undone": ["x"]}',
    ],
)  # fmt: skip
def test_what_our_page_never_sends_is_refused(phone, body):
    assert phone.post(reverse("check_in_scans"), body, content_type="application/json").status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "1"}, {"departure": "../x"}, {"text": 5}, {"text": "a\0b"}, {"at": "yesterday"}, {"at": "2026-11-24"},
        {"came": {"aaaaaaaaaaaaaaaa": -1}}, {"came": {"aaaaaaaaaaaaaaaa": True}}, {"came": {"x": 1}},
        {"came": {"aaaaaaaaaaaaaaaa": 1000}}, {"came": [1]}, {"at": 5},
    ],
)  # fmt: skip
def test_a_scan_with_one_wrong_value_is_refused_whole(phone, departure, order, owner, at, wrong):
    assert send(phone, owner, a_scan(departure, order, at, **wrong)).status_code == 400
    assert Scan.objects.count() == 0


def test_a_hundred_scans_are_taken_at_once_and_no_more(phone, departure, order, owner, at):
    many = [a_scan(departure, order, at, id=f"11111111-1111-4111-8111-{number:012d}") for number in range(101)]
    assert send(phone, owner, *many).status_code == 400


# ------------------------------------------------------------------ the page that lies on the phone
def test_the_page_is_the_same_for_everybody_and_names_nobody(phone, order, owner, departure):
    mine, theirs = phone.get(reverse("check_in_app")), Client().get(reverse("check_in_app"))
    assert mine.content == theirs.content
    assert (mine["Cache-Control"], mine.cookies) == ("no-cache", {})
    for secret in (owner.name, owner.public_id, order.code, order.buyer_name, departure.public_id):
        assert secret not in mine.content.decode()


def test_the_worker_keeps_the_page_and_its_files_and_no_data(phone):
    text = phone.get(reverse("check_in_worker")).content.decode()
    kept = json.loads(re.search(r"const FILES = (\[.*\]);", text)[1].replace("\\u002D", "-"))
    assert 'const PAGE = "/my/check-in/";' in text
    assert {path.split("/")[2] for path in kept} == {"core", "shop"}
    assert reverse("check_in_day") not in text


def test_the_worker_of_the_english_page_is_another(phone):
    assert 'const PAGE = "/en/my/check-in/";' in phone.get("/en/my/check-in/worker.js").content.decode()


def test_the_page_can_be_installed(phone):
    answer = phone.get(reverse("check_in_manifest"))
    told = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["start_url"], told["display"], told["lang"]) == ("/my/check-in/", "standalone", "th")
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}


# ------------------------------------------------------------------ what a phone's own camera opens
def test_a_guides_own_camera_opens_the_check_in_with_the_ticket(phone, order):
    answer = phone.get(f"/k/{ticket_of(order)}/")
    assert (answer.status_code, answer.url) == (302, f"/my/check-in/?ticket={ticket_of(order)}")


def test_anybody_elses_camera_learns_nothing_of_the_booking(order, departure):
    page = Client().get(f"/k/{ticket_of(order)}/").content.decode()
    forged = Client().get(f"/k/{order.code}-0123456789abcdef/").content.decode()
    assert "นี่คือตั๋ว" in page
    assert page.replace(seal_of(order), "0123456789abcdef") == forged
    assert order.buyer_name not in page
    assert Client().get("/k/nonsense/").status_code == 404


# ------------------------------------------------------------------ the printed list
def test_part_of_a_party_is_ticked_on_the_list_and_taken_back(phone, departure, order):
    place = reverse("check_in_guests", args=[departure.public_id, order.code])
    phone.post(place, {"scan": FIRST, f"came-{order.lines.get().category.public_id}": "1"})
    assert "มาแล้ว 1 จาก 2 คน" in phone.get(reverse("manifest", args=[departure.public_id])).content.decode()
    phone.post(place, {"scan": FIRST, f"came-{order.lines.get().category.public_id}": "1"})
    assert order.lines.get().arrived == 1
    phone.post(reverse("undo_check_in", args=[departure.public_id, order.code]))
    assert order.lines.get().arrived == 0


def test_scans_that_counted_nobody_are_listed_to_be_looked_at(phone, departure, order, owner, at):
    cancel_order(order=order, by="buyer", at=at)
    send(phone, owner, a_scan(departure, order, at - timedelta(hours=1)))
    page = phone.get(reverse("manifest", args=[departure.public_id]))
    assert [(scan.order_id, str(words)) for scan, words in page.context["troubles"]] == [
        (order.pk, "ใช้ไม่ได้ การจองนี้ถูกยกเลิกแล้ว")
    ]


def test_signing_out_wipes_what_the_phone_has_kept(phone):
    assert phone.post(reverse("account_logout"))["Clear-Site-Data"] == '"storage"'
