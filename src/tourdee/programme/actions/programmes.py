"""Programmes and cohorts as an office sets them up."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import chain, count

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from tourdee.people.models import Organisation, User

from ..models import Cohort, Programme, Signatory
from .history import write_line
from .seats import hold_cohort, pass_freed_seat


@dataclass(frozen=True, kw_only=True)
class ProgrammeDetails:
    """What an office says about a programme. ``signatories`` are pairs of name and position title, in order."""

    name_th: str
    name_en: str
    purpose_th: str
    purpose_en: str
    audience: list[str]
    hours: int
    certificate_prefix: str = ""
    partners: Sequence[Organisation] = ()
    signatories: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, kw_only=True)
class CohortDetails:
    """What an office says about a cohort. ``target`` is the plan's number of trainees."""

    name_th: str
    name_en: str
    audience_group: str = ""
    venue_th: str
    venue_en: str
    seats: int
    target: int
    applications_close_at: datetime
    starts_on: date
    ends_on: date


class FewerSeatsThanPeople(Exception):
    """More people have a seat than the cohort is to have; ``taken`` of them."""

    def __init__(self, taken: int) -> None:
        super().__init__(taken)
        self.taken = taken


class CannotChangeStatus(Exception):
    """A cohort goes from being prepared to open, closed and finished; it opens and closes again, but never becomes a
    draft again once somebody could see it."""


Status = Cohort.Status
FORMER_STATES = {
    Status.OPEN: {Status.DRAFT, Status.CLOSED},
    Status.CLOSED: {Status.DRAFT, Status.OPEN, Status.FINISHED},
    Status.FINISHED: {Status.CLOSED},
}


@transaction.atomic
def create_programme(
    *, office: Organisation, details: ProgrammeDetails, by: User | None, at: datetime, slug: str = ""
) -> Programme:
    """A new programme of an office. Without ``slug`` its address is made of the English name."""
    slug = slug or _free_programme_slug(details.name_en)
    programme = Programme.objects.create(office=office, slug=slug, **_own_fields(details))
    _set_people(programme, details)
    write_line(
        "programme.created",
        about=programme,
        by=by,
        at=at,
        name=programme.name_th,
        text=_("Programme “%(name)s” created"),
    )
    return programme


@transaction.atomic
def change_programme(*, programme: Programme, details: ProgrammeDetails, by: User, at: datetime) -> None:
    """Replace what is said about a programme, its partners and signatories. Issued certificates keep theirs."""
    Programme.objects.filter(pk=programme.pk).update(**_own_fields(details))
    _set_people(programme, details)
    signatories = [list(pair) for pair in details.signatories]
    write_line(
        "programme.changed",
        about=programme,
        by=by,
        at=at,
        name=details.name_th,
        hours=details.hours,
        signatories=signatories,
        text=_("Programme “%(name)s” changed"),
    )


@transaction.atomic
def create_cohort(*, programme: Programme, details: CohortDetails, by: User | None, at: datetime) -> Cohort:
    """A new cohort, not yet public. Its address is the programme's with the next number."""
    slug = _free_slug(programme)
    cohort = Cohort.objects.create(programme=programme, slug=slug, **asdict(details))
    write_line(
        "cohort.created",
        about=cohort,
        by=by,
        at=at,
        name=cohort.name_th,
        seats=cohort.seats,
        text=_("Cohort “%(name)s” created with %(seats)s seats"),
    )
    return cohort


@transaction.atomic
def change_cohort(*, cohort: Cohort, details: CohortDetails, by: User, at: datetime) -> None:
    """Replace what is said about a cohort. Added seats go to those who wait. Raises FewerSeatsThanPeople."""
    before = hold_cohort(cohort)
    if not Cohort.objects.filter(pk=cohort.pk, seats_taken__lte=details.seats).update(**asdict(details)):
        raise FewerSeatsThanPeople(before.seats_taken)
    write_line(
        "cohort.changed",
        about=cohort,
        by=by,
        at=at,
        name=details.name_th,
        before=before.seats,
        seats=details.seats,
        text=_("Cohort “%(name)s” changed; seats %(before)s → %(seats)s"),
    )
    for _seat in range(details.seats - before.seats):
        if pass_freed_seat(cohort=cohort, at=at) is None:
            break


@transaction.atomic
def change_cohort_status(*, cohort: Cohort, status: str, by: User, at: datetime) -> None:
    """Open or close the applications, or finish the cohort. Raises CannotChangeStatus."""
    before = FORMER_STATES.get(Status(status), set())
    if not Cohort.objects.filter(pk=cohort.pk, status__in=before).update(status=status):
        raise CannotChangeStatus(status)
    write_line(
        "cohort.status",
        about=cohort,
        by=by,
        at=at,
        name=cohort.name_th,
        status=status,
        text=_("Cohort “%(name)s” is now: %(status)s"),
    )


def _own_fields(details: ProgrammeDetails) -> dict[str, object]:
    names = ("name_th", "name_en", "purpose_th", "purpose_en", "audience", "hours", "certificate_prefix")
    return {name: getattr(details, name) for name in names}


def _set_people(programme: Programme, details: ProgrammeDetails) -> None:
    programme.partners.set(details.partners)
    programme.signatories.all().delete()
    Signatory.objects.bulk_create(
        Signatory(programme=programme, position=position, name_th=name, title_th=title)
        for position, (name, title) in enumerate(details.signatories, start=1)
    )


def _free_programme_slug(name: str) -> str:
    stem = slugify(name)[:40].strip("-") or "programme"
    taken = {"new", *Programme.objects.filter(slug__startswith=stem).values_list("slug", flat=True)}
    candidates = chain([stem], (f"{stem}-n{number}" for number in count(2)))
    return next(slug for slug in candidates if slug not in taken)


def _free_slug(programme: Programme) -> str:
    number = programme.cohorts.count() + 1
    while Cohort.objects.filter(slug=f"{programme.slug}-{number}").exists():
        number += 1
    return f"{programme.slug}-{number}"
