"""Certificates: whose they are, whether they hold, and how they look on paper."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import override

from tourdee.core import pdf
from tourdee.core.dates import BUDDHIST_ERA, MONTHS_EN, MONTHS_TH, bangkok_day
from tourdee.core.qr import qr_svg_bytes
from tourdee.core.text import THAI_DIGITS
from tourdee.people.models import User

from ..models import Certificate, Cohort, Enrolment, Programme, Signatory
from .cohorts import cohorts_seen_by

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "certificate.typ"
MANY_DAYS = 8  # more are written as "from … to …"


@dataclass(frozen=True)
class CertificateDesk:
    """The certificates of a cohort: who passed and has none yet, those that hold, those that were revoked."""

    ready: list[Enrolment]
    valid: list[Certificate]
    revoked: list[Certificate]


@dataclass(frozen=True)
class CertificateWords:
    """What was frozen, in one language. The name and the signatories stand as on the paper."""

    programme: str
    cohort: str
    bodies: list[str]
    days: str


def certificate_words(certificate: Certificate, language: str) -> CertificateWords:
    """The frozen words in Thai or English."""
    thai = language.startswith("th")
    days = [date.fromisoformat(day) for day in certificate.days]
    return CertificateWords(
        programme=certificate.programme_name if thai else certificate.programme_name_en,
        cohort=certificate.cohort_name if thai else certificate.cohort_name_en,
        bodies=[body["th" if thai else "en"] for body in certificate.bodies],
        days=days_in_words(days, language) if days else certificate.dates,
    )


def certificate_desk(cohort: Cohort) -> CertificateDesk:
    """Three questions in two queries; learners by seat number, certificates by number."""
    issued = list(Certificate.objects.filter(enrolment__cohort=cohort).select_related("enrolment__user"))
    valid = [one for one in issued if one.revoked_at is None]
    passed = Enrolment.objects.filter(cohort=cohort, is_active=True, decision__passed=True)
    ready = passed.exclude(pk__in=[one.enrolment_id for one in valid]).select_related("user").order_by("seat_number")
    return CertificateDesk(list(ready), valid, [one for one in issued if one.revoked_at is not None])


def certificates_seen_by(user: User) -> QuerySet[Certificate]:
    """Those of the officer's own offices; no others exist for them."""
    cohorts = cohorts_seen_by(user).order_by().values("pk")
    return Certificate.objects.filter(enrolment__cohort__in=cohorts).select_related(
        "enrolment__cohort", "enrolment__user"
    )


def certificates_of_user(user: User) -> QuerySet[Certificate]:
    """The person's own certificates, the newest first; revoked ones are among them."""
    return Certificate.objects.filter(enrolment__user=user).order_by("-issued_at", "-number")


def certificate_with_code(code: str) -> Certificate | None:
    """What the link behind the QR shows. The code has 192 bits: it cannot be guessed, only read off the paper."""
    return Certificate.objects.filter(verify_code=code).first() if len(code) <= 40 else None


def was_issued(number: str) -> bool:
    """Whether such a number was ever given out, and nothing else: numbers can be counted up by anybody."""
    return Certificate.objects.filter(number=number).exists()


def number_as_printed(typed: str) -> str:
    """A number as it stands on paper: capitals, Arabic digits, single spaces, no space at the slash."""
    text = " ".join(typed.translate(THAI_DIGITS).upper().split())
    return re.sub(r"\s*/\s*", "/", text)


def code_in(typed: str) -> str:
    """The code out of a link that was copied as a whole; else what was typed."""
    found = re.search(r"/verify/([A-Za-z0-9_-]{20,40})/?", typed)
    return found[1] if found else typed.strip()


def can_sign(signatories: Sequence[Signatory]) -> bool:
    """Whether a certificate can be issued: two people are named."""
    return len(signatories) == 2 and all(one.name_th.strip() for one in signatories)


def certificate_prefix(programme: Programme) -> str:
    """What stands before the numbers: the programme's own, else the office's short name."""
    return programme.certificate_prefix or programme.office.slug.upper()[:20]


def verify_address(certificate: Certificate) -> str:
    """The link behind the QR: the site's own address, Thai page."""
    with override("th"):
        return f"{settings.SITE_URL}{reverse('verify_certificate', args=[certificate.verify_code])}"


def certificates_pdf(certificates: Sequence[Certificate]) -> bytes:
    """One page each (PDF/A), in the order given, from what was frozen at issue."""
    files = {f"qr-{place}.svg": qr_svg_bytes(verify_address(one)) for place, one in enumerate(certificates)}
    return pdf.pdf(TEMPLATE, certificate_data(certificates), files=files)


def certificate_data(certificates: Sequence[Certificate]) -> dict[str, Any]:
    """What the template reads."""
    numbers = ", ".join(one.number for one in certificates[:3])
    return {"title": f"วุฒิบัตร {numbers}", "certificates": [_on_paper(one) for one in certificates]}


def days_in_words(days: Sequence[date], language: str) -> str:
    """``23, 25 และ 26 พฤศจิกายน 2563`` or ``23, 25 and 26 November 2020``; many days as from … to …"""
    thai = language.startswith("th")
    if len(days) > MANY_DAYS:
        first, last = _month_in_words(days[:1], thai), _month_in_words(days[-1:], thai)
        return f"{first} ถึง {last}" if thai else f"{first} to {last}"
    months: dict[tuple[int, int], list[date]] = {}
    for day in days:
        months.setdefault((day.year, day.month), []).append(day)
    return _listed([_month_in_words(one, thai) for one in months.values()], thai)


def _month_in_words(days: Sequence[date], thai: bool) -> str:
    numbers = _listed([str(day.day) for day in days], thai)
    first = days[0]
    if thai:
        return f"{numbers} {MONTHS_TH[first.month - 1]} {first.year + BUDDHIST_ERA}"
    return f"{numbers} {MONTHS_EN[first.month - 1]} {first.year}"


def _listed(words: Sequence[str], thai: bool) -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} {'และ' if thai else 'and'} {words[-1]}"


def _on_paper(one: Certificate) -> dict[str, Any]:
    return {
        "number": one.number,
        "name": one.name,
        "bodies": [body["th"] for body in one.bodies],
        "programme": one.programme_name,
        "cohort": one.cohort_name,
        "hours": f"{one.hours.normalize():f}",
        "dates": f"วันที่ {one.dates}",
        "issued": days_in_words([bangkok_day(one.issued_at)], "th"),
        "signatories": one.signatories,
    }
