"""What is shared and found: linked data, pictures of links, short links, posters, the wish list, what is sold out."""

import json
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from ..actions.sharing import short_link_of
from ..actions.stock_notes import ask_for_stock, tell_of_stock
from ..models import Product, ShortLink, StockNote, Tour, Variant
from ..queries.english import missing_english
from .factories import a_departure, a_product, a_shop, a_tour, in_days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def path_of(item, prefix=""):
    name = "tour" if isinstance(item, Tour) else "product"
    with translation.override("th"):
        return prefix + reverse(name, args=[item.shop.slug, item.public_id])


def linked_data(client, path):
    page = client.get(path).content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])


def kinds(things):
    return [thing["@type"] for thing in things]


# ------------------------------------------------------------------ linked data
def test_a_tour_is_a_trip_and_a_product_with_an_offer_for_each_price(client, at):
    tour = a_tour()
    a_departure(tour, starts_at=in_days(at, 5))
    trip, product, crumbs = linked_data(client, path_of(tour))
    assert kinds([trip, product, crumbs]) == ["TouristTrip", "Product", "BreadcrumbList"]
    assert [(one["name"], one["price"], one["availability"]) for one in trip["offers"]] == [
        ("ผู้ใหญ่", "1200.00", "https://schema.org/InStock"),
        ("เด็ก", "600.00", "https://schema.org/InStock"),
        ("ทารก", "0.00", "https://schema.org/InStock"),
    ]
    assert product["url"] == f"http://testserver{path_of(tour)}"


def test_a_tour_without_a_licence_is_described_and_not_offered(client, at):
    tour = a_tour(a_shop(), name_th="ทางเดินเขา")
    tour.shop.business.papers.all().delete()
    things = linked_data(client, path_of(tour))
    assert kinds(things) == ["TouristTrip", "BreadcrumbList"]
    assert "offers" not in things[0]


def test_only_a_workshop_with_a_date_and_a_place_is_an_event(client, at):
    workshop = a_tour(kind="workshop")
    a_departure(workshop, starts_at=in_days(at, 5), capacity=2, taken=2)
    event = linked_data(client, path_of(workshop))[2]
    assert (event["@type"], event["startDate"], event["location"]["name"]) == (
        "Event", "2026-11-28T05:00:00+00:00", "ประตูท่าแพ",
    )  # fmt: skip
    assert event["offers"][0]["availability"] == "https://schema.org/SoldOut"


def test_a_product_has_an_offer_a_kind_with_its_stock(client):
    variant = a_product(stock=0)
    product, _crumbs = linked_data(client, path_of(variant.product))
    assert [(one["price"], one["availability"]) for one in product["offers"]] == [
        ("350.00", "https://schema.org/SoldOut")
    ]


def test_a_name_cannot_break_out_of_the_data_block(client):
    evil = "</script><script>alert(1)</script>"
    variant = a_product(name_th=evil)
    page = client.get(path_of(variant.product)).content.decode()
    assert linked_data(client, path_of(variant.product))[0]["name"] == evil
    assert "<script>alert" not in page


def test_a_page_names_its_address_in_both_languages(client, at):
    tour = a_tour()
    page = client.get(path_of(tour, "/en")).content.decode()
    path = path_of(tour)
    assert f'<link rel="canonical" href="http://testserver/en{path}">' in page
    assert f'hreflang="th" href="http://testserver{path}">' in page
    assert f'hreflang="en" href="http://testserver/en{path}">' in page


# ------------------------------------------------------------------ the picture of a link
def picture_of(client, path):
    return re.search(r'og:image" content="http://testserver([^"]+)"', client.get(path).content.decode())[1]


def test_a_shared_link_has_a_picture_that_is_drawn_once(client, monkeypatch):
    import pyvips

    tour = a_tour()
    address = picture_of(client, path_of(tour))
    drawn = b"".join(client.get(address).streaming_content)
    picture = pyvips.Image.new_from_buffer(drawn, "")
    assert (picture.width, picture.height) == (1200, 630)
    monkeypatch.setattr("tourdee.shop.views.buyer.sharing.draw_share_picture", None)
    again = client.get(address)
    assert b"".join(again.streaming_content) == drawn
    assert again["Cache-Control"] == "public, max-age=31536000, immutable"


def test_seats_that_come_and_go_make_no_new_picture_and_a_new_price_does(client, at):
    tour = a_tour()
    before = picture_of(client, path_of(tour))
    a_departure(tour, starts_at=in_days(at, 5))
    Tour.objects.update(version=7)
    assert picture_of(client, path_of(tour)) == before
    tour.prices.filter(position=0).update(price_satang=99000)
    Tour.objects.update(version=8)
    assert picture_of(client, path_of(tour)) != before


def test_nobody_has_pictures_drawn_at_will(client):
    tour = a_tour()
    asked = reverse("share_picture", args=["tour", tour.public_id, "0" * 20])
    assert client.get(asked).url == picture_of(client, path_of(tour))
    tour.status = Tour.Status.HIDDEN
    tour.save()
    assert client.get(asked).status_code == 404


# ------------------------------------------------------------------ short links and posters
def test_a_short_link_stays_the_same_and_leads_to_the_page_in_the_visitors_language(client):
    tour = a_tour()
    link = short_link_of(tour)
    assert short_link_of(tour) == link
    assert client.get(f"/t/{link.code}/").url == path_of(tour)
    assert client.get(f"/t/{link.code.upper()}/", headers={"accept-language": "en"}).url == path_of(tour, "/en")
    Tour.objects.update(status="hidden")
    assert client.get(f"/t/{link.code}/").url == reverse("shop", args=[tour.shop.slug])
    assert client.get("/t/nothing/").status_code == 404


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_a_seller_prints_a_poster_of_a_tour_a_product_and_the_shop(client_of, owner, size):
    shop = a_shop(owner)
    items = [("tour", a_tour(shop)), ("product", a_product(shop).product), ("shop", shop)]
    for kind, item in items:
        answer = client_of(owner).get(reverse("poster", args=[kind, item.public_id, size, "th"]))
        assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_nobody_shares_anothers_draft(client_of, stranger, owner):
    tour = a_tour(a_shop(owner), status="draft")
    for name, more in (("share_item", []), ("poster", ["a4", "th"])):
        assert client_of(stranger).get(reverse(name, args=["tour", tour.public_id, *more])).status_code == 404
    assert ShortLink.objects.count() == 0


def test_the_share_page_offers_link_text_and_posters(client_of, owner):
    tour = a_tour(a_shop(owner))
    page = client_of(owner).get(reverse("share_item", args=["tour", tour.public_id]))
    code = ShortLink.objects.get(tour=tour).code
    assert page.context["text"] == f"เดินเมืองเก่าเชียงใหม่\nเชียงใหม่ · 3 ชม.\n฿1,200 ต่อคน\nhttp://testserver/t/{code}/"


# ------------------------------------------------------------------ the wish list
def test_wishes_of_several_shops_are_kept_on_the_phone_without_an_account():
    browser, tour, product = Client(), a_tour(), a_product().product
    for wish in (f"t.{tour.public_id}", f"p.{product.public_id}"):
        browser.post(reverse("wish_list"), {"keep": wish})
    page = browser.get(reverse("wish_list"))
    assert [card.name for _wish, card in page.context["cards"]] == ["ผ้าทอ", "เดินเมืองเก่าเชียงใหม่"]
    assert browser.cookies["wishlist"]["max-age"] == 31536000
    browser.post(reverse("wish_list"), {"drop": f"p.{product.public_id}"})
    assert [wish for wish, _card in browser.get(reverse("wish_list")).context["cards"]] == [f"t.{tour.public_id}"]


def test_opening_the_wish_list_keeps_nothing_by_itself(client):
    tour = a_tour()
    page = client.get(reverse("wish_list"), {"keep": f"t.{tour.public_id}"})
    assert [wish for wish, _card in page.context["proposed"]] == [f"t.{tour.public_id}"]
    assert "wishlist" not in page.cookies


def test_what_is_no_longer_on_sale_is_said_and_can_be_dropped(client):
    tour = a_tour()
    client.post(reverse("wish_list"), {"keep": f"t.{tour.public_id}"})
    Tour.objects.update(status="hidden")
    page = client.get(reverse("wish_list"))
    assert (page.context["cards"], page.context["gone"]) == ([], [f"t.{tour.public_id}"])


@pytest.mark.parametrize("cookie", ["", "x", "t.1~p.2", "t.' OR 1=1", "~" * 5000, "t." + "a" * 16 + "~<b>"])
def test_a_forged_wish_list_is_an_empty_one(client, cookie):
    client.cookies["wishlist"] = cookie
    assert client.get(reverse("wish_list")).context["cards"] == []


@pytest.mark.parametrize("number", [1, 3])
def test_however_long_the_wish_list_it_asks_four_questions(client, at, number, django_assert_num_queries):
    wishes = [f"t.{a_departure(starts_at=in_days(at, 3)).tour.public_id}" for _ in range(number)]
    wishes += [f"p.{a_product().product.public_id}" for _ in range(number)]
    client.cookies["wishlist"] = "~".join(wishes)
    with django_assert_num_queries(4):
        client.get(reverse("wish_list"))


# ------------------------------------------------------------------ sold out
def test_a_full_date_says_so_and_names_the_next(client, at):
    tour = a_tour()
    a_departure(tour, starts_at=in_days(at, 3), capacity=2, taken=2)
    a_departure(tour, starts_at=in_days(at, 5))
    words = "พฤ. 26 พ.ย. 2569 เต็มแล้ว รอบถัดไปที่ยังว่าง ส. 28 พ.ย. 2569"
    assert words in client.get(path_of(tour)).content.decode()
    assert "26 พ.ย. 2569 เต็มแล้ว รอบถัดไป" in client.get(reverse("market")).content.decode()


def test_a_date_with_seats_is_not_called_full(client, at):
    tour = a_tour()
    a_departure(tour, starts_at=in_days(at, 3))
    assert "เต็มแล้ว" not in client.get(path_of(tour)).content.decode()


def test_who_asked_hears_once_when_a_sold_out_product_is_there_again(client, at, deliver_events):
    variant = a_product(stock=0)
    for _ in range(2):
        client.post(path_of(variant.product), {"email": "anna@example.org"})
    assert (StockNote.objects.count(), tell_of_stock(at)) == (1, 0)
    Variant.objects.update(stock=3)
    assert [tell_of_stock(at) for _ in range(2)] == [1, 0]
    deliver_events()
    assert [(one.to, one.subject) for one in mail.outbox] == [(["anna@example.org"], "ผ้าทอ มีของแล้ว")]
    assert path_of(variant.product) in mail.outbox[0].body


def test_who_was_told_is_forgotten_after_a_month(at):
    product = a_product(stock=1).product
    ask_for_stock(product=product, email="anna@example.org", language="en", source="1.2.3.4", at=at)
    tell_of_stock(at)
    tell_of_stock(in_days(at, 31))
    assert StockNote.objects.count() == 0


def test_a_letter_that_could_not_be_sent_is_sent_later(at, monkeypatch):
    ask_for_stock(product=a_product().product, email="anna@example.org", language="th", source="1.2.3.4", at=at)

    def broken(**_letter):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr("tourdee.shop.actions.stock_notes.mail.post", broken)
        assert tell_of_stock(at) == 0
    assert tell_of_stock(at) == 1


def test_a_bad_address_and_a_program_are_refused_at_the_field(client):
    variant = a_product(stock=0)
    for sent in ({"email": "anna"}, {"email": "anna@example.org", "website": "x"}):
        assert client.post(path_of(variant.product), sent).status_code == 200
    assert StockNote.objects.count() == 0


# ------------------------------------------------------------------ Thai and English
def test_a_seller_sees_which_english_is_missing(client_of, owner):
    tour = a_tour(a_shop(owner))
    assert [str(one) for one in missing_english(tour)] == ["คำอธิบายสั้น", "รายละเอียด", "จุดนัดพบ"]
    page = client_of(owner).get(reverse("my_tour", args=[tour.public_id])).content.decode()
    assert "ยังไม่มีภาษาอังกฤษ: คำอธิบายสั้น, รายละเอียด, จุดนัดพบ" in page
    Product.objects.all().delete()


def test_an_english_page_says_politely_where_there_is_only_thai(client):
    tour = a_tour()
    page = client.get(path_of(tour, "/en")).content.decode()
    assert "The seller wrote this in Thai only." in page
    assert '<p class="pre" lang="th">วัด ตลาด และกาแฟ</p>' in page
    tour.description_en = "Temples, a market, coffee"
    tour.version += 1
    tour.save()
    assert "in Thai only" not in client.get(path_of(tour, "/en")).content.decode()
