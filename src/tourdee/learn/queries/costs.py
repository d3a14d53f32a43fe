"""The sums of topic 3: cost, margin, break-even, and a price that leaves what one wants.

This is cost–volume–profit analysis as every accounting primer teaches it, in the words of the lesson of topic 3. All
amounts are whole satang; the fee of the sales channel is rounded half up for each guest or piece, as a channel does.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet

from tourdee.core.money import SATANG, percent_of
from tourdee.learn.models import CostSheet


@dataclass(frozen=True)
class CostResult:
    """What a calculation comes to. "Each" means per guest or per piece."""

    fixed: int
    unit: int
    fee: int
    total: int
    cost_each: int
    left_each: int
    income: int
    profit: int
    margin_percent: Decimal | None
    break_even: int | None
    suggested_price: int | None
    units: int

    @property
    def loss(self) -> int:
        """What is lost, 0 where nothing is."""
        return max(0, -self.profit)

    @property
    def breaks_even(self) -> bool:
        """Whether the usual number of guests or pieces is enough."""
        return self.break_even is not None and self.break_even <= self.units


def cost_sheets_of(user: Any) -> QuerySet[CostSheet]:
    """The person's saved calculations, newest first."""
    return CostSheet.objects.filter(user=user)


def result_of(sheet: CostSheet) -> CostResult:
    """What a calculation (saved or not) comes to.

    total = fixed + units × unit; left each = price − fee − unit; income = units × price;
    profit = units × left each − fixed; margin = profit ÷ income.
    """
    fixed = sum(row["satang"] for row in sheet.fixed_costs)
    unit = sum(row["satang"] for row in sheet.unit_costs)
    fee = percent_of(sheet.price_satang, sheet.fee_percent)
    left_each = sheet.price_satang - fee - unit
    total = fixed + sheet.units * unit
    income = sheet.units * sheet.price_satang
    profit = sheet.units * left_each - fixed
    return CostResult(
        fixed=fixed,
        unit=unit,
        fee=fee,
        total=total,
        cost_each=_up(total, sheet.units),
        left_each=left_each,
        income=income,
        profit=profit,
        margin_percent=_share(profit, income),
        break_even=break_even(fixed, left_each),
        suggested_price=price_for_margin(total, sheet.units, sheet.fee_percent, sheet.wanted_percent),
        units=sheet.units,
    )


def break_even(fixed: int, left_each: int) -> int | None:
    """The least number of guests or pieces at which nothing is lost: fixed ÷ left each, always rounded up, at least 1.
    ``None`` (never) where a sale leaves nothing."""
    return max(1, _up(fixed, left_each)) if left_each > 0 else None


def price_for_margin(total: int, units: int, fee_percent: int, wanted_percent: int) -> int | None:
    """The lowest price in whole baht that leaves the wanted share of the income.

    profit ÷ income = wanted, solved for the price: cost each ÷ (1 − fee − wanted). ``None`` where fee and wanted share
    leave nothing to pay the costs from, or nothing costs anything.
    """
    rest = 100 - fee_percent - wanted_percent
    if rest <= 0 or total <= 0:
        return None
    return _up(total * 100, units * rest * SATANG) * SATANG  # of whole baht every per cent is whole satang: no rounding


def _up(amount: int, by: int) -> int:
    """Division rounded up."""
    return -(-amount // by)


def _share(part: int, whole: int) -> Decimal | None:
    """Per cent with one decimal, half up."""
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) if whole else None
