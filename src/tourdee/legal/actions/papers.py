"""A business sends its papers, and takes back what was not accepted."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction

from tourdee.core import pictures
from tourdee.core.audit import record
from tourdee.core.dates import bangkok_day
from tourdee.core.periodic import each_in_turn
from tourdee.events import PaperExpiring, publish
from tourdee.people.models import User

from .. import queries
from ..models import Business, Paper


class BadNumber(Exception):
    """The number has not the form that this kind of paper surely has."""


class PaperEnded(Exception):
    """The paper's last day is over."""


class CannotWithdraw(Exception):
    """An accepted paper stays: tours were sold under it."""


@dataclass(frozen=True)
class PaperDetails:
    """What stands on a paper. ``expires_on`` is its last day, ``None`` where it has none."""

    kind: str
    number: str
    expires_on: date | None = None


def submit_paper(*, business: Business, details: PaperDetails, upload: Any, by: User, at: datetime) -> Paper:
    """Send a paper to the officer's desk. One that still waits is replaced; an accepted one stays in force until its
    successor is accepted. The picture is on disk before the row names it.

    Raises BadNumber, PaperEnded, core.pictures.BadPicture."""
    if queries.number_format(details.kind).blocks and not queries.number_looks_right(details.kind, details.number):
        raise BadNumber
    if details.expires_on and details.expires_on < bangkok_day(at):
        raise PaperEnded
    picture = pictures.store_private(upload, f"papers/{business.public_id}")
    try:
        return _store(business, details, picture, by, at)
    except BaseException:
        pictures.discard(picture)
        raise


@transaction.atomic
def _store(business: Business, details: PaperDetails, picture: str, by: User, at: datetime) -> Paper:
    Business.objects.select_for_update().get(pk=business.pk)
    waiting = business.papers.filter(kind=details.kind, status=Paper.Status.SUBMITTED)
    _forget(list(waiting))
    paper = Paper.objects.create(
        business=business, kind=details.kind, number=details.number, expires_on=details.expires_on,
        picture=picture, submitted_at=at,
    )  # fmt: skip
    record("paper.submitted", subject=paper, text=f"{business.name} ส่ง{paper.thai_name}", at=at, actor=by)
    return paper


@transaction.atomic
def withdraw_paper(*, paper: Paper, by: User, at: datetime) -> None:
    """Take back a paper that waits or was refused; its picture is deleted. Raises CannotWithdraw for accepted ones."""
    stored = Paper.objects.select_for_update().exclude(status=Paper.Status.ACCEPTED).filter(pk=paper.pk).first()
    if stored is None:
        raise CannotWithdraw
    record(
        "paper.withdrawn",
        subject=stored,
        text=f"{stored.business.name} ถอน{stored.thai_name}",
        at=at,
        actor=by,
    )
    _forget([stored])


def _forget(papers: list[Paper]) -> None:
    """Delete rows now, their pictures once the rows are surely gone."""
    for paper in papers:
        path = paper.picture
        paper.delete()
        if path:
            transaction.on_commit(lambda path=path: pictures.discard(path))  # type: ignore[misc]  # a default value binds the path of this turn


def warn_of_papers_that_end(*, at: datetime) -> int:
    """Tell each owner once 60 and once 30 days before a paper ends. Returns how many were told."""
    told = 0
    today = bangkok_day(at)
    for days in sorted(queries.WARN_DAYS):  # the nearest first, so that nobody hears both on one day
        told += each_in_turn(queries.papers_to_warn(today, days), partial(_warn, days=days, today=today))
    return told


@transaction.atomic
def _warn(paper: Paper, days: int, today: date) -> int:
    unwarned = Paper.objects.filter(pk=paper.pk, warned_days=paper.warned_days, status=Paper.Status.ACCEPTED)
    if not unwarned.update(warned_days=days):
        return 0
    left = (paper.expires_on - today).days if paper.expires_on else days
    publish(PaperExpiring(user=paper.business.owner.public_id, paper=paper.public_id, days=left))
    return 1
