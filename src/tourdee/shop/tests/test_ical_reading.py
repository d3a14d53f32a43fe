"""Calendars that other programs wrote."""

import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from ..ical.reading import BadCalendar, busy_spans

FIRST, LAST = datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def calendar(*events: str, zone: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{zone}{body}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def read(*events: str) -> list[str]:
    return [f"{one:%d %H:%M}–{other:%d %H:%M}" for one, other in busy_spans(calendar(*events), first=FIRST, last=LAST)]


def test_one_appointment_in_utc():
    assert read("UID:1\nDTSTART:20261205T020000Z\nDTEND:20261205T040000Z") == ["05 02:00–05 04:00"]


def test_a_time_without_a_zone_is_bangkok_s():
    assert read("UID:1\nDTSTART:20261205T090000\nDTEND:20261205T100000") == ["05 02:00–05 03:00"]


def test_a_time_with_its_zone():
    assert read("UID:1\nDTSTART;TZID=Europe/Berlin:20261205T090000\nDURATION:PT90M") == ["05 08:00–05 09:30"]


def test_whole_days_are_bangkok_s():
    assert read("UID:1\nDTSTART;VALUE=DATE:20261205") == ["04 17:00–05 17:00"]
    assert read("UID:1\nDTSTART;VALUE=DATE:20261205\nDTEND;VALUE=DATE:20261208") == ["04 17:00–07 17:00"]


@pytest.mark.parametrize(
    "free", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "UID:departure-abc@tourdee", "DTEND:20261205T020000Z"]
)
def test_what_takes_no_time_closes_nothing(free):
    uid = "" if free.startswith("UID") else "UID:1\n"
    end = "" if free.startswith("DTEND") else "\nDTEND:20261205T040000Z"
    assert read(f"{uid}DTSTART:20261205T020000Z{end}\n{free}") == []


def test_a_weekly_rule_with_an_exception_and_one_that_was_moved():
    series = "UID:1\nDTSTART;TZID=Asia/Bangkok:20261102T090000\nDTEND;TZID=Asia/Bangkok:20261102T100000\nRRULE:FREQ=WEEKLY;BYDAY=MO"
    without = "\nEXDATE;TZID=Asia/Bangkok:20261214T090000"
    moved = (
        "UID:1\nRECURRENCE-ID;TZID=Asia/Bangkok:20261221T090000\n"
        "DTSTART;TZID=Asia/Bangkok:20261222T130000\nDTEND;TZID=Asia/Bangkok:20261222T140000"
    )
    assert read(series + without, moved) == ["07 02:00–07 03:00", "22 06:00–22 07:00", "28 02:00–28 03:00"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;COUNT=3", ["03", "04", "05"]),
        ("FREQ=DAILY;UNTIL=20261205T020000Z", ["03", "04", "05"]),
        ("FREQ=DAILY;UNTIL=20261204", ["03", "04"]),
        ("FREQ=MONTHLY;BYDAY=1SA", ["05"]),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", ["31"]),
        ("FREQ=DAILY;INTERVAL=14", ["03", "17", "31"]),
    ],
)
def test_rules(rule, days):
    found = read(f"UID:1\nDTSTART:20261203T020000Z\nDTEND:20261203T030000Z\nRRULE:{rule}")
    assert [one[:2] for one in found] == days


def test_a_rule_goes_by_the_clock_on_its_own_wall():
    """A weekly call at nine in Berlin moves by an hour for Bangkok when Berlin's summer time begins."""
    data = calendar("UID:1\nDTSTART;TZID=Europe/Berlin:20270322T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2")
    spans = busy_spans(data, first=datetime(2027, 3, 1, tzinfo=UTC), last=datetime(2027, 5, 1, tzinfo=UTC))
    assert [f"{one:%d %H:%M}" for one, _end in spans] == ["22 08:00", "29 07:00"]


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY", "FREQ=NONSENSE", "FREQ=DAILY;BYDAY=XX"]
)
def test_rules_that_nobody_s_calendar_has_count_once(rule):
    found = read(f"UID:1\nDTSTART:20261203T020000Z\nDTEND:20261203T030000Z\nRRULE:{rule}")
    assert found in ([], ["03 02:00–03 03:00"])


@pytest.mark.parametrize("data", [b"", b"<html>", b"\xff\xfe\x00", b"BEGIN:VEVENT", b"PK\x03\x04"])
def test_what_is_no_calendar_is_said_so(data):
    with pytest.raises(BadCalendar) as refusal:
        busy_spans(data, first=FIRST, last=LAST)
    assert refusal.value.reason == "not_calendar"


def test_floods_are_refused():
    many = calendar(*[f"UID:{number}\nDTSTART:20261203T020000Z\nDTEND:20261203T030000Z" for number in range(5001)])
    with pytest.raises(BadCalendar) as refusal:
        busy_spans(many, first=FIRST, last=LAST)
    assert refusal.value.reason == "too_much"


def test_broken_lines_and_missing_starts_do_not_hide_the_rest():
    assert read("UID:1\nSUMMARY:no start", 'UID:2\nDTSTART:20261205T020000Z\nDTEND:20261205T040000Z\nX-ODD;A=:"') == [
        "05 02:00–05 04:00"
    ]


def test_a_rule_that_never_comes_true_ends_in_time():
    """The library looks for it until the year 9999; then the time for the whole file is over, or nothing was found."""
    never = "DTSTART:20261203T020000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    begun = time.monotonic()
    with suppress(BadCalendar):
        assert read(*[f"UID:{number}\n{never}" for number in range(50)]) == []
    assert time.monotonic() - begun < 50
