"""Whole satang and how they are shown."""

from decimal import Decimal

import pytest

from tourdee.core.money import baht, percent_of, plain_baht, satang_from_baht


@pytest.mark.parametrize(
    ("satang", "shown"),
    [(0, "฿0"), (5, "฿0.05"), (125000, "฿1,250"), (125050, "฿1,250.50"), (-9900, "-฿99"), (10**10, "฿100,000,000")],
)
def test_baht_shows_satang_only_where_there_are_any(satang, shown):
    assert baht(satang) == shown


@pytest.mark.parametrize(("satang", "plain"), [(0, "0.00"), (5, "0.05"), (125050, "1250.50"), (-150, "-1.50")])
def test_machines_read_two_decimals(satang, plain):
    assert plain_baht(satang) == plain


@pytest.mark.parametrize(("amount", "satang"), [("1.005", 101), ("0.004", 0), ("1250.5", 125050), ("0.1", 10)])
def test_baht_become_whole_satang_half_up(amount, satang):
    assert satang_from_baht(Decimal(amount)) == satang


@pytest.mark.parametrize(("satang", "percent", "part"), [(10000, 7, 700), (33333, 30, 10000), (1, 50, 1), (0, 30, 0)])
def test_a_percentage_is_rounded_half_up(satang, percent, part):
    assert percent_of(satang, percent) == part
