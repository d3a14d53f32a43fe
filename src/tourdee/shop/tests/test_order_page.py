"""The order behind its secret link: every face, the slip, the calendar, cancelling, reviewing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ..actions.fulfilment import ship_order
from ..actions.orders import cancel_order, record_refund
from ..actions.payments import accept_slip, record_manual_payment, refuse_slip
from ..models import Departure, Order, Review, Slip
from ..queries.calendar import calendar_file
from ..queries.order_page import OrderPage
from ..queries.orders import order_by_secret
from .factories import a_departure, a_product, a_shop, a_slip, a_tour, an_order, goods, in_days, seats

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def shop(owner):
    return a_shop(owner, name_th="ร้านสมหญิง")


@pytest.fixture
def departure(shop, at):
    tour = a_tour(shop, meeting_point_th="ท่าเรือเจ้าฟ้า, ถนนคงคา", name_en="Old town, slowly; with tea")
    return a_departure(tour, starts_at=in_days(at, 5), capacity=6)


@pytest.fixture
def order(shop, departure, at):
    return an_order(shop, seats(departure, 2), at=at)


def page_of(order, client=None):
    return (client or Client()).get(f"/o/{order.secret}/")


def face(order):
    return page_of(order).context["page"].face


def pay(order, owner, at):
    return record_manual_payment(order=order, by=owner, satang=order.total_satang, reference=order.code, at=at)


def send_slip(order, picture=None, name="slip.png"):
    file = SimpleUploadedFile(name, picture if picture is not None else a_slip().getvalue(), "image/png")
    return Client().post(f"/o/{order.secret}/slip/", {"slip": file})


# ------------------------------------------------------------------ the link
def test_a_guessed_link_is_not_found_on_any_of_its_pages(order):
    tails = ["", "slip/", "cancel/", "review/1/", "promptpay.png", "calendar-1.ics"]
    wrong = ["x" * 32, order.code, order.public_id, order.secret[:-1], order.secret.swapcase(), "%00", "..%2f"]
    found = {Client().get(f"/o/{secret}/{tail}").status_code for secret in wrong for tail in tails}
    posted = {Client().post(f"/o/{secret}/{tail}").status_code for secret in wrong for tail in tails[1:4]}
    assert (found, posted) == ({404}, {404})


def test_46_its_pages_are_kept_by_no_cache_and_shown_by_no_search_engine(order):
    answer = page_of(order)
    assert [answer.headers[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")] == [
        "private, no-store", "noindex, nofollow", "same-origin",
    ]  # fmt: skip


def test_another_order_never_shows(order, shop, departure, at):
    an_order(shop, seats(departure, 1), at=at).notes.update(text_th="CANARY-NOTE")
    Order.objects.exclude(pk=order.pk).update(buyer_name="CANARY-NAME", address="CANARY-PLACE")
    assert "CANARY" not in page_of(order).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_few_questions_however_much_was_ordered(shop, departure, at, number, django_assert_num_queries):
    items = [goods(a_product(shop), 1) for _place in range(number)]
    order = an_order(shop, seats(departure, 1), *items, at=at)
    with django_assert_num_queries(3):
        assert len(page_of(order).context["page"].lines) == number + 1


# ------------------------------------------------------------------ the faces
def test_every_status_has_its_own_face(shop, departure, owner, at, clock):
    faces = []
    order = an_order(shop, seats(departure, 1), at=at)
    faces.append(face(order))
    send_slip(order)
    faces.append(face(order))
    accept_slip(slip=Slip.objects.get(), by=owner, satang=order.total_satang, at=at)
    faces.append(face(order))
    cancel_order(order=order, by="seller", at=at)
    faces.append(face(order))
    late = an_order(shop, seats(departure, 6), at=at)
    clock(late.expires_at)
    faces.append(face(late))  # no worker has ended it yet
    an_order(shop, seats(departure, 6), at=late.expires_at)
    faces.append(face(late))
    pay(late, owner, late.expires_at)
    faces.append(face(late))
    assert faces == ["waiting", "review", "confirmed", "cancelled", "expired", "expired", "no_seat"]


def test_the_ticket_says_day_place_people_and_code(order, owner, at):
    pay(order, owner, at)
    text = page_of(order).content.decode()
    assert [word in text for word in ("ส. 28 พ.ย. 2569", "12.00 น.", "ท่าเรือเจ้าฟ้า", "ผู้ใหญ่ × 2", order.code)] == [
        True
    ] * 5


def test_what_a_reseller_sold_is_changed_and_cancelled_there(order, at):
    """Its seats are the reseller's to give back, and so is the money."""
    Order.objects.filter(pk=order.pk).update(
        status=Order.Status.CONFIRMED,
        channel=Order.Channel.OCTO,
        pay_by=Order.PayBy.RESELLER,
        resold_by="Siam Trips",
        due_now_satang=0,
        confirmed_at=at,
    )
    page = page_of(order)
    assert "Siam Trips" in page.content.decode()
    assert [page.context["page"].can_cancel, page.context["page"].can_shrink, page.context["page"].movable] == [
        False,
        False,
        [],
    ]
    for way in ("cancel", "fewer", "move/1"):
        answer = Client().post(f"/o/{order.secret}/{way}/", {"refund": "0", "departure": "x"})
        assert answer.status_code in {302, 404}
    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED


def test_the_reason_of_a_refused_slip_is_shown_with_the_way_to_send_another(order, owner, at):
    send_slip(order)
    refuse_slip(slip=Slip.objects.get(), by=owner, reason="ไม่พบยอดเงิน", at=at)
    answer = page_of(order)
    assert ("ไม่พบยอดเงิน" in answer.content.decode(), answer.context["page"].takes_slips) == (True, True)


def test_a_part_payment_says_what_is_missing_and_asks_for_just_that(order, owner, at):
    send_slip(order)
    accept_slip(slip=Slip.objects.get(), by=owner, satang=100000, at=at, part=True)
    answer = page_of(order)
    assert (answer.context["page"].missing_satang, "฿1,400" in answer.content.decode()) == (140000, True)


def test_goods_show_their_tracking_number(shop, owner, at):
    order = an_order(shop, goods(a_product(shop), 1), at=at)
    pay(order, owner, at)
    ship_order(order=order, by=owner, at=at, carrier="ไปรษณีย์ไทย", tracking="EB123456789TH")
    assert "EB123456789TH" in page_of(order).content.decode()


def test_a_refund_is_owed_and_then_paid(order, owner, at):
    pay(order, owner, at)
    cancel_order(order=order, by="buyer", at=at)
    owed = page_of(order).content.decode()
    record_refund(order=order, satang=240000, reference="R1", by=owner, at=at)
    paid = Order.objects.get()
    assert ("฿2,400" in owed, paid.refund_due_satang, paid.refunded_satang) == (True, 0, 240000)


def test_an_expired_order_offers_the_same_once_more(order, clock):
    clock(order.expires_at)
    again = page_of(order).context["page"].again
    page = Client().get(again).context["page"]
    assert [(row.item.quantity, row.total) for row in page.rows] == [(2, "฿2,400")]


# ------------------------------------------------------------------ the code
def test_the_code_is_saved_as_a_picture_while_it_can_be_paid(order, owner, at):
    saved = Client().get(f"/o/{order.secret}/promptpay.png")
    pay(order, owner, at)
    assert (saved.headers["Content-Type"], saved.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert Client().get(f"/o/{order.secret}/promptpay.png").status_code == 404


def test_a_payee_without_a_usable_promptpay_is_shown_without_a_code(order):
    Order.objects.update(payee_promptpay="12")
    assert (page_of(order).context["qr"], Client().get(f"/o/{order.secret}/promptpay.png").status_code) == ("", 404)


# ------------------------------------------------------------------ the slip
def test_a_slip_stops_the_clock_and_proves_nothing(order, clock):
    answer = send_slip(order)
    clock(order.expires_at + timedelta(days=2))
    order.refresh_from_db()
    assert (answer.status_code, order.status, order.paid_satang, face(order)) == (302, "slip_review", 0, "review")


@pytest.mark.parametrize(
    "picture", [b"", b"%PDF-1.4", b"<svg onload=alert(1)>", b"GIF89a" + b"\x00" * 50, b"\xff\xd8\xff" * 3]
)
def test_28_what_is_no_picture_is_refused_at_the_field(order, picture):
    answer = send_slip(order, picture)
    assert (answer.status_code, list(answer.context["slip_form"].errors), Slip.objects.count()) == (200, ["slip"], 0)


def test_a_form_without_a_picture_is_refused_at_the_field(order):
    answer = Client().post(f"/o/{order.secret}/slip/", {"slip": "a name and no file"})
    assert list(answer.context["slip_form"].errors) == ["slip"]


def test_8_the_slip_of_another_order_is_refused_at_the_field(order, shop, departure, at):
    other = an_order(shop, seats(departure, 1), at=at)
    send_slip(other, a_slip("004", "016320000000000001").getvalue())
    answer = send_slip(order, a_slip("004", "016320000000000001", turn=90).getvalue())
    assert (list(answer.context["slip_form"].errors), face(order)) == (["slip"], "waiting")


def test_the_same_slip_twice_is_one(order):
    picture = a_slip().getvalue()
    assert [send_slip(order, picture).status_code for _click in range(2)] == [302, 302]
    assert Slip.objects.count() == 1


def test_a_slip_after_the_time_ran_out_takes_the_seats_anew(order, clock):
    clock(order.expires_at + timedelta(minutes=5))
    send_slip(order)
    order.refresh_from_db()
    assert (order.status, Departure.objects.get().taken) == ("slip_review", 2)


def test_opening_the_address_of_a_form_leads_to_the_order(order):
    got = [Client().get(f"/o/{order.secret}/{tail}").url for tail in ("slip/", "review/1/")]
    assert got == [f"/o/{order.secret}/#slip", f"/o/{order.secret}/"]


# ------------------------------------------------------------------ cancelling
def cancel(order, refund):
    return Client().post(f"/o/{order.secret}/cancel/", {"refund": str(refund)})


@pytest.mark.parametrize(("days", "back"), [(0, 240000), (2.5, 120000), (4.5, 0)])
def test_the_refund_is_shown_to_the_satang_before_it_is_agreed_to(order, owner, at, clock, days, back):
    pay(order, owner, at)
    clock(in_days(at, days))
    shown = Client().get(f"/o/{order.secret}/cancel/").context["quote"].total_satang
    cancel(order, shown)
    order.refresh_from_db()
    assert (shown, order.status, order.refund_due_satang) == (back, "cancelled", back)


def test_a_refund_that_changed_meanwhile_is_shown_anew_and_nothing_is_cancelled(order, owner, at, clock):
    pay(order, owner, at)
    clock(in_days(at, 2.5))
    answer = cancel(order, 240000)
    order.refresh_from_db()
    assert (answer.context["changed"], answer.context["quote"].total_satang, order.status) == (
        True,
        120000,
        "confirmed",
    )


@pytest.mark.parametrize("refund", ["", "abc", "-1", "1e9"])
def test_a_refund_changed_in_the_form_cancels_nothing(order, owner, at, refund):
    pay(order, owner, at)
    cancel(order, refund)
    order.refresh_from_db()
    assert order.status == "confirmed"


def test_47_opening_the_page_cancels_nothing(order):
    Client().get(f"/o/{order.secret}/cancel/")
    order.refresh_from_db()
    assert order.status == "awaiting_payment"


def test_an_unpaid_order_is_cancelled_and_its_seats_are_free(order):
    cancel(order, 0)
    order.refresh_from_db()
    assert (order.status, Departure.objects.get().taken) == ("cancelled", 0)


def test_what_is_over_can_not_be_cancelled(order, owner, at, clock):
    pay(order, owner, at)
    clock(in_days(at, 6))
    assert (Client().get(f"/o/{order.secret}/cancel/").url, cancel(order, 0).url) == (f"/o/{order.secret}/",) * 2
    order.refresh_from_db()
    assert order.status == "confirmed"


# ------------------------------------------------------------------ reviewing
def review(order, place=1, **said):
    return Client().post(f"/o/{order.secret}/review/{place}/", {"stars": "5", "text": "สนุก", "name": "Anna", **said})


@pytest.fixture
def had(order, owner, at, clock):
    pay(order, owner, at)
    clock(in_days(at, 6))
    return order


def test_63_a_review_is_written_once_after_the_tour_took_place(had):
    answers = [review(had).url, review(had).url]
    assert answers == [f"/o/{had.secret}/"] * 2
    assert list(Review.objects.values_list("stars", "text", "name")) == [(5, "สนุก", "Anna")]


def test_63_a_tour_bought_in_two_price_categories_is_reviewed_once(shop, departure, owner, at, clock):
    order = an_order(shop, seats(departure, 1), seats(departure, 1, category=1), at=at)
    pay(order, owner, at)
    clock(in_days(at, 6))
    review(order, place=1)
    review(order, place=2)
    assert Review.objects.count() == 1


def test_63_nobody_reviews_before(order, owner, at):
    pay(order, owner, at)
    review(order)
    assert (page_of(order).context["reviews"], Review.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [({"stars": "6"}, "stars"), ({"stars": ""}, "stars"), ({"name": ""}, "name"), ({"text": "x" * 1501}, "text")],
)
def test_a_bad_review_is_said_at_its_field(had, said, wrong):
    ((_one, form),) = review(had, **said).context["reviews"]
    assert (list(form.errors), Review.objects.count()) == ([wrong], 0)


def test_a_place_that_is_not_in_the_order_reviews_nothing(had):
    assert (review(had, place=7).status_code, Review.objects.count()) == (302, 0)


# ------------------------------------------------------------------ the calendar
def test_the_calendar_file_is_as_the_standard_wants_it(order, owner, at):
    pay(order, owner, at)
    answer = Client().get(f"/en/o/{order.secret}/calendar-1.ics")
    lines = answer.content.decode().split("\r\n")
    assert (answer.headers["Content-Type"], lines[0], lines[-2], lines[-1]) == (
        "text/calendar; charset=utf-8", "BEGIN:VCALENDAR", "END:VCALENDAR", "",
    )  # fmt: skip
    assert "DTSTART:20261128T050000Z" in lines
    assert "DTEND:20261128T080000Z" in lines
    assert "SUMMARY:Old town\\, slowly\\; with tea" in lines


def test_long_thai_lines_are_folded_without_tearing_a_letter(order, at):
    tour = order.lines.get().departure.tour
    tour.name_th = "เดินเมืองเก่าเชียงใหม่" * 7
    tour.save()
    page = OrderPage(order_by_secret(order.secret), at)
    text = calendar_file(page.order, page.tickets[0], url="http://testserver/o/x/", at=at)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert tour.name_th in text.replace("\r\n ", "")


def test_an_unpaid_order_has_no_calendar(order):
    assert Client().get(f"/o/{order.secret}/calendar-1.ics").status_code == 404


def test_the_page_is_quick(order):
    page_of(order)
    with CaptureQueriesContext(connection) as asked:
        page_of(order)
    assert len(asked) == 3


def test_the_address_of_the_page_has_no_row_number(order):
    assert str(order.pk) not in reverse("order_status", args=["secret"])


def test_only_an_order_that_can_be_cancelled_is_said_to_be(order, at):
    address = "/en" + reverse("order_status", args=[order.secret])
    said = "can see and cancel the order."
    assert said in Client().get(address).text
    cancel_order(order=order, by="buyer", at=at)
    cancelled = Client().get(address).text
    assert (said in cancelled, "Whoever has it can see the order." in cancelled) == (False, True)


def test_who_reviewed_is_thanked_once(had):
    guest = Client()
    said = {"stars": "5", "text": "สนุก", "name": "Anna"}
    page = guest.post(f"/en/o/{had.secret}/review/1/", said, follow=True)
    assert "Thank you! Your review stands on the shop" in page.text
    assert "Your review stands" not in guest.get(f"/en/o/{had.secret}/").text
