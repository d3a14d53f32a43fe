"""A roster from a file: kept sealed for its preview, then imported as a whole or not at all."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tourdee.core.crypto import seal
from tourdee.people.models import User

from .. import queries
from ..models import Cohort, RosterUpload
from ..queries import RosterLine
from .applications import save_answers
from .history import write_line
from .people import person_reached_at
from .seats import give_seat, hold_cohort

KEPT_FOR = timedelta(hours=1)


class UploadGone(Exception):
    """The preview is older than an hour, or it was imported already."""


class RosterHasProblems(Exception):
    """At least one row is bad, so nothing was imported; ``plan`` says which and why."""

    def __init__(self, plan: list[RosterLine]) -> None:
        super().__init__()
        self.plan = plan


@transaction.atomic
def keep_roster(
    *, cohort: Cohort, owner: User, file_name: str, rows: Sequence[dict[str, Any]], at: datetime
) -> RosterUpload:
    """Keep the rows of a file for their preview, encrypted, for an hour. Replaces a former preview."""
    RosterUpload.objects.filter(owner=owner, cohort=cohort).delete()
    sealed = seal(json.dumps(list(rows), ensure_ascii=False))
    return RosterUpload.objects.create(
        cohort=cohort, owner=owner, file_name=file_name[-200:], rows_sealed=sealed, expires_at=at + KEPT_FOR
    )


@transaction.atomic
def forget_old_rosters(*, at: datetime) -> int:
    """Delete the previews whose hour is over. Returns how many."""
    return RosterUpload.objects.filter(expires_at__lt=at).delete()[0]


@transaction.atomic
def import_roster(*, upload: RosterUpload, lines: Sequence[RosterLine], by: User, at: datetime) -> int:
    """Give everybody in the file a seat. Returns how many are new; the same file again changes nothing.

    The rows are judged once more while the cohort is held. Raises UploadGone, RosterHasProblems.
    """
    cohort = hold_cohort(upload.cohort)
    alive = RosterUpload.objects.filter(pk=upload.pk, imported_at=None, expires_at__gte=at)
    if not alive.update(imported_at=at, rows_sealed=""):
        raise UploadGone
    plan = queries.roster_plan(cohort, lines)
    if not queries.is_importable(plan):
        raise RosterHasProblems(plan)
    added = [line for line in plan if line.outcome in {queries.NEW, queries.SEAT}]
    for line in added:
        _seat_line(cohort, line, by, _reason(upload), at)
    write_line(
        "roster.imported",
        about=cohort,
        by=by,
        at=at,
        file=upload.file_name,
        added=len(added),
        rows=len(plan),
        text=_("Roster “%(file)s” imported: %(added)s new of %(rows)s rows"),
    )
    return len(added)


def _reason(upload: RosterUpload) -> str:
    with override("th"):
        return str(_("On the roster “%(file)s”") % {"file": upload.file_name})


def _seat_line(cohort: Cohort, line: RosterLine, by: User, reason: str, at: datetime) -> None:
    application = line.application
    if application is None and line.answers is not None:
        user = person_reached_at(phone=line.answers.phone, name=line.answers.name)
        application = save_answers(cohort, user, line.answers, at, entered_by=by)
    if application is not None:
        give_seat(cohort, application, by, reason, at)
