"""Days that lie farther ahead than a list is long: guests and sellers get to every one of them."""

import pytest
from django.test import Client
from django.urls import reverse

from tourdee.core.dates import bangkok_day
from tourdee.core.prepared import MOMENT, Prepared

from ..actions.money import record_manual_payment
from ..actions.search import index_missing
from ..forms.days import day_asked
from ..models import Departure, Order
from ..queries.moves import date_to_move_to, dates_to_move_to
from ..queries.storefront.tour_parts import _starts_question
from . import factories as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


QUERIES = "tourdee.shop.queries"
LIMITS = [
    f"{QUERIES}.storefront.tour_parts.MAX_DATES", f"{QUERIES}.moves.MOST_DATES",
    f"{QUERIES}.change_pages.MOST_DATES", f"{QUERIES}.in_person.MOST_DATES", "tourdee.shop.views.seller.in_person.MOST_DATES",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _short_lists(monkeypatch):
    """Lists of three, so that seven days are many. The question that is written once is written anew."""
    for limit in LIMITS:
        monkeypatch.setattr(limit, 3)
    starts = Prepared(_starts_question, tour=1, opens_from=MOMENT, at=MOMENT)
    monkeypatch.setattr(f"{QUERIES}.storefront.tour_parts.STARTS", starts)


@pytest.fixture
def week(owner, at):
    """A tour on seven days, from the second day on."""
    tour = f.a_tour(f.a_shop(owner))
    return [f.a_departure(tour, starts_at=f.in_days(at, day), capacity=5) for day in range(2, 9)]


@pytest.fixture
def order(week, at):
    return f.an_order(week[0].tour.shop, f.seats(week[0], 2), at=at)


def ids(departures):
    return [one.public_id for one in departures]


def day(departure):
    return bangkok_day(departure.starts_at)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("2026-12-05", True),
        ("5/12/2569", True),
        ("2026-11-23", False),
        ("2026-11-22", False),
        ("x", False),
        ("", False),
    ],
)
def test_only_a_day_ahead_is_asked_for(at, typed, understood):
    assert (day_asked(typed, bangkok_day(at)) is not None) == understood


def test_a_tours_page_leads_on_to_its_later_days_and_back(week):
    tour = week[0].tour
    address = reverse("tour", args=[tour.shop.slug, tour.public_id])

    def seen(since):
        page = Client().get(address, {"from": since} if since else {}).context["page"]
        return ids(page.dates), page.more_since

    first, onward = seen("")
    assert (first, onward) == (ids(week[:3]), day(week[2]))
    second, onward = seen(onward.isoformat())
    assert (second, onward) == (ids(week[2:5]), day(week[4]))
    assert seen(day(week[5]).isoformat()) == (ids(week[5:]), None)
    shown = Client().get(address, {"from": day(week[5]).isoformat()}).content.decode()
    assert f'href="{address}#book"' in shown


def test_a_page_of_later_days_is_given_to_nobody_who_did_not_ask_for_it(week):
    tour = week[0].tour
    address, browser = reverse("tour", args=[tour.shop.slug, tour.public_id]), Client()
    usual = browser.get(address).content
    assert browser.get(address, {"from": day(week[5]).isoformat()}).content != usual
    assert browser.get(address).content == usual


def test_after_the_last_day_the_page_says_so_and_leads_back(week):
    tour = week[0].tour
    address = reverse("tour", args=[tour.shop.slug, tour.public_id])
    said = Client().get(address, {"from": "2027-06-01"}).content.decode()
    assert "ตั้งแต่ 1 มิ.ย. 2570 เป็นต้นไปยังไม่ได้กำหนดวัน" in said
    assert f'href="{address}#book"' in said


def test_what_the_market_found_for_a_day_begins_with_that_day(week):
    tour, wanted = week[0].tour, day(week[5]).isoformat()
    index_missing()
    said = Client().get(reverse("market"), {"kind": "tour", "day": wanted}).content.decode()
    address = f"{reverse('tour', args=[tour.shop.slug, tour.public_id])}?from={wanted}"
    assert f'href="{address}"' in said
    assert Client().get(address).context["page"].dates[0].public_id == week[5].public_id


def test_guests_move_to_any_later_day(week, at, order):
    lines = list(order.lines.select_related("departure__tour"))
    assert ids(dates_to_move_to(lines, at)) == ids(week[1:4])
    assert ids(dates_to_move_to(lines, at, since=day(week[4]))) == ids(week[4:])
    assert date_to_move_to(lines, week[6].public_id, at) == week[6]
    full = week[5]
    Departure.objects.filter(pk=full.pk).update(taken=4)
    assert date_to_move_to(lines, full.public_id, at) is None


def test_a_private_party_is_offered_only_days_that_nobody_has_booked(owner, at):
    tour = f.a_private_tour(f.a_shop(owner))
    mine, empty, begun = (f.a_departure(tour, starts_at=f.in_days(at, day)) for day in (5, 6, 7))
    order = f.an_order(tour.shop, f.a_whole_departure(mine, 3), at=at)
    f.an_order(tour.shop, f.seats(begun, 1), at=at)
    lines = list(order.lines.select_related("departure__tour"))
    assert ids(dates_to_move_to(lines, at)) == [empty.public_id]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["buyer", "seller"])
def test_the_pages_of_moving_lead_on_and_keep_the_day_while_choosing(who, owner, client_of, at, clock):
    tour = f.a_tour(f.a_shop(owner))
    week = [f.a_departure(tour, starts_at=f.in_days(at, day), capacity=5) for day in range(4, 11)]
    order = f.an_order(tour.shop, f.seats(week[0], 2), at=at)
    record_manual_payment(order=order, by=owner, satang=order.total_satang, reference="x", at=at)
    browser, address = {
        "buyer": (Client(), reverse("order_move", args=[order.secret, 1])),
        "seller": (client_of(owner), reverse("my_order_move", args=[order.code, 1])),
    }[who]
    first = browser.get(address)
    assert (ids(first.context["wanted"].dates), first.context["wanted"].more_since) == (ids(week[1:4]), day(week[3]))
    assert f'href="?from={day(week[3]).isoformat()}"' in first.content.decode()
    asked = {"from": day(week[3]).isoformat(), "to": week[6].public_id}
    chosen = browser.get(address, asked)
    assert (ids(chosen.context["wanted"].dates), chosen.context["wanted"].quote.departure) == (ids(week[3:6]), week[6])
    assert f'name="from" value="{asked["from"]}"' in chosen.content.decode()
    browser.post(address, {"to": week[6].public_id, "difference": "0"})
    assert Order.objects.get().lines.get().departure == week[6]


def test_a_seller_gets_to_any_day_to_sell_it(week, owner, client_of, at):
    seller, address = client_of(owner), reverse("sell_in_person")
    first = seller.get(address, {"name": "คุณแนน"})
    assert (ids(first.context["departures"]), first.context["more_since"]) == (ids(week[:3]), day(week[2]))
    later = seller.get(address, {"from": day(week[5]).isoformat(), "name": "คุณแนน"})
    assert (ids(later.context["departures"]), later.context["more_since"]) == (ids(week[5:]), None)
    assert f"?departure={week[6].public_id}&amp;name=" in later.content.decode()
    nothing = seller.get(address, {"from": "2027-06-01"}).content.decode()
    assert "ตั้งแต่ 1 มิ.ย. 2570 เป็นต้นไปยังไม่ได้กำหนดวัน" in nothing


def test_the_page_of_a_date_sells_it(week, owner, client_of):
    said = client_of(owner).get(reverse("my_date", args=[week[6].public_id])).content.decode()
    for way in ("sell_in_chat", "sell_at_counter"):
        assert f'href="{reverse(way)}?departure={week[6].public_id}"' in said
    Departure.objects.filter(pk=week[6].pk).update(status="closed")
    shut = client_of(owner).get(reverse("my_date", args=[week[6].public_id])).content.decode()
    assert reverse("sell_in_chat") not in shut
