"""Really kills processes (SIGKILL) on each way, and lets others take up their work: see test_killed.py.

Run as a program of its own, on the name of an empty database that stands ready and that nobody is connected to, a file or one of
a server. Every process works in a place of its own. The parent keeps no connection, so that none is shared, and makes no picture:
the threads of that do not survive a fork.
"""

import os
import pickle
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Place:
    """A database, and a folder for what is kept beside it: pictures, the gateway's books, how far the acts have come."""

    database: str
    folder: Path

    def copy(self, name: str) -> "Place":
        """As it stands; nobody may be there."""
        there = self.folder / name
        there.mkdir()
        if self.scene.exists():
            shutil.copy(self.scene, there)
        if connection.vendor == "sqlite":
            return Place(shutil.copy(self.database, there / "tourdee.sqlite3"), there)
        copy = Place(f"{self.database}_{name}", there)
        copy.drop()  # of a run that failed
        on_the_server(f'CREATE DATABASE "{copy.database}" TEMPLATE "{self.database}" STRATEGY FILE_COPY')
        return copy

    def drop(self) -> None:
        """Its database; the files are few and small."""
        if connection.vendor == "sqlite":
            Path(self.database).unlink()
        else:
            on_the_server(f'DROP DATABASE IF EXISTS "{self.database}"')

    @property
    def scene(self) -> Path:
        return self.folder / "scene"

    @property
    def left(self) -> Path:
        return self.folder / "left"


def on_the_server(statement: str) -> None:
    """Connected to no database of ours, and no longer afterwards."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def main(ready: Place) -> None:
    """Print of each way its name and at which writes it was killed."""
    django.setup()
    from .ways import WAYS

    reverse("landing")  # the addresses of all rooms are read once, not by every child
    for number, way in enumerate(WAYS):
        place = ready.copy(str(number))
        writes, whole = undisturbed(way, place)
        early, last = 1 + writes // 3, writes
        killed(way, place.copy("early"), early, whole)
        killed(way, place, last, whole)
        print(f"{way}: {early}, {last}")


def undisturbed(way: "Way", place: Place) -> "tuple[int, Left]":
    """Make the scene ready, and walk the whole way on a copy: how many writes that takes, and what it leaves."""

    def walk() -> None:
        writes = walked(way, copy, NEVER)
        keep(copy.left, (writes, taken_up(way, copy)))

    if in_child(lambda: keep(place.scene, (way.scene(now()), 0)), place, way):
        sys.exit(f"{way} cannot begin")
    copy = place.copy("undisturbed")
    if in_child(walk, copy, way):
        sys.exit(f"{way} cannot be walked")
    copy.drop()
    found: tuple[int, Left] = kept(copy.left)
    return found


def killed(way: "Way", place: Place, write: int, whole: "Left") -> None:
    """One process is killed before that write, another one takes up its work. What it leaves must be as if nobody had died."""
    if (ended := in_child(lambda: walked(way, place, write), place, way)) != -signal.SIGKILL:
        sys.exit(f"{way} ended with {ended} before it was killed at write {write}")
    if in_child(lambda: keep(place.left, taken_up(way, place)), place, way):
        sys.exit(f"{way}, killed at write {write}, cannot be taken up")
    if kept(place.left) != whole:
        sys.exit(f"{way}, killed at write {write}, is not taken up:\n{kept(place.left)}\nis not {whole}")
    place.drop()


def in_child(act: Callable[[], object], place: Place, way: "Way") -> int:
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
def at(place: Place, way: "Way") -> Iterator[None]:
    """On the database and the files of that place; the gateway's books are beside them, and do not die with us."""
    connection.settings_dict["NAME"] = place.database
    books = {"default": FileBasedCache(str(place.folder / "play"), {})}
    with (
        override_settings(PRIVATE_ROOT=place.folder / "private", MONEY_SERVICES=way.services),
        mock.patch("tourdee.shop.payment_methods.gateways.play.caches", books),
    ):
        yield
    connection.close()


def walked(way: "Way", place: Place, until: int) -> int:
    """Act by act. Which one it is in, people know who do not die. How many writes there were."""
    scene, _act = kept(place.scene)
    with dying_at(until, lambda: os.kill(os.getpid(), signal.SIGKILL)) as life:
        for number, act in enumerate(way.acts):
            keep(place.scene, (scene, number))
            act(scene)
    keep(place.scene, (scene, len(way.acts)))
    return life.writes


def taken_up(way: "Way", place: Place) -> "Left":
    from .left import left

    scene, number = kept(place.scene)
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
    main(Place(sys.argv[1], Path(os.environ["TOURDEE_DATA"])))
