"""Questions about the half-days: when, where, what, by whom, and what does not fit."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise

from django.db.models import Prefetch, QuerySet

from tourdee.core.dates import bangkok_day
from tourdee.people.models import Membership, Organisation, User

from ..models import Cohort, Session, SessionTopic


@dataclass(frozen=True)
class TimetableWarning:
    """Something that does not fit. ``kind`` is one of overlap, instructor, hours, topics, holiday, outside."""

    kind: str
    session: Session | None = None
    other: Session | None = None
    name: str = ""
    minutes: int = 0
    expected: int = 0


def timetable(cohort: Cohort) -> list[Session]:
    """The half-days in order, each with its topics, teams and instructors (three queries)."""
    return list(sessions_with_topics(Session.objects.filter(cohort=cohort)))


def sessions_with_topics(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Half-days with all that a page shows of them."""
    topics = SessionTopic.objects.select_related("topic", "team", "instructor")
    return sessions.prefetch_related(Prefetch("topics", queryset=topics)).order_by("starts_at")


def next_session_of(user: User, at: datetime) -> Session | None:
    """The half-day that runs now or comes next for a learner with a seat."""
    mine = Session.objects.filter(cohort__enrolments__user=user, cohort__enrolments__is_active=True, ends_at__gt=at)
    return sessions_with_topics(mine).select_related("cohort__programme").first()


def sessions_taught_by(user: User) -> QuerySet[Session]:
    """The half-days in which this instructor teaches; no others exist for them."""
    own = SessionTopic.objects.filter(instructor=user).values("session")
    return sessions_with_topics(Session.objects.filter(pk__in=own)).select_related("cohort__programme__office")


def teams_of(cohort: Cohort) -> QuerySet[Organisation]:
    """Who may teach in it: the programme's partners, and the office itself."""
    programme = cohort.programme
    partners = Organisation.objects.filter(partner_programmes=programme) | Organisation.objects.filter(
        pk=programme.office_id
    )
    return partners.distinct().order_by("name_th")


def instructors_of(teams: QuerySet[Organisation]) -> QuerySet[Membership]:
    """The instructors of these teams, as memberships: a person who teaches for two teams is there twice."""
    members = Membership.objects.filter(organisation__in=teams, role=Membership.Role.INSTRUCTOR)
    return members.select_related("user", "organisation").order_by("organisation__name_th", "user__name", "pk")


def public_holiday(day: date) -> str:
    """The name of the public holiday in Thailand on that day, or nothing. Children's Day is no day off."""
    return _holidays(day.year).get(day, "")


def timetable_warnings(cohort: Cohort, sessions: list[Session]) -> list[TimetableWarning]:
    """All that does not fit, worst first. Warnings inform; nothing is refused for them."""
    return [
        *_overlaps(sessions),
        *_busy_instructors(sessions),
        *_wrong_hours(cohort, sessions),
        *_wrong_days(cohort, sessions),
    ]


def _overlaps(sessions: list[Session]) -> list[TimetableWarning]:
    pairs = pairwise(sessions)
    return [TimetableWarning("overlap", session=b, other=a) for a, b in pairs if b.starts_at < a.ends_at]


def _busy_instructors(sessions: list[Session]) -> list[TimetableWarning]:
    """Instructors who teach in two places at once, here or in another cohort of any office (one query)."""
    who = {topic.instructor_id for session in sessions for topic in session.topics.all() if topic.instructor_id}
    if not who:
        return []
    taught = SessionTopic.objects.filter(
        instructor__in=who,
        session__starts_at__lt=max(session.ends_at for session in sessions),
        session__ends_at__gt=min(session.starts_at for session in sessions),
    ).select_related("session", "instructor")
    found = {
        (session.pk, topic.instructor_id): TimetableWarning("instructor", session=session, name=str(topic.instructor))
        for topic in taught
        for session in sessions
        if _clashes(session, topic)
    }
    return list(found.values())


def _clashes(session: Session, elsewhere: SessionTopic) -> bool:
    """Whether this topic is taught elsewhere by one of the half-day's instructors while it runs."""
    other = elsewhere.session
    if other.pk == session.pk or not (other.starts_at < session.ends_at and session.starts_at < other.ends_at):
        return False
    return elsewhere.instructor_id in {topic.instructor_id for topic in session.topics.all()}


def _wrong_hours(cohort: Cohort, sessions: list[Session]) -> list[TimetableWarning]:
    expected, planned = cohort.programme.hours * 60, sum(session.minutes for session in sessions)
    found = [TimetableWarning("hours", minutes=planned, expected=expected)] if sessions and planned != expected else []
    for session in sessions:
        taught = sum(topic.minutes for topic in session.topics.all())
        if taught != session.minutes:
            found.append(TimetableWarning("topics", session=session, minutes=taught, expected=session.minutes))
    return found


def _wrong_days(cohort: Cohort, sessions: list[Session]) -> list[TimetableWarning]:
    found = []
    for session in sessions:
        day = bangkok_day(session.starts_at)
        if not cohort.starts_on <= day <= cohort.ends_on:
            found.append(TimetableWarning("outside", session=session))
        if name := public_holiday(day):
            found.append(TimetableWarning("holiday", session=session, name=name))
    return found


@lru_cache(maxsize=32)
def _holidays(year: int) -> dict[date, str]:
    import holidays

    days = holidays.country_holidays("TH", years=year, language="th")
    return {day: name for day, name in days.items() if name != "วันเด็กแห่งชาติ"}
