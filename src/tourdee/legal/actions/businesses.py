"""Who sells: the legal person behind a shop or a licence."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from tourdee.core.audit import record
from tourdee.core.dates import bangkok_day
from tourdee.events import PapersComplete, publish
from tourdee.people.models import User

from .. import queries
from ..models import Business, Paper

CHECKED_FIELDS = ("kind", "name", "address")  # what an officer compared with the papers


@dataclass(frozen=True)
class BusinessDetails:
    """What the owner says about the business. ``kind`` is one of ``Business.Kind``; ``phone`` is E.164."""

    kind: str
    name: str
    address: str
    province: int
    phone: str
    email: str = ""
    is_guide: bool = False


class CannotSave(Exception):
    """The business belongs to somebody else."""


@transaction.atomic
def save_business(*, owner: User, details: BusinessDetails, at: datetime, business: Business | None = None) -> Business:
    """Make the person's business or change it.

    Where the kind, name or address changes, papers that were accepted go back to the officer's desk: what was checked
    is no longer what stands on tours (TOUR-005). Who no longer works as a guide needs no guide licence: if nothing else
    was missing, that publishes PapersComplete. Raises CannotSave for a business of somebody else."""
    if business is None:
        return Business.objects.create(owner=owner, **asdict(details))
    stored = Business.objects.select_for_update().get(pk=business.pk)
    if stored.owner_id != owner.pk:
        raise CannotSave
    complete = queries.papers_complete(stored, bangkok_day(at))
    if any(getattr(stored, field) != getattr(details, field) for field in CHECKED_FIELDS):
        _check_again(stored, owner, at)
    Business.objects.filter(pk=stored.pk).update(**asdict(details))
    stored.refresh_from_db()
    if not complete and queries.papers_complete(stored, bangkok_day(at)):
        publish(PapersComplete(user=owner.public_id, business=stored.public_id))
    return stored


def _check_again(business: Business, owner: User, at: datetime) -> None:
    accepted = business.papers.filter(status=Paper.Status.ACCEPTED)
    if not accepted.update(status=Paper.Status.SUBMITTED, checked_by=None, checked_at=None, submitted_at=at):
        return
    text = f"{business.name} เปลี่ยนชื่อ ประเภท หรือที่อยู่ เอกสารกลับไปรอตรวจใหม่"
    record("business.changed", subject=business, text=text, at=at, actor=owner)


@transaction.atomic
def set_payee(*, business: Business, promptpay: str, promptpay_name: str, by: User, at: datetime) -> None:
    """Where buyers' money goes from now on. Orders that were placed keep the payee that they named.

    ``promptpay`` is digits only. Raises CannotSave unless ``by`` is the owner."""
    changed = Business.objects.filter(pk=business.pk, owner=by).update(
        promptpay=promptpay, promptpay_name=promptpay_name
    )
    if not changed:
        raise CannotSave
    masked = f"…{promptpay[-4:]}"
    record(
        "business.payee", subject=business, at=at, actor=by,
        text=f"{business.name} รับเงินที่พร้อมเพย์ {masked} ({promptpay_name})", data={"promptpay": masked},
    )  # fmt: skip
