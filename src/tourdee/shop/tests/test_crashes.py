"""The process dies between any two steps of paying. After the restart, the sweep and the buyer's and seller's second
try there is one order, one slip with its picture, one payment, and the books balance.

In the first test an exception that nothing catches stands for the death; in the second the process really dies.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.conf import settings as django_settings
from django.db import connection

from tourdee.core import pictures

from ..actions.orders import place_order
from ..actions.payments import accept_slip, apply_pending_payments, receive_slip
from ..models import Departure, Order, PaymentEvent, Slip
from ..queries.reconcile import differences
from .factories import a_buyer, a_departure, a_shop, a_slip, a_tour, in_days, seats

# What a step is: every statement that the database is asked for, every picture that is written.
STEPS = 60  # more than there are; the test ends when the whole way was walked without dying


class Died(BaseException):
    """The process is gone. No ``except Exception`` holds it up."""


@contextmanager
def dying_at(step: int, die: Callable[[], object]) -> Iterator[list[int]]:
    """Call ``die`` before the step of that number. Yields the steps taken so far."""
    taken = [0]

    def tick() -> None:
        taken[0] += 1
        if taken[0] == step:
            die()

    def statement(execute: Any, sql: str, *rest: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            tick()
        return execute(sql, *rest)

    def written(*what: Any) -> None:
        tick()
        real(*what)
        tick()

    real = pictures._write
    with ExitStack() as patches:
        patches.enter_context(connection.execute_wrapper(statement))
        patches.enter_context(mock.patch.object(pictures, "_write", written))
        yield taken


class Way:
    """One buyer's way from the basket to the confirmed order, which can be walked any number of times."""

    def __init__(self, at: datetime) -> None:
        self.at, self.shop, self.buyer = at, a_shop(), a_buyer()
        self.departure = a_departure(a_tour(self.shop), starts_at=in_days(at, 5))
        self.item, self.picture = seats(self.departure, 2), a_slip()

    def walk(self) -> None:
        order = place_order(shop=self.shop, buyer=self.buyer, items=[self.item], idempotency_key="one-form", at=self.at)
        slip = receive_slip(order=order, upload=self.picture, at=self.at)
        accept_slip(slip=slip, by=self.shop.owner, satang=order.total_satang, at=self.at)

    def take_up(self) -> None:
        """The worker is started again; buyer and seller try again."""
        apply_pending_payments(self.at)
        self.walk()

    def check(self) -> None:
        order = Order.objects.get(shop=self.shop)
        assert (order.status, order.paid_satang, order.refund_due_satang) == ("confirmed", 240000, 0)
        assert Departure.objects.get(pk=self.departure.pk).taken == 2
        assert Slip.objects.get(order=order).status == "accepted"
        assert PaymentEvent.objects.get(order=order).applied_at == self.at
        assert (Path(django_settings.PRIVATE_ROOT) / order.slips.get().picture).is_file()
        assert order.notes.filter(kind="paid").count() == 1
        assert differences(self.at) == []


def walked_to_its_end(way: Way, step: int) -> bool:
    def die() -> None:
        raise Died

    try:
        with dying_at(step, die):
            way.walk()
    except Died:
        return False
    return True


@pytest.mark.django_db(transaction=True)
def test_dying_between_any_two_steps_of_paying_loses_nothing(at):
    for step in count(1):
        way = Way(at)
        ended = walked_to_its_end(way, step)
        apply_pending_payments(at)  # the restarted worker
        way.walk()  # buyer and seller try again
        way.check()
        if ended:
            break
    assert 35 <= step <= STEPS


@pytest.mark.django_db(transaction=True)
def test_dying_after_the_money_was_accepted_needs_the_sweep_alone(at):
    """Nobody has to press anything a second time."""
    alone = 0
    for step in range(1, STEPS):
        way = Way(at)
        walked_to_its_end(way, step)
        if PaymentEvent.objects.filter(order__shop=way.shop, applied_at=None).exists():
            apply_pending_payments(at)
            way.check()
            alone += 1
    assert alone >= 5


@pytest.mark.parametrize(
    ("way", "most", "stride", "fewest"), [("Way", STEPS, 1, 35), ("ByGateway", 600, 7, 10)], ids=["slip", "gateway"]
)
def test_a_killed_process_loses_nothing(way, most, stride, fewest, tmp_path, django_db_setup):
    """Really killed (exit 137), on a database file of its own, at every step; a new process takes up the work."""
    with (
        sqlite3.connect(connection.settings_dict["NAME"]) as empty,
        sqlite3.connect(tmp_path / "tourdee.sqlite3") as own,
    ):
        empty.backup(own)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tourdee.config.test_settings",
        "TOURDEE_DATA": str(tmp_path),
        "TOURDEE_MONEY_SERVICES": "console",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "tourdee.shop.tests.killed", str(most), way, str(stride)],
        env=environment, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    kills, walked = map(int, done.stdout.split()[-2:])
    assert (kills, walked) == (walked - 1, walked)
    assert walked >= fewest
