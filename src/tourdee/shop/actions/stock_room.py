"""Counting goods in and out: every change of a stock number leaves a line that says why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tourdee.core.audit import record
from tourdee.people.models import User

from ..models import Order, OrderLine, StockMovement, Variant
from .conflicts import once_more
from .versions import product_changed

KIND = StockMovement.Kind


class BelowReserved(Exception):
    """Fewer pieces than buyers have already ordered. ``reserved`` is how many those are."""

    def __init__(self, name: str, reserved: int) -> None:
        super().__init__(name)
        self.name, self.reserved = name, reserved

    @property
    def message(self) -> str:
        return _("%(name)s: %(reserved)s are already ordered, so the stock cannot be less.") % {
            "name": self.name,
            "reserved": self.reserved,
        }


@dataclass(frozen=True, kw_only=True)
class Count:
    """What somebody counted of a variant, and how many the page showed them."""

    variant: Variant
    counted: int
    seen: int


@once_more
@transaction.atomic
def move_stock(*, variant: Variant, change: int, kind: str, reason: str, key: str, by: User, at: datetime) -> bool:
    """So many pieces come (``change`` above 0) or go. ``key`` is the form's own: sent twice it moves once, and gives
    ``False``. Raises BelowReserved."""
    _lock([variant])
    if StockMovement.objects.filter(source=_form(key)).exists():
        return False
    _change(variant, change)
    note_movement(variant=variant, change=change, kind=kind, reason=reason, source=_form(key), by=by, at=at)
    return True


@once_more
@transaction.atomic
def write_counts(*, counts: Sequence[Count], reason: str, key: str, by: User, at: datetime) -> int:
    """What was counted, all or nothing. Only the difference to what was seen is written: what was sold meanwhile stays
    sold. Returns how many numbers changed. Raises BelowReserved."""
    changed = 0
    _lock([count.variant for count in counts])
    for place, count in enumerate(sorted(counts, key=lambda one: one.variant.pk)):
        source = _form(f"{key}:{place}")
        if count.counted == count.seen or StockMovement.objects.filter(source=source).exists():
            continue
        _change(count.variant, count.counted - count.seen)
        note_movement(
            variant=count.variant, change=count.counted - count.seen, kind=KIND.COUNTED, reason=reason, source=source,
            by=by, at=at,
        )  # fmt: skip
        changed += 1
    return changed


def _lock(variants: Iterable[Variant]) -> None:
    """Whoever sends the same form in the same instant waits here, and sees then what the first has moved."""
    rows = Variant.objects.select_for_update().filter(pk__in=[variant.pk for variant in variants])
    list(rows.order_by("pk").values_list("pk"))


def _form(key: str) -> str:
    return f"form:{key}"


def _change(variant: Variant, change: int) -> None:
    enough = Variant.objects.filter(pk=variant.pk, reserved__lte=F("stock") + change)
    if not enough.update(stock=F("stock") + change):
        raise BelowReserved(full_name(variant), Variant.objects.get(pk=variant.pk).reserved)
    product_changed(variant.product)


def note_movement(
    *, variant: Variant, change: int, kind: str, reason: str, source: str, by: User | None, at: datetime
) -> None:
    """The line of a change that has just been made, in its transaction: the row is locked, so ``after`` is true."""
    after = Variant.objects.values_list("stock", flat=True).get(pk=variant.pk)
    StockMovement.objects.create(
        variant=variant, at=at, kind=kind, change=change, after=after, reason=reason, by=by, source=source
    )
    if kind not in {KIND.SENT, KIND.CAME_BACK}:
        said = f"{full_name(variant)} {change:+d} เหลือ {after} ({reason or kind})"
        record("stock.moved", subject=variant, text=said, at=at, actor=by)


def note_sent(*, order: Order, lines: Iterable[OrderLine], by: User | None, at: datetime) -> None:
    """The goods of an order left the house."""
    for line in lines:
        if line.variant:
            note_movement(
                variant=line.variant, change=-line.quantity, kind=KIND.SENT, reason=order.code,
                source=f"sent:{order.public_id}:{line.pk}", by=by, at=at,
            )  # fmt: skip


def take_back(*, variant: Variant, quantity: int, order: Order, source: str, by: User | None, at: datetime) -> None:
    """Pieces come back into the stock, once for each ``source``."""
    if not quantity:
        return
    Variant.objects.filter(pk=variant.pk).update(stock=F("stock") + quantity)
    product_changed(variant.product)
    try:
        with transaction.atomic():
            note_movement(
                variant=variant, change=quantity, kind=KIND.CAME_BACK, reason=order.code, source=source, by=by, at=at
            )
    except IntegrityError as twice:
        raise RuntimeError(f"{source} came back twice") from twice


def full_name(variant: Variant) -> str:
    """Product and variant, as the seller calls them."""
    return " · ".join(name for name in (variant.product.name_th, variant.name_th) if name)
