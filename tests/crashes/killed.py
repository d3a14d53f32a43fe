"""Really kills processes (SIGKILL) on each way, and lets others take up their work: see test_killed.py.

Run as a program of its own, on the folder TOURDEE_DATA in which an empty database stands ready. Every process works on a copy of
its own. The parent opens none, so that no connection is shared, and makes no picture: the threads of that do not survive a fork.
"""

import os
import pickle
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import django
from django.core.cache.backends.filebased import FileBasedCache
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from tourdee.core.dates import at_bangkok, bangkok_day

from .dying import NEVER, dying_at

if TYPE_CHECKING:  # models can be loaded only once Django is set up
    from .left import Left
    from .ways import Way

FILE = "tourdee.sqlite3"


def main(folder: Path) -> None:
    """Print of each way its name and at which writes it was killed."""
    django.setup()
    from .ways import WAYS

    reverse("landing")  # the addresses of all rooms are read once, not by every child
    for number, way in enumerate(WAYS):
        place = folder / str(number)
        place.mkdir()
        shutil.copy(folder / FILE, place / FILE)
        writes, whole = undisturbed(way, place)
        sample = (1 + writes // 3, writes)
        for write in sample:
            killed(way, place, write, whole)
        print(f"{way}: {sample}")


def undisturbed(way: "Way", place: Path) -> "tuple[int, Left]":
    """Make the scene ready, and walk the whole way on a copy: how many writes that takes, and what it leaves."""

    def walk() -> None:
        writes = walked(way, copy, NEVER)
        keep(copy / "left", (writes, taken_up(way, copy)))

    if in_child(lambda: keep(place / "scene", (way.scene(now()), 0)), place, way):
        sys.exit(f"{way} cannot begin")
    copy = copied(place, "undisturbed")
    if in_child(walk, copy, way):
        sys.exit(f"{way} cannot be walked")
    found: tuple[int, Left] = kept(copy / "left")
    return found


def killed(way: "Way", place: Path, write: int, whole: "Left") -> None:
    """One process is killed before that write, another one takes up its work. What it leaves must be as if nobody had died."""
    broken = copied(place, f"killed at {write}")
    if (ended := in_child(lambda: walked(way, broken, write), broken, way)) != -signal.SIGKILL:
        sys.exit(f"{way} ended with {ended} before it was killed at write {write}")
    if in_child(lambda: keep(broken / "left", taken_up(way, broken)), broken, way) or kept(broken / "left") != whole:
        sys.exit(f"{way}, killed at write {write}, is not taken up:\n{kept(broken / 'left')}\nis not {whole}")


def copied(place: Path, name: str) -> Path:
    there = place / name
    there.mkdir()
    for name in (FILE, "scene"):
        shutil.copy(place / name, there / name)
    return there


def in_child(act: Callable[[], object], place: Path, way: "Way") -> int:
    """Do it in a process of its own. Its exit status."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        with at(place, way):
            act()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


@contextmanager
def at(place: Path, way: "Way") -> Iterator[None]:
    """On the database and the files of that place; the gateway's books are beside them, and do not die with us."""
    connection.settings_dict["NAME"] = str(place / FILE)
    books = {"default": FileBasedCache(str(place / "play"), {})}
    with (
        override_settings(PRIVATE_ROOT=place / "private", MONEY_SERVICES=way.services),
        mock.patch("tourdee.shop.payment_methods.gateways.play.caches", books),
    ):
        yield
    connection.close()


def walked(way: "Way", place: Path, until: int) -> int:
    """Act by act. Which one it is in, people know who do not die. How many writes there were."""
    scene, _act = kept(place / "scene")
    with dying_at(until, lambda: os.kill(os.getpid(), signal.SIGKILL)) as life:
        for number, act in enumerate(way.acts):
            keep(place / "scene", (scene, number))
            act(scene)
    keep(place / "scene", (scene, len(way.acts)))
    return life.writes


def taken_up(way: "Way", place: Path) -> "Left":
    from .left import left

    scene, number = kept(place / "scene")
    scene.work_on()
    for act in way.acts[number:]:
        act(scene)
    scene.work_on()
    return left()


def now() -> datetime:
    return at_bangkok(bangkok_day(timezone.now()), 12)


def keep(path: Path, what: object) -> None:
    path.write_bytes(pickle.dumps(what))


def kept(path: Path) -> Any:
    return pickle.loads(path.read_bytes())


if __name__ == "__main__":
    main(Path(os.environ["TOURDEE_DATA"]))
