"""Days in two eras, hours in one zone."""

from datetime import UTC, date, datetime

import pytest

from tourdee.core.dates import (
    CannotReadDate,
    at_bangkok,
    bangkok_day,
    clock,
    duration,
    long_date,
    read_date,
    short_date,
)

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "typed",
    [
        "25/11/2569",
        "25/11/2026",
        "25-11-2569",
        "25.11.2569",
        "25 11 2569",
        " 25 / 11 / 2569 ",
        "๒๕/๑๑/๒๕๖๙",
        "2026-11-25",
        "2569-11-25",
        "25 พ.ย. 2569",
        "25 พ.ย. พ.ศ. 2569",
        "25 พฤศจิกายน 2569",
        "๒๕ พฤศจิกายน พ.ศ. ๒๕๖๙",
        "25 พฤศจิกายน ค.ศ. 2026",
        "25 November 2026",
        "25 Nov 2026",
        "25 nov. 2569",
    ],
)
def test_a_day_is_understood_in_both_eras(typed):
    assert read_date(typed) == WEDNESDAY


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("25/11/69", "short_year"),
        ("25 พ.ย. 69", "short_year"),
        ("25/11/1899", "year"),
        ("25/11/2151", "year"),
        ("25/11/2399", "year"),
        ("25/11/2701", "year"),
        ("25/11/999", "year"),
        ("29/2/2568", "no_such_day"),  # 2025 has no 29 February
        ("29/2/2025", "no_such_day"),
        ("31/4/2569", "no_such_day"),
        ("1/13/2569", "no_such_day"),
        ("0/1/2569", "no_such_day"),
        ("1/2/2483", "old_calendar"),
        ("พรุ่งนี้", "unreadable"),
        ("25 Brumaire 2026", "unreadable"),
        ("²5/11/2569", "unreadable"),
        ("1" * 5000, "unreadable"),
        ("", "unreadable"),
        ("\0", "unreadable"),
    ],
)
def test_a_doubtful_day_is_refused_with_its_reason(typed, reason):
    with pytest.raises(CannotReadDate) as refused:
        read_date(typed)
    assert refused.value.reason == reason


def test_a_leap_day_is_checked_in_the_common_era():
    assert read_date("29/2/2567") == date(2024, 2, 29)


def test_a_day_before_the_reform_of_the_calendar_is_plain_from_april_on():
    assert read_date("1/4/2483") == date(1940, 4, 1)


def test_dates_are_shown_in_the_era_of_the_language():
    assert short_date(WEDNESDAY, "th") == "25 พ.ย. 2569"
    assert short_date(WEDNESDAY, "en") == "25 Nov 2026"
    assert long_date(WEDNESDAY, "th") == "วันพุธที่ 25 พฤศจิกายน 2569"
    assert long_date(WEDNESDAY, "en-gb") == "Wednesday 25 November 2026"


def test_the_day_and_the_hour_are_bangkoks():
    evening = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
    assert bangkok_day(evening) == WEDNESDAY
    assert short_date(evening, "th") == "25 พ.ย. 2569"
    assert clock(evening, "th") == "00.30 น."
    assert clock(evening, "en") == "00:30"
    assert at_bangkok(WEDNESDAY, 0, 30) == evening


@pytest.mark.parametrize(
    ("minutes", "thai", "english"),
    [(30, "30 นาที", "30 min"), (210, "3 ชม. 30 นาที", "3 h 30 min"), (1500, "1 วัน 1 ชม.", "1 d 1 h"), (0, "", "")],
)
def test_a_duration_names_only_what_there_is(minutes, thai, english):
    assert duration(minutes, "th") == thai
    assert duration(minutes, "en") == english
