"""Certificates (วุฒิบัตร): issued for who passed, with a number that leaves no gap; revoked with a reason."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tourdee import events
from tourdee.core.dates import BUDDHIST_ERA, bangkok_day
from tourdee.people.models import User

from .. import queries
from ..models import Certificate, CertificateCounter, Cohort, Enrolment
from .history import write_line
from .seats import NeedsReason


class NotPassed(Exception):
    """No decision says that this learner passed."""


class SignatoriesMissing(Exception):
    """A certificate carries the names of two people; they are not both set yet."""


class AlreadyRevoked(Exception):
    """The certificate was revoked before."""


@transaction.atomic
def issue_certificates(*, cohort: Cohort, by: User, at: datetime) -> list[Certificate]:
    """One for everybody who passed and has no valid one; a second call issues nothing. Raises SignatoriesMissing."""
    return _issue(cohort, {"is_active": True}, by, at)


@transaction.atomic
def issue_certificate(*, enrolment: Enrolment, by: User, at: datetime) -> Certificate:
    """The learner's valid certificate; issued now if there is none, after a revocation with a new number.

    Raises NotPassed, SignatoriesMissing.
    """
    new = _issue(enrolment.cohort, {"pk": enrolment.pk}, by, at)
    valid = new[0] if new else Certificate.objects.filter(enrolment=enrolment, revoked_at__isnull=True).first()
    if valid is None:
        raise NotPassed(enrolment.public_id)
    return valid


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, reason: str, by: User, at: datetime) -> None:
    """From now on the public page says that it does not hold, and why. Raises NeedsReason, AlreadyRevoked."""
    if not reason.strip():
        raise NeedsReason
    revoked = Certificate.objects.filter(pk=certificate.pk, revoked_at__isnull=True).update(
        revoked_at=at, revoked_reason=reason, revoked_by=by
    )
    if not revoked:
        raise AlreadyRevoked(certificate.number)
    write_line("certificate.revoked", about=certificate, by=by, at=at, number=certificate.number, name=certificate.name,
               reason=reason, text=_("Certificate %(number)s of %(name)s revoked: %(reason)s"))  # fmt: skip
    user = certificate.enrolment.user.public_id
    events.publish(events.CertificateRevoked(user=user, certificate=certificate.public_id))


def _issue(cohort: Cohort, which: dict[str, object], by: User, at: datetime) -> list[Certificate]:
    rows = Enrolment.objects.filter(cohort=cohort, **which)
    held = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))  # others wait, and then see ours
    certified = Certificate.objects.filter(enrolment__in=held, revoked_at__isnull=True).values("enrolment")
    passed = Enrolment.objects.filter(pk__in=held, decision__passed=True)
    ready = list(passed.exclude(pk__in=certified).order_by("seat_number"))
    if not ready:
        return []
    frozen = _frozen(cohort)
    numbers = _next_numbers(queries.certificate_prefix(cohort.programme), at, len(ready))
    issued = [
        Certificate(enrolment=one, name=one.name, number=number, issued_at=at, issued_by=by, **frozen)
        for one, number in zip(ready, numbers, strict=True)
    ]
    Certificate.objects.bulk_create(issued)
    users = User.objects.in_bulk([one.user_id for one in ready])
    for certificate in issued:
        _tell_issued(certificate, users[certificate.enrolment.user_id], by, at)
    return issued


def _frozen(cohort: Cohort) -> dict[str, object]:
    """What every certificate of the cohort says, as it stands today."""
    programme = cohort.programme
    signatories = list(programme.signatories.all())
    if not queries.can_sign(signatories):
        raise SignatoriesMissing
    days = sorted({bangkok_day(one) for one in cohort.sessions.values_list("starts_at", flat=True)})
    bodies = [programme.office, *programme.partners.filter(parent=None).order_by("pk")]
    return {
        "programme_name": programme.name_th,
        "programme_name_en": programme.name_en,
        "cohort_name": cohort.name_th,
        "cohort_name_en": cohort.name_en,
        "bodies": [{"th": one.name_th, "en": one.name_en} for one in bodies],
        "hours": Decimal(programme.hours),
        "dates": queries.days_in_words(days, "th"),
        "days": [day.isoformat() for day in days],
        "signatories": [{"name": one.name_th, "title": one.title_th} for one in signatories],
    }


def _next_numbers(prefix: str, at: datetime, how_many: int) -> list[str]:
    """Numbers in a row. The counter is raised in this transaction: if it fails, so does the raise, and no gap stays."""
    year = bangkok_day(at).year + BUDDHIST_ERA
    CertificateCounter.objects.bulk_create([CertificateCounter(prefix=prefix, year=year)], ignore_conflicts=True)
    CertificateCounter.objects.filter(prefix=prefix, year=year).update(last=F("last") + how_many)
    last = CertificateCounter.objects.get(prefix=prefix, year=year).last
    return [f"{prefix} {number:04d}/{year}" for number in range(last - how_many + 1, last + 1)]


def _tell_issued(certificate: Certificate, user: User, by: User, at: datetime) -> None:
    write_line("certificate.issued", about=certificate, by=by, at=at, number=certificate.number, name=certificate.name,
               text=_("Certificate %(number)s issued to %(name)s"))  # fmt: skip
    events.publish(events.CertificateIssued(user=user.public_id, certificate=certificate.public_id))
