"""Dated settings and signs of life."""

from datetime import date, timedelta

import pytest

from tourdee.core.models import DatedSetting, SignOfLife
from tourdee.core.queries import NoSuchSetting, is_alive, setting_on


@pytest.mark.django_db
def test_a_setting_is_the_newest_that_is_in_force():
    for year, value in ((2020, 7), (2026, 8), (2030, 10)):
        DatedSetting.objects.create(key="vat", valid_from=date(year, 1, 1), value=value, source="ราชกิจจาฯ")
    days = (date(2020, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    assert [setting_on("vat", day).value for day in days] == [7, 7, 8]
    assert setting_on("vat", date(2031, 1, 1)).source == "ราชกิจจาฯ"
    for key, day in (("vat", date(2019, 12, 31)), ("other", date(2026, 1, 1))):
        with pytest.raises(NoSuchSetting):
            setting_on(key, day)


@pytest.mark.django_db
def test_a_process_lives_while_its_sign_is_fresh(at):
    assert not is_alive("worker", at=at)
    SignOfLife.objects.create(name="worker", at=at - timedelta(seconds=90))
    assert is_alive("worker", at=at)
    assert not is_alive("worker", at=at + timedelta(seconds=1))
