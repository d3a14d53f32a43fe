"""The list of guests on paper: in the order in which they are fetched, with what they eat and owe, never with a number."""

import pytest
from django.urls import reverse

from ..actions.counter import ON_THE_DAY, sell_at_counter
from ..actions.money import record_manual_payment
from ..actions.questions import Given, answer_questions
from ..queries.baskets import BookingWish, Wishes
from ..queries.manifest_paper import manifest_data, manifest_pdf
from . import factories as f

pytestmark = pytest.mark.django_db(transaction=True)  # money is committed before it is applied
CITIZEN = "1101700230708"


@pytest.fixture
def shop(owner, at):
    return f.a_shop(owner, opened_at=at)


@pytest.fixture
def departure(shop, at):
    return f.a_departure(f.a_tour(shop, languages=["th", "en"]), starts_at=f.in_days(at, 3))


def booked(departure, *items, at, name, how="cash", pickup="", language=""):
    wishes = Wishes(bookings=(BookingWish(departure=departure.public_id, pickup=pickup, language=language),))
    return sell_at_counter(
        shop=departure.tour.shop, by=departure.tour.shop.owner, buyer=f.Buyer(name=name, phone="+66812345678"), how=how,
        items=items, wishes=wishes, idempotency_key=name.replace(" ", "-"), at=at,
    )  # fmt: skip


@pytest.fixture
def three(departure, at):
    """Who is fetched at a hotel with lunch and a diet; who comes alone and pays on the day; who came by the web."""
    tour = departure.tour
    lunch, hotel = f.an_extra(tour), f.a_pickup(tour)
    diet, number = f.a_question(tour, kind="diet", text_th="อาหาร"), f.a_question(tour, kind="id_number")
    nan = booked(departure, f.seats(departure, 2), f.an_item_of(departure, lunch, 2), at=at, name="Nan",
                 pickup=hotel.public_id, language="en")  # fmt: skip
    answers = [(diet, "halal|ไม่กินกุ้ง"), (number, CITIZEN)]
    answer_questions(
        order=nan, given=[Given(question=one.public_id, guest=1, value=value) for one, value in answers], at=at
    )
    booked(departure, f.seats(departure, 1), at=at, name="Anong", how=ON_THE_DAY)
    web = f.an_order(tour.shop, f.seats(departure, 1), at=at, buyer=f.a_buyer(name="Zoe", note="late"))
    record_manual_payment(order=web, by=tour.shop.owner, satang=web.total_satang, reference="x", at=at)
    departure.tour.shop.refresh_from_db()
    return nan


def test_it_says_who_comes_from_where_with_what_and_who_still_pays(departure, three, at):
    paper = manifest_data(departure, at=at)
    assert (paper["people"], paper["to_collect"], paper["extras"]) == (4, 120000, [["อาหารกลางวัน", 2]])
    nan, anong, zoe = paper["guests"]
    assert nan == {
        "name": "Nan", "code": three.code, "phone": "081 234 5678", "people": 2, "party": "ผู้ใหญ่ × 2", "language": "EN",
        "pickup": "รับที่ โรงแรมดวงตะวัน 11.15 น.", "extras": ["อาหารกลางวัน × 2"], "know": ["1. อาหาร: ฮาลาล, ไม่กินกุ้ง"],
        "money": "ชำระแล้ว", "owes": False,
    }  # fmt: skip
    assert (anong["money"], anong["owes"], anong["pickup"]) == ("ต้องเก็บเงิน: ฿1,200", True, "")
    assert (zoe["know"], zoe["owes"]) == (["late"], False)


def test_no_number_stands_on_it_not_even_its_last_signs(departure, three, at):
    said = str(manifest_data(departure, at=at))
    assert (CITIZEN in said, CITIZEN[-4:] in said) == (False, False)


@pytest.mark.parametrize("bookings", [1, 3])
def test_the_paper_takes_two_questions(departure, at, bookings, django_assert_num_queries):
    f.a_question(departure.tour)
    for number in range(bookings):
        booked(departure, f.seats(departure, 1), at=at, name=f"Guest {number}")
    departure.tour.shop.refresh_from_db()
    with django_assert_num_queries(2):
        assert len(manifest_data(departure, at=at)["guests"]) == bookings


def test_it_is_a_document_also_where_nobody_comes(departure, at):
    assert manifest_pdf(departure, at=at).startswith(b"%PDF-1.")


def test_pdf_and_table_are_fetched_by_who_may_see_the_guests_alone(client_of, owner, stranger, departure, three, clock):
    seller = client_of(owner)
    listed = seller.get(reverse("manifest", args=[departure.public_id])).content.decode()
    for name in ("manifest_pdf", "manifest_csv"):
        url = reverse(name, args=[departure.public_id])
        assert url in listed
        assert seller.get(url).status_code == 200
        assert client_of(stranger).get(url).status_code == 404
    table = seller.get(reverse("manifest_csv", args=[departure.public_id])).content.decode("utf-8-sig")
    assert "รับที่ โรงแรมดวงตะวัน 11.15 น.,อาหารกลางวัน × 2,ชำระแล้ว" in table


def test_part_of_the_price_is_money_to_check(departure, at):
    order = f.an_order(departure.tour.shop, f.seats(departure, 1), at=at)
    record_manual_payment(order=order, by=departure.tour.shop.owner, satang=1, reference="x", at=at)
    (guest,) = manifest_data(departure, at=at)["guests"]
    assert (guest["money"], guest["owes"]) == ("รอตรวจเงิน", True)
