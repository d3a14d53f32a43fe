"""What a private party pays on a date, in a season, by a schedule; and how a tour that is sold to parties alone says its
price."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tourdee.core.dates import at_bangkok

from ..actions import date_changes, date_undo, schedules, seasons
from ..actions.date_changes import Wish
from ..actions.options import SaleTerms, set_sale_terms
from ..actions.search import index_missing
from ..models import DateChange, Departure, DeparturePrice, PriceCategory, Season, Tour
from ..queries.baskets import basket
from ..queries.moves import move_quote
from ..queries.publishing import faults_of
from ..queries.selling import tours_for_seller
from ..queries.sharing import card_of
from ..queries.storefront import newest_tours, tour_page, tour_version
from ..queries.storefront.found import found_tour
from . import factories as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PARTY_OF_4, DAY = (None, 4), date(2026, 12, 5)


@pytest.fixture
def tour(owner, at):
    """For parties alone: ฿5,000 up to 2, ฿8,000 up to 4, ฿1,500 for each above."""
    return f.a_private_tour(f.a_shop(owner), sold_as=Tour.SoldAs.PRIVATE, published_at=at)


@pytest.fixture
def departure(tour):
    return f.a_departure(tour, starts_at=at_bangkok(DAY, 9))


@pytest.fixture
def seller(owner, client_of):
    return client_of(owner)


def costs(departure, at, party=3):
    return basket(shop=departure.tour.shop, items=[f.a_whole_departure(departure, party)], at=at).total_satang


def change(tour, at, **wish):
    return date_changes.change_dates(tour=tour, days=[DAY], wish=Wish(**wish), by=tour.shop.owner, at=at)


# ------------------------------------------------------------------ dates, seasons, schedules
def test_a_date_has_its_own_price_for_a_party_which_is_seen_before_and_undone_after(tour, departure, at):
    made, effects = change(tour, at, act="prices", prices={PARTY_OF_4: 999900})
    assert "กลุ่มส่วนตัวไม่เกิน 4 คน ฿9,999" in effects[0].after
    assert "กลุ่มส่วนตัวไม่เกิน 4 คน ฿8,000" in effects[0].before
    assert [costs(departure, at, party) for party in (2, 3, 4, 5)] == [500000, 999900, 999900, 1149900]
    date_undo.undo(change=made, by=tour.shop.owner, at=at)
    assert costs(departure, at) == 800000


def test_undoing_a_change_from_before_parties_had_prices_of_dates(tour, departure, at):
    made, _effects = change(tour, at, act="seats", seats=6)
    adult = tour.prices.first()
    kept = made.before | {"rows": [made.before["rows"][0] | {"prices": [[adult.pk, 99000]]}]}
    DateChange.objects.filter(pk=made.pk).update(before=kept)
    made.refresh_from_db()
    date_undo.undo(change=made, by=tour.shop.owner, at=at)
    assert DeparturePrice.objects.values_list("category", "people", "price_satang").get() == (adult.pk, None, 99000)


def test_hand_beats_schedule_beats_season_for_parties_too(tour, at):
    owner = tour.shop.owner
    prices = {PARTY_OF_4: 850000}
    season = seasons.SeasonDetails(name_th="ปีใหม่", first_day=DAY, last_day=date(2026, 12, 31), prices=prices)
    seasons.save_season(tour=tour, details=season, by=owner, at=at)
    details = schedules.ScheduleDetails(
        weekdays=[5], times=["09:00"], first_day=DAY, last_day=date(2026, 12, 12), capacity=8,
        prices={PARTY_OF_4: 900000},
    )  # fmt: skip
    schedules.begin_schedule(tour=tour, details=details, by=owner, at=at)
    by_hand, by_schedule = Departure.objects.order_by("starts_at")
    by_season = f.a_departure(tour, starts_at=at_bangkok(date(2026, 12, 16), 9))
    change(tour, at, act="prices", prices={PARTY_OF_4: 700000})
    assert [costs(one, at) for one in (by_hand, by_schedule, by_season)] == [700000, 900000, 850000]
    seasons.remove_season(season=Season.objects.get(), by=owner, at=at)
    assert costs(by_season, at) == 800000


def test_the_database_keeps_one_price_for_each_size_and_none_of_two_things(tour, departure):
    DeparturePrice.objects.create(departure=departure, people=4, price_satang=1)
    for wrong in ({"people": 4}, {"people": 4, "category": tour.prices.first()}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DeparturePrice.objects.create(departure=departure, price_satang=1, **wrong)


def test_moving_to_a_dearer_date_costs_the_difference(tour, departure, at):
    order = f.an_order(tour.shop, f.a_whole_departure(departure, 3), at=at)
    dearer = f.a_departure(tour, starts_at=at_bangkok(date(2026, 12, 6), 9))
    DeparturePrice.objects.create(departure=dearer, people=4, price_satang=900000)
    lines = list(order.lines.select_related("departure__tour"))
    assert move_quote(order, lines, dearer, at).difference_satang == 100000


# ------------------------------------------------------------------ the seller's pages
@pytest.mark.parametrize(
    ("sold_as", "names"),
    [
        (Tour.SoldAs.JOIN_IN, ["ผู้ใหญ่", "เด็ก", "ทารก"]),
        (Tour.SoldAs.PRIVATE, ["กลุ่มส่วนตัวไม่เกิน 2 คน", "กลุ่มส่วนตัวไม่เกิน 4 คน"]),
        (Tour.SoldAs.BOTH, ["ผู้ใหญ่", "เด็ก", "ทารก", "กลุ่มส่วนตัวไม่เกิน 2 คน", "กลุ่มส่วนตัวไม่เกิน 4 คน"]),
    ],
)
def test_the_forms_ask_for_the_prices_that_are_sold_and_no_others(tour, departure, seller, sold_as, names):
    Tour.objects.update(sold_as=sold_as)
    pages = [
        reverse("new_season", args=[tour.public_id]), reverse("new_schedule", args=[tour.public_id]),
        reverse("my_date", args=[departure.public_id]),
    ]  # fmt: skip
    for page in pages:
        assert [str(field.label) for field, _one in seller.get(page).context["form"].price_rows] == names


def test_a_seller_types_the_price_of_a_party_for_one_date(tour, departure, seller, at):
    page = reverse("my_date", args=[departure.public_id])
    seller.post(reverse("change_date", args=[departure.public_id]), {"w-act": "prices", "w-price_up_to_4": "9,500"})
    assert costs(departure, at) == 950000
    shown = seller.get(page)
    assert shown.context["form"]["price_up_to_4"].value() == "9500"
    assert "฿9,500" in shown.content.decode()
    seller.post(reverse("change_date", args=[departure.public_id]), {"w-act": "prices", "w-usual_price": "on"})
    assert costs(departure, at) == 800000


def test_a_season_is_changed_with_the_prices_that_it_had(tour, departure, seller, at):
    form = {"name_th": "ปีใหม่", "first_day": "1/12/2569", "last_day": "5/1/2570", "price_up_to_2": "6000"}
    seller.post(reverse("new_season", args=[tour.public_id]), form)
    assert costs(departure, at, 2) == 600000
    shown = seller.get(reverse("edit_season", args=[Season.objects.get().public_id])).context["form"]
    assert [shown[f"price_up_to_{size}"].value() for size in (2, 4)] == ["6000", None]


# ------------------------------------------------------------------ what the public reads
def page_of(tour, at):
    version = tour_version(tour.shop.slug, tour.public_id)
    return tour_page(version, at)


def test_the_tours_page_says_what_a_party_pays_on_a_date_that_costs_something_else(tour, departure, at):
    f.a_departure(tour, starts_at=at_bangkok(date(2026, 12, 6), 9))
    change(tour, at, act="prices", prices={PARTY_OF_4: 999900})
    assert [one.prices for one in page_of(tour, at).dates] == [["กลุ่มส่วนตัวไม่เกิน 4 คน ฿9,999"], []]
    assert "กลุ่มส่วนตัวไม่เกิน 4 คน ฿9,999" in Client().get(
        reverse("tour", args=[tour.shop.slug, tour.public_id])
    ).content.decode()  # fmt: skip


def test_a_card_of_a_tour_for_parties_alone_says_the_price_of_a_party_and_no_other(tour, departure, at):
    """Its price categories are sold to nobody."""
    (card,) = newest_tours(at, 6)
    assert (card.price, card.unit) == ("฿5,000", "ต่อกลุ่มไม่เกิน 2 คน")
    change(tour, at, act="prices", prices={(None, 2): 450000})
    (card,) = newest_tours(at, 6)
    assert (card.price, card.unit) == ("฿4,500", "ต่อกลุ่มไม่เกิน 2 คน")
    assert [one.from_satang for one in tours_for_seller(tour.shop, at)] == [450000]


@pytest.mark.parametrize("number", [1, 3])
def test_cards_of_parties_cost_the_same_with_one_and_with_three(owner, at, number, django_assert_num_queries):
    shop = f.a_shop(owner)
    for _one in range(number):
        f.a_departure(f.a_private_tour(shop, sold_as=Tour.SoldAs.PRIVATE), starts_at=f.in_days(at, 5))
    with django_assert_num_queries(5):
        assert len(newest_tours(at, 6)) == number


def test_the_market_finds_it_by_the_price_of_a_party(tour, departure):
    index_missing()

    def found(price):
        return [
            card.name for card in Client().get(reverse("market"), {"kind": "tour", "price": price}).context["cards"]
        ]

    assert (found("4,999"), found("5,000")) == ([], [tour.name_th])
    set_sale_terms(
        tour=tour, terms=SaleTerms(sold_as="private", private=[(2, 300000)]), by=tour.shop.owner, at=tour.published_at
    )
    assert found("3,000") == [tour.name_th]


def test_linked_data_and_the_shared_picture_name_the_price_of_a_party(tour, departure, at):
    page = page_of(tour, at)
    offers = [thing["offers"] for thing in found_tour(page).things if thing["@type"] == "Product"]
    assert [[(one["name"], one["price"]) for one in some] for some in offers] == [[("กลุ่มส่วนตัวไม่เกิน 2 คน", "5000.00")]]
    assert card_of(tour, at).price == "฿5,000 ต่อกลุ่มไม่เกิน 2 คน"
    with translation.override("en"):
        assert card_of(tour, at).price == "฿5,000 per group of up to 2"


def test_an_event_names_the_price_of_its_own_date(owner, at):
    """A workshop's dates are events; a season is dearer."""
    workshop = f.a_tour(f.a_shop(owner), kind="workshop")
    _usual, dear = (f.a_departure(workshop, starts_at=f.in_days(at, day)) for day in (5, 6))
    DeparturePrice.objects.create(departure=dear, category=workshop.prices.first(), price_satang=150000)
    events = [thing for thing in found_tour(page_of(workshop, at)).things if thing["@type"] == "Event"]
    assert [one["offers"][0]["price"] for one in events] == ["1200.00", "1500.00"]


def test_it_is_published_without_a_price_for_single_seats_and_not_without_one_for_parties(tour):
    PriceCategory.objects.all().delete()
    assert "price" not in [fault.key for fault in faults_of(tour)]
    tour.private_prices.all().delete()
    assert [(fault.part, fault.message) for fault in faults_of(tour) if fault.key == "price"] == [
        ("sale", "กรอกราคากลุ่มส่วนตัวอย่างน้อยหนึ่งแถว")
    ]
