"""A feed's file on disk. To a reader, an item that is missing from a file is withdrawn: so a new file is written beside the one that
stands, read again, and only then put in its place. Whatever goes wrong on the way, the last good one stands."""

import gzip
import hashlib
import logging
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import translation

from tourdee.core.dates import bangkok_day
from tourdee.core.periodic import Clock, in_turn
from tourdee.shop.models import Shop

from ..models import BrokenFile, Feed
from ..queries.checked import feed_version, told_rows
from ..queries.rows import Row
from ..readers import READERS, Reader
from ..writing import FORMATS, READ_AGAIN, Wanted

logger = logging.getLogger(__name__)
KEPT = 2  # the one that stands, and the one before it, which somebody may be reading
FORGOTTEN_AFTER = timedelta(days=7)  # a file that is fetched is written anew every day
LOOK_EVERY = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=6)
DIGITS = 32


class NoFile(Exception):
    """It can't be written, and there is no earlier one."""


class NotWhole(Exception):
    """What was written is not what was meant."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Which file: a shop's, for a reader, in a form and a language."""

    shop: Shop
    reader: Reader
    ending: str
    language: str = "th"

    @property
    def folder(self) -> Path:
        return _folder(self.shop)

    @property
    def stem(self) -> str:
        return f"{self.reader.slug}-{self.language}.{self.ending}"

    def version(self, at: datetime) -> str:
        """Of what the file says now. Two queries."""
        return feed_version(self.shop, self.reader, bangkok_day(at), self.language)

    def named(self, tag: str) -> Path:
        return self.folder / f"{self.stem}.{tag}.gz"

    def standing(self) -> list[Path]:
        """All that lie there, newest first. Another process may take an old one away meanwhile."""
        times: dict[Path, int] = {}
        for path in self.folder.glob(f"{self.stem}.*.gz"):
            with suppress(FileNotFoundError):
                times[path] = path.stat().st_mtime_ns
        return sorted(times, key=lambda path: times[path], reverse=True)


@dataclass(frozen=True)
class FeedFile:
    """A whole file, packed by gzip. ``tag`` tells it from every other state of the feed."""

    path: Path

    @property
    def tag(self) -> str:
        return self.path.name.split(".")[-2]

    @property
    def written_at(self) -> datetime:
        return datetime.fromtimestamp(self.path.stat().st_mtime, tz=UTC)


def tag_of(place: Place, version: str) -> str:
    """What names this state of the feed, in the file's name and to the reader."""
    return hashlib.sha256(f"{version}.{place.ending}".encode()).hexdigest()[:DIGITS]


def feed_file(*, place: Place, version: str, at: datetime) -> FeedFile:
    """The file of now, written if need be; where that fails the last good one. Raises NoFile."""
    fresh = place.named(tag_of(place, version))
    if fresh.is_file():
        return FeedFile(fresh)
    try:
        _write(place, version, fresh, at)
    except Exception:
        logger.exception("The feed %s of shop %s could not be written", place.stem, place.shop.public_id)
        _note_broken(place, at)
        return _last_good(place)
    _trouble(place).delete()
    return FeedFile(fresh)


def _trouble(place: Place) -> QuerySet[BrokenFile]:
    """Of this file, not of the shop's others for the same reader."""
    return BrokenFile.objects.filter(
        shop=place.shop, reader=place.reader.slug, ending=place.ending, language=place.language
    )


def _note_broken(place: Place, at: datetime) -> None:
    row, _new = _trouble(place).get_or_create(
        defaults={"shop": place.shop, "reader": place.reader.slug, "ending": place.ending, "language": place.language,
                  "since": at, "try_at": at},
    )  # fmt: skip
    pause = min(LOOK_EVERY * 2 ** min(row.tries, 10), LONGEST_PAUSE)
    _trouble(place).update(tries=min(row.tries + 1, 100), try_at=at + pause)


def _last_good(place: Place) -> FeedFile:
    for path in place.standing():
        return FeedFile(path)
    raise NoFile


def _write(place: Place, version: str, target: Path, at: datetime) -> None:
    """Beside it, looked over, then in its place in one step."""
    place.folder.mkdir(parents=True, exist_ok=True)
    draft = place.folder / f"draft-{secrets.token_hex(8)}"
    try:
        number = _poured(place, version, draft, at)
        _look_over(place, draft, number)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    for older in place.standing()[KEPT:]:
        older.unlink(missing_ok=True)


def _poured(place: Place, version: str, draft: Path, at: datetime) -> int:
    """Item by item, down to the disk. Returns how many."""
    wanted = Wanted(shop=place.shop, language=place.language, version=version)
    rows = Counted(told_rows(place.shop, place.reader, bangkok_day(at), place.language))
    with draft.open("wb") as disk, translation.override(place.language):
        with gzip.GzipFile("", "wb", fileobj=disk, mtime=0) as packed:
            for piece in FORMATS[place.reader.slug, place.ending].pieces(wanted, rows):
                packed.write(piece.encode())
        disk.flush()
        os.fsync(disk.fileno())
    return rows.number


class Counted:
    """Rows, and how many of them went by."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows, self.number = rows, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.number += 1
            yield row


def _look_over(place: Place, draft: Path, number: int) -> None:
    """Raises NotWhole, or what the parser raises."""
    with opened(draft) as file:
        found = READ_AGAIN[place.ending](file)
    if found != number:
        raise NotWhole(f"{found} of {number}")


def opened(path: Path) -> IO[bytes]:
    """What the file says, unpacked while it is read."""
    return gzip.open(path, "rb")  # type: ignore[return-value]  # "rb" is bytes


def write_pasted_feeds(at: datetime, *, clock: Clock = time.monotonic) -> int:
    """Those that a reader fetches lie ready, so that it seldom waits for one; who was not looked at for longest comes first. Returns how
    many were looked at."""
    pasted = Feed.objects.filter(pasted_at__isnull=False, shop__status=Shop.Status.OPEN)
    due = pasted.filter(Q(looked_at__isnull=True) | Q(looked_at__lte=at - LOOK_EVERY))
    oldest_first = due.order_by(F("looked_at").asc(nulls_first=True), "pk")
    looked = 0
    for feed in in_turn(oldest_first.select_related("shop__owner", "shop__business"), clock=clock):
        Feed.objects.filter(pk=feed.pk).update(looked_at=at)
        _kept_ready(feed, at)
        looked += 1
    return looked


def _kept_ready(feed: Feed, at: datetime) -> None:
    """Those forms that were ever asked for. One that failed waits until its pause is over."""
    for reader, ending in FORMATS:
        place = Place(shop=feed.shop, reader=READERS[reader], ending=ending)
        if reader == feed.reader and place.standing() and not _trouble(place).filter(try_at__gt=at).exists():
            feed_file(place=place, version=place.version(at), at=at)


def forget_files(at: datetime) -> int:
    """Nobody fetches them any more. The last good one of a file that can't be written anew is kept while somebody asks for it."""
    before = at - FORGOTTEN_AFTER
    BrokenFile.objects.filter(try_at__lt=before).delete()
    kept = {path for place in _broken_places() for path in place.standing()[:1]}
    return sum(_forgotten(path, before) for path in _root().glob("*/*") if path not in kept)


def _broken_places() -> list[Place]:
    rows = BrokenFile.objects.filter(reader__in=READERS).select_related("shop")
    return [Place(shop=one.shop, reader=READERS[one.reader], ending=one.ending, language=one.language) for one in rows]


def _forgotten(path: Path, before: datetime) -> bool:
    """``False``: it is fetched still, or another process took it away meanwhile."""
    with suppress(FileNotFoundError):
        if path.stat().st_mtime < before.timestamp():
            path.unlink()
            return True
    return False


def forget_files_of(shop: Shop) -> None:
    """Its owner is forgotten."""
    BrokenFile.objects.filter(shop=shop).delete()
    shutil.rmtree(_folder(shop), ignore_errors=True)


def _root() -> Path:
    return Path(settings.PRIVATE_ROOT) / "feeds"


def _folder(shop: Shop) -> Path:
    return _root() / shop.public_id
