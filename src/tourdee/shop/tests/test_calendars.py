"""Calendars in and out: what closes, what opens again, what nobody may read."""

from datetime import timedelta

import icalendar
import pytest
from django.urls import reverse

from tourdee.core import outbound

from ..actions import assignments, calendars, departures, resources
from ..actions.calendar_reading import read_due_calendars
from ..models import BusyTime, CalendarFeed, Departure, OutsideCalendar, Resource
from ..queries.busy import guests_in_busy_times, merged
from . import factories as f


@pytest.fixture
def shop(owner):
    return f.a_shop(owner)


@pytest.fixture
def tour(shop):
    return f.a_tour(shop)


@pytest.fixture
def departure(tour, at):
    return f.a_departure(tour, starts_at=f.in_days(at, 5))


def busy(shop, start, hours=2, *, resource=None, at):
    spans = [(start, start + timedelta(hours=hours))] if start else []
    return calendars.add_calendar(shop=shop, resource=resource, name="ส่วนตัว", at=at, spans=spans)


def state(departure):
    departure.refresh_from_db()
    return departure.status, departure.closed_by


def test_a_busy_time_closes_and_a_free_one_opens_again(shop, departure, at):
    calendar = busy(shop, departure.starts_at + timedelta(hours=1), at=at)
    assert state(departure) == ("closed", "calendar")
    calendars.keep_busy_times(calendar=calendar, spans=[], at=at)
    assert state(departure) == ("open", "")


@pytest.mark.parametrize("hours", [-2, 3])
def test_what_only_touches_it_closes_nothing(shop, departure, at, hours):
    busy(shop, departure.starts_at + timedelta(hours=hours), at=at)
    assert state(departure) == ("open", "")


def test_what_the_seller_closed_stays_closed(shop, departure, at):
    departures.close_departure(departure=departure)
    calendar = busy(shop, departure.starts_at, at=at)
    calendars.remove_calendar(calendar=calendar, at=at)
    assert state(departure) == ("closed", "seller")


def test_closing_by_hand_what_the_calendar_closed_is_the_seller_s_word(shop, departure, at):
    calendar = busy(shop, departure.starts_at, at=at)
    departures.close_departure(departure=departure)
    calendars.remove_calendar(calendar=calendar, at=at)
    assert state(departure) == ("closed", "seller")


def test_what_the_seller_opened_in_spite_of_it_stays_open(shop, departure, at):
    calendar = busy(shop, departure.starts_at, at=at)
    departures.open_departure(departure=departure)
    calendars.keep_busy_times(
        calendar=calendar, spans=[(departure.starts_at, f.in_days(departure.starts_at, 1))], at=at
    )
    assert state(departure) == ("open", "")


def test_guests_stay_and_the_seller_is_told(shop, departure, at):
    order = f.an_order(shop, f.seats(departure, 2), at=at)
    busy(shop, departure.starts_at, at=at)
    order.refresh_from_db()
    assert (state(departure), order.status) == (("closed", "calendar"), "awaiting_payment")
    assert guests_in_busy_times(shop.pk, at) == [departure]


def test_a_guide_s_calendar_closes_only_what_needs_that_guide(shop, tour, departure, at):
    guide = Resource.objects.create(shop=shop, name="พี่สมชาย")
    other = f.a_departure(f.a_tour(shop), starts_at=departure.starts_at)
    assignments.attach_resources(tour=tour, resources=[guide], by=shop.owner, at=at)
    busy(shop, departure.starts_at, resource=guide, at=at)
    assert (state(departure)[0], state(other)[0]) == ("closed", "open")


def test_a_guide_who_is_chosen_later_closes_the_dates_of_the_own_calendar_at_once(shop, tour, departure, at):
    guide = Resource.objects.create(shop=shop, name="พี่สมชาย")
    busy(shop, departure.starts_at, resource=guide, at=at)
    assert state(departure) == ("open", "")
    assignments.attach_resources(tour=tour, resources=[guide], by=shop.owner, at=at)
    assert state(departure) == ("closed", "calendar")
    assignments.put_aside(resource=guide, at=at)
    assert state(departure) == ("open", "")


def test_another_guide_for_one_date_opens_it_and_a_busy_one_closes_it(shop, tour, departure, at):
    busy_one, free_one = (Resource.objects.create(shop=shop, name=name) for name in ("พี่สมชาย", "น้องฝน"))
    busy(shop, departure.starts_at, resource=busy_one, at=at)
    for guide, expected in ((busy_one, "closed"), (free_one, "open"), (busy_one, "closed")):
        assignments.assign_resources(departure=departure, resources=[guide], by=shop.owner, at=at)
        assert state(departure)[0] == expected


def test_it_does_not_open_again_when_its_guide_was_given_away(shop, tour, departure, at):
    guide = Resource.objects.create(shop=shop, name="พี่สมชาย")
    second = f.a_tour(shop)
    for one in (tour, second):
        assignments.attach_resources(tour=one, resources=[guide], by=shop.owner, at=at)
    calendar = busy(shop, departure.starts_at, resource=guide, at=at)
    taken = f.a_departure(second, starts_at=departure.starts_at, ignores_calendar=True)
    resources.take_resources(taken)
    calendars.remove_calendar(calendar=calendar, at=at)
    assert (state(departure)[0], state(taken)[0]) == ("closed", "open")


def test_another_shop_s_dates_are_nobody_s_business(departure, at):
    busy(f.a_shop(), departure.starts_at, at=at)
    assert state(departure) == ("open", "")


def test_a_new_date_at_a_busy_time_is_born_closed(shop, tour, at):
    busy(shop, f.in_days(at, 8), at=at)
    departures.add_departures(tour=tour, starts=[f.in_days(at, 8)], capacity=8, at=at)
    assert Departure.objects.values_list("status", "closed_by").get() == ("closed", "calendar")


def test_busy_times_that_overlap_are_one(at):
    hour = timedelta(hours=1)
    found = merged([(at, at + 3 * hour), (at + hour, at + 2 * hour), (at + 5 * hour, at + 6 * hour)])
    assert found.spans == [(at, at + 3 * hour), (at + 5 * hour, at + 6 * hour)]
    assert [found.overlap(at + start * hour, at + end * hour) for start, end in ((2, 4), (3, 5), (4, 6), (-1, 0))] == [
        True, False, True, False,
    ]  # fmt: skip


# ------------------------------------------------------------------ read by the worker
def answers(monkeypatch, *results):
    given = iter(results)

    def fetch(url, *, etag=""):
        result = next(given)
        if isinstance(result, Exception):
            raise result
        return result

    monkeypatch.setattr("tourdee.shop.actions.calendar_reading.fetch", fetch)


def ics(start) -> bytes:
    return (
        f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Dr. Secret\r\nDTSTART:{start:%Y%m%dT%H%M%SZ}\r\n"
        f"DURATION:PT2H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def test_the_worker_reads_what_is_due_and_keeps_times_only(shop, departure, at, monkeypatch):
    calendar = calendars.add_calendar(shop=shop, resource=None, name="g", at=at, url="https://calendar.example/x.ics")
    answers(monkeypatch, outbound.Fetched(ics(departure.starts_at), '"v1"'), outbound.Fetched(None))
    assert read_due_calendars(at) == 1
    calendar.refresh_from_db()
    assert (state(departure)[1], calendar.etag, calendar.next_at) == ("calendar", '"v1"', at + timedelta(minutes=30))
    assert (read_due_calendars(at), read_due_calendars(at + timedelta(minutes=30))) == (0, 1)
    assert state(departure)[1] == "calendar"
    assert "calendar.example" not in calendar.sealed_url
    assert {field.name for field in BusyTime._meta.fields} == {"id", "calendar", "from_at", "to_at"}


def test_a_calendar_that_cannot_be_read_still_closes_what_it_closed(shop, departure, at, monkeypatch):
    calendar = calendars.add_calendar(shop=shop, resource=None, name="g", at=at, url="https://calendar.example/x.ics")
    answers(
        monkeypatch,
        outbound.Fetched(ics(departure.starts_at)), outbound.CannotFetch("status"), outbound.Fetched(b"<html>"),
        RuntimeError("odd"),
    )  # fmt: skip
    moments = []
    for _turn in range(4):
        calendar.refresh_from_db()
        read_due_calendars(calendar.next_at)
        calendar.refresh_from_db()
        moments.append((calendar.problem, calendar.failures))
    assert moments == [("", 0), ("status", 1), ("not_calendar", 2), ("not_calendar", 3)]
    assert state(departure)[1] == "calendar"


# ------------------------------------------------------------------ out
def feed_events(client, feed):
    answer = client.get(reverse("calendar_feed", args=[feed.token]))
    return answer, list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_feed_shows_dates_and_numbers_but_no_buyer(shop, departure, at, client, clock):
    f.an_order(shop, f.seats(departure, 2), at=at, buyer=f.a_buyer(name="Anna Secret", note="nut allergy"))
    feed = calendars.feed_for(shop=shop, language="en")
    answer, events = feed_events(client, feed)
    assert [str(event["SUMMARY"]) for event in events] == ["Old town walk (2/10)"]
    assert events[0]["DTSTART"].dt == departure.starts_at
    assert (events[0]["STATUS"], events[0]["TRANSP"]) == ("CONFIRMED", "OPAQUE")
    for secret in (b"Anna", b"allergy", b"example.org", b"+6689"):
        assert secret not in answer.content


def test_a_feed_of_one_guide_or_tour_shows_only_its_own(shop, tour, departure, at, client, clock):
    guide = Resource.objects.create(shop=shop, name="พี่สมชาย")
    other = f.a_departure(f.a_tour(shop, name_en="River"), starts_at=f.in_days(at, 6))
    resources.take_resources(other, [guide])
    seen = [
        [str(event["SUMMARY"]) for event in feed_events(client, calendars.feed_for(shop=shop, language="en", **of))[1]]
        for of in ({"resource": guide}, {"tour": tour}, {})
    ]
    assert seen == [["River (0/10)"], ["Old town walk (0/10)"], ["Old town walk (0/10)", "River (0/10)"]]


def test_an_unchanged_feed_is_not_sent_again_and_a_renewed_one_is_gone(shop, departure, client, clock):
    feed = calendars.feed_for(shop=shop, language="th")
    address = reverse("calendar_feed", args=[feed.token])
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    departures.set_capacity(departure=departure, capacity=7)
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200
    calendars.renew_feed(feed=feed, language="th")
    assert client.get(address).status_code == 404
    assert client.get(reverse("calendar_feed", args=[CalendarFeed.objects.get().token])).status_code == 200


def test_our_own_feed_read_back_closes_nothing(shop, departure, at, client, clock):
    from ..actions.calendar_reading import spans_of

    f.an_order(shop, f.seats(departure, 2), at=at)
    answer, _events = feed_events(client, calendars.feed_for(shop=shop, language="th"))
    assert spans_of(answer.content, at) == []


# ------------------------------------------------------------------ the page
def test_the_seller_adds_a_file_and_a_date_closes(shop, departure, owner, client_of, clock):
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("mine.ics", ics(departure.starts_at), "text/calendar")
    answer = client_of(owner).post(reverse("my_calendars"), {"name": "นัดหมอ", "resource": "", "file": upload})
    assert (answer.status_code, state(departure)) == (302, ("closed", "calendar"))


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/x.ics", "file:///etc/passwd", "http://u@x.org/a.ics"])
def test_an_address_that_we_would_not_ask_is_refused_at_its_field(shop, owner, client_of, clock, url):
    page = client_of(owner).post(reverse("my_calendars"), {"name": "x", "resource": "", "url": url})
    assert list(page.context["form"].errors) == ["url"]
    assert OutsideCalendar.objects.count() == 0


def test_what_is_no_calendar_is_refused_at_its_field(shop, owner, client_of, clock):
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("mine.ics", b"<html>", "text/calendar")
    page = client_of(owner).post(reverse("my_calendars"), {"name": "x", "resource": "", "file": upload})
    assert list(page.context["form"].errors) == ["file"]
