"""Screening: waiting list, refusal, and taking a decision back. Each decision has a reason."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tourdee.people.models import User

from .. import queries
from ..models import Application, Certificate, Cohort, Decision
from .history import write_line
from .seats import (
    CannotDecide,
    NeedsReason,
    change_status,
    give_back_seat,
    hold_cohort,
    no_other_place,
    pass_freed_seat,
)

Status = Application.Status


class AlreadyJudged(Exception):
    """The learner passed or failed, or holds a certificate: the seat can no longer be undone."""


@transaction.atomic
def put_on_waiting_list(*, application: Application, by: User, reason: str, at: datetime) -> None:
    """Behind the last who waits. Raises NeedsReason, CannotDecide, SamePersonHasPlace."""
    cohort = hold_cohort(application.cohort)
    no_other_place(application)
    number = _last_number(cohort) + 1
    change_status(
        application, {Status.SUBMITTED}, Status.WAITING, by, reason, at, waiting_number=number, waiting_since=at
    )
    write_line(
        "application.waiting",
        about=application,
        by=by,
        at=at,
        reason=reason,
        name=application.name,
        text=_("%(name)s was put on the waiting list: %(reason)s"),
    )


@transaction.atomic
def refuse_application(*, application: Application, by: User, reason: str, at: datetime) -> None:
    """Refuse somebody who has no seat yet. Raises NeedsReason, CannotDecide."""
    hold_cohort(application.cohort)
    change_status(application, {Status.SUBMITTED, Status.WAITING}, Status.REFUSED, by, reason, at)
    write_line(
        "application.refused",
        about=application,
        by=by,
        at=at,
        reason=reason,
        name=application.name,
        text=_("%(name)s was not accepted: %(reason)s"),
    )


@transaction.atomic
def undo_decision(*, application: Application, by: User, reason: str, at: datetime) -> None:
    """Back to "waiting for a decision". A seat that becomes free by it goes to the first who waits.

    Raises NeedsReason, CannotDecide, AlreadyAttended, AlreadyJudged.
    """
    cohort = hold_cohort(application.cohort)
    _not_judged(application)
    undone = {Status.SEATED, Status.WAITING, Status.REFUSED, Status.NO_SHOW}
    change_status(application, undone, Status.SUBMITTED, by, reason, at)
    write_line(
        "application.undone",
        about=application,
        by=by,
        at=at,
        reason=reason,
        name=application.name,
        text=_("The decision about %(name)s was taken back: %(reason)s"),
    )
    if give_back_seat(cohort, application):
        pass_freed_seat(cohort=cohort, at=at)


@transaction.atomic
def move_on_waiting_list(*, application: Application, place: int, by: User, reason: str, at: datetime) -> None:
    """Put somebody who waits at another place of the list (1 is the next). Raises NeedsReason, CannotDecide."""
    if not reason.strip():
        raise NeedsReason
    cohort = hold_cohort(application.cohort)
    order = list(queries.waiting_list(cohort))
    if application not in order:
        raise CannotDecide(application.status)
    before = order.index(application) + 1
    order.remove(application)
    order.insert(min(max(place, 1), len(order) + 1) - 1, application)
    _number_again(cohort, order)
    write_line(
        "application.moved",
        about=application,
        by=by,
        at=at,
        reason=reason,
        name=application.name,
        before=before,
        after=order.index(application) + 1,
        text=_("%(name)s moved on the waiting list from place %(before)s to %(after)s: %(reason)s"),
    )


def _number_again(cohort: Cohort, order: list[Application]) -> None:
    """New numbers above all former ones, so that no two are ever equal on the way."""
    for number, waiting in enumerate(order, start=_last_number(cohort) + 1):
        Application.objects.filter(pk=waiting.pk, status=Status.WAITING).update(waiting_number=number)


def _last_number(cohort: Cohort) -> int:
    return queries.waiting_list(cohort).aggregate(last=Max("waiting_number"))["last"] or 0


def _not_judged(application: Application) -> None:
    decided = Decision.objects.filter(enrolment__application=application).exists()
    if decided or Certificate.objects.filter(enrolment__application=application).exists():
        raise AlreadyJudged
