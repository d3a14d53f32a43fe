"""A licensed operator sells a guide's tours: offered, asked for, accepted with a job order, ended."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from tourdee.core.audit import record
from tourdee.core.dates import bangkok_day
from tourdee.events import AgreementChanged, publish
from tourdee.people.models import User

from .. import queries
from ..models import Business, OperatorAgreement

STATUS = OperatorAgreement.Status


class NoTourLicence(Exception):
    """Only a business with an accepted tour-business licence in force may sell for others (TOUR-002)."""


class CannotAsk(Exception):
    """The operator takes no partners, is the guide's own business, or was asked already."""


class NeedsJobOrder(Exception):
    """An agreement is in force only with the number of its job order (TOUR-008)."""


class AgreementHasMoved(Exception):
    """The agreement was answered or ended in the meantime, or the person is no party of it."""


@transaction.atomic
def offer_partnership(*, business: Business, takes: bool, at: datetime) -> None:
    """Be listed, or no longer, among the operators whom guides may ask. Raises NoTourLicence."""
    if takes and queries.tour_licence_of(business, bangkok_day(at)) is None:
        raise NoTourLicence
    Business.objects.filter(pk=business.pk).update(takes_partners=takes)


@transaction.atomic
def ask_partner(*, guide: Business, operator: Business, note: str, at: datetime) -> OperatorAgreement:
    """A guide asks an operator to sell under its licence. Raises CannotAsk, NoTourLicence."""
    if not operator.takes_partners or operator.owner_id == guide.owner_id:
        raise CannotAsk
    if queries.tour_licence_of(operator, bangkok_day(at)) is None:
        raise NoTourLicence
    try:
        with transaction.atomic():
            agreement = OperatorAgreement.objects.create(guide=guide, operator=operator, note=note, asked_at=at)
    except IntegrityError as problem:  # one live agreement between two
        raise CannotAsk from problem
    _tell(agreement, guide.owner, operator.owner, at)
    return agreement


@transaction.atomic
def accept_agreement(*, agreement: OperatorAgreement, job_order: str, by: User, at: datetime) -> None:
    """The operator agrees and names the job order. Raises NeedsJobOrder, NoTourLicence, AgreementHasMoved."""
    if not job_order.strip():
        raise NeedsJobOrder
    if queries.tour_licence_of(agreement.operator, bangkok_day(at)) is None:
        raise NoTourLicence
    asked = OperatorAgreement.objects.filter(pk=agreement.pk, status=STATUS.ASKED, operator__owner=by)
    _move(asked, agreement, by, at, status=STATUS.ACTIVE, job_order=job_order.strip())


@transaction.atomic
def refuse_agreement(*, agreement: OperatorAgreement, by: User, at: datetime) -> None:
    """The operator says no. Raises AgreementHasMoved."""
    asked = OperatorAgreement.objects.filter(pk=agreement.pk, status=STATUS.ASKED, operator__owner=by)
    _move(asked, agreement, by, at, status=STATUS.REFUSED)


@transaction.atomic
def end_agreement(*, agreement: OperatorAgreement, by: User, at: datetime) -> None:
    """Either side ends it, or the guide takes the question back. Orders already placed stay with the operator.

    Raises AgreementHasMoved."""
    live = OperatorAgreement.objects.filter(pk=agreement.pk, status__in=[STATUS.ASKED, STATUS.ACTIVE])
    if by.pk not in (agreement.guide.owner_id, agreement.operator.owner_id):
        raise AgreementHasMoved
    _move(live, agreement, by, at, status=STATUS.ENDED)


def _move(
    found: QuerySet[OperatorAgreement], agreement: OperatorAgreement, by: User, at: datetime, **changes: str
) -> None:
    if not found.update(decided_at=at, **changes):
        raise AgreementHasMoved
    agreement.refresh_from_db()
    parties = (agreement.guide.owner, agreement.operator.owner)
    _tell(agreement, by, parties[0] if by.pk == parties[1].pk else parties[1], at)


def _tell(agreement: OperatorAgreement, by: User, other: User, at: datetime) -> None:
    text = f"{agreement.guide.name} กับ {agreement.operator.name}: {agreement.status} {agreement.job_order}".strip()
    record("agreement.changed", subject=agreement, text=text, at=at, actor=by, data={"status": agreement.status})
    publish(AgreementChanged(user=other.public_id, agreement=agreement.public_id, status=agreement.status))
