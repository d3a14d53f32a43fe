"""The seller's books as pages and files: what they say, how little they ask of the database, whose they are."""

import pytest
from django.urls import reverse

from ..actions.money import record_manual_payment
from ..actions.orders import cancel_order, record_refund
from ..models import Departure, Order, Posting
from .factories import a_departure, a_shop, a_tour, an_order, in_days, seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=40)


def sell(shop, departure, at, number=1):
    order = an_order(shop, seats(departure, 2), at=at)
    record_manual_payment(order=order, by=shop.owner, satang=240000, reference=str(number), at=at)
    return Order.objects.get(pk=order.pk)


@pytest.fixture
def browser(owner, client_of, clock):
    return client_of(owner)


@pytest.fixture
def busy(shop, departure, at, owner):
    """Sold twice today; one of them cancelled, and half of what is owed paid back."""
    sell(shop, departure, at)
    order = sell(shop, departure, at, 2)
    cancel_order(order=order, by="seller", at=at)
    record_refund(order=order, satang=100000, reference="R", by=owner, at=at)


def test_the_month_shows_what_was_sold_received_and_paid_back(busy, browser):
    page = browser.get(reverse("my_books")).context
    total = page["total"]
    assert (total.sold, total.received_total, total.refunded, total.owed) == (240000, 480000, 100000, 140000)
    assert [(str(label), satang) for label, satang in page["stands"]] == [
        ("ธนาคารและพร้อมเพย์", 380000),
        ("เงินที่ต้องคืน", 140000),
    ]


def test_the_balance_runs_through_the_entries_of_the_account(busy, browser):
    entries = list(browser.get(reverse("my_books")).context["page"])
    assert [(entry.words, entry.change, entry.balance) for entry in entries] == [
        ("คืนแล้ว", -100000, 380000),
        ("ขายและรับเงินแล้ว", 240000, 480000),
        ("ขายและรับเงินแล้ว", 240000, 240000),
    ]
    owed = browser.get(reverse("my_books"), {"account": "refunds"}).context["page"]
    assert [entry.balance for entry in owed] == [-140000, -240000]


def test_a_month_begins_with_what_the_months_before_left(busy, client_of, shop, departure, at, clock):
    later = in_days(at, 30)
    clock(later)
    sell(shop, a_departure(departure.tour, starts_at=in_days(later, 5)), later, 3)
    browser = client_of(shop.owner)
    assert [entry.balance for entry in browser.get(reverse("my_books")).context["page"]] == [620000]
    assert browser.get(reverse("my_books"), {"month": "2026-11"}).context["page"].paginator.count == 3


def test_a_day_of_the_month_can_be_looked_at(busy, browser):
    found = browser.get(reverse("my_books"), {"month": "2026-11", "day": "2026-11-23"}).context
    assert (found["day"].isoformat(), found["page"].paginator.count) == ("2026-11-23", 3)
    assert (
        browser.get(reverse("my_books"), {"month": "2026-11", "day": "2026-11-22"}).context["page"].paginator.count == 0
    )


@pytest.mark.parametrize("typed", ["2026-13", "x", "1999-01", "2026-1", "9999-12"])
def test_a_month_that_is_none_does_not_exist(shop, browser, typed):
    assert browser.get(reverse("my_books"), {"month": typed}).status_code == 404


def test_the_days_add_up_to_the_month(busy, browser, shop, departure, at):
    sell(shop, departure, in_days(at, 1), 3)
    lines = browser.get(reverse("my_days")).context["lines"]
    assert [(line.day.day, line.sold, line.ways(), line.refunded, line.owed) for line in lines] == [
        (23, 240000, [480000, 0, 0], 100000, 140000),
        (24, 240000, [240000, 0, 0], 0, 140000),
    ]


def test_on_a_telephone_a_day_shows_only_what_it_had(busy, browser):
    """Six lines of dashes a day hide the one that says something."""
    page = browser.get(reverse("my_days")).content.decode()
    assert 'class="end num nil">–' in page
    assert page.count("–</td>") == page.count('nil">–</td>')


def test_the_entries_can_be_taken_away(busy, browser):
    text = browser.get(reverse("my_books_file", args=["csv"])).content.decode("utf-8-sig")
    assert text.splitlines()[1].split(",")[2:] == [
        "ขายและรับเงินแล้ว", "ธนาคารและพร้อมเพย์", "ขายทัวร์และเวิร์กช็อป", "2400.00", "2400.00", "2400.00",
    ]  # fmt: skip
    assert browser.get(reverse("my_books_file", args=["xlsx"])).content.startswith(b"PK")
    assert browser.get(reverse("my_days_file", args=["csv"])).content.decode("utf-8-sig").splitlines()[1] == (
        "2026-11-23,2400.00,4800.00,0.00,0.00,1000.00,1400.00"
    )
    assert browser.get(reverse("my_books_file", args=["exe"])).status_code == 404


@pytest.mark.parametrize(("name", "number"), [("my_books", 1), ("my_books", 3), ("my_days", 1), ("my_days", 3)])
def test_more_entries_ask_no_more_questions(shop, departure, browser, at, name, number, django_assert_num_queries):
    for place in range(number):
        sell(shop, departure, at, place)
    questions = {"my_books": 10, "my_days": 7}[name]
    with django_assert_num_queries(questions):
        browser.get(reverse(name))


def test_nobody_sees_the_books_of_others(busy, client_of, stranger, clock):
    other = a_shop(stranger)
    browser = client_of(stranger)
    page = browser.get(reverse("my_books")).context
    assert (page["total"].sold, list(page["page"]), page["stands"]) == (0, [], [])
    assert browser.get(reverse("my_days")).context["lines"] == []
    assert other.business.postings.count() == 0


def test_who_sells_nothing_is_led_to_open_a_shop(client_of, stranger):
    assert client_of(stranger).get(reverse("my_books")).url == reverse("my_shop")


def test_a_payout_of_the_gateway_is_recorded_and_the_fee_with_it(shop, browser):
    typed = {"satang": "970", "fee_satang": "30", "reference": "tr_1"}
    assert browser.post(reverse("record_payout"), typed).status_code == 302
    assert list(Posting.objects.values_list("debit", "credit", "satang")) == [
        ("bank", "gateway", 97000),
        ("fees", "gateway", 3000),
    ]
    again = browser.post(reverse("record_payout"), typed | {"satang": "980"})
    assert again.context["form"].errors["satang"] == ["บันทึกเงินโอนเลขอ้างอิงนี้ไว้แล้ว แต่ยอดไม่ตรงกัน"]
    assert again.context["form"]["satang"].value() == "980"


def test_everything_agrees_until_it_does_not(busy, browser, departure):
    assert browser.get(reverse("my_check")).context["findings"] == []
    Departure.objects.filter(pk=departure.pk).update(taken=7)
    found = browser.get(reverse("my_check")).context["findings"]
    assert [(one.title, one.is_now, one.should_be) for one in found] == [("จำนวนที่นั่งของรอบไม่ตรงกับการจอง", "7", "2")]


def test_a_seller_checks_only_the_own_shop_and_the_host_all(busy, departure, client_of, stranger, clock):
    a_shop(stranger)
    Departure.objects.filter(pk=departure.pk).update(taken=7)
    browser = client_of(stranger)
    assert browser.get(reverse("my_check")).context["findings"] == []
    assert browser.get(reverse("host_check")).status_code == 404
    stranger.is_host = True
    stranger.save()
    found = client_of(stranger).get(reverse("host_check")).context["findings"]
    assert [str(one.difference) for one in found] == [f"departure {departure.public_id}: seats taken is 7, should be 2"]


def test_the_seller_says_whether_money_came_and_went_in_cash(shop, departure, browser, at):
    order = an_order(shop, seats(departure, 2), at=at)
    paid = {"satang": "2500", "how": "cash", "reference": "ที่ท่าเรือ"}
    browser.post(reverse("record_payment", args=[order.code]), paid)
    browser.post(reverse("record_refund", args=[order.code]), {"satang": "100", "way": "cash", "reference": "เงินทอน"})
    assert list(order.postings.values_list("debit", "credit", "satang")) == [
        ("cash", "refunds", 10000),
        ("cash", "tours", 240000),
        ("refunds", "cash", 10000),
    ]
