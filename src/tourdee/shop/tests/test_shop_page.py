"""A shop's own page and the question that a visitor may ask there; a product's page."""

import pytest
from django.test import Client
from django.urls import reverse

from tourdee.legal.models import Paper

from ..actions.enquiries import MOST_FROM_ONE_ADDRESS, MOST_TO_ONE_SHOP, TooManyQuestions, send_enquiry
from ..models import Enquiry, Product, Shop
from .factories import a_departure, a_product, a_shop, a_tour, an_operator, an_order, goods, in_days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

QUESTION = {"name": "Anna", "contact": "anna@example.org", "message": "ว่างวันไหนบ้างคะ", "website": ""}


@pytest.fixture
def shop(owner):
    return a_shop(owner, slug="somying", name_th="ร้านสมหญิง")


def read(shop, client=None):
    return (client or Client()).get(reverse("shop", args=[shop.slug]))


def ask(shop, client=None, **said):
    return (client or Client()).post(reverse("shop", args=[shop.slug]), {**QUESTION, **said})


@pytest.mark.parametrize("number", [1, 3])
def test_more_things_ask_no_more_questions(shop, at, number, django_assert_num_queries):
    for _place in range(number):
        a_departure(a_tour(shop), starts_at=in_days(at, 5))
        a_product(shop)
    with django_assert_num_queries(8):
        page = read(shop).context["page"]
    assert (len(page.tours), len(page.products)) == (number, number)


def test_a_guide_without_the_licence_has_a_profile_and_sells_no_tour(shop):
    a_tour(shop, name_th="เดินป่า")
    a_tour(shop, name_th="ทอผ้า", kind="workshop")
    Paper.objects.all().delete()
    page = read(shop).context["page"]
    assert ([card.name for card in page.tours], [card.name for card in page.profiles]) == (["ทอผ้า"], ["เดินป่า"])
    assert [(card.price, card.next_date) for card in page.profiles] == [("", "")]


def test_a_tour_under_a_partner_is_sold_only_while_the_agreement_holds(shop):
    operator = an_operator(shop.business)
    a_tour(shop, operator=operator)
    assert len(read(shop).context["page"].tours) == 1
    operator.agreements_as_operator.update(status="ended")
    assert len(read(shop).context["page"].profiles) == 1


def test_only_accepted_papers_in_force_are_shown(shop, at):
    business = shop.business
    Paper.objects.create(business=business, kind="guide_licence", number="SUBMITTED-1", submitted_at=at)
    shown = [paper.number for paper in read(shop).context["page"].papers]
    assert shown == ["51/00123"]


def test_a_draft_is_seen_by_its_owner_alone_and_a_closed_shop_says_so(shop, owner, stranger, client_of):
    a_product(shop, name_th="CANARY")
    Shop.objects.update(status=Shop.Status.DRAFT)
    seen = [read(shop, client).status_code for client in (client_of(owner), client_of(stranger), Client())]
    Shop.objects.update(status=Shop.Status.CLOSED)
    closed = read(shop)
    assert (seen, closed.status_code, "CANARY" in closed.content.decode()) == ([200, 404, 404], 200, False)


# ------------------------------------------------------------------ a question
def test_a_question_reaches_the_shop_and_its_owner(shop, deliver_events, mailoutbox):
    answer = ask(shop)
    deliver_events()
    enquiry = Enquiry.objects.get()
    assert (answer.status_code, answer.url) == (302, "/s/somying/?sent=1#ask")
    assert (enquiry.name, enquiry.contact, enquiry.message) == ("Anna", "anna@example.org", "ว่างวันไหนบ้างคะ")
    assert [(mail.to, "ว่างวันไหนบ้างคะ" in mail.body) for mail in mailoutbox] == [(["owner@example.org"], True)]


@pytest.mark.parametrize("field", ["name", "contact", "message"])
def test_a_question_without_one_part_is_kept_as_typed_and_said_at_the_field(shop, field):
    answer = ask(shop, **{field: " "})
    assert (list(answer.context["enquiry"].errors), Enquiry.objects.count()) == ([field], 0)
    assert all(words in answer.content.decode() for name, words in QUESTION.items() if name != field)


def test_a_program_that_fills_in_what_nobody_sees_is_refused(shop):
    assert list(ask(shop, website="http://spam").context["enquiry"].errors) == ["website"]
    assert Enquiry.objects.count() == 0


def test_questions_from_one_address_are_few_in_an_hour(shop):
    answers = [ask(shop).status_code for _turn in range(MOST_FROM_ONE_ADDRESS + 1)]
    assert (answers, Enquiry.objects.count()) == ([302] * MOST_FROM_ONE_ADDRESS + [200], MOST_FROM_ONE_ADDRESS)


def test_a_shop_is_not_flooded_from_many_addresses(shop, at):
    said = {"name": "A", "contact": "abc", "message": "hello", "shop": shop, "at": at}
    for number in range(MOST_TO_ONE_SHOP):
        send_enquiry(source=f"10.0.0.{number}", **said)
    with pytest.raises(TooManyQuestions):
        send_enquiry(source="10.0.1.1", **said)
    assert Enquiry.objects.count() == MOST_TO_ONE_SHOP


def test_a_closed_shop_takes_no_questions(shop):
    Shop.objects.update(status=Shop.Status.CLOSED)
    ask(shop)
    assert Enquiry.objects.count() == 0


# ------------------------------------------------------------------ a product
def test_the_products_page_shows_what_is_left_and_asks_few_questions(shop, at, django_assert_num_queries):
    variant = a_product(shop, stock=5)
    an_order(shop, goods(variant, 2), at=at)
    url = reverse("product", args=[shop.slug, variant.product.public_id])
    with django_assert_num_queries(4):
        page = Client().get(url).context["page"]
    assert [(line.price, line.left, line.chosen) for line in page.variants] == [("฿350", 3, True)]


def test_an_unpublished_product_is_seen_by_its_owner_alone(shop, owner, client_of):
    product = a_product(shop, status="draft").product
    url = reverse("product", args=[shop.slug, product.public_id])
    assert [client.get(url).status_code for client in (client_of(owner), Client())] == [200, 404]
    Product.objects.update(status="published")
    foreign = reverse("product", args=[a_shop().slug, product.public_id])
    assert [Client().get(address).status_code for address in (url, foreign)] == [200, 404]


def test_line_is_a_tap_away(shop):
    Shop.objects.update(line_id="@bang-bua")
    page = Client().get(reverse("shop", args=[shop.slug])).text
    assert 'href="https://line.me/R/ti/p/%40bang-bua"' in page
