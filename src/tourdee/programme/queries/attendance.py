"""The registers: who was present at which half-day, and how much of the course that makes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from ..models import Attendance, Cohort, Enrolment, Session
from ..models.attendance import in_hours

Status = Attendance.Status


@dataclass(frozen=True)
class RegisterLine:
    """A learner's line in the register of one half-day; ``attendance`` is None while nothing is known."""

    enrolment: Enrolment
    attendance: Attendance | None

    @property
    def is_present(self) -> bool:
        return self.attendance is not None and self.attendance.status == Status.PRESENT


@dataclass(frozen=True)
class CohortLine:
    """A learner's line over all half-days of the cohort, in their order."""

    enrolment: Enrolment
    marks: list[Attendance | None]
    minutes: int
    percent: int

    @property
    def hours(self) -> Decimal:
        return in_hours(self.minutes)


@dataclass(frozen=True)
class CohortRegister:
    """The whole register of a cohort. ``minutes`` is what full presence counts for."""

    sessions: list[Session]
    lines: list[CohortLine]
    minutes: int

    @property
    def hours(self) -> Decimal:
        return in_hours(self.minutes)


@dataclass(frozen=True)
class Presence:
    """How many are there, of how many, and how many wait for the staff's word."""

    present: int
    expected: int
    to_confirm: int = 0


def hours_of(enrolment: Enrolment) -> int:
    """The **minutes** that count so far for this learner."""
    return Attendance.objects.filter(enrolment=enrolment).aggregate(sum=Sum("minutes"))["sum"] or 0


def hours_of_all(enrolments: Iterable[Enrolment]) -> dict[int, int]:
    """The same for many learners, by the enrolment's row id, in one query; nobody is missing from it."""
    minutes = {enrolment.pk: 0 for enrolment in enrolments}
    rows = (
        Attendance.objects.filter(enrolment__in=list(minutes))
        .order_by()
        .values("enrolment")
        .annotate(sum=Sum("minutes"))
    )
    return minutes | {row["enrolment"]: row["sum"] for row in rows}


def course_minutes(cohort: Cohort) -> int:
    """What full presence at all half-days of the cohort counts for."""
    return Session.objects.filter(cohort=cohort).aggregate(sum=Sum("minutes"))["sum"] or 0


def percent(part: int, whole: int) -> int:
    """Whole per cent, rounded down: 79.9 % is not 80 %."""
    return 100 * part // whole if whole else 0


def register_of(session: Session) -> list[RegisterLine]:
    """The register of one half-day by seat number (two queries)."""
    marks = {mark.enrolment_id: mark for mark in session.attendance.select_related("marked_by")}
    return [RegisterLine(one, marks.get(one.pk)) for one in _learners(session.cohort_id)]


def register_of_cohort(cohort: Cohort) -> CohortRegister:
    """All registers of a cohort beside each other (three queries, however many learners)."""
    sessions = list(cohort.sessions.order_by("starts_at"))
    marks: dict[int, dict[int, Attendance]] = defaultdict(dict)
    for mark in Attendance.objects.filter(session__in=sessions):
        marks[mark.enrolment_id][mark.session_id] = mark
    total = sum(session.minutes for session in sessions)
    lines = [_cohort_line(one, sessions, marks[one.pk], total) for one in _learners(cohort.pk)]
    return CohortRegister(sessions, lines, total)


def presence_at(session: Session) -> Presence:
    """The live count of the wall (two queries)."""
    counted = session.attendance.filter(enrolment__is_active=True).aggregate(
        present=Count("pk", filter=Q(status=Status.PRESENT)), to_confirm=Count("pk", filter=Q(status=Status.TO_CONFIRM))
    )
    return Presence(expected=Enrolment.objects.filter(cohort=session.cohort_id, is_active=True).count(), **counted)


def presence_of(sessions: Iterable[Session]) -> dict[int, Presence]:
    """The counts of many half-days of one cohort, by the session's row id (two queries)."""
    chosen = list(sessions)
    if not chosen:
        return {}
    expected = Enrolment.objects.filter(cohort=chosen[0].cohort_id, is_active=True).count()
    rows = (
        Attendance.objects.filter(session__in=chosen, enrolment__is_active=True)
        .order_by()
        .values_list("session", "status")
    )
    counts: dict[tuple[int, str], int] = {
        (session, status): number for session, status, number in rows.annotate(number=Count("pk"))
    }
    return {
        one.pk: Presence(counts.get((one.pk, "present"), 0), expected, counts.get((one.pk, "to_confirm"), 0))
        for one in chosen
    }


def marks_to_confirm(cohort: Cohort) -> list[Attendance]:
    """Check-ins by a phone that had already checked somebody else in, the oldest first."""
    waiting = Attendance.objects.filter(session__cohort=cohort, status=Status.TO_CONFIRM)
    return list(waiting.select_related("enrolment", "session").order_by("at"))


def sharing_phone(marks: Iterable[Attendance]) -> dict[int, str]:
    """For each of these check-ins the name of whom the phone checked in first, by row id (one query)."""
    asked = list(marks)
    first = Attendance.objects.filter(
        session__in={mark.session_id for mark in asked},
        status=Status.PRESENT,
        device__in={mark.device for mark in asked},
    ).exclude(device="")
    names = {mark.device: mark.enrolment.name for mark in first.select_related("enrolment")}
    return {mark.pk: names.get(mark.device, "") for mark in asked}


def _learners(cohort_id: int) -> list[Enrolment]:
    return list(
        Enrolment.objects.filter(cohort=cohort_id, is_active=True).select_related("user").order_by("seat_number")
    )


def _cohort_line(enrolment: Enrolment, sessions: list[Session], marks: dict[int, Attendance], total: int) -> CohortLine:
    minutes = sum(mark.minutes for mark in marks.values())
    return CohortLine(enrolment, [marks.get(one.pk) for one in sessions], minutes, percent(minutes, total))
