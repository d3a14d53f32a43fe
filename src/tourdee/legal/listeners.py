"""Messages to owners and partners, by e-mail or SMS."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tourdee.events import AgreementChanged, PaperChecked, PaperExpiring, listens
from tourdee.people.actions import tell
from tourdee.people.models import User

from .models import OperatorAgreement, Paper

SUBJECTS: dict[str, Any] = {
    OperatorAgreement.Status.ASKED: _("A guide asks to work under your licence"),
    OperatorAgreement.Status.ACTIVE: _("Your partner agreement is in force"),
}


@listens(PaperChecked)
def tell_owner_of_check(event: PaperChecked) -> None:
    """Accepted, or refused with the reason."""
    paper = Paper.objects.select_related("business__owner").filter(public_id=event.paper).first()
    if paper is None:  # withdrawn since
        return
    if event.accepted:
        subject, sms = _("Your paper was accepted"), _("TourDee: your paper was accepted.")
    else:
        subject, sms = _("Your paper needs mending"), _("TourDee: your paper was refused. Please sign in and read why.")
    context = {"paper": paper, "accepted": event.accepted}
    _send(paper.business.owner, subject, "paper_checked", sms, context)


@listens(PaperExpiring)
def tell_owner_of_end(event: PaperExpiring) -> None:
    """60 and 30 days before the end."""
    paper = Paper.objects.select_related("business__owner").filter(public_id=event.paper).first()
    if paper is None:
        return
    context = {"paper": paper, "days": event.days}
    _send(paper.business.owner, _("A paper of yours ends soon"), "paper_expiring",
          _("TourDee: a paper of yours ends soon. Please renew it."), context)  # fmt: skip


@listens(AgreementChanged)
def tell_partner(event: AgreementChanged) -> None:
    """The party that did not act hears what the other did."""
    agreement = OperatorAgreement.objects.select_related("guide", "operator").filter(public_id=event.agreement).first()
    person = User.objects.filter(public_id=event.user).first()
    if agreement is None or person is None:
        return
    subject = SUBJECTS.get(event.status, _("A partner agreement has ended"))
    context = {"agreement": agreement, "status": event.status}
    _send(person, subject, "agreement", _("TourDee: news about your partner agreement. Please sign in."), context)


def _send(person: User, subject: Any, template: str, sms: Any, context: dict[str, Any]) -> None:
    tell(user=person, subject=subject, template=f"legal/mail/{template}", sms=sms, context=context)
