"""What was sold in LINE SHOPPING takes from the one stock, once for each order and kind; what was cancelled there comes back."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from tourdee.shop.actions.stock_room import BelowReserved, move_stock
from tourdee.shop.models import StockMovement, Variant

from ..models import MyShop, OutsideOrder
from ..myshop import Client, Sold

KIND = StockMovement.Kind
STATE = OutsideOrder.State
OVERLAP = timedelta(minutes=10)  # clocks differ, and a list may be late


def read_orders(*, connection: MyShop, client: Client, at: datetime) -> int:
    """Every order that changed since the last pass. Returns how many were new. Raises what the client raises."""
    since = max(connection.connected_at, connection.orders_read_at - OVERLAP)
    new = 0
    for sold in client.orders(since):
        known = connection.orders.filter(number=sold.number).first()
        if known:
            _changed(connection, known, sold, at)
        elif sold.state != STATE.CANCELLED:
            new += _taken(connection, client.order(sold.number), at)
    MyShop.objects.filter(pk=connection.pk).update(orders_read_at=at)
    return new


def _taken(connection: MyShop, sold: Sold, at: datetime) -> bool:
    """The stock goes down first, line by line, each once; then the order is written. A crash in between repeats lines that
    then change nothing."""
    mine = Variant.objects.filter(product__shop=connection.shop_id).select_related("product")
    kinds = {one.public_id: one for one in mine.filter(public_id__in=[sku for sku, _pieces in sold.lines])}
    lines = [(kinds[sku], pieces) for sku, pieces in sold.lines if sku in kinds and pieces > 0]
    missing = sum(_take(connection, sold.number, kind, pieces, at) for kind, pieces in lines)
    try:
        with transaction.atomic():
            OutsideOrder.objects.create(
                myshop=connection, number=sold.number, state=sold.state, missing=missing, at=at,
                lines=[[kind.public_id, pieces] for kind, pieces in lines],
            )  # fmt: skip
    except IntegrityError:  # another worker has written it
        return False
    return True


def _take(connection: MyShop, number: str, kind: Variant, pieces: int, at: datetime) -> int:
    """As many as are left. Returns how many there were not."""
    for wanted in (pieces, Variant.objects.get(pk=kind.pk).left):
        try:
            if wanted:
                _move(connection, number, kind, -wanted, KIND.TAKEN_OUT, at)
        except BelowReserved:
            continue
        return pieces - wanted
    return pieces


def _changed(connection: MyShop, known: OutsideOrder, sold: Sold, at: datetime) -> None:
    """Sent: nothing more to count. Cancelled before it was sent: the pieces that were taken come back."""
    if sold.state == known.state or known.state != STATE.OPEN:
        return
    if sold.state == STATE.CANCELLED:
        for sku, _pieces in known.lines:
            _give_back(connection, known, sku, at)
    OutsideOrder.objects.filter(pk=known.pk).update(state=sold.state)


def _give_back(connection: MyShop, known: OutsideOrder, sku: str, at: datetime) -> None:
    taken = StockMovement.objects.filter(source=f"form:{_source(connection, known.number, sku)}").first()
    if taken:
        kind = Variant.objects.select_related("product").get(pk=taken.variant_id)
        _move(connection, known.number, kind, -taken.change, KIND.CAME_BACK, at)


def _move(connection: MyShop, number: str, kind: Variant, change: int, why: str, at: datetime) -> None:
    back = ":back" if change > 0 else ""
    move_stock(
        variant=kind, change=change, kind=why, reason=f"LINE SHOPPING {number}",
        key=f"{_source(connection, number, kind.public_id)}{back}", by=connection.shop.owner, at=at,
    )  # fmt: skip


def _source(connection: MyShop, number: str, sku: str) -> str:
    """Names one line of one order; short enough with ``form:`` and ``:back``."""
    return f"ls{connection.pk}:{number}:{sku}"
