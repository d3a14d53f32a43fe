"""The basket: a signed cookie, changed by its form alone."""

import pytest
from django.test import Client
from django.urls import reverse

from ..models import Departure, PriceCategory, Product, Tour, Variant
from ..views.buyer.kept_basket import COOKIE, COUNT
from .factories import a_departure, a_private_tour, a_product, a_shop, a_tour, an_operator, an_order, in_days, seats

pytestmark = pytest.mark.django_db

CART = "/basket/"


@pytest.fixture
def shop(owner):
    return a_shop(owner, name_th="ร้านสมหญิง", name_en="Somying")


@pytest.fixture
def departure(shop, at, clock):
    return a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=6)


@pytest.fixture
def adult(departure):
    return departure.tour.prices.get(position=0)


def lines(client):
    """Title, quantity, total and problem of each line in the basket."""
    page = client.get(CART).context.get("page")
    return [(row.title, row.item.quantity, row.total, row.problem) for row in page.rows] if page else []


def test_what_a_tours_page_proposes_is_shown_and_not_yet_in_the_basket(shopper, departure, adult):
    child = departure.tour.prices.get(position=1)
    query = (
        f"departure={departure.public_id}&category={adult.public_id}&quantity=2&category={child.public_id}&quantity=0"
    )
    page = shopper.get(f"{CART}?{query}").context["page"]
    assert [(row.item.quantity, row.total) for row in page.rows] == [(2, "฿2,400")]
    assert (page.total, page.payee, shopper.cookies.get(COOKIE)) == ("฿2,400", departure.tour.shop.business, None)
    assert lines(shopper) == []


def test_sending_the_form_fills_the_basket_and_the_badge(shopper, departure, adult):
    answer = shopper.choose(departure=departure, category=adult, quantity=2)
    assert (answer.url, shopper.cookies[COUNT].value) == ("/checkout/details/", "2")
    assert (shopper.cookies[COOKIE]["httponly"], shopper.cookies[COUNT]["httponly"]) == (True, "")
    assert lines(shopper) == [("เดินเมืองเก่าเชียงใหม่ · ผู้ใหญ่", 2, "฿2,400", "")]


def test_the_same_line_again_is_set_and_not_added_up(shopper, departure, adult):
    for _click in range(2):
        shopper.choose(departure=departure, category=adult, quantity=2)
    assert [line[1] for line in lines(shopper)] == [2]


def test_goods_of_the_same_shop_lie_beside_the_seats_and_cost_one_shipping(shopper, shop, departure, adult):
    shopper.choose(departure=departure, category=adult, quantity=1)
    shopper.choose(variant=a_product(shop, price=35000), quantity=3)
    page = shopper.get(CART).context["page"]
    assert ([row.total for row in page.rows], page.shipping, page.total) == (["฿1,200", "฿1,050"], "฿50", "฿2,300")


def test_a_line_is_taken_out_by_its_button_and_by_zero(shopper, shop, departure, adult):
    variant = a_product(shop)
    shopper.choose(departure=departure, category=adult)
    shopper.choose(variant=variant, quantity=1)
    shopper.post(
        CART, {"shop": shop.public_id, "remove": variant.public_id, "line": variant.public_id, "quantity": "1"}
    )
    assert [line[0] for line in lines(shopper)] == ["เดินเมืองเก่าเชียงใหม่ · ผู้ใหญ่"]
    shopper.choose(departure=departure, category=adult, quantity=0)
    assert (lines(shopper), shopper.cookies[COOKIE].value) == ([], "")


@pytest.mark.parametrize(
    "quantity", ["-1", "1e9", "1.5", "NaN", "²", "２", "1000000000", "100", "0x2", "สอง", "9" * 400, "\x00"]
)
def test_6_a_quantity_that_is_none_is_said_at_its_line_and_kept_as_typed(shopper, departure, adult, quantity):
    shopper.choose(departure=departure, category=adult, quantity=1)
    answer = shopper.choose(departure=departure, category=adult, quantity=quantity)
    ((_row, typed),) = answer.context["rows"]
    assert (answer.status_code, bool(typed.error), typed.typed) == (200, True, quantity.strip()[:20])
    assert [line[1] for line in lines(shopper)] == [1]


@pytest.mark.parametrize(("quantity", "understood"), [("๒", 2), ("๑๒", 12), (" 3 ", 3)])
def test_6_thai_digits_are_digits(shopper, departure, adult, quantity, understood):
    shopper.choose(departure=departure, category=adult, quantity=quantity)
    assert [line[1] for line in lines(shopper)] == [understood]


def test_another_shop_is_paid_separately_and_nothing_is_thrown_away_unasked(shopper, departure, adult):
    shopper.choose(departure=departure, category=adult)
    foreign = a_product(a_shop(name_th="ร้านอื่น"))
    answer = shopper.choose(variant=foreign, quantity=1)
    page = shopper.get(answer.url)
    assert (page.context["other"], [row.title for row in page.context["page"].rows]) == (
        departure.tour.shop, ["ผ้าทอ · สีคราม"],
    )  # fmt: skip
    assert [line[0] for line in lines(shopper)] == ["เดินเมืองเก่าเชียงใหม่ · ผู้ใหญ่"]
    sent = {"shop": foreign.product.shop.public_id, "line": foreign.public_id, "quantity": "1", "replace": "1"}
    shopper.post(CART, sent)
    assert [line[0] for line in lines(shopper)] == ["ผ้าทอ · สีคราม"]


def test_a_tour_under_a_partner_is_paid_apart_from_the_shops_own_goods(shopper, shop, departure, adult):
    variant = a_product(shop)
    shopper.choose(variant=variant, quantity=1)
    Tour.objects.update(operator=an_operator(shop.business))
    query = {"departure": departure.public_id, "category": adult.public_id, "quantity": "1"}
    page = shopper.get(CART, query)
    assert (page.context["apart"], len(page.context["page"].rows)) == (True, 1)


# ------------------------------------------------------------------ what changed meanwhile
def test_prices_are_todays(shopper, departure, adult):
    shopper.choose(departure=departure, category=adult, quantity=1)
    PriceCategory.objects.filter(pk=adult.pk).update(price_satang=150000)
    assert [line[2] for line in lines(shopper)] == ["฿1,500"]


def test_what_is_sold_out_is_said_at_its_line(shopper, shop, departure, adult, at):
    variant = a_product(shop, stock=1)
    shopper.choose(departure=departure, category=adult, quantity=3)
    shopper.choose(variant=variant, quantity=1)
    an_order(shop, seats(departure, 5), at=at)
    Variant.objects.update(reserved=1)
    problems = [line[3] for line in lines(shopper)]
    assert [bool(problem) for problem in problems] == [True, True]
    assert "1" in problems[0]


def test_seats_of_a_hold_that_ran_out_count_as_free(shopper, departure, adult, at, clock):
    order = an_order(departure.tour.shop, seats(departure, 6), at=at)
    shopper.choose(departure=departure, category=adult, quantity=2)
    assert bool(lines(shopper)[0][3]) is True
    clock(order.expires_at)
    assert lines(shopper)[0][3] == ""


@pytest.mark.parametrize(
    "ends",
    [
        lambda shop: Tour.objects.update(status="hidden"),
        lambda shop: Departure.objects.update(status="closed"),
        lambda shop: PriceCategory.objects.update(is_active=False),
        lambda shop: shop.business.papers.all().delete(),
    ],
)
def test_what_is_no_longer_on_sale_is_said_at_its_line_and_the_rest_stays(shopper, shop, departure, adult, ends):
    shopper.choose(departure=departure, category=adult, quantity=1)
    shopper.choose(variant=a_product(shop), quantity=1)
    ends(shop)
    page = shopper.get(CART).context["page"]
    assert [(bool(row.problem), row.total) for row in page.rows] == [(True, ""), (False, "฿350")]
    assert shopper.get(reverse("checkout_details")).url == CART


def test_more_people_than_the_group_takes_are_refused_plainly(shopper, departure, adult):
    child = departure.tour.prices.get(position=1)
    Departure.objects.update(capacity=20)
    for category in (adult, child):
        shopper.choose(departure=departure, category=category, quantity=6)
    page = shopper.get(CART).context["page"]
    assert (page.is_fine, "10" in page.problem) == (False, True)


# ------------------------------------------------------------------ tampering
def test_an_unpublished_thing_is_never_shown_by_proposing_it(shopper, shop, clock):
    variant = a_product(shop, name_th="CANARY", name_en="CANARY", status=Product.Status.DRAFT)
    page = shopper.get(f"{CART}?variant={variant.public_id}&quantity=1")
    assert (page.status_code, "CANARY" in page.content.decode()) == (200, False)


def test_another_tours_category_does_not_go_with_this_departure(shopper, departure):
    foreign = a_tour(a_shop()).prices.get(position=1)
    shopper.choose(departure=departure, category=foreign, quantity=1)
    ((title, _quantity, total, problem),) = lines(shopper)
    assert (total, bool(problem), foreign.tour.name_th in title) == ("", True, False)


def test_the_shop_named_in_the_form_is_not_believed(shopper, departure, adult):
    sent = {"shop": a_shop().public_id, "line": f"{departure.public_id}.{adult.public_id}", "quantity": "1"}
    shopper.post(CART, sent)
    assert [(total, bool(problem)) for _title, _quantity, total, problem in lines(shopper)] == [("", True)]


@pytest.mark.parametrize(
    "query",
    [
        {"departure": "nothing", "category": "nothing", "quantity": "1"}, {"variant": "nothing"}, {"variant": "' OR 1=1"},
        {"departure": "x" * 5000}, {"quantity": "1"}, {"departure": ""}, {"variant": "../../../etc/passwd"},
        {"variant": "\x00"}, {"departure": "<script>", "category": "<script>", "quantity": "1"},
    ],
)  # fmt: skip
def test_a_proposal_of_nothing_is_a_page_and_no_error(shopper, query):
    assert shopper.get(CART, query).status_code == 200


@pytest.mark.parametrize("cookie", ["", "forged", "[1,2]:abc:def", "x" * 4000, '["a","b",[["c"]]]:1:2'])
def test_a_forged_cookie_is_an_empty_basket(db, clock, cookie):
    client = Client()
    client.cookies[COOKIE] = cookie
    assert client.get(CART).context.get("page") is None


def test_a_cookie_signed_elsewhere_is_not_believed(shopper, departure, adult, settings):
    shopper.choose(departure=departure, category=adult)
    settings.SECRET_KEY = "another installation"
    assert lines(shopper) == []


def test_the_basket_never_outgrows_its_cookie(shopper, shop, clock):
    for _place in range(25):
        shopper.choose(variant=a_product(shop), quantity=99)
    assert (len(shopper.cookies[COOKIE].value) < 3000, shopper.cookies[COUNT].value) == (True, "99")
    assert len(lines(shopper)) == 20


@pytest.mark.parametrize("number", [1, 3])
def test_more_lines_ask_no_more_questions(shopper, shop, departure, adult, number, django_assert_num_queries):
    shopper.choose(departure=departure, category=adult)
    for _place in range(number):
        shopper.choose(variant=a_product(shop), quantity=1)
    with django_assert_num_queries(5):
        assert len(lines(shopper)) == number + 1


def test_the_basket_is_kept_by_no_cache(shopper, clock):
    assert "no-store" in shopper.get(CART).headers["Cache-Control"]


def test_who_chose_nobody_is_led_back_to_the_tour(shopper, departure, adult):
    query = {"departure": departure.public_id, "category": adult.public_id, "quantity": "0"}
    tour = departure.tour
    assert f'href="/en/s/{tour.shop.slug}/tours/{tour.public_id}/#book"' in shopper.get("/en" + CART, query).text
    assert shopper.get(CART, {"departure": "\0" * 99}).status_code == 200


def test_too_many_of_something_keep_its_name(shopper, departure, adult):
    query = {"departure": departure.public_id, "category": adult.public_id, "quantity": "50"}
    (row,) = shopper.get("/en" + CART, query).context["page"].rows
    assert (row.title, row.item.quantity, row.total) == ("Old town walk · Adult", 50, "")
    assert row.problem == "Please choose a whole number from 1 to 10."


def test_a_private_group_is_proposed_without_the_single_seats_that_stood_there_before(shopper, shop, at, clock):
    tour = a_private_tour(shop)
    date = a_departure(tour, starts_at=in_days(at, 5))
    adult = tour.prices.get(position=0)
    query = f"departure={date.public_id}&category={adult.public_id}&quantity=1&category=private&quantity=3"
    page = shopper.get(f"{CART}?{query}").context["page"]
    assert [(row.item.category, row.item.quantity) for row in page.rows] == [("private", 3)]
    assert (page.problem, page.total) == ("", "฿8,000")


def test_who_wants_to_look_around_is_led_among_the_shops_things(shopper, shop, departure, adult):
    form = {"shop": shop.public_id, "line": f"{departure.public_id}.{adult.public_id}", "quantity": "2", "look": "1"}
    assert shopper.post("/en" + CART, form).url == f"/en/s/{shop.slug}/"
    assert [quantity for _title, quantity, _total, _problem in lines(shopper)] == [2]
    assert shopper.post(CART, form | {"quantity": "0"}).url == CART  # nothing was kept: the empty basket says so
