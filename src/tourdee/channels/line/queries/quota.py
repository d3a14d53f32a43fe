"""The month's paid messages: how many there are, how many are gone."""

from dataclasses import dataclass
from datetime import date, datetime

from tourdee.core.dates import bangkok_day
from tourdee.shop.models import Shop

from ..models import MonthUse

FREE_PLAN = 300  # what the free plan in Thailand has, as public sources say; LINE's own word replaces it


@dataclass(frozen=True)
class Meter:
    """``limit`` is empty where LINE sets none. ``sure``: LINE was asked this month."""

    limit: int | None
    used: int
    sure: bool = True

    @property
    def left(self) -> int | None:
        """How many may still be sent; ``None``: as many as one likes."""
        return None if self.limit is None else max(0, self.limit - self.used)

    def has(self, number: int) -> bool:
        """Whether so many may be sent."""
        return self.left is None or number <= self.left


def month_of(at: datetime) -> date:
    """The first day of the month in Bangkok."""
    return bangkok_day(at).replace(day=1)


def meter_of(shop: Shop, at: datetime) -> Meter:
    """Before LINE was asked, the free plan is assumed, so that nothing unexpected is paid."""
    row = MonthUse.objects.filter(shop=shop, month=month_of(at)).first()
    if row is None:
        return Meter(FREE_PLAN, 0, sure=False)
    limit = row.limit if row.told_at else FREE_PLAN
    return Meter(limit, row.told + row.since, sure=row.told_at is not None)
