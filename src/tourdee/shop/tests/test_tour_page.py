"""The tour's page: quick, and never untrue."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from django.db.models import F
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from tourdee.core import pagecache
from tourdee.core.doorway import Doorway
from tourdee.legal.models import Business, OperatorAgreement, Paper

from ..actions.orders import cancel_order
from ..actions.reviews import write_review
from ..models import Departure, Order, PriceCategory, Review, Shop, Tour
from .factories import a_departure, a_licence, a_shop, a_tour, an_operator, an_order, in_days, seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def tour(owner, clock, at):
    made = a_tour(a_shop(owner, name_th="ร้านสมหญิง"), maximum_group=10)
    a_departure(made, starts_at=in_days(at, 5), capacity=7)
    return made


def url_of(tour):
    with translation.override("th"):
        return reverse("tour", args=[tour.shop.slug, tour.public_id])


def read(tour, client=None, prefix="/en"):
    return (client or Client()).get(prefix + url_of(tour))


def test_the_first_view_asks_six_questions_and_the_next_one_only(tour, at, django_assert_num_queries):
    order = an_order(tour.shop, seats(tour.departures.get(), 1), at=at)
    Review.objects.create(line=order.lines.get(), tour=tour, stars=4, name="Bo", text="ดี", at=at)
    read(tour)
    pagecache.pages.clear()
    with django_assert_num_queries(6):
        first = read(tour)
    with django_assert_num_queries(1):
        again = read(tour)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content


@pytest.mark.parametrize("dates", [1, 3])
def test_the_number_of_questions_does_not_grow_with_the_dates(tour, at, dates, django_assert_num_queries):
    for day in range(6, 5 + dates):
        a_departure(tour, starts_at=in_days(at, day))
    read(tour)
    pagecache.pages.clear()
    with django_assert_num_queries(5):
        assert len(read(tour).context["page"].dates) == dates


def test_the_kept_page_shows_the_seats_that_an_order_took_and_a_cancellation_gave_back(tour, at):
    departure = tour.departures.get()
    before = read(tour).content
    order = an_order(tour.shop, seats(departure, 3), at=at)
    after = read(tour).content
    cancel_order(order=order, by="buyer", at=at)
    assert ("7 seats left" in before.decode(), "4 seats left" in after.decode()) == (True, True)
    assert read(tour).content == before


def test_the_kept_page_frees_seats_when_a_hold_runs_out_though_no_worker_runs(tour, at, clock):
    order = an_order(tour.shop, seats(tour.departures.get(), 3), at=at)
    assert "4 seats left" in read(tour).content.decode()
    clock(order.expires_at)
    assert "7 seats left" in read(tour).content.decode()


def test_the_kept_page_drops_a_date_at_its_cut_off(tour, at, clock):
    start = tour.departures.get().starts_at
    clock(start - timedelta(hours=24, seconds=1))
    assert "7 seats left" in read(tour).content.decode()
    clock(start - timedelta(hours=24))
    assert "7 seats left" not in read(tour).content.decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda tour: PriceCategory.objects.filter(tour=tour, position=0).update(price_satang=199900),
        lambda tour: Tour.objects.filter(pk=tour.pk).update(name_th="ชื่อใหม่ของทัวร์", name_en="A new name"),
        lambda tour: Departure.objects.filter(tour=tour).update(status="closed"),
    ],
)
def test_the_kept_page_shows_a_change_whose_writer_bumped_the_version(tour, change):
    before = read(tour).content
    change(tour)
    Tour.objects.filter(pk=tour.pk).update(version=F("version") + 1)
    assert read(tour).content != before


def test_control_without_the_bump_the_kept_page_would_be_old(tour):
    before = read(tour).content
    Tour.objects.filter(pk=tour.pk).update(name_th="ชื่อใหม่ของทัวร์", name_en="A new name")
    assert read(tour).content == before


def test_the_kept_page_shows_a_new_name_of_the_shop(tour):
    read(tour)
    Shop.objects.filter(pk=tour.shop_id).update(name_en="A new shop name", version=F("version") + 1)
    assert "A new shop name" in read(tour).content.decode()


def test_the_kept_page_shows_a_new_address_of_the_seller_at_once(tour):
    read(tour)
    Business.objects.filter(pk=tour.shop.business_id).update(address="ที่อยู่ใหม่ 77")
    assert "ที่อยู่ใหม่ 77" in read(tour).content.decode()


def test_a_hidden_tour_and_a_closed_shop_are_gone_at_once(tour):
    read(tour)
    Tour.objects.filter(pk=tour.pk).update(status=Tour.Status.HIDDEN)
    assert read(tour).status_code == 404
    Tour.objects.filter(pk=tour.pk).update(status=Tour.Status.PUBLISHED)
    Shop.objects.filter(pk=tour.shop_id).update(status=Shop.Status.CLOSED)
    assert read(tour).status_code == 404


def test_a_review_is_on_the_page_at_once(tour, at, clock):
    order = an_order(tour.shop, seats(tour.departures.get(), 1), at=at)
    Order.objects.update(status="confirmed", paid_satang=F("total_satang"))
    clock(in_days(at, 8))
    read(tour)
    write_review(line=order.lines.get(), stars=5, text="สนุกมาก", name="Anna", at=in_days(at, 8))
    assert "สนุกมาก" in read(tour).content.decode()


# ------------------------------------------------------------------ what it says
def test_licence_number_name_and_address_stand_on_every_tour_page(tour):
    text = read(tour).content.decode()
    business = tour.shop.business
    assert [word in text for word in ("51/00123", business.name, business.address)] == [True] * 3


def test_a_tour_under_a_partner_shows_the_partners_licence(tour):
    operator = an_operator(tour.shop.business)
    Paper.objects.filter(business=operator).update(number="77/99999")
    Tour.objects.filter(pk=tour.pk).update(operator=operator)
    text = read(tour).content.decode()
    assert [word in text for word in ("77/99999", operator.name)] == [True] * 2


@pytest.mark.parametrize("loses", ["paper", "agreement"])
def test_without_the_licence_the_page_is_a_profile_without_price_and_dates(tour, loses):
    operator = an_operator(tour.shop.business)
    Tour.objects.filter(pk=tour.pk).update(operator=operator)
    assert read(tour).context["page"].for_sale is True
    if loses == "paper":
        Paper.objects.filter(business=operator).update(status="refused", checked_at=tour.departures.get().starts_at)
    else:
        OperatorAgreement.objects.update(status="ended")
    page = read(tour).context["page"]
    text = read(tour).content.decode()
    assert (page.for_sale, page.prices, page.dates) == (False, [], [])
    assert ("฿" in text, "#ask" in text) == (False, True)


def test_the_page_ends_the_sale_when_the_licence_ends(tour, at, clock):
    Paper.objects.all().delete()
    a_licence(tour.shop.business, expires_on=at.date())
    assert read(tour).context["page"].for_sale is True
    clock(at + timedelta(hours=12))  # midnight in Bangkok
    assert read(tour).context["page"].for_sale is False


def test_a_workshop_needs_no_licence(owner, clock, at):
    tour = a_tour(a_shop(owner), kind="workshop")
    Paper.objects.all().delete()
    a_departure(tour, starts_at=in_days(at, 5))
    assert read(tour).context["page"].for_sale is True


def test_the_page_speaks_english_under_en_and_is_kept_apart(tour):
    thai, english = read(tour, prefix="").content.decode(), read(tour).content.decode()
    assert ("Old town walk" in english, "Old town walk" in thai, 'lang="en"' in english) == (True, False, True)


def test_the_page_has_nothing_of_the_visitor_in_it(tour):
    page = read(tour)
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert page.cookies == {}


def test_the_owner_sees_a_draft_and_nobody_else(tour, owner, stranger, client_of):
    Tour.objects.filter(pk=tour.pk).update(status=Tour.Status.DRAFT)
    assert [read(tour, client).status_code for client in (client_of(owner), client_of(stranger), Client())] == [
        200,
        404,
        404,
    ]


def test_a_draft_seen_by_its_owner_is_not_kept_for_others(tour, owner, client_of):
    Shop.objects.filter(pk=tour.shop_id).update(status=Shop.Status.DRAFT)
    read(tour, client_of(owner))
    assert read(tour).status_code == 404


def test_a_tour_of_another_shop_is_not_found_under_this_one(tour):
    foreign = a_tour(a_shop(name_th="CANARY"))
    answer = Client().get(reverse("tour", args=[tour.shop.slug, foreign.public_id]))
    assert (answer.status_code, "CANARY" in answer.content.decode()) == (404, False)


def test_seats_of_full_dates_cannot_be_chosen(tour, at):
    an_order(tour.shop, seats(tour.departures.get(), 7), at=at)
    page = read(tour)
    assert ([date.left for date in page.context["page"].dates], page.context["page"].has_seats) == ([0], False)


def test_a_post_is_refused(tour):
    assert Client().post(url_of(tour)).status_code == 405


# ------------------------------------------------------------------ at the door, ahead of the whole stack
@pytest.fixture
def at_the_door(db):
    """``at_the_door(tour)``: what the server answers, as status and page."""
    application = Doorway(WSGIHandler())

    def visit(tour) -> tuple[str, str]:
        heard = []
        environ = RequestFactory().get("/en" + url_of(tour)).environ
        body = b"".join(application(environ, lambda status, headers, *_rest: heard.append(status)))
        return heard[0], body.decode()

    signals.request_started.disconnect(close_old_connections)  # or the test's own transaction would end
    yield visit
    signals.request_started.connect(close_old_connections)


def test_at_the_door_one_question_is_asked_and_the_seats_are_true(tour, at, at_the_door, django_assert_num_queries):
    at_the_door(tour)
    with django_assert_num_queries(1):
        assert "7 seats left" in at_the_door(tour)[1]
    an_order(tour.shop, seats(tour.departures.get(), 2), at=at)
    assert "5 seats left" in at_the_door(tour)[1]


@pytest.mark.parametrize("shut", [{"status": "hidden"}, {"shop": "closed"}])
def test_at_the_door_nothing_is_shown_that_is_no_longer_public(tour, at_the_door, shut):
    assert at_the_door(tour)[0] == "200 OK"
    if "shop" in shut:
        Shop.objects.filter(pk=tour.shop_id).update(status=shut["shop"])
    else:
        Tour.objects.filter(pk=tour.pk).update(**shut)
    assert at_the_door(tour)[0] == "404 Not Found"


def test_the_price_above_the_form_says_whose_it_is_where_others_pay_less(tour):
    adult = tour.prices.get(position=0)
    said = f'<span class="unit">· {adult.name_en}</span>'
    assert said in read(tour).text
    tour.prices.exclude(pk=adult.pk).delete()
    pagecache.pages.clear()
    assert said not in read(tour).text


def test_the_meeting_point_is_looked_for_on_a_map_by_its_thai_name(tour):
    Tour.objects.update(meeting_point_th="ท่าน้ำ & วัด", meeting_point_en="Pier")
    page = read(tour).text
    (link,) = re.findall(r'href="(https://www.google.com/maps[^"]*)"', page)
    assert parse_qs(urlsplit(unescape(link)).query)["query"][0].startswith("ท่าน้ำ & วัด ")
    assert 'rel="noopener noreferrer"' in page
