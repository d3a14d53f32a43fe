"""Wherever the process dies: when the worker has been started again and people have tried again, everything is as if nobody had
died. One booking, one row in the books, one message."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from itertools import count

import pytest

from tourdee.shop.models import PaymentEvent
from tourdee.shop.queries.reconcile import differences

from .conftest import Gateway
from .dying import Died, dying_at, undone
from .left import Left, left, told
from .scenes import Scene
from .ways import WAYS, Act, end


@contextmanager
def tried(gateway: Gateway) -> Iterator[None]:
    """What is done inside never was."""
    before = dict(gateway.rows)
    with undone():
        yield
    gateway.rows = before


def acted(act: Act, scene: Scene, until: int) -> tuple[bool, int]:
    """Whether it was finished, and how many pictures it left on the disk."""
    finished = True
    with dying_at(until) as life:
        try:
            act(scene)
        except Died:
            finished = False
    return finished, life.pictures


def taken_up(scene: Scene, acts: tuple[Act, ...], *, worker_first: bool) -> Left:
    """The worker goes on; people try the act again whose answer they never had, and go on. What is there in the end."""
    if worker_first:
        scene.work_on()
    for act in acts:
        act(scene)
    scene.work_on()
    return left()


def ways_to_die(scene: Scene, act: Act, gateway: Gateway) -> Iterator[Scene]:
    """Before each of its writes, and after the last, so that only the answer is lost. What dying left before need not be taken up
    a second time."""
    seen: list[object] = []
    for write in count(1):
        with tried(gateway):
            broken = deepcopy(scene)
            finished, pictures = acted(act, broken, write)
            there = (left(), pictures, len(gateway.rows))
            if there not in seen:
                seen.append(there)
                yield broken
        if finished:
            return


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_dying_before_any_write_leaves_everything_as_if_nobody_had_died(way, at, settings, gateway):
    """Whether the worker or the people go on first; and money that was written down needs the worker alone."""
    settings.MONEY_SERVICES = way.services
    scene = way.scene(at)
    with tried(gateway):
        whole = taken_up(deepcopy(scene), way.acts, worker_first=False)
        assert (end(), told(), differences(at)) == (way.ends, Counter(way.tells.split()), [])
    for number, act in enumerate(way.acts):
        with tried(gateway):
            done = taken_up(deepcopy(scene), (act,), worker_first=False)
        for broken in ways_to_die(scene, act, gateway):
            if PaymentEvent.objects.filter(applied_at=None).exists():
                with tried(gateway):
                    assert taken_up(deepcopy(broken), (), worker_first=False) == done
            for worker_first in (True, False):
                with tried(gateway):
                    assert taken_up(deepcopy(broken), way.acts[number:], worker_first=worker_first) == whole
        act(scene)
    assert left() == whole
