"""Certificates: the office's desk, the learner's own, and the public check."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tourdee.core.spreadsheets import download

from .. import actions, queries
from ..forms.certificates import RevocationForm
from ..models import Certificate, Cohort
from .access import officer_page

PDF = "application/pdf"


@officer_page
@require_safe
def certificates(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is ready for one, which were issued, which were revoked."""
    cohort = _cohort(request, slug)
    signatories = list(cohort.programme.signatories.all())
    context = {
        "cohort": cohort,
        "desk": queries.certificate_desk(cohort),
        "signatories": signatories,
        "can_sign": queries.can_sign(signatories),
    }
    return render(request, "programme/certificates.html", context)


@officer_page
@require_POST
def issue_certificates(request: HttpRequest, slug: str) -> HttpResponse:
    """One for everybody who passed and has none."""
    try:
        issued = len(actions.issue_certificates(cohort=_cohort(request, slug), by=request.user, at=timezone.now()))
    except actions.SignatoriesMissing:
        messages.error(request, _signatories_missing())
    else:
        text = ngettext("%(number)s certificate was issued.", "%(number)s certificates were issued.", issued)
        messages.success(request, text % {"number": issued} if issued else _("Nothing was changed."))
    return redirect("certificates", slug=slug)


@officer_page
@require_POST
def issue_certificate(request: HttpRequest, slug: str, enrolment_id: str) -> HttpResponse:
    """One for one learner."""
    enrolment = get_object_or_404(
        _cohort(request, slug).enrolments.select_related("cohort__programme__office"), public_id=enrolment_id
    )
    try:
        issued = actions.issue_certificate(enrolment=enrolment, by=request.user, at=timezone.now())
    except actions.SignatoriesMissing:
        messages.error(request, _signatories_missing())
    except actions.NotPassed:
        messages.error(request, _("Nobody has decided yet that this learner passed."))
    else:
        messages.success(request, _("Certificate %(number)s was issued.") % {"number": issued.number})
    return redirect("certificates", slug=slug)


@officer_page
@require_safe
def certificates_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """All valid certificates of the cohort in one file, ready for the printer."""
    cohort = _cohort(request, slug)
    valid = queries.certificate_desk(cohort).valid
    if not valid:
        messages.error(request, _("There is no certificate to print yet."))
        return redirect("certificates", slug=slug)
    return _file(valid, f"{cohort.slug}-certificates.pdf")


@officer_page
@require_safe
def office_certificate_pdf(request: HttpRequest, certificate_id: str) -> HttpResponse:
    """One certificate of the officer's own offices."""
    own = queries.certificates_seen_by(request.user).filter(revoked_at__isnull=True)
    certificate = get_object_or_404(own, public_id=certificate_id)
    return _file([certificate], _file_name(certificate))


@officer_page
def revoke_certificate(request: HttpRequest, certificate_id: str) -> HttpResponse:
    """Ask for the reason, then revoke."""
    certificate = get_object_or_404(queries.certificates_seen_by(request.user), public_id=certificate_id)
    slug = certificate.enrolment.cohort.slug
    form = RevocationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.revoke_certificate(certificate=certificate, reason=reason, by=request.user, at=timezone.now())
            messages.success(request, _("Certificate %(number)s is revoked.") % {"number": certificate.number})
        except actions.AlreadyRevoked:
            messages.error(request, _("This certificate was revoked before."))
        return redirect("certificates", slug=slug)
    context = {"certificate": certificate, "cohort": certificate.enrolment.cohort, "form": form}
    return render(request, "programme/certificate_revoke.html", context)


@login_required
@require_safe
def my_certificates(request: HttpRequest) -> HttpResponse:
    """The learner's own, to keep, print and show."""
    language = get_language() or "th"
    own = [
        (one, queries.certificate_words(one, language), queries.verify_address(one))
        for one in queries.certificates_of_user(request.user)
    ]
    return render(request, "programme/certificate_mine.html", {"certificates": own})


@login_required
@require_safe
def my_certificate_pdf(request: HttpRequest, certificate_id: str) -> HttpResponse:
    """The learner's own certificate as a file; a revoked one is not handed out again."""
    own = queries.certificates_of_user(request.user).filter(revoked_at__isnull=True)
    certificate = get_object_or_404(own, public_id=certificate_id)
    return _file([certificate], _file_name(certificate))


def _cohort(request: HttpRequest, slug: str) -> Cohort:
    return get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)


def _signatories_missing() -> str:
    return _("Two people sign each certificate. Please write their names and positions first.")


def _file(certificates: Sequence[Certificate], name: str) -> HttpResponse:
    return download(queries.certificates_pdf(certificates), name, PDF)


def _file_name(certificate: Certificate) -> str:
    return f"{certificate.number.replace(' ', '-').replace('/', '-')}.pdf"
