"""Kills a process at each step of paying, and checks that another one takes up its work (see test_crashes.py).

Run as a program of its own: it sets Django up on the database file that stands ready below TOURDEE_DATA, then forks a child
for every step. The parent itself never touches the database, so that no open connection is shared.
"""

import os
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import django
from django.urls import reverse

KILLED = 137


def main(most: int, way: str, stride: int) -> None:
    """Print how many children were killed and at how many steps one was to be. ``way``: the class of it, in the tests of
    crashes; every so manyth step (``stride``) is tried."""
    django.setup()
    from . import test_crashes, test_gateway_crashes

    new_way = getattr(test_crashes, way, None) or getattr(test_gateway_crashes, way)  # loaded once, before the forks
    give_the_play_bank_books_of_its_own()
    reverse("landing")  # the addresses of all rooms are read once, not by every child
    kills = 0
    for step in count(1, stride):
        killed = in_child(lambda step=step: walk(step, new_way)) == KILLED
        kills += killed
        if in_child(lambda step=step: take_up(step)) != 0:
            sys.exit(f"after dying at step {step} something is lost")
        if not killed or step > most:
            print(kills, 1 + (step - 1) // stride)
            return


def give_the_play_bank_books_of_its_own() -> None:
    """The gateway does not die with us: what it knows stands in files that every child sees."""
    from django.conf import settings
    from django.core.cache.backends.filebased import FileBasedCache

    from ..payment_methods.gateways import play

    play.caches = {"default": FileBasedCache(str(Path(settings.DATA) / "play"), {})}


def in_child(act: Callable[[], None]) -> int:
    """Run the act in a forked process; its exit status."""
    child = os.fork()
    if not child:
        try:
            act()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def walk(step: int, new_way: Callable[[datetime], Any]) -> None:
    import pickle

    from django.conf import settings
    from django.utils import timezone

    from tourdee.core.dates import at_bangkok, bangkok_day

    from . import factories
    from .test_crashes import dying_at

    factories._numbers = count(1000 * step)  # each child would begin to count anew
    way = new_way(at_bangkok(bangkok_day(timezone.now()), 12))
    (Path(settings.DATA) / f"way-{step}").write_bytes(pickle.dumps(way))
    with dying_at(step, lambda: os._exit(KILLED)):
        way.walk()


def take_up(step: int) -> None:
    import pickle

    from django.conf import settings

    way = pickle.loads((Path(settings.DATA) / f"way-{step}").read_bytes())
    way.take_up()
    way.check()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
