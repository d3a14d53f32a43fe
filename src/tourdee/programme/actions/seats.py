"""Seats: given, given back, passed on. Each act holds the cohort's row first, so that they cannot cross.

The guard against a seat too many is one conditional UPDATE of ``seats_taken`` (and a CHECK behind it); what a caller
read before is never trusted.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tourdee import events
from tourdee.core.dates import bangkok_day
from tourdee.people.models import User

from .. import queries
from ..models import Application, Attendance, Cohort, Enrolment
from .history import write_line

Status = Application.Status


class CohortFull(Exception):
    """There are not as many free seats as asked for; ``left`` are."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class CannotDecide(Exception):
    """The application is no longer in a state from which this decision can be made."""


class NeedsReason(Exception):
    """Every decision about a person has a reason."""


class SamePersonHasPlace(Exception):
    """Another application with the same citizen id has a seat or waits for one."""


class AlreadyAttended(Exception):
    """The person was present at a half-day, so the seat was used."""


@transaction.atomic
def seat_applicant(*, application: Application, by: User | None, reason: str, at: datetime) -> Enrolment:
    """Give the applicant the lowest free seat. ``by=None``: the system passes a freed seat on.

    Raises NeedsReason, CohortFull, CannotDecide, SamePersonHasPlace.
    """
    cohort = hold_cohort(application.cohort)
    return give_seat(cohort, application, by, reason, at)


@transaction.atomic
def seat_applicants(*, cohort: Cohort, applications: Sequence[Application], by: User, reason: str, at: datetime) -> int:
    """Seat all of them, in the order in which they applied, or none. Returns how many.

    Raises what ``seat_applicant`` raises; CohortFull tells how many seats are left.
    """
    held = hold_cohort(cohort)
    if len(applications) > held.seats_left:
        raise CohortFull(held.seats_left)
    for application in sorted(applications, key=lambda one: (one.submitted_at, one.pk)):
        give_seat(held, application, by, reason, at)
    return len(applications)


@transaction.atomic
def pass_freed_seat(*, cohort: Cohort, at: datetime) -> Enrolment | None:
    """Give a free seat to the first of the waiting list, until the end of the first day of the course.

    Returns the new enrolment, or None if nobody waits, no seat is free or it is too late to begin.
    """
    held = hold_cohort(cohort)
    first = queries.waiting_list(held).first()
    if first is None or held.is_full or bangkok_day(at) > held.starts_on:
        return None
    with override("th"):
        reason = str(_("A seat became free and this was the first person on the waiting list."))
    return give_seat(held, first, None, reason, at)


@transaction.atomic
def replace_no_show(*, enrolment: Enrolment, by: User, reason: str, at: datetime) -> Enrolment | None:
    """Take the seat of somebody who did not come and give it to the first who waits. Returns the new enrolment.

    Raises NeedsReason, AlreadyAttended, CannotDecide.
    """
    application = enrolment.application
    cohort = hold_cohort(enrolment.cohort)
    change_status(application, {Status.SEATED}, Status.NO_SHOW, by, reason, at)
    give_back_seat(cohort, application)
    write_line(
        "seat.no_show",
        about=application,
        by=by,
        at=at,
        reason=reason,
        name=application.name,
        text=_("%(name)s did not come and lost the seat: %(reason)s"),
    )
    return pass_freed_seat(cohort=cohort, at=at)


def hold_cohort(cohort: Cohort) -> Cohort:
    """The cohort as it is now, held until the transaction ends: seats of one cohort change one after the other."""
    return Cohort.objects.select_for_update().get(pk=cohort.pk)


def change_status(
    application: Application,
    before: set[Status],
    after: Status,
    by: User | None,
    reason: str,
    at: datetime,
    **more: object,
) -> None:
    """One conditional UPDATE from one of the former states; tells the listeners. Raises NeedsReason, CannotDecide."""
    if not reason.strip():
        raise NeedsReason
    changed = Application.objects.filter(pk=application.pk, status__in=before).update(
        status=after,
        reason=reason,
        decided_at=at,
        decided_by=by,
        **{"waiting_number": None, "waiting_since": None, **more},
    )
    if not changed:
        raise CannotDecide(after)
    events.publish(events.ApplicationDecided(application=application.public_id, status=after))


def give_back_seat(cohort: Cohort, application: Application) -> bool:
    """Free the seat of this application, if it has one. Returns whether it had. Raises AlreadyAttended."""
    came = Attendance.objects.filter(enrolment__application=application).exclude(status=Attendance.Status.ABSENT)
    if came.exists():
        raise AlreadyAttended
    freed = Enrolment.objects.filter(application=application, is_active=True).update(is_active=False)
    if freed:
        Cohort.objects.filter(pk=cohort.pk).update(seats_taken=F("seats_taken") - 1)
    return bool(freed)


def no_other_place(application: Application) -> None:
    """One place per person: raises SamePersonHasPlace if the same citizen id is seated or waiting elsewhere."""
    places = {Status.SEATED, Status.WAITING}
    if any(other.status in places for other in queries.sharing_citizen_id(application)):
        raise SamePersonHasPlace


def give_seat(cohort: Cohort, application: Application, by: User | None, reason: str, at: datetime) -> Enrolment:
    if not Cohort.objects.filter(pk=cohort.pk, seats_taken__lt=F("seats")).update(seats_taken=F("seats_taken") + 1):
        raise CohortFull(0)
    no_other_place(application)
    change_status(application, {Status.SUBMITTED, Status.WAITING}, Status.SEATED, by, reason, at)
    enrolment = _enrol(cohort, application, at)
    write_line(
        "seat.given",
        about=application,
        by=by,
        at=at,
        reason=reason,
        name=application.name,
        seat=enrolment.seat_number,
        text=_("%(name)s got seat %(seat)s: %(reason)s"),
    )
    return enrolment


def _enrol(cohort: Cohort, application: Application, at: datetime) -> Enrolment:
    """A seat for this person; who had one before gets the same enrolment again."""
    seat = {"application": application, "name": application.name, "seat_number": queries.lowest_free_seat(cohort)}
    return Enrolment.objects.update_or_create(
        cohort=cohort, user_id=application.user_id, defaults={**seat, "is_active": True, "at": at}
    )[0]
