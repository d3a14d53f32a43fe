"""The wall's rotating codes, when they count, and whose they are.

A QR link and a spoken code are made of the half-day's secret and the server's clock in steps of thirty seconds. No
phone's clock is asked, so none can be wrong.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from tourdee.core.dates import bangkok_day
from tourdee.people.models import User

from ..models import Attendance, Enrolment, Session, SessionTopic
from .cohorts import cohorts_seen_by
from .rules import AttendanceRule, attendance_rule

STEP_SECONDS = 30
LINK_STEPS = 2  # the step shown now and the one before it
CODE_STEPS = 3  # a person needs longer to read six digits out and to type them
SCAN_HOLDS = timedelta(minutes=15)  # to sign in after a scan


@dataclass(frozen=True)
class CheckInWindow:
    """When a half-day's check-in is open, and from when being late is counted."""

    opens_at: datetime
    closes_at: datetime
    counts_from: datetime
    rule: AttendanceRule

    def is_open(self, at: datetime) -> bool:
        return self.opens_at <= at <= self.closes_at

    def is_over(self, at: datetime) -> bool:
        return at > self.closes_at

    def late_minutes(self, arrived_at: datetime) -> int:
        """Whole minutes after the beginning."""
        return max(0, int((arrived_at - self.counts_from).total_seconds() // 60))


def check_in_window(session: Session, rule: AttendanceRule | None = None) -> CheckInWindow:
    """It opens by itself before the start and closes at the end. Opened by hand after the start, the half-day began
    then: lateness counts from there, and it stays open for its whole length."""
    rule = rule or attendance_rule(bangkok_day(session.starts_at))
    opens_at = session.starts_at - timedelta(minutes=rule.opens_minutes_before)
    if session.opened_at is None:
        return CheckInWindow(opens_at, session.ends_at, session.starts_at, rule)
    begins = max(session.starts_at, session.opened_at)
    closes_at = max(session.ends_at, begins + (session.ends_at - session.starts_at))
    return CheckInWindow(min(opens_at, session.opened_at), closes_at, begins, rule)


def counted_minutes(session: Session, late: int, away: int, rule: AttendanceRule) -> int:
    """What a presence counts for: the half-day less the minutes late beyond the grace, less those away."""
    return max(0, session.minutes - max(0, late - rule.grace_minutes) - away)


def link_token(session: Session, at: datetime) -> str:
    """The part of the QR's address that changes: 96 bits."""
    return _token(session, _step(at))


def link_holds(session: Session, token: str, at: datetime) -> bool:
    """Whether this link was on the wall within the last minute."""
    shown = [_token(session, _step(at) - back) for back in range(LINK_STEPS)]
    return any([secrets.compare_digest(one, token) for one in shown] if token.isascii() else [])


def scan_holds(session: Session, scanned_at: datetime, at: datetime) -> bool:
    """Whether a scan still counts: a quarter of an hour to sign in, from the opening if it was early."""
    return scanned_at <= at <= max(scanned_at, check_in_window(session).opens_at) + SCAN_HOLDS


def spoken_code(session: Session, at: datetime) -> str:
    """Six digits to be read out where a camera does not reach."""
    return _code(session, _step(at))


def code_holds(session: Session, code: str, at: datetime) -> bool:
    """Whether these digits were shown within the last minute and a half."""
    shown = [_code(session, _step(at) - back) for back in range(CODE_STEPS)]
    return any([secrets.compare_digest(one, code) for one in shown] if code.isascii() else [])


def session_with_code(user: User, code: str, at: datetime) -> Session | None:
    """The half-day of this learner's own cohorts whose code this is."""
    day = timedelta(days=1)
    near = Session.objects.filter(
        cohort__enrolments__user=user, cohort__enrolments__is_active=True, starts_at__lt=at + day, ends_at__gt=at - day
    )
    return next((one for one in near.select_related("cohort__programme") if code_holds(one, code, at)), None)


def seat_in(session: Session, user: User) -> Enrolment | None:
    """The learner's seat in the cohort of this half-day."""
    return Enrolment.objects.filter(cohort=session.cohort_id, user=user, is_active=True).first()


def attendance_of(enrolment: Enrolment, session: Session) -> Attendance | None:
    """What is recorded of this learner at this half-day."""
    return Attendance.objects.filter(enrolment=enrolment, session=session).first()


def sessions_staffed_by(user: User) -> QuerySet[Session]:
    """Half-days whose register this person may keep: of an officer's own offices, or taught by the instructor."""
    taught = SessionTopic.objects.filter(instructor=user).values("session")
    own = Q(cohort__in=cohorts_seen_by(user).order_by().values("pk")) | Q(pk__in=taught)
    return Session.objects.filter(own).select_related("cohort__programme__office")


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS


def _token(session: Session, step: int) -> str:
    return urlsafe_b64encode(_mac(session, "link", step)[:12]).decode()


def _code(session: Session, step: int) -> str:
    return f"{int.from_bytes(_mac(session, 'code', step)[:8], 'big') % 1_000_000:06d}"


def _mac(session: Session, purpose: str, step: int) -> bytes:
    text = f"{purpose}:{session.public_id}:{step}".encode()
    return hmac.new(session.check_in_secret.encode(), text, hashlib.sha256).digest()
