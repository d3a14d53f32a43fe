"""Schedules, their exceptions, and what dates cost."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tourdee.core.dates import at_bangkok
from tourdee.core.models import AuditLine

from ..actions import departures, schedules, seasons
from ..actions.orders import PriceChanged, place_order
from ..models import Departure, DeparturePrice, Schedule, SkippedStart
from ..queries.schedules import days_of, planned_beyond, starts_between
from ..queries.storefront import tour_page, tour_version
from . import factories as f

MONDAY = date(2026, 11, 30)


@pytest.fixture
def tour(owner):
    return f.a_tour(f.a_shop(owner))


def details(**columns):
    values = {"weekdays": [5, 6], "times": ["09:00"], "first_day": MONDAY, "capacity": 8, "days_ahead": 21} | columns
    return schedules.ScheduleDetails(**values)


def begun(tour, at, **columns):
    return schedules.begin_schedule(tour=tour, details=details(**columns), by=tour.shop.owner, at=at)


def starts():
    return list(Departure.objects.values_list("starts_at", flat=True))


@pytest.mark.parametrize(
    ("rhythm", "weekdays", "expected"),
    [
        ("weekly", [5], [5, 12, 19, 26]),
        ("fortnightly", [5], [5, 19]),
        ("first", [5, 6], [5, 6]),
        ("second", [1], [8]),
        ("fourth", [0], [28]),
        ("last", [3], [31]),
    ],
)
def test_a_rhythm_goes_on_its_days(rhythm, weekdays, expected):
    schedule = Schedule(rhythm=rhythm, weekdays=weekdays, times=["09:00"], first_day=MONDAY, capacity=1)
    assert days_of(schedule, date(2026, 12, 1), date(2026, 12, 31)) == [date(2026, 12, day) for day in expected]


def test_a_schedule_keeps_to_its_season_and_rests_on_holidays_if_told():
    schedule = Schedule(
        weekdays=[3, 5], times=["09:00"], first_day=date(2026, 12, 4), last_day=date(2026, 12, 11), capacity=1
    )
    assert days_of(schedule, MONDAY, date(2027, 1, 31)) == [date(2026, 12, 5), date(2026, 12, 10)]
    schedule.skips_holidays = True  # 5 December is the late king's birthday, 10 December constitution day
    assert days_of(schedule, MONDAY, date(2027, 1, 31)) == []


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Bangkok"])
def test_times_are_bangkok_time_wherever_the_server_stands(zone):
    schedule = Schedule(weekdays=[0], times=["13:30", "06:15"], first_day=MONDAY, capacity=1)
    with timezone.override(zone):
        assert starts_between(schedule, MONDAY, MONDAY) == [at_bangkok(MONDAY, 6, 15), at_bangkok(MONDAY, 13, 30)]


def test_saving_a_schedule_again_and_again_never_shifts_its_dates(tour, at):
    """Pain 10 of those who sell tours elsewhere: the time of an event moves at each save."""
    schedule, _made = begun(tour, at)
    before = starts()
    for _save in range(3):
        schedules.change_schedule(schedule=schedule, details=details(), by=tour.shop.owner, at=at)
    assert starts() == before == [at_bangkok(date(2026, 12, day), 9) for day in (5, 6, 12, 13)]
    assert Schedule.objects.get().times == ["09:00"]


def test_the_horizon_moves_on_and_makes_each_date_once(tour, at):
    begun(tour, at)
    assert schedules.fill_all_schedules(at) == 0
    assert schedules.fill_all_schedules(at + timedelta(days=7)) == 2
    assert schedules.fill_all_schedules(at + timedelta(days=7)) == 0
    assert starts()[-1] == at_bangkok(date(2026, 12, 20), 9)


def test_a_date_taken_off_stays_off(tour, at):
    begun(tour, at)
    departures.delete_departure(departure=Departure.objects.first())
    assert schedules.fill_all_schedules(at) == 0
    assert SkippedStart.objects.get().starts_at == at_bangkok(date(2026, 12, 5), 9)
    assert starts()[0] == at_bangkok(date(2026, 12, 6), 9)


def test_a_changed_schedule_leaves_guests_and_exceptions_alone(tour, at):
    schedule, _made = begun(tour, at)
    booked, closed, resized, free = Departure.objects.all()
    f.an_order(tour.shop, f.seats(booked, 2), at=at)
    departures.close_departure(departure=closed)
    departures.set_capacity(departure=resized, capacity=3)
    changed = schedules.change_schedule(
        schedule=schedule, details=details(weekdays=[0], capacity=5), by=tour.shop.owner, at=at
    )
    assert (changed.made.new, changed.removed, changed.kept) == (3, 1, 3)
    assert list(Departure.objects.values_list("starts_at", "capacity", "status")) == [
        (at_bangkok(MONDAY, 9), 5, "open"),
        (booked.starts_at, 8, "open"),
        (closed.starts_at, 8, "closed"),
        (at_bangkok(date(2026, 12, 7), 9), 5, "open"),
        (resized.starts_at, 3, "open"),
        (at_bangkok(date(2026, 12, 14), 9), 5, "open"),
    ]
    assert not Departure.objects.filter(pk=free.pk).exists()


def test_an_ended_schedule_makes_nothing_more(tour, at):
    schedule, _made = begun(tour, at)
    f.an_order(tour.shop, f.seats(Departure.objects.first(), 1), at=at)
    assert schedules.end_schedule(schedule=schedule, by=tour.shop.owner, at=at).removed == 3
    assert schedules.fill_all_schedules(at + timedelta(days=30)) == 0
    assert starts() == [at_bangkok(date(2026, 12, 5), 9)]


def test_a_schedule_that_fails_keeps_no_other_from_its_dates(tour, at, caplog):
    broken, _made = begun(tour, at)
    Schedule.objects.filter(pk=broken.pk).update(times=["nonsense"])
    begun(f.a_tour(), at, days_ahead=14)
    Departure.objects.all().delete()
    assert schedules.fill_all_schedules(at) == 2
    assert "could not be filled" in caplog.text


def test_what_lies_beyond_the_horizon_is_known_but_not_made(tour, at):
    begun(tour, at)
    SkippedStart.objects.create(tour=tour, starts_at=at_bangkok(date(2026, 12, 20), 9))
    ahead = list(planned_beyond(tour, date(2026, 12, 1), date(2026, 12, 27), at))
    assert ahead == [at_bangkok(date(2026, 12, day), 9) for day in (19, 26, 27)]


def test_a_change_of_a_schedule_is_written_down(tour, at):
    begun(tour, at)
    assert AuditLine.objects.get(act="tour.schedule").text == "เดินเมืองเก่าเชียงใหม่: ตั้งตารางใหม่ เปิด 4 รอบ"


# ------------------------------------------------------------------ prices
def season(tour, at, first, last, satang, **columns):
    adult = tour.prices.first()
    made = seasons.SeasonDetails(
        name_th="ปีใหม่", first_day=first, last_day=last, prices={(adult.pk, None): satang}, **columns
    )
    return seasons.save_season(tour=tour, details=made, by=tour.shop.owner, at=at)


def cost(departure, at, category=0):
    order = f.an_order(departure.tour.shop, f.seats(departure, 1, category), f.seats(departure, 1, 1), at=at)
    return order.lines.order_by("unit_price_satang").last().unit_price_satang


def test_hand_beats_schedule_beats_season_beats_the_usual_price(tour, at):
    adult = tour.prices.first()
    season(tour, at, date(2026, 12, 12), date(2026, 12, 31), 150000)
    begun(tour, at, prices={(adult.pk, None): 130000})
    other = f.a_departure(tour, starts_at=at_bangkok(date(2026, 12, 16), 9))
    usual = f.a_departure(tour, starts_at=at_bangkok(date(2026, 12, 2), 9))
    from ..actions.prices import follow_plans, set_prices_by_hand

    by_hand = Departure.objects.get(starts_at=at_bangkok(date(2026, 12, 13), 9))
    set_prices_by_hand([by_hand], {(adult.pk, None): 99000})
    follow_plans(tour=tour, at=at)
    scheduled = Departure.objects.get(starts_at=at_bangkok(date(2026, 12, 12), 9))
    assert [cost(one, at) for one in (by_hand, scheduled, other, usual)] == [99000, 130000, 150000, 120000]


def test_a_season_that_ends_gives_the_usual_prices_back(tour, at):
    departure = f.a_departure(tour, starts_at=at_bangkok(date(2026, 12, 16), 9))
    made = season(tour, at, date(2026, 12, 12), date(2026, 12, 31), 150000)
    assert DeparturePrice.objects.get().price_satang == 150000
    seasons.remove_season(season=made, by=tour.shop.owner, at=at)
    assert cost(departure, at) == 120000


def test_a_day_belongs_to_one_season(tour, at):
    season(tour, at, date(2026, 12, 12), date(2026, 12, 31), 150000)
    with pytest.raises(seasons.SeasonsOverlap) as refusal:
        season(tour, at, date(2026, 12, 31), date(2027, 1, 5), 160000)
    assert refusal.value.message == "บางวันอยู่ใน “ปีใหม่” อยู่แล้ว"
    assert season(tour, at, date(2027, 1, 1), date(2027, 1, 5), 160000).pk


def test_an_order_keeps_its_price_and_a_new_price_is_seen_at_once(tour, at):
    departure = f.a_departure(tour, starts_at=at_bangkok(date(2026, 12, 16), 9))
    order = f.an_order(tour.shop, f.seats(departure, 1), at=at)
    before = tour_version(tour.shop.slug, tour.public_id)
    season(tour, at, date(2026, 12, 12), date(2026, 12, 31), 150000)
    after = tour_version(tour.shop.slug, tour.public_id)
    page = tour_page(after, at)
    assert before.state != after.state
    assert (page.lead_price, page.dates[0].prices) == ("฿1,500", ["ผู้ใหญ่ ฿1,500"])
    order.refresh_from_db()
    assert order.total_satang == 120000
    with pytest.raises(PriceChanged):
        place_order(
            shop=tour.shop, buyer=f.a_buyer(), items=[f.seats(departure, 1)], idempotency_key="k" * 20, at=at,
            expected_satang=120000,
        )  # fmt: skip


def test_a_card_begins_with_the_lowest_price_of_its_dates(tour, at):
    from ..models import Tour
    from ..queries.storefront.cards import tour_cards, with_card_facts

    f.a_departure(tour, starts_at=at_bangkok(date(2026, 12, 16), 9))
    season(tour, at, date(2026, 12, 12), date(2026, 12, 31), 50000)
    assert [card.price for card in tour_cards(with_card_facts(Tour.objects.all(), at), at)] == ["฿500"]


# ------------------------------------------------------------------ cut-off
def test_a_date_is_bookable_until_the_seller_says(tour, at):
    from ..queries.availability import departures_on_sale

    late = f.a_departure(tour, starts_at=f.in_days(at, 0.5), closes_at=f.in_days(at, 0.4))
    early = f.a_departure(tour, starts_at=f.in_days(at, 9), closes_at=f.in_days(at, -0.1))
    assert departures_on_sale(tour, at) == [late]
    assert f.an_order(tour.shop, f.seats(late, 1), at=at).total_satang == 120000
    with pytest.raises(Exception, match="เดินเมืองเก่าเชียงใหม่"):
        f.an_order(tour.shop, f.seats(early, 1), at=at)
    assert [one.public_id for one in departures_on_sale(tour, f.in_days(at, 0.4))] == []
