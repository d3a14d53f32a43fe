"""The meter of paid messages: what we send is counted at once; LINE's own count replaces it when it is asked."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from tourdee.shop.models import Shop

from ..models import MonthUse
from ..queries.quota import month_of


@transaction.atomic
def count_paid(*, shop: Shop, number: int, at: datetime) -> None:
    """So many were sent and count."""
    MonthUse.objects.get_or_create(shop=shop, month=month_of(at))
    MonthUse.objects.filter(shop=shop, month=month_of(at)).update(since=F("since") + number)


@transaction.atomic
def note_count(*, shop: Shop, limit: int | None, used: int, at: datetime) -> None:
    """What LINE says. It counts late, so a smaller number than we know of does not take ours back."""
    row, _new = MonthUse.objects.select_for_update().get_or_create(shop=shop, month=month_of(at))
    ours = row.told + row.since
    row.limit, row.told, row.told_at, row.since = limit, used, at, max(0, ours - used)
    row.save(update_fields=["limit", "told", "told_at", "since"])
