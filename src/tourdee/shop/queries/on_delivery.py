"""Cash on delivery: for whom and for what a shop takes the risk of a parcel that comes back."""

from django.utils.translation import gettext as _

from tourdee.core.money import baht

from ..models import Parcel
from .baskets import Basket
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


def offers_on_delivery(tariff: Tariff, *, way: str, province: int | None, total_satang: int, has_seats: bool) -> str:
    """Why this basket cannot be paid on delivery; empty if it can. ``total_satang`` is without the fee; without a
    ``province`` the place is not known yet."""
    terms = tariff.terms
    if not terms.on_delivery or way != POST:
        return _("This shop is paid before it sends.")
    if has_seats:
        return only_goods()
    if total_satang > terms.on_delivery_most_satang:
        return _("Up to %(most)s can be paid on delivery. Please pay by PromptPay.") % {
            "most": baht(terms.on_delivery_most_satang)
        }
    if province is not None and terms.on_delivery_provinces and province not in terms.on_delivery_provinces:
        return _("Paying on delivery is not offered for this province. Please pay by PromptPay.")
    return ""


def only_goods() -> str:
    """Why nothing else is paid to a carrier."""
    return _("Tours and workshops are paid before they begin; only goods can be paid on delivery.")


def check_agreed_on_delivery(wanted: Basket) -> None:
    """Whether a seller may agree on it in a chat, where the place is not known yet. Raises NotOnDelivery, in words for
    the seller."""
    if any(line.departure for line in wanted.lines) or wanted.tariff is None or wanted.shipping is None:
        raise NotOnDelivery(only_goods())
    if not wanted.total_satang:
        raise NotOnDelivery(_("It costs nothing, so there is nothing to collect."))
    refused = offers_on_delivery(
        wanted.tariff, way=wanted.shipping.way, province=None, total_satang=wanted.total_without_fee, has_seats=False
    )
    if refused:
        raise NotOnDelivery(_why_not(wanted.tariff))


def _why_not(tariff: Tariff) -> str:
    if not tariff.terms.on_delivery:
        return _("Your shop takes no cash on delivery. You can allow it where you set how goods are delivered.")
    most = baht(tariff.terms.on_delivery_most_satang)
    return _("Your shop takes cash on delivery up to %(most)s. Please let the guest pay beforehand.") % {"most": most}


def has_refused_before(phone: str) -> bool:
    """Whether a parcel to this telephone number was refused and came back, at whatever shop."""
    return Parcel.objects.filter(order__buyer_phone=phone, came_back_at__isnull=False).exists()
