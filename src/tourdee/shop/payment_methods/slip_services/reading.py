"""What the services' answers have in common: amounts in baht, times in three spellings, masked numbers."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from tourdee.core.dates import BANGKOK
from tourdee.core.money import satang_from_baht


def satang_of(amount: Any) -> int:
    """``2400`` or ``"2400.00"`` baht. Raises ArithmeticError, ValueError for anything else."""
    if isinstance(amount, bool) or not isinstance(amount, int | float | str):
        raise ValueError("not an amount")
    return satang_from_baht(Decimal(str(amount)))


def moment_of(text: str) -> datetime:
    """An ISO time; without a zone it is Bangkok's. Raises ValueError."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=BANGKOK)


def numbers_of(*holders: Mapping[str, Any] | None, name: str) -> tuple[str, ...]:
    """The masked numbers that stand under this name; missing ones are left out."""
    found = ((holder or {}).get(name) for holder in holders)
    return tuple(number for number in found if isinstance(number, str) and number)


def references_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """``ref1`` to ``ref3`` of a bill payment, without the empty ones."""
    return tuple(data[name] for name in ("ref1", "ref2", "ref3") if isinstance(data.get(name), str) and data[name])
