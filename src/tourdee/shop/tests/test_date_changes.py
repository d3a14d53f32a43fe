"""One act on many dates: shown first, done, undone."""

from dataclasses import replace
from datetime import date, time

import pytest
from django.urls import reverse

from tourdee.core.dates import at_bangkok

from ..actions import date_changes, date_undo, departures, schedules, versions
from ..actions.date_changes import Wish
from ..models import DateChange, Departure, DeparturePrice, Resource, SearchEntry, SkippedStart, Tour
from . import factories as f

SAT, SUN, MON = date(2026, 12, 5), date(2026, 12, 6), date(2026, 12, 7)


@pytest.fixture
def tour(owner):
    return f.a_tour(f.a_shop(owner))


@pytest.fixture
def two(tour):
    return [f.a_departure(tour, starts_at=at_bangkok(day, 9)) for day in (SAT, SUN)]


def change(tour, at, *days, **wish):
    return date_changes.change_dates(tour=tour, days=days or (SAT, SUN), wish=Wish(**wish), by=tour.shop.owner, at=at)


def undo(change, at):
    undone = date_undo.undo(change=change, by=change.by, at=at)
    return undone.back, undone.kept


def rows():
    return list(Departure.objects.values_list("status", "capacity", "closes_at", "by_hand").order_by("starts_at"))


ACTS = [
    {"act": "close"},
    {"act": "seats", "seats": 4},
    {"act": "until", "hours": 2},
    {"act": "remove"},
    {"act": "add", "start": time(14), "seats": 5},
]


@pytest.mark.parametrize("wish", ACTS)
def test_the_preview_changes_nothing_and_promises_what_happens(tour, two, at, wish):
    before, version = rows(), Tour.objects.get().version
    shown = date_changes.try_out(tour=tour, days=[SAT, SUN], wish=Wish(**wish), by=tour.shop.owner, at=at)
    assert (rows(), Tour.objects.get().version, DateChange.objects.count()) == (before, version, 0)
    _change, done = change(tour, at, **wish)
    assert done == shown
    assert all(one.changes for one in done)


@pytest.mark.parametrize("wish", ACTS)
def test_undoing_makes_it_as_it_was_once(tour, two, at, wish):
    before = rows()
    made, _effects = change(tour, at, **wish)
    assert rows() != before
    assert undo(made, at) == (2, 0)
    assert (rows(), undo(made, at)) == (before, (0, 0))


def test_a_date_taken_off_by_mistake_comes_back_under_its_own_address(tour, two, at):
    ids = {one.public_id for one in two}
    made, _effects = change(tour, at, act="remove")
    undo(made, at)
    assert set(Departure.objects.values_list("public_id", flat=True)) == ids


def test_a_price_is_set_for_chosen_days_and_undone(tour, two, at):
    adult = tour.prices.first()
    made, effects = change(tour, at, SAT, act="prices", prices={(adult.pk, None): 200000})
    assert DeparturePrice.objects.get().price_satang == 200000
    assert "ผู้ใหญ่ ฿2,000" in effects[0].after
    assert "ผู้ใหญ่ ฿1,200" in effects[0].before
    undo(made, at)
    assert DeparturePrice.objects.count() == 0


def test_what_was_booked_meanwhile_stays_when_undone(tour, two, at):
    made, _effects = change(tour, at, act="seats", seats=8)
    f.an_order(tour.shop, f.seats(two[0], 2), at=at)
    assert undo(made, at) == (1, 1)
    assert list(Departure.objects.values_list("capacity", flat=True)) == [8, 10]


def test_one_that_refuses_keeps_no_other_from_it(tour, two, at):
    f.an_order(tour.shop, f.seats(two[0], 3), at=at)
    _made, effects = change(tour, at, act="seats", seats=2)
    assert [(one.changes, one.problem) for one in effects] == [
        (False, "มีผู้จองแล้ว 3 ที่ จึงลดน้อยกว่านี้ไม่ได้"),
        (True, ""),
    ]
    assert list(Departure.objects.values_list("capacity", flat=True)) == [10, 2]


def test_a_date_is_not_added_where_the_guide_is_elsewhere(tour, two, at):
    guide = Resource.objects.create(shop=tour.shop, name="พี่สมชาย")
    tour.resources.add(guide)
    change(tour, at, MON, act="add", start=time(9), seats=5)
    _made, effects = change(tour, at, MON, act="add", start=time(10), seats=5)
    assert effects[0].problem == "พี่สมชาย อยู่กับ “เดินเมืองเก่าเชียงใหม่” วันที่ 7 ธ.ค. 2569 เวลา 09.00 น."


def test_exceptions_beyond_the_horizon_are_made_and_taken_back(tour, at):
    details = schedules.ScheduleDetails(weekdays=[5], times=["09:00"], first_day=SAT, capacity=8, days_ahead=21)
    schedules.begin_schedule(tour=tour, details=details, by=tour.shop.owner, at=at)
    far = date(2027, 1, 2)
    made, effects = change(tour, at, far, act="close")
    assert [one.changes for one in effects] == [True]
    assert SkippedStart.objects.get().starts_at == at_bangkok(far, 9)
    undo(made, at)
    assert SkippedStart.objects.count() == 0


def test_an_exception_is_opened_again_by_its_schedule(tour, at):
    details = schedules.ScheduleDetails(weekdays=[5], times=["09:00"], first_day=SAT, capacity=8, days_ahead=21)
    schedules.begin_schedule(tour=tour, details=details, by=tour.shop.owner, at=at)
    change(tour, at, SAT, act="remove")
    assert Departure.objects.filter(starts_at=at_bangkok(SAT, 9)).count() == 0
    change(tour, at, SAT, act="open")
    assert Departure.objects.get(starts_at=at_bangkok(SAT, 9)).schedule_id


@pytest.mark.parametrize("days", [[], [date(2026, 11, 1)], [MON]])
def test_without_a_date_ahead_nothing_is_done(tour, two, at, days):
    with pytest.raises(date_changes.NothingChosen):
        date_changes.change_dates(tour=tour, days=days, wish=Wish(act="close"), by=tour.shop.owner, at=at)


# ------------------------------------------------------------------ what it is found by
@pytest.fixture
def written(monkeypatch):
    """The tours whose entries are written, one for each time."""
    tours = []
    write = versions.index_tour
    monkeypatch.setattr(versions, "index_tour", lambda tour: (tours.append(tour), write(tour)))
    return tours


@pytest.mark.parametrize("wish", [*ACTS, {"act": "open"}])
def test_what_it_is_found_by_is_written_once_for_an_act_and_once_for_undoing_it(tour, two, at, written, wish):
    if wish["act"] == "open":
        change(tour, at, act="close")
        written.clear()
    date_changes.try_out(tour=tour, days=[SAT, SUN], wish=Wish(**wish), by=tour.shop.owner, at=at)
    assert written == []
    version = Tour.objects.get().version
    made, _effects = change(tour, at, **wish)
    assert (written, Tour.objects.get().version) == ([tour], version + 1)
    undo(made, at)
    assert (written, Tour.objects.get().version) == ([tour, tour], version + 2)


def test_a_schedule_is_told_of_once_when_it_begins_and_when_it_changes(tour, at, written):
    details = schedules.ScheduleDetails(weekdays=[5, 6], times=["09:00"], first_day=SAT, capacity=8, days_ahead=21)
    schedule, made = schedules.begin_schedule(tour=tour, details=details, by=tour.shop.owner, at=at)
    assert (made.new > 1, written) == (True, [tour])
    later = replace(details, times=["10:00"])
    schedules.change_schedule(schedule=schedule, details=later, by=tour.shop.owner, at=at)
    assert written == [tour, tour]


def test_it_is_found_by_the_prices_of_those_dates_that_took_the_change(tour, two, at):
    adult = tour.prices.first()
    change(tour, at, act="prices", prices={(adult.pk, None): 10000})
    assert SearchEntry.objects.get(tour=tour).from_satang == 10000


def test_an_act_that_fails_half_way_tells_nothing_and_the_next_one_tells_again(tour, two, at, written, monkeypatch):
    def fail(**_asked):
        departures.close_departure(departure=two[0])
        raise RuntimeError

    version, adult = Tour.objects.get().version, tour.prices.first()
    monkeypatch.setattr(date_changes, "follow_plans", fail)
    with pytest.raises(RuntimeError):
        change(tour, at, act="prices", prices={(adult.pk, None): 10000})
    assert (written, Tour.objects.get().version, DeparturePrice.objects.count()) == ([], version, 0)
    departures.close_departure(departure=two[0])
    assert (written, Tour.objects.get().version) == ([tour], version + 1)


def test_an_act_within_an_act_is_told_with_the_outer_one(tour, two, written):
    @versions.told_once()
    def close_and_fail():
        departures.close_departure(departure=two[0])
        raise RuntimeError

    with versions.told_once():
        with pytest.raises(RuntimeError):
            close_and_fail()
        departures.close_departure(departure=two[1])
        assert written == []
    assert (written, [row[0] for row in rows()]) == ([tour], ["open", "closed"])


# ------------------------------------------------------------------ pages
def test_days_are_tapped_shown_and_changed(tour, two, at, owner, client_of, clock):
    client = client_of(owner)
    form = {"month": "2026-12", "day": [SAT.isoformat(), SUN.isoformat()], "w-act": "close"}
    page = client.post(reverse("change_dates", args=[tour.public_id]), form)
    assert [one.changes for one in page.context["effects"]] == [True, True]
    assert {row[0] for row in rows()} == {"open"}
    done = client.post(reverse("change_dates", args=[tour.public_id]), {**form, "agreed": "1"})
    made = DateChange.objects.get()
    assert done.url == f"{reverse('tour_dates', args=[tour.public_id])}?month=2026-12&undo={made.public_id}"
    assert {row[0] for row in rows()} == {"closed"}
    client.post(reverse("undo_change", args=[made.public_id]))
    assert {row[0] for row in rows()} == {"open"}


@pytest.mark.parametrize(
    ("more", "field"),
    [({"w-act": "seats"}, "seats"), ({"w-act": "add", "w-new_seats": "4"}, "start"), ({"w-act": "prices"}, "usual_price"),
     ({"w-act": "nonsense"}, "act"), ({"w-act": "seats", "w-seats": "0"}, "seats")],
)  # fmt: skip
def test_what_is_missing_is_said_at_its_field_and_the_days_stay_chosen(tour, two, owner, client_of, clock, more, field):
    form = {"month": "2026-12", "day": [SAT.isoformat()], "act": "1", **more}
    page = client_of(owner).post(reverse("change_dates", args=[tour.public_id]), form)
    assert list(page.context["wish_form"].errors) == [field]
    assert page.context["picked"] == {SAT.isoformat()}


def test_the_month_shows_each_day_as_it_is(tour, two, at, owner, client_of, clock):
    change(tour, at, SAT, act="close")
    f.an_order(tour.shop, f.seats(two[1], 10), at=at)
    details = schedules.ScheduleDetails(weekdays=[0], times=["09:00"], first_day=MON, capacity=8, days_ahead=14)
    schedules.begin_schedule(tour=tour, details=details, by=tour.shop.owner, at=at)
    page = client_of(owner).get(reverse("tour_dates", args=[tour.public_id]), {"month": "2026-12"})
    month = page.context["month"]
    marks = {day.date.day: day.mark for week in month.weeks for day in week if day.in_month and day.mark}
    assert (month.title, marks) == (
        "ธันวาคม 2569", {5: "closed", 6: "full", 7: "open", 14: "planned", 21: "planned", 28: "planned"},
    )  # fmt: skip
    assert [day.date.day for day in month.holidays] == [5, 7, 10, 31]


def test_a_weekday_takes_all_its_days(tour, owner, client_of, clock):
    page = client_of(owner).get(reverse("tour_dates", args=[tour.public_id]), {"month": "2026-12", "pick": "5"})
    assert sorted(page.context["picked"]) == ["2026-12-05", "2026-12-12", "2026-12-19", "2026-12-26"]


@pytest.mark.parametrize("asked", ["", "nonsense", "1999-01", "9999-12", "2026-13", "2026-11"])
def test_odd_months_show_this_one(tour, owner, client_of, clock, asked):
    page = client_of(owner).get(reverse("tour_dates", args=[tour.public_id]), {"month": asked})
    assert page.context["month"].key == "2026-11"
