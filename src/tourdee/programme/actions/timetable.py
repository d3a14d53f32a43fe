"""The timetable: half-days and what is taught in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tourdee.core.dates import BANGKOK, at_bangkok, bangkok_day
from tourdee.learn.models import Topic
from tourdee.people.models import Membership, Organisation, User

from .. import queries
from ..models import Cohort, Session, SessionTopic
from .history import write_line

ABOVE_ALL_NUMBERS = 1000


@dataclass(frozen=True, kw_only=True)
class TaughtTopic:
    """A topic of a half-day, in minutes, by a team and one of its instructors."""

    topic: Topic
    minutes: int
    team: Organisation
    instructor: User | None = None


@dataclass(frozen=True, kw_only=True)
class SessionDetails:
    """When and where a half-day is, and what is taught. Empty venue: that of the cohort."""

    starts_at: datetime
    ends_at: datetime
    topics: Sequence[TaughtTopic]
    venue_th: str = ""
    venue_en: str = ""


class NotOfTheTeam(Exception):
    """The instructor does not teach for the team that is named."""


class AlreadyRecorded(Exception):
    """Presence was recorded at this half-day: it can be moved, not deleted."""


class HasTimetable(Exception):
    """The cohort has half-days already; a copy would mix two timetables."""


@transaction.atomic
def add_session(*, cohort: Cohort, details: SessionDetails, by: User | None, at: datetime) -> Session:
    """A new half-day; all are numbered again by time. Raises NotOfTheTeam."""
    session = Session.objects.create(cohort=cohort, number=ABOVE_ALL_NUMBERS, **_times(details))
    _set_topics(session, details)
    _number_again(cohort)
    session.refresh_from_db()
    _tell("session.added", session, by, at, _("Half-day %(number)s added: %(starts)s"))
    return session


@transaction.atomic
def change_session(*, session: Session, details: SessionDetails, by: User, at: datetime) -> None:
    """Replace time, place and topics of a half-day. Raises NotOfTheTeam."""
    Session.objects.filter(pk=session.pk).update(**_times(details))
    session.topics.all().delete()
    _set_topics(session, details)
    _number_again(session.cohort)
    session.refresh_from_db()
    _tell("session.changed", session, by, at, _("Half-day %(number)s changed: %(starts)s"))


@transaction.atomic
def delete_session(*, session: Session, by: User, at: datetime) -> None:
    """Take a half-day out of the timetable. Raises AlreadyRecorded."""
    if session.attendance.exists():
        raise AlreadyRecorded
    cohort = session.cohort
    _tell("session.deleted", session, by, at, _("Half-day %(number)s deleted: %(starts)s"), about=cohort)
    Session.objects.filter(pk=session.pk).delete()
    _number_again(cohort)


@transaction.atomic
def copy_timetable(*, source: Cohort, cohort: Cohort, by: User | None, at: datetime) -> int:
    """Lay the half-days of one cohort onto the working days of another. Instructors are not copied: they must be asked.

    Returns how many half-days were made. Raises HasTimetable.
    """
    if cohort.sessions.exists():
        raise HasTimetable
    sessions = queries.timetable(source)
    old_days = sorted({bangkok_day(session.starts_at) for session in sessions})
    new_day = dict(zip(old_days, working_days(cohort.starts_on, len(old_days)), strict=True))
    for number, session in enumerate(sessions, start=1):
        _copy_session(session, cohort, number, new_day[bangkok_day(session.starts_at)])
    write_line(
        "timetable.copied",
        about=cohort,
        by=by,
        at=at,
        source=source.name_th,
        sessions=len(sessions),
        text=_("Timetable copied from “%(source)s”: %(sessions)s half-days"),
    )
    return len(sessions)


def working_days(start: date, number: int) -> list[date]:
    """So many days from ``start`` on that are neither Saturday, Sunday nor a public holiday."""
    days: list[date] = []
    day = start
    while len(days) < number:
        if day.weekday() < 5 and not queries.public_holiday(day):
            days.append(day)
        day += timedelta(days=1)
    return days


def _copy_session(session: Session, cohort: Cohort, number: int, day: date) -> None:
    start, end = (moment.astimezone(BANGKOK) for moment in (session.starts_at, session.ends_at))
    copy = Session.objects.create(
        cohort=cohort,
        number=number,
        starts_at=at_bangkok(day, start.hour, start.minute),
        ends_at=at_bangkok(day, end.hour, end.minute),
        minutes=session.minutes,
    )
    SessionTopic.objects.bulk_create(
        SessionTopic(session=copy, topic=one.topic, position=one.position, minutes=one.minutes, team=one.team)
        for one in session.topics.all()
    )


def _times(details: SessionDetails) -> dict[str, object]:
    minutes = int((details.ends_at - details.starts_at).total_seconds() // 60)
    names = ("starts_at", "ends_at", "venue_th", "venue_en")
    return {name: getattr(details, name) for name in names} | {"minutes": minutes}


def _set_topics(session: Session, details: SessionDetails) -> None:
    for position, taught in enumerate(details.topics, start=1):
        if taught.instructor and not _teaches_for(taught.instructor, taught.team):
            raise NotOfTheTeam(taught.instructor.get_full_name())
        SessionTopic.objects.create(
            session=session,
            position=position,
            topic=taught.topic,
            minutes=taught.minutes,
            team=taught.team,
            instructor=taught.instructor,
        )


def _teaches_for(instructor: User, team: Organisation) -> bool:
    return Membership.objects.filter(user=instructor, organisation=team, role=Membership.Role.INSTRUCTOR).exists()


def _number_again(cohort: Cohort) -> None:
    """Numbers follow the clock. Two passes, because no two half-days may have one number even for a moment."""
    sessions = list(cohort.sessions.order_by("starts_at", "pk"))
    for offset in (2 * ABOVE_ALL_NUMBERS, 0):
        for number, session in enumerate(sessions, start=1):
            Session.objects.filter(pk=session.pk).update(number=offset + number)


def _tell(
    act: str, session: Session, by: User | None, at: datetime, text: Promise, *, about: Cohort | None = None
) -> None:
    """The audit line: about the half-day, or about its cohort once there is no half-day to look it up by."""
    starts = f"{session.starts_at.astimezone(BANGKOK):%Y-%m-%d %H:%M}"
    write_line(act, about=about or session, by=by, at=at, number=session.number, starts=starts, text=text)
