"""Word of an order in the chat of who bought it there: once for each thing that happens to it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from tourdee.core.periodic import each_in_turn
from tourdee.shop.models import Order, OrderLine
from tourdee.shop.queries.reviews import may_review

from ..flex.parts import Json
from ..models import ChatOrder
from ..queries.screens import orders
from .saying import say as say_to

DAY_BEFORE = timedelta(hours=24)
ASK_FOR = timedelta(days=5)  # later nobody remembers


def tell(*, order: str, what: str, say: Callable[[Order], list[Json]], at: datetime) -> bool:
    """Say it to the follower who has this order. ``what`` and the order make the key, so it is said once. ``False``: the order
    was not bought in a chat, or they have left."""
    mine = ChatOrder.objects.select_related("follower__shop", "order").filter(order__public_id=order).first()
    if mine is None or mine.follower.left_at is not None:
        return False
    follower = mine.follower
    with orders.in_language_of(follower):
        messages = say(orders.orders_of(follower).get(pk=mine.order_id))
    say_to(follower=follower, messages=messages, key=f"{what}-{order}", at=at, order=mine.order)
    return True


def remind_due(at: datetime) -> int:
    """A day before the start, once. Returns how many were reminded."""
    soon = Q(order__lines__departure__starts_at__gt=at, order__lines__departure__starts_at__lte=at + DAY_BEFORE)
    due = ChatOrder.objects.filter(soon, order__status=Order.Status.CONFIRMED, reminded_at__isnull=True)
    return each_in_turn(due.select_related("order").distinct(), lambda one: _remind(one, at))


@transaction.atomic
def _remind(mine: ChatOrder, at: datetime) -> bool:
    lines = mine.order.lines.filter(departure__starts_at__gt=at, departure__starts_at__lte=at + DAY_BEFORE)
    first = lines.select_related("departure__tour").order_by("departure__starts_at").first()
    if first is None or first.departure is None or not _once(mine, "reminded_at", at):
        return False
    departure = first.departure
    return tell(order=mine.order.public_id, what="remind", say=lambda order: orders.reminder(order, departure), at=at)


def ask_for_reviews_due(at: datetime) -> int:
    """Once the tour is over, who came is asked how it was. Returns how many were asked."""
    came = ChatOrder.objects.filter(
        order__status=Order.Status.CONFIRMED, order__lines__arrived__gte=1, review_asked_at__isnull=True,
        order__lines__departure__starts_at__lte=at, order__lines__departure__starts_at__gt=at - ASK_FOR,
    )  # fmt: skip
    return each_in_turn(came.select_related("order__shop__owner").distinct(), lambda one: _ask(one, at))


@transaction.atomic
def _ask(mine: ChatOrder, at: datetime) -> bool:
    lines = list(mine.order.lines.select_related("departure__tour", "review").order_by("pk"))
    place = next((number for number, line in enumerate(lines, start=1) if _can_ask(mine.order, line, at)), None)
    if place is None or not _once(mine, "review_asked_at", at):
        return False
    line = lines[place - 1]
    assert line.departure
    tour = line.departure.tour
    return tell(
        order=mine.order.public_id,
        what="review",
        say=lambda order: orders.ask_review(order, place, orders.title(tour)),
        at=at,
    )


def _can_ask(order: Order, line: OrderLine, at: datetime) -> bool:
    return bool(line.departure and line.arrived and not hasattr(line, "review") and may_review(order, line, at))


def _once(mine: ChatOrder, column: str, at: datetime) -> bool:
    return ChatOrder.objects.filter(pk=mine.pk, **{f"{column}__isnull": True}).update(**{column: at}) > 0
