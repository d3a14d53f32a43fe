"""Value added tax: who is registered for it, and at which rate."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tourdee.core.audit import record
from tourdee.core.crypto import seal
from tourdee.core.models import DatedSetting
from tourdee.people.models import User

from ..models import Business
from ..queries.vat import VAT_RATE
from .businesses import CannotSave


class RateExists(Exception):
    """A rate from that day on was entered before. Tax invoices rest on it, so it is not overwritten."""

    @property
    def message(self) -> str:
        return _("A rate from this day on has been entered already.")


@dataclass(frozen=True, kw_only=True)
class TaxDetails:
    """What stands on receipts. ``vat_from``: registered for VAT since then; ``subdistrict``: its six-digit code."""

    tax_id: str = ""
    vat_from: date | None = None
    branch: str = "00000"
    house_number: str = ""
    subdistrict: str = ""
    postcode: str = ""


@transaction.atomic
def set_tax_details(*, business: Business, details: TaxDetails, by: User, at: datetime) -> None:
    """From now on these stand on receipts and tax invoices; those already written stay as they are. Raises CannotSave
    unless ``by`` is the owner."""
    changed = Business.objects.filter(pk=business.pk, owner=by).update(
        sealed_tax_id=seal(details.tax_id) if details.tax_id else "",
        vat_from=details.vat_from,
        branch=details.branch,
        house_number=details.house_number,
        subdistrict=details.subdistrict,
        postcode=details.postcode,
    )
    if not changed:
        raise CannotSave
    registered = (
        f"จดทะเบียนภาษีมูลค่าเพิ่มตั้งแต่ {details.vat_from.isoformat()}" if details.vat_from else "ไม่จดทะเบียนภาษีมูลค่าเพิ่ม"
    )
    record("business.tax", subject=business, text=f"{business.name}: {registered}", at=at, actor=by)


@transaction.atomic
def set_vat_rate(
    *, percent: Decimal, valid_from: date, source: str, confirmed: bool, by: User, at: datetime
) -> DatedSetting:
    """The rate from a day on, with where it comes from. Raises RateExists."""
    try:
        with transaction.atomic():
            setting = DatedSetting.objects.create(
                key=VAT_RATE, valid_from=valid_from, value=str(percent), source=source, confirmed=confirmed
            )
    except IntegrityError as problem:
        raise RateExists from problem
    record("vat_rate.set", subject=by, text=f"อัตราภาษีมูลค่าเพิ่มร้อยละ {percent} ตั้งแต่ {valid_from}", at=at, actor=by)
    return setting
