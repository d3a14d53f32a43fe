"""From the tour's page to the paid order, as a guest walks it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tourdee.people.models import Consent
from tourdee.shop.actions.orders import Buyer, place_order

from ..models import Departure, Order, PriceCategory, Tour
from ..payment_methods.promptpay import parse
from ..views.buyer.kept_basket import COOKIE, COUNT
from .conftest import DETAILS
from .factories import (
    a_departure,
    a_product,
    a_question,
    a_shop,
    a_tour,
    an_extra,
    an_item_of,
    an_order,
    goods,
    in_days,
    seats,
)

pytestmark = pytest.mark.django_db

CART, DETAILS_PAGE = "/basket/", "/checkout/details/"


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def departure(shop, at, clock):
    return a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=6)


@pytest.fixture
def adult(departure):
    return departure.tour.prices.get(position=0)


def test_three_pages_and_at_most_45_questions(shopper, shop, departure, adult):
    tour, variant = departure.tour, a_product(shop)
    shopper.get(reverse("tour", args=[shop.slug, tour.public_id]))
    with CaptureQueriesContext(connection) as asked:
        shopper.get(CART, {"departure": departure.public_id, "category": adult.public_id, "quantity": "2"})
        shopper.choose(departure=departure, category=adult, quantity=2)
        shopper.choose(variant=variant, quantity=1)
        page = shopper.get(shopper.details().url)
    assert page.status_code == 200
    order = Order.objects.get()
    assert (order.total_satang, order.goods_satang, order.shipping_satang) == (280000, 275000, 5000)
    assert Departure.objects.get().taken == 2
    assert len(asked) <= 45, len(asked)


def test_the_order_holds_what_was_typed(shopper, departure, adult):
    shopper.choose(departure=departure, category=adult, quantity=1)
    order = shopper.order(note="แพ้กุ้ง", phone="๐๘๑-๒๓๔-๕๖๗๙")
    assert (order.buyer_name, order.buyer_phone, order.buyer_email, order.note, order.language, order.address) == (
        "Anna Berg", "+66812345679", "anna@example.org", "แพ้กุ้ง", "th", "",
    )  # fmt: skip


def test_goods_need_an_address_and_get_it_whole(shopper, shop, clock):
    shopper.choose(variant=a_product(shop), quantity=1, place="๕๐๒๐๐")
    form = shopper.details(house="", subdistrict="", phone="").context["form"]
    assert set(form.errors) == {"house", "subdistrict", "phone"}
    assert shopper.order().address == "99 หมู่ 1\nต.สุเทพ อ.เมืองเชียงใหม่ จ.เชียงใหม่ 50200"


def test_seats_ask_for_no_address(shopper, departure, adult):
    shopper.choose(departure=departure, category=adult)
    assert "house" not in shopper.get(DETAILS_PAGE).context["form"].fields


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"name": ""}, {"name"}), ({"phone": "12"}, {"phone"}), ({"email": "anna@"}, {"email"}),
        ({"phone": "", "email": ""}, {"phone"}), ({"agree": ""}, {"agree"}), ({"note": "x" * 501}, {"note"}),
        ({"name": "A\u202eB"}, {"name"}), ({"name": "x" * 100_000}, {"name"}),
    ],
)  # fmt: skip
def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(shopper, departure, adult, said, wrong):
    shopper.choose(departure=departure, category=adult)
    answer = shopper.details(**said)
    form = answer.context["form"]
    assert (set(form.errors), Order.objects.count()) == (wrong, 0)
    typed = {**DETAILS, **said}
    assert {name: form[name].value() for name in ("name", "phone", "email", "note")} == {
        name: typed[name] for name in ("name", "phone", "email", "note")
    }


@pytest.mark.parametrize(
    ("said", "phone", "email"), [({"phone": ""}, "", "anna@example.org"), ({"email": ""}, "+66812345679", "")]
)
def test_a_phone_or_an_email_is_enough(shopper, departure, adult, said, phone, email):
    shopper.choose(departure=departure, category=adult)
    order = shopper.order(**said)
    assert (order.buyer_phone, order.buyer_email) == (phone, email)


def test_buyers_without_a_phone_are_not_one_person(shopper, departure, adult, at):
    for number in range(4):
        buyer = Buyer(name="B", phone="", email=f"b{number}@example.org")
        item = seats(departure, 1)
        place_order(shop=departure.tour.shop, buyer=buyer, items=[item], idempotency_key=f"k{number}", at=at)
    assert Order.objects.count() == 4


def test_the_agreement_to_the_notice_is_kept_once(shopper, departure, adult):
    shopper.choose(departure=departure, category=adult)
    order = shopper.order()
    assert list(Consent.objects.values_list("guest", "purpose")) == [(f"order {order.public_id}", "order")]


def test_the_terms_of_cancelling_are_shown_in_baht_and_dates_before_ordering(shopper, departure, adult):
    shopper.choose(departure=departure, category=adult, quantity=2)
    page = shopper.get("/en" + DETAILS_PAGE)
    assert page.context["page"].rows[0].terms == [
        "Cancel until 25 Nov 2026 12:00: ฿2,400 back", "Cancel until 27 Nov 2026 12:00: ฿1,200 back",
        "After that: no refund",
    ]  # fmt: skip


def test_the_terms_of_a_date_are_said_once_and_of_all_that_is_booked_of_it(shopper, departure, adult):
    """Grown-ups, children and lunch: a telephone's screen holds the terms once, not three times."""
    child = departure.tour.prices.get(position=1)
    lunch = an_extra(departure.tour)
    shopper.choose(departure=departure, category=adult, quantity=2)
    shopper.choose(departure=departure, category=child, quantity=1)
    shopper.post(
        CART, {"shop": departure.tour.shop.public_id, "line": an_item_of(departure, lunch, 2).name, "quantity": "2"}
    )
    page = shopper.get("/en" + DETAILS_PAGE).context["page"]
    *before, last = [row.terms for row in page.rows]
    assert (len(page.rows), [terms for terms in before if terms]) == (3, [])
    assert last[0] == f"Cancel until 25 Nov 2026 12:00: {page.total} back"


# ------------------------------------------------------------------ once
def sent_form(shopper):
    page = shopper.get(DETAILS_PAGE).context
    return {**DETAILS, "key": page["key"], "total": str(page["page"].total_satang)}


def test_4_a_double_click_is_one_order(shopper, departure, adult, at, clock):
    shopper.choose(departure=departure, category=adult)
    form, basket = sent_form(shopper), shopper.cookies[COOKIE].value
    first = shopper.post(DETAILS_PAGE, form)
    shopper.cookies[COOKIE] = basket  # the second click was on its way before the first was answered
    clock(at + timedelta(seconds=1))
    second = shopper.post(DETAILS_PAGE, form)
    assert (first.status_code, first.url, Order.objects.count(), Consent.objects.count()) == (302, second.url, 1, 1)


def test_the_back_button_after_ordering_leads_to_the_order(shopper, departure, adult):
    shopper.choose(departure=departure, category=adult)
    form = sent_form(shopper)
    first = shopper.post(DETAILS_PAGE, form)
    assert (shopper.cookies[COOKIE].value, shopper.cookies[COUNT].value) == ("", "")
    assert (shopper.post(DETAILS_PAGE, form).url, Order.objects.count()) == (first.url, 1)


def test_4_the_same_key_with_another_order_leads_to_the_first_and_makes_no_second(shopper, departure, adult):
    shopper.choose(departure=departure, category=adult)
    form, basket = sent_form(shopper), shopper.cookies[COOKIE].value
    shopper.post(DETAILS_PAGE, form)
    shopper.cookies[COOKIE] = basket
    answer = shopper.post(DETAILS_PAGE, {**form, "name": "Somebody Else"})
    assert (answer.status_code, answer.context["earlier"], Order.objects.count()) == (409, Order.objects.get(), 1)


def test_a_new_basket_after_an_order_is_a_new_order(shopper, departure, adult):
    for number in range(2):
        shopper.choose(departure=departure, category=adult, quantity=1)
        shopper.order(phone=f"08123456{number}0", email="")
    assert Order.objects.count() == 2


def test_two_tabs_with_one_basket_are_one_order(shopper, departure, adult):
    shopper.choose(departure=departure, category=adult)
    one, other = sent_form(shopper), sent_form(shopper)
    assert one["key"] == other["key"]
    assert shopper.post(DETAILS_PAGE, one).url == shopper.post(DETAILS_PAGE, other).url


def test_a_guessed_short_key_opens_no_order(shopper, shop, departure, at):
    order = an_order(shop, seats(departure, 1), at=at, key="1")
    answer = shopper.post(DETAILS_PAGE, {**DETAILS, "key": "1"})
    assert (answer.url, order.secret in answer.url) == (CART, False)


# ------------------------------------------------------------------ what changed meanwhile
def test_5_a_price_that_changed_after_it_was_shown_is_said_and_nothing_is_ordered(shopper, departure, adult):
    shopper.choose(departure=departure, category=adult, quantity=1)
    form = sent_form(shopper)
    PriceCategory.objects.filter(pk=adult.pk).update(price_satang=150000)
    answer = shopper.post(DETAILS_PAGE, form)
    assert (answer.status_code, Order.objects.count()) == (409, 0)
    assert ("฿1,500" in answer.content.decode(), answer.context["form"]["name"].value()) == (True, "Anna Berg")


@pytest.mark.parametrize("total", ["1", "0", "-1", "abc", "", "1" * 300, "1e3"])
def test_5_a_total_changed_in_the_form_orders_nothing(shopper, departure, adult, total):
    shopper.choose(departure=departure, category=adult, quantity=1)
    assert (shopper.details(total=total).status_code, Order.objects.count()) == (409, 0)


def test_5_prices_and_status_posted_beside_the_form_are_ignored(shopper, departure, adult):
    shopper.choose(departure=departure, category=adult, quantity=1)
    order = shopper.order(unit_price_satang="1", status="confirmed", paid_satang="999", total_satang="1", shop="x")
    assert (order.total_satang, order.status, order.paid_satang) == (120000, "awaiting_payment", 0)


def test_1_the_last_seat_taken_meanwhile_is_said_kindly_and_the_form_is_kept(
    shopper, other_shopper, departure, adult, at
):
    Departure.objects.update(capacity=2)
    for guest in (shopper, other_shopper):
        guest.choose(departure=departure, category=adult, quantity=2)
    form = sent_form(shopper)
    other_shopper.order(phone="0823456789", email="other@example.org")
    answer = shopper.post(DETAILS_PAGE, form)
    assert (answer.status_code, Order.objects.count(), Departure.objects.get().taken) == (409, 1, 2)
    assert (bool(answer.context["form"].non_field_errors()), answer.context["form"]["email"].value()) == (
        True, "anna@example.org",
    )  # fmt: skip


def test_2_too_many_open_orders_are_said(shopper, departure, adult):
    for _turn in range(3):
        shopper.choose(departure=departure, category=adult, quantity=1)
        shopper.order()
    shopper.choose(departure=departure, category=adult, quantity=1)
    assert (shopper.details().status_code, Order.objects.count()) == (409, 3)


def test_a_cut_off_that_passed_leads_back_to_the_basket(shopper, departure, adult, clock):
    shopper.choose(departure=departure, category=adult)
    form = sent_form(shopper)
    clock(in_days(departure.starts_at, -0.5))
    assert (shopper.post(DETAILS_PAGE, form).status_code, shopper.get(DETAILS_PAGE).url) == (409, CART)


def test_an_empty_basket_has_no_details(shopper):
    assert [shopper.get(DETAILS_PAGE).url, shopper.post(DETAILS_PAGE, DETAILS).url] == [CART, CART]


# ------------------------------------------------------------------ what follows
def test_the_language_follows_the_address(shopper, departure, adult):
    shopper.choose(departure=departure, category=adult)
    page = shopper.get("/en" + DETAILS_PAGE).context
    form = {**DETAILS, "key": page["key"], "total": str(page["page"].total_satang)}
    answer = shopper.post("/en" + DETAILS_PAGE, form)
    assert (answer.url.startswith("/en/o/"), Order.objects.get().language) == (True, "en")


def test_the_code_asks_for_the_exact_amount_to_the_payee(shopper, departure, adult):
    shopper.choose(departure=departure, category=adult, quantity=3)
    order = shopper.order()
    page = shopper.get(reverse("order_status", args=[order.secret])).context["page"]
    assert (parse(page.promptpay_text).target, parse(page.promptpay_text).satang) == ("0812345678", 360000)


def test_a_free_workshop_is_booked_at_once(shopper, departure, adult):
    PriceCategory.objects.filter(pk=adult.pk).update(price_satang=0)
    Tour.objects.update(kind="workshop")
    shopper.choose(departure=departure, category=adult, quantity=1)
    assert shopper.order().status == "confirmed"


def test_what_a_signed_in_person_is_called_need_not_be_typed(departure, adult, owner, client_of):
    client = client_of(owner)
    line = f"{departure.public_id}.{adult.public_id}"
    client.post(CART, {"shop": departure.tour.shop.public_id, "line": line, "quantity": "1", "onward": "1"})
    form = client.get(DETAILS_PAGE).context["form"]
    assert (form["name"].value(), form["email"].value()) == ("สมหญิง ใจดี", "owner@example.org")


def test_an_order_placed_for_goods_alone_works_too(shop, at):
    order = an_order(shop, goods(a_product(shop), 2), at=at)
    assert order.total_satang == 75000


def test_goods_by_post_speak_of_no_trip(shopper, shop, departure, adult):
    """Neither of seats, nor of allergies, nor of the day of travel; and the box to tick is the last thing before the button."""
    shopper.choose(variant=a_product(shop), quantity=1)
    page = shopper.get("/en" + DETAILS_PAGE).text
    assert [word for word in ("seats", "allergies", "on the day") if word in page.split("<main", 1)[1]] == []
    shopper.choose(departure=departure, category=adult, quantity=1)
    a_question(departure.tour, each_guest=False, before_paying=True)
    page = shopper.get("/en" + DETAILS_PAGE).text
    assert page.index("About your booking") < page.index('name="agree"')
