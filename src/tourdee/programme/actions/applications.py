"""Applying, applying for somebody who telephones, and withdrawing."""

from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tourdee import events
from tourdee.core.crypto import seal
from tourdee.core.dates import bangkok_day
from tourdee.people.actions import record_consent
from tourdee.people.models import User

from .. import queries
from ..models import Answers, Application, Cohort
from .history import write_line
from .people import person_reached_at
from .seats import change_status, give_back_seat, hold_cohort, pass_freed_seat

Status = Application.Status
CONSENT = "application"


class ApplicationsClosed(Exception):
    """The cohort takes no applications (any more)."""


class CourseOver(Exception):
    """The course is held: who had a seat to its end stays on its list, by which the results are counted."""


class AlreadyApplied(Exception):
    """This account has applied to this cohort before; ``application`` is that one."""

    def __init__(self, application: Application) -> None:
        super().__init__(application.public_id)
        self.application = application


@transaction.atomic
def submit_application(*, cohort: Cohort, user: User, answers: Answers, at: datetime) -> Application:
    """Apply. Who withdrew before may apply again, at the end of the queue.

    A citizen id that another account already used is taken silently: the officer sees it, the applicant learns nothing
    about the other. Raises
    ApplicationsClosed, AlreadyApplied.
    """
    if not Cohort.objects.get(pk=cohort.pk).takes_applications(at):
        raise ApplicationsClosed
    application = save_answers(cohort, user, answers, at, entered_by=None)
    record_consent(purpose=CONSENT, user=user, at=at)
    write_line(
        "application.submitted",
        about=application,
        by=user,
        at=at,
        name=application.name,
        text=_("%(name)s applied"),
    )
    events.publish(events.ApplicationSubmitted(application=application.public_id))
    return application


@transaction.atomic
def enter_application(*, cohort: Cohort, answers: Answers, by: User, at: datetime) -> Application:
    """Enter the application of somebody who telephoned or came to the office.

    The phone number finds or makes the account. Possible until the cohort is finished. Raises
    ApplicationsClosed, AlreadyApplied.
    """
    if Cohort.objects.get(pk=cohort.pk).status == Cohort.Status.FINISHED:
        raise ApplicationsClosed
    user = person_reached_at(phone=answers.phone, name=answers.name)
    application = save_answers(cohort, user, answers, at, entered_by=by)
    record_consent(purpose=CONSENT, user=user, at=at)
    write_line(
        "application.entered",
        about=application,
        by=by,
        at=at,
        name=application.name,
        text=_("The office entered the application of %(name)s"),
    )
    events.publish(events.ApplicationSubmitted(application=application.public_id))
    return application


@transaction.atomic
def withdraw_application(*, application: Application, by: User, at: datetime) -> None:
    """Withdraw. A seat that becomes free by it goes to the first who waits. Raises CourseOver, CannotDecide,
    AlreadyAttended."""
    cohort = hold_cohort(application.cohort)
    if bangkok_day(at) > cohort.ends_on and cohort.enrolments.filter(application=application, is_active=True).exists():
        raise CourseOver
    with override("th"):
        reason = str(_("Withdrawn by the applicant"))
    change_status(application, {Status.SUBMITTED, Status.SEATED, Status.WAITING}, Status.WITHDRAWN, by, reason, at)
    write_line(
        "application.withdrawn",
        about=application,
        by=by,
        at=at,
        name=application.name,
        text=_("%(name)s withdrew"),
    )
    if give_back_seat(cohort, application):
        pass_freed_seat(cohort=cohort, at=at)


def save_answers(cohort: Cohort, user: User, answers: Answers, at: datetime, *, entered_by: User | None) -> Application:
    """A new application, or the withdrawn one of this person filled in again. Raises AlreadyApplied."""
    values = _values(answers) | {"submitted_at": at, "entered_by": entered_by}
    former = queries.application_to(cohort, user)
    if former is None:
        try:
            with transaction.atomic():
                return Application.objects.create(cohort=cohort, user=user, **values)
        except IntegrityError:  # a second click was quicker
            former = Application.objects.get(cohort=cohort, user=user)
    again = Application.objects.filter(pk=former.pk, status=Status.WITHDRAWN).update(
        **values, status=Status.SUBMITTED, reason="", decided_at=None, decided_by=None
    )
    if not again:
        raise AlreadyApplied(former)
    former.refresh_from_db()
    return former


def _values(answers: Answers) -> dict[str, object]:
    values = asdict(answers)
    citizen_id = values.pop("citizen_id")
    return values | {"citizen_id_sealed": seal(citizen_id), "citizen_id_hash": queries.citizen_id_hash(citizen_id)}


@transaction.atomic
def forget_applicant(*, user: User) -> None:
    """Empty what a person said in applications. Name and group of a seat stay for certificates and counts."""
    said = {"phone": "", "email": "", "citizen_id_sealed": "", "works_as": "", "wants_to_sell": ""}
    Application.objects.filter(user=user).update(**said, citizen_id_hash="", income_before_satang=None)
    Application.objects.filter(user=user).exclude(enrolment__is_active=True).update(name="")
    undecided = Application.objects.filter(user=user, status__in=[Status.SUBMITTED, Status.WAITING])
    undecided.update(status=Status.WITHDRAWN, waiting_number=None)
