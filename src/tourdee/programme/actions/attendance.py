"""Presence: by the learner's own phone, by the spoken code, by the staff's tick. One register for all three."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tourdee import events
from tourdee.core.dates import bangkok_day
from tourdee.people.models import User

from .. import queries
from ..models import Attendance, Enrolment, Session
from .history import write_line

Status = Attendance.Status
SAME_PRESS = timedelta(minutes=1)
SENTENCES = {
    Status.PRESENT: _("%(name)s, half-day %(number)s: present, %(minutes)s minutes count"),
    Status.TO_CONFIRM: _("%(name)s, half-day %(number)s: checked in by a phone used before, to be confirmed"),
    Status.ABSENT: _("%(name)s, half-day %(number)s: absent"),
}


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What the staff say about a learner at a half-day: present or absent, minutes late and away, a note."""

    enrolment: Enrolment
    present: bool
    late_minutes: int = 0
    away_minutes: int = 0
    note: str = ""


class NotInThisCohort(Exception):
    """The person has no seat in the cohort of this half-day."""


class NotOpenYet(Exception):
    """The check-in opens later, at ``opens_at``."""

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(opens_at)
        self.opens_at = opens_at


class CheckInOver(Exception):
    """The half-day is over; only the staff can still record presence."""


class RecordedAbsent(Exception):
    """The staff recorded this learner as absent, so only the staff can change it."""


class NotToday(Exception):
    """A check-in is opened by hand only on the day of the half-day."""


@transaction.atomic
def check_in(
    *, session: Session, user: User, source: str, device: str, arrived_at: datetime, at: datetime
) -> Attendance:
    """Record that the learner is there since ``arrived_at`` (the scan, which may lie before the sign-in).

    What is recorded already stays as it is. ``device`` is a keyed hash of the phone; a phone that has checked somebody
    else in counts only once the staff confirm it: two friends may share a phone, twenty may not.
    Raises NotInThisCohort, NotOpenYet, CheckInOver, RecordedAbsent.
    """
    enrolment = queries.seat_in(session, user)
    if enrolment is None:
        raise NotInThisCohort
    known = queries.attendance_of(enrolment, session)
    if known is None:
        known = _arrive(session, enrolment, source, device, arrived_at, at)
    if known.status == Status.ABSENT:
        raise RecordedAbsent
    return known


@transaction.atomic
def open_check_in(*, session: Session, by: User, at: datetime) -> None:
    """Open it now, because the half-day begins early or late; after its start, being late counts from now.

    Whoever came before that moment is no longer late. A second press within a minute changes nothing. Raises NotToday.
    """
    if bangkok_day(at) != bangkok_day(session.starts_at):
        raise NotToday
    earlier = Q(opened_at__isnull=True) | Q(opened_at__lt=at - SAME_PRESS)
    if not Session.objects.filter(earlier, pk=session.pk).update(opened_at=at):
        return
    session.refresh_from_db()
    write_line("session.opened", about=session, by=by, at=at, number=session.number,
               text=_("Check-in of half-day %(number)s opened by hand"))  # fmt: skip
    _forgive_lateness(session, by, at)


@transaction.atomic
def save_register(*, session: Session, marks: Sequence[Mark], by: User, at: datetime) -> int:
    """Write what the staff changed; lines that say what is recorded already are left alone. Returns how many changed.

    Raises NotInThisCohort.
    """
    if any(mark.enrolment.cohort_id != session.cohort_id for mark in marks):
        raise NotInThisCohort
    known = {one.enrolment_id: one for one in session.attendance.select_for_update()}
    rule = queries.check_in_window(session).rule
    return sum(_record(session, mark, known.get(mark.enrolment.pk), rule, by, at) for mark in marks)


@transaction.atomic
def mark_all_present(*, session: Session, by: User, at: datetime) -> int:
    """Tick everybody of whom nothing is recorded yet, or who waits for the staff's word. Returns how many."""
    lines = queries.register_of(session)
    open_lines = [one for one in lines if one.attendance is None or one.attendance.status == Status.TO_CONFIRM]
    marks = [_as_recorded(line) for line in open_lines]
    return save_register(session=session, marks=marks, by=by, at=at)


@transaction.atomic
def confirm_presence(*, attendance: Attendance, by: User, at: datetime) -> bool:
    """The staff saw the person whose phone had checked in somebody else. Returns whether anything changed."""
    line = queries.RegisterLine(attendance.enrolment, attendance)
    return bool(save_register(session=attendance.session, marks=[_as_recorded(line)], by=by, at=at))


def _as_recorded(line: queries.RegisterLine) -> Mark:
    """The line as present, with the lateness and note that are known of it."""
    if line.attendance is None:
        return Mark(enrolment=line.enrolment, present=True)
    known = line.attendance
    return Mark(
        enrolment=line.enrolment,
        present=True,
        late_minutes=known.late_minutes,
        away_minutes=known.away_minutes,
        note=known.note,
    )


def _arrive(
    session: Session, enrolment: Enrolment, source: str, device: str, arrived_at: datetime, at: datetime
) -> Attendance:
    window = queries.check_in_window(session)
    if at < window.opens_at:
        raise NotOpenYet(window.opens_at)
    if window.is_over(arrived_at):
        raise CheckInOver
    late = window.late_minutes(arrived_at)
    row = Attendance(
        enrolment=enrolment,
        session=session,
        source=source,
        device=device,
        late_minutes=late,
        minutes=queries.counted_minutes(session, late, 0, window.rule),
        at=arrived_at,
    )
    return _stored(row, at)


def _stored(row: Attendance, at: datetime) -> Attendance:
    """The row as it got in: as present, else (the phone was used) to be confirmed, else the one that was quicker."""
    for status, minutes in ((Status.PRESENT, row.minutes), (Status.TO_CONFIRM, 0)):
        row.status, row.minutes = status, minutes
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            known = queries.attendance_of(row.enrolment, row.session)
            if known:
                return known
        else:
            _tell(row, "attendance.checked_in", row.enrolment.user, at)
            return row
    raise AssertionError("A row to be confirmed collides with nothing but the learner's own.")


def _forgive_lateness(session: Session, by: User, at: datetime) -> None:
    window = queries.check_in_window(session)
    late = session.attendance.filter(late_minutes__gt=0, at__lte=at).exclude(source=Attendance.Source.STAFF)
    for row in late.select_related("enrolment__user", "session"):
        row.late_minutes = window.late_minutes(row.at)
        if row.status == Status.PRESENT:
            row.minutes = queries.counted_minutes(session, row.late_minutes, row.away_minutes, window.rule)
        row.save(update_fields=["late_minutes", "minutes"])
        _tell(row, "attendance.corrected", by, at)


def _record(
    session: Session, mark: Mark, row: Attendance | None, rule: queries.AttendanceRule, by: User, at: datetime
) -> bool:
    wanted = {
        "status": Status.PRESENT if mark.present else Status.ABSENT,
        "late_minutes": mark.late_minutes if mark.present else 0,
        "away_minutes": mark.away_minutes if mark.present else 0,
        "note": mark.note,
    }
    if row and all(getattr(row, name) == value for name, value in wanted.items()):
        return False
    late, away = mark.late_minutes, mark.away_minutes
    minutes = queries.counted_minutes(session, late, away, rule) if mark.present else 0
    values = wanted | {"minutes": minutes, "source": Attendance.Source.STAFF, "marked_by": by}
    row, _created = Attendance.objects.update_or_create(
        enrolment=mark.enrolment, session=session, defaults=values, create_defaults=values | {"at": at}
    )
    row.enrolment, row.session = mark.enrolment, session
    _tell(row, "attendance.marked", by, at)
    return True


def _tell(row: Attendance, act: str, by: User, at: datetime) -> None:
    """The audit line of any change of presence, and the event."""
    write_line(act, about=row, by=by, at=at, name=row.enrolment.name, number=row.session.number, minutes=row.minutes,
               late=row.late_minutes, away=row.away_minutes, note=row.note, text=SENTENCES[Status(row.status)])  # fmt: skip
    user, session = row.enrolment.user.public_id, row.session.public_id
    events.publish(events.AttendanceMarked(user=user, session=session, minutes=row.minutes))
