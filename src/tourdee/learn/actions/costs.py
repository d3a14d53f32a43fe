"""Saving calculations."""

from datetime import datetime
from typing import Any

from django.db import transaction

from tourdee.learn.models import CostSheet
from tourdee.people.models import User


@transaction.atomic
def save_cost_sheet(*, user: User, sheet: CostSheet | None, values: dict[str, Any], at: datetime) -> CostSheet:
    """Keep a calculation: a new one, or ``sheet`` with new figures. Money in whole satang."""
    kept = sheet or CostSheet(user=user)
    for name, value in values.items():
        setattr(kept, name, value)
    kept.at = at
    kept.save()
    return kept


@transaction.atomic
def delete_cost_sheet(*, sheet: CostSheet) -> None:
    """Throw a calculation away. Prices that were set with it stay as they are."""
    sheet.delete()
