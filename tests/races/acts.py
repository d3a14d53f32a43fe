"""What the racing processes do."""

import random
import time
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from tourdee.shop.actions import chat_orders, departures, orders, stock
from tourdee.shop.actions.holds import expire_stale_orders
from tourdee.shop.actions.payments import apply_payment, apply_pending_payments, record_payment
from tourdee.shop.actions.resources import ResourceBusy
from tourdee.shop.actions.stock_room import Count, move_stock, write_counts
from tourdee.shop.models import Departure, Order, Shop, Tour, Variant

Answers = dict[str, int]


def buy(
    *, place: int, shop: str, items: list[dict[str, Any]], tries: int, at: datetime, guarded: bool = True
) -> Answers:
    """Many buyers, one after the other, each wants these items once. How often which answer came."""
    here = Shop.objects.select_related("owner", "business").get(public_id=shop)
    wanted = [orders.Item(**item) for item in (items if place % 2 else items[::-1])]
    with mock.MagicMock() if guarded else Unguarded():
        return dict(Counter(_answer(here, wanted, f"{place}-{number}", at) for number in range(tries)))


def _answer(shop: Shop, items: list[orders.Item], buyer: str, at: datetime) -> str:
    who = orders.Buyer(name="Racer", phone=f"+{buyer}", address="1 Race Road")
    try:
        orders.place_order(shop=shop, buyer=who, items=items, idempotency_key=buyer, at=at)
    except orders.SoldOut:
        return "sold out"
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}"
    return "sold"


class Unguarded:
    """The control: how seats are often taken, by reading how many are gone and writing the sum back."""

    def __init__(self) -> None:
        self.read: dict[int, Departure] = {}
        self.patches = [
            mock.patch.object(orders, "check_open_orders", self.look),
            mock.patch.object(stock, "take_seats", self.take_seats),
        ]

    def __enter__(self) -> None:
        for patch in self.patches:
            patch.start()

    def __exit__(self, *_how: object) -> None:
        for patch in self.patches:
            patch.stop()

    def look(self, **_buyer: object) -> None:
        self.read = Departure.objects.in_bulk()
        time.sleep(0.001)  # as a page does that shows what is left before it takes

    def take_seats(self, *, departure: int, seats: int, starts_after: datetime, private: bool = False) -> bool:
        seen = self.read[departure]
        if seen.taken + seats > seen.capacity:
            return False
        return bool(Departure.objects.filter(pk=departure).update(taken=seen.taken + seats))


def click(*, place: int, shop: str, items: list[dict[str, Any]], key: str, at: datetime) -> str:
    """The same form, sent by every process at once. The code of the order that came of it."""
    here = Shop.objects.select_related("owner", "business").get(public_id=shop)
    who = orders.Buyer(name="Racer", phone="+66811111111", address="1 Race Road")
    wanted = [orders.Item(**item) for item in items]
    return orders.place_order(shop=here, buyer=who, items=wanted, idempotency_key=key, at=at).code


def save_change(*, place: int, order: str, items: list[dict[str, Any]], key: str, at: datetime) -> str:
    """The form that changes an order, sent by every process at once. Until when it is held then: each sent it at a moment of
    its own."""
    here = Order.objects.select_related("shop__owner").get(code=order)
    changed = chat_orders.change_chat_order(
        order=here, by=here.shop.owner, buyer=orders.Buyer(name="Racer", phone=""), items=[orders.Item(**item) for item in items],
        hold=timedelta(hours=3), idempotency_key=key, at=at + timedelta(seconds=place),
    )  # fmt: skip
    return changed.expires_at.isoformat()


def settle(*, place: int, at: datetime) -> Answers:
    """Pay, cancel, expire and sweep the same orders, each process in an order of its own. Word of each payment comes
    to every process."""
    chance = random.Random(place)
    waiting = list(Order.objects.order_by("pk"))
    chance.shuffle(waiting)
    return dict(Counter(_settle(order, number, place, at) for number, order in enumerate(waiting)))


def _settle(order: Order, number: int, place: int, at: datetime) -> str:
    try:
        if place == 0:
            expire_stale_orders(at)
            return "swept"
        if place == 1 and order.pk % 3 == 0:
            orders.cancel_order(order=order, by="buyer", at=at)
            return "cancelled"
        event = record_payment(provider="gate", reference=order.code, order=order, satang=order.total_satang, at=at)
        if number % 5:
            apply_payment(event=event, at=at)
        else:
            apply_pending_payments(at)
    except orders.CannotCancel:
        return "refused"
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}"
    return "paid"


def lead(*, place: int, tours: list[str], starts: list[datetime], at: datetime) -> Answers:
    """Each process opens dates of a tour of its own, all with the same guide, as fast as it can."""
    tour = Tour.objects.select_related("shop").get(public_id=tours[place])
    return dict(Counter(_opened(tour, start, at) for start in starts))


def _opened(tour: Tour, start: datetime, at: datetime) -> str:
    try:
        departures.add_departures(tour=tour, starts=[start], capacity=8, at=at)
    except ResourceBusy:
        return "busy"
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}"
    return "opened"


def count_goods(*, place: int, variant: str, forms: int, act: str, at: datetime) -> Answers:
    """The same forms of the stock room, sent by every process at once."""
    here = Variant.objects.select_related("product__shop__owner").get(public_id=variant)
    return dict(Counter(_sent_form(here, act, f"{act}-{number}", at) for number in range(forms)))


def _sent_form(variant: Variant, act: str, key: str, at: datetime) -> str:
    by = variant.product.shop.owner
    try:
        if act == "move":
            moved = move_stock(variant=variant, change=-1, kind="taken_out", reason="", key=key, by=by, at=at)
        else:
            counts = [Count(variant=variant, counted=4, seen=5)]
            moved = bool(write_counts(counts=counts, reason="", key=key, by=by, at=at))
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}"
    return "moved" if moved else "again"
