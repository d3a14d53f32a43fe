"""Abuses of the buyer's pages, by the numbers of the table of abuses."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.urls import resolve, reverse
from django.utils import translation

from tourdee.legal.models import Business
from tourdee.people.models import Community

from ..actions.payments import record_manual_payment
from ..models import Enquiry, Order, Picture, PriceCategory, Review, Shop, Tour, Variant
from ..urls_buyer import urlpatterns
from .conftest import DETAILS
from .factories import a_departure, a_product, a_shop, a_tour, an_order, goods, in_days, seats

pytestmark = pytest.mark.django_db

CANARY = "<script>alert('canary')</script>\"'><img src=x onerror=alert(1)>"
RAW = ("<script>alert(", "<img src=x", "onerror=alert(1)>")


@pytest.fixture
def shop(owner):
    return a_shop(owner, slug="somying", community=Community.objects.create(slug="c", name_th="ชุมชน", province=50))


@pytest.fixture
def departure(shop, at, clock):
    return a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=6)


@pytest.fixture
def order(shop, departure, owner, at):
    made = an_order(shop, seats(departure, 1), goods(a_product(shop), 1), at=at)
    return record_manual_payment(order=made, by=owner, satang=made.total_satang, reference="1", at=at)


def all_addresses(shop, departure, order):
    """Every page of the buyer's half by GET, with queries that mean something."""
    product = Variant.objects.get().product
    waiting = Order.objects.exclude(pk=order.pk).first() or order
    plain = [
        reverse("market"), reverse("market_map"), reverse("wait_for_seats", args=[departure.public_id]),
        reverse("market") + "?kind=tour&sort=soon&q=a", reverse("market") + "?community=c",
        reverse("shop", args=[shop.slug]), reverse("tour", args=[shop.slug, departure.tour.public_id]),
        reverse("product", args=[shop.slug, product.public_id]), reverse("cart"),
        f"{reverse('cart')}?departure={departure.public_id}&category={departure.tour.prices.first().public_id}&quantity=1",
        f"{reverse('cart')}?variant={Variant.objects.get().public_id}&quantity=1", reverse("checkout_details"),
    ]  # fmt: skip
    of_orders = [
        reverse(name, args=[one.secret, *args])
        for one in (order, waiting)
        for name, *args in (
            ("order_status",), ("order_slip",), ("order_cancel",), ("order_review", 1), ("order_qr",), ("order_calendar", 1),
            ("order_pay",), ("order_fewer",), ("order_move", 1), ("order_details",), ("order_questions",),
        )
    ]  # fmt: skip
    return plain + of_orders


def sum_of_the_database():
    """A check sum over every row of every table."""
    total = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f'SELECT * FROM "{table}"')
            total.update(repr((table, sorted(map(repr, cursor.fetchall())))).encode())
    return total.hexdigest()


# Their rows stand in the tests beside what they show: chat orders, waiting parties, gateways, receipts.
CRAWLED_ELSEWHERE = {
    "exchange_receipt", "order_receipt", "pay_link", "play_bank", "waiting_again", "waiting_leave", "waiting_place",
}  # fmt: skip


def test_the_crawl_knows_every_address(shop, departure, order):
    crawled = {resolve(address.split("?")[0]).url_name for address in all_addresses(shop, departure, order)}
    assert {pattern.name for pattern in urlpatterns} - crawled == CRAWLED_ELSEWHERE


def test_47_a_crawl_with_get_changes_no_row(shopper, shop, departure, order, at):
    an_order(shop, seats(departure, 1), at=at)
    shopper.choose(departure=departure, category=departure.tour.prices.first(), quantity=1)
    before = sum_of_the_database()
    for address in all_addresses(shop, departure, order):
        for prefix in ("", "/en"):
            assert shopper.get(prefix + address).status_code in {200, 302, 404}, address
            shopper.head(prefix + address)
    assert sum_of_the_database() == before


def test_47_forms_without_their_token_are_refused(departure, shop, order):
    careful = Client(enforce_csrf_checks=True)
    for address in ("cart", "checkout_details"):
        assert careful.post(reverse(address), {"shop": shop.public_id}).status_code == 403
    for address in ("order_slip", "order_cancel"):
        assert careful.post(reverse(address, args=[order.secret])).status_code == 403
    assert careful.post(reverse("shop", args=[shop.slug]), {"name": "x"}).status_code == 403
    order.refresh_from_db()
    assert order.status == "confirmed"


def fill_with_canaries(shop, departure, order):
    """Every text that anybody can type into what these pages show."""
    texts = {"name_th": CANARY, "name_en": CANARY}
    long = {f"{field}_{code}": CANARY for field in ("description",) for code in ("th", "en")}
    tour_fields = ("summary", "included", "excluded", "transport", "meeting_point")
    Tour.objects.update(
        **texts, **long, **{f"{field}_{code}": CANARY for field in tour_fields for code in ("th", "en")}
    )
    Tour.objects.update(languages=[CANARY])
    Shop.objects.update(**texts, story_th=CANARY, story_en=CANARY, line_id=CANARY[:60], phone=CANARY[:16])
    Business.objects.update(name=CANARY, address=CANARY, promptpay_name=CANARY)
    PriceCategory.objects.update(name_th=CANARY[:80], name_en=CANARY[:80])
    product = Variant.objects.get().product
    type(product).objects.update(**texts, **long, unit_th=CANARY[:40], unit_en=CANARY[:40])
    Variant.objects.update(name_th=CANARY[:80], name_en=CANARY[:80])
    Community.objects.update(**texts)
    Picture.objects.create(tour=departure.tour, path=CANARY, width=1, height=1, alt_th=CANARY, alt_en=CANARY)
    order.lines.update(**texts)
    order.notes.update(text_th=CANARY, text_en=CANARY)
    Order.objects.update(
        buyer_name=CANARY, address=CANARY, note=CANARY, payee_name=CANARY, tracking_number=CANARY[:30], carrier=CANARY[:40],
        payee_promptpay="<img src=x>"[:15],
    )  # fmt: skip
    for line in order.lines.all():
        owned = {"tour": departure.tour} if line.departure_id else {"product": product}
        Review.objects.create(line=line, stars=5, text=CANARY, name=CANARY[:80], at=order.placed_at, **owned)


def test_27_no_text_becomes_part_of_a_page(shopper, shop, departure, order, at):
    an_order(shop, seats(departure, 1), at=at)
    fill_with_canaries(shop, departure, order)
    shopper.choose(departure=departure, category=departure.tour.prices.first(), quantity=1)
    seen = 0
    for address in all_addresses(shop, departure, order):
        for prefix in ("", "/en"):
            answer = shopper.get(prefix + address)
            if answer.headers["Content-Type"].startswith("text/html"):
                text = answer.content.decode()
                assert [raw for raw in RAW if raw in text] == [], address
                seen += "canary" in text
    assert seen >= 16


def test_27_what_was_typed_wrong_is_shown_again_as_text(shopper, shop, departure):
    shopper.choose(departure=departure, category=departure.tour.prices.first(), quantity=1)
    answers = [
        shopper.details(name=CANARY, phone=CANARY, email=CANARY, note=CANARY),
        shopper.choose(departure=departure, category=departure.tour.prices.first(), quantity=CANARY),
        shopper.post(reverse("shop", args=[shop.slug]), {"name": CANARY, "contact": CANARY, "message": ""}),
        shopper.get(reverse("market"), {"q": CANARY, "day": CANARY, "province": CANARY, "kind": CANARY}),
    ]
    texts = [answer.content.decode() for answer in answers]
    assert [raw for raw in RAW for text in texts if raw in text] == []
    assert all("&lt;" in text for text in texts)


def test_27_pages_carry_no_script_style_or_handler_of_their_own(shopper, shop, departure, order):
    shopper.choose(departure=departure, category=departure.tour.prices.first(), quantity=1)
    own = re.compile(
        r"<script(?![^>]*\ssrc=)(?! type=\"application/ld\+json\">)|<style|\sstyle=|\son[a-z]+=|javascript:"  # data is no script
    )
    for address in all_addresses(shop, departure, order):
        text = shopper.get(address).content.decode(errors="replace")
        assert own.findall(text) == [], address


def test_44_nothing_redirects_to_another_site(shopper, shop, departure, order):
    evil = [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "%0d%0aX: y",
    ]
    for target in evil:
        hidden = {"next": target, "url": target, "return": target, "Referer": target}
        answers = [shopper.get(reverse(name), hidden) for name in ("market", "cart", "checkout_details")]
        answers += [shopper.post(reverse(name), hidden) for name in ("cart", "checkout_details")]
        answers += [shopper.post(reverse("order_cancel", args=[order.secret]), hidden)]
        to = [answer.url for answer in answers if answer.status_code == 302]
        assert all(url.startswith("/") and not url.startswith(("//", "/\\")) for url in to), to


def test_46_personal_pages_are_kept_by_nobody(shopper, departure, order):
    shopper.choose(departure=departure, category=departure.tour.prices.first(), quantity=1)
    for address in (reverse("cart"), reverse("checkout_details"), reverse("order_status", args=[order.secret])):
        assert "no-store" in shopper.get(address).headers["Cache-Control"], address


def test_46_a_signed_in_persons_tour_page_is_not_given_to_others(departure, shop, owner, client_of):
    address = reverse("tour", args=[shop.slug, departure.tour.public_id])
    own = client_of(owner).get(address)
    assert "no-store" in own.headers["Cache-Control"]
    assert reverse("account_login") in Client().get(address).content.decode()


def test_46_the_language_of_one_visitor_is_not_shown_to_the_next(departure, shop):
    address = reverse("tour", args=[shop.slug, departure.tour.public_id])
    pages = [Client(headers={"accept-language": language}).get(address).content for language in ("en", "th", "de")]
    assert pages[0] == pages[1] == pages[2]


@pytest.mark.parametrize("number", ["1", "0", "-1", "9" * 30, "nothing", "%00"])
def test_23_unknown_things_are_404_and_never_500(shop, departure, number):
    addresses = [
        f"/s/{number}/",
        f"/s/{shop.slug}/tours/{number}/",
        f"/s/{shop.slug}/products/{number}/",
        f"/o/{number}/",
    ]
    assert {Client().get(address).status_code for address in addresses} == {404}


def test_25_fields_of_the_row_posted_beside_the_form_change_nothing(shopper, shop, departure):
    shopper.choose(departure=departure, category=departure.tour.prices.first(), quantity=1)
    fields = {field.name: "1" for field in Order._meta.fields} | DETAILS
    order = shopper.order(**{name: value for name, value in fields.items() if name not in ("address", "note")})
    assert (order.status, order.paid_satang, order.refund_due_satang, order.shop) == ("awaiting_payment", 0, 0, shop)
    row = {field.name: "1" for field in Enquiry._meta.fields} | {"name": "A", "contact": "abc", "message": "hello"}
    Client().post(reverse("shop", args=[shop.slug]), row)
    kept = Enquiry.objects.get()
    assert (kept.name, kept.message, kept.shop, kept.public_id == "1") == ("A", "hello", shop, False)


def test_53_deceiving_characters_are_refused_where_names_are_typed(shopper, shop, departure):
    shopper.choose(departure=departure, category=departure.tour.prices.first(), quantity=1)
    for text in ("Anna\u202egreB", "A\x00B", "A\u200fB"):
        assert set(shopper.details(name=text).context["form"].errors) == {"name"}, ascii(text)


def test_the_pages_are_light():
    """All style and script of the first view, packed; pictures and letters come on top of it."""
    files = [Path(finders.find(f"core/tourdee.{kind}")) for kind in ("css", "js")]
    assert sum(len(gzip.compress(file.read_bytes(), 6)) for file in files) <= 40_000


def test_every_page_has_its_own_title(shopper, shop, departure, order):
    shopper.choose(departure=departure, category=departure.tour.prices.first(), quantity=1)
    with translation.override("th"):
        pages = [
            answer for answer in map(shopper.get, all_addresses(shop, departure, order)) if answer.status_code == 200
        ]
    titles = [re.search(r"<title>(.*?)</title>", page.content.decode(errors="replace")) for page in pages]
    assert all(title is None or not title[1].startswith("TourDee ·") for title in titles)
