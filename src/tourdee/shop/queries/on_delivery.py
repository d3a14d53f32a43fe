"""Cash on delivery: for whom and for what a shop takes the risk of a parcel that comes back."""

from django.utils.translation import gettext as _

from tourdee.core.money import baht

from ..models import Parcel
from .refusals import Refused
from .shipping import POST, Tariff


class NotOnDelivery(Refused):
    """The order cannot be paid on delivery. ``reason`` is a whole sentence in the page's language."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def message(self) -> str:
        return self.reason


def offers_on_delivery(tariff: Tariff, *, way: str, province: int, total_satang: int, has_seats: bool) -> str:
    """Why this basket cannot be paid on delivery; empty if it can. ``total_satang`` is without the fee."""
    terms = tariff.terms
    if not terms.on_delivery or way != POST:
        return _("This shop is paid before it sends.")
    if has_seats:
        return _("Tours and workshops are paid before they begin; only goods can be paid on delivery.")
    if total_satang > terms.on_delivery_most_satang:
        return _("Up to %(most)s can be paid on delivery. Please pay by PromptPay.") % {
            "most": baht(terms.on_delivery_most_satang)
        }
    if terms.on_delivery_provinces and province not in terms.on_delivery_provinces:
        return _("Paying on delivery is not offered for this province. Please pay by PromptPay.")
    return ""


def has_refused_before(phone: str) -> bool:
    """Whether a parcel to this telephone number was refused and came back, at whatever shop."""
    return Parcel.objects.filter(order__buyer_phone=phone, came_back_at__isnull=False).exists()
