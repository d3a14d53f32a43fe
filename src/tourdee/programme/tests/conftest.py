"""What the tests of this room share: a clock, and a half-day that is about to begin."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tourdee.people.models import Organisation, User
from tourdee.programme import actions
from tourdee.programme.models import Certificate, Cohort, Decision, Enrolment, Session, Signatory

from .factories import make_cohort, make_enrolment, make_session


class Clock:
    """The server's clock, as the views read it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def forward(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def clock(at: datetime, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time stands still at noon until a test moves it."""
    stopped = Clock(at)
    monkeypatch.setattr(timezone, "now", lambda: stopped.now)
    return stopped


@pytest.fixture
def cohort(office: Organisation, at: datetime) -> Cohort:
    """A cohort of the office that begins today."""
    today = at.date()
    return make_cohort(office, starts_on=today, ends_on=today, seats=40)


@pytest.fixture
def session(cohort: Cohort) -> Session:
    """This afternoon's half-day: 13 to 16 o'clock, its check-in opens at 12.30."""
    return make_session(cohort, number=1, hour=13)


@pytest.fixture
def seat(cohort: Cohort, owner: User, at: datetime) -> Enrolment:
    """The owner's seat."""
    return make_enrolment(cohort, owner, at=at - timedelta(days=30))


@pytest.fixture
def seats(cohort: Cohort, at: datetime) -> Callable[[int], list[Enrolment]]:
    """``seats(3)``: so many more learners with a seat."""
    return lambda number: [make_enrolment(cohort, at=at - timedelta(days=30)) for _ in range(number)]


@pytest.fixture
def signed(cohort: Cohort) -> None:
    """Two people sign the certificates of the cohort's programme."""
    people = [("นายสมชาย ใจดี", "อธิบดี"), ("นางสาวสมหญิง น้ำใส", "ผู้อำนวยการ")]
    for place, (name, title) in enumerate(people, start=1):
        Signatory.objects.create(programme=cohort.programme, position=place, name_th=name, title_th=title)


@pytest.fixture
def passed(officer, at):
    """``passed(enrolment, …)``: decided that they passed."""

    def decide(*enrolments: Enrolment, outcome: bool = True):
        for one in enrolments:
            Decision.objects.create(
                enrolment=one, passed=outcome, rule={}, figures={}, decided_at=at, decided_by=officer
            )
        return enrolments

    return decide


@pytest.fixture
def certificate(session, seat, signed, passed, officer, at) -> Certificate:
    """The owner's certificate."""
    passed(seat)
    return actions.issue_certificate(enrolment=seat, by=officer, at=at)
