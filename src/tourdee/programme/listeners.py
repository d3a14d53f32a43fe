"""What the room does when something happened: it tells the people concerned, and forgets who asks to be forgotten."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from tourdee.events import (
    ApplicationDecided,
    ApplicationSubmitted,
    CertificateIssued,
    CertificateRevoked,
    LearnerDecided,
    PersonErased,
    listens,
)
from tourdee.people.actions import tell
from tourdee.people.models import User

from . import actions, queries
from .models import Application, Certificate, Enrolment
from .words import lacking

Status = Application.Status


@listens(ApplicationSubmitted)
def thank_applicant(happened: ApplicationSubmitted) -> None:
    """That the application has arrived, and where to see it."""
    application = _application(happened.application)
    if application and application.status == Status.SUBMITTED:
        _tell(application, "received")


@listens(ApplicationDecided)
def tell_decision(happened: ApplicationDecided) -> None:
    """What was decided. Nothing, if it has been decided otherwise since: that has a message of its own."""
    application = _application(happened.application)
    if application and application.status == happened.status:
        _tell(application, application.status)


@listens(LearnerDecided)
def tell_not_passed(happened: LearnerDecided) -> None:
    """What is missing, and that it can still be brought. Who passed hears of it with the certificate. Nothing, if it has
    been decided otherwise since."""
    rows = Enrolment.objects.filter(public_id=happened.enrolment, is_active=True, decision__passed=False)
    enrolment = rows.select_related("application", "user", "decision", "cohort__programme__office").first()
    if enrolment is None:
        return
    user = enrolment.user
    with override(user.language):
        link = f"{settings.SITE_URL}{reverse('application', args=[enrolment.application.public_id])}#result"
        line = queries.standing_of(enrolment).lines[0]
        context = {"enrolment": enrolment, "cohort": enrolment.cohort, "lacks": lacking(line.missing), "link": link}
        sms = f"TourDee: {_('Not passed yet: see what is missing')} {link}"
    tell(
        user=user, subject=gettext_lazy("About your result"), template="programme/mail/result", sms=sms, context=context
    )


@listens(CertificateIssued)
def tell_certificate(happened: CertificateIssued) -> None:
    """That the certificate is there to keep and to show. Nothing, if it was revoked since."""
    certificate = _certificate(happened.certificate)
    if certificate and certificate.revoked_at is None:
        _tell_certificate(certificate, gettext_lazy("Your certificate is ready"))


@listens(CertificateRevoked)
def tell_revocation(happened: CertificateRevoked) -> None:
    """That the certificate no longer holds, and why."""
    certificate = _certificate(happened.certificate)
    if certificate:
        _tell_certificate(certificate, gettext_lazy("Your certificate was revoked"))


@listens(PersonErased)
def forget_applicant(happened: PersonErased) -> None:
    """Let go of everything about applications that no certificate or count needs."""
    user = User.objects.filter(public_id=happened.user).first()
    if user:
        actions.forget_applicant(user=user)


def _application(public_id: str) -> Application | None:
    found = Application.objects.filter(public_id=public_id)
    return found.select_related("user", "cohort__programme__office").first()


def _certificate(public_id: str) -> Certificate | None:
    return Certificate.objects.filter(public_id=public_id).select_related("enrolment__user").first()


def _tell_certificate(certificate: Certificate, heading: Promise) -> None:
    user = certificate.enrolment.user
    with override(user.language):
        link = f"{settings.SITE_URL}{reverse('my_certificates')}"
        words = queries.certificate_words(certificate, user.language)
        sms = f"TourDee: {heading} {link}"
    context = {"certificate": certificate, "words": words, "link": link}
    tell(user=user, subject=heading, template="programme/mail/certificate", sms=sms, context=context)


def _tell(application: Application, what: str) -> None:
    with override(application.user.language):
        link = f"{settings.SITE_URL}{reverse('application', args=[application.public_id])}"
        heading = _headings()[what]
        place = queries.waiting_place(application)
        context: dict[str, Any] = {
            "application": application,
            "cohort": application.cohort,
            "what": what,
            "link": link,
            "place": place,
        }
        tell(
            user=application.user,
            subject=heading,
            template="programme/mail/application",
            sms=f"TourDee: {heading} {link}",
            context=context | {"what": what, "link": link, "place": place},
        )


def _headings() -> dict[str, str]:
    return {
        "received": _("Your application has arrived"),
        Status.SUBMITTED: _("Your application is being looked at again"),
        Status.SEATED: _("You have a seat in the course"),
        Status.WAITING: _("You are on the waiting list"),
        Status.REFUSED: _("About your application"),
        Status.WITHDRAWN: _("Your application is withdrawn"),
        Status.NO_SHOW: _("Your seat went to somebody else"),
    }
