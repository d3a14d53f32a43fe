"""Cash on delivery: for whom and for what a shop takes the risk of a parcel that comes back."""

from django.utils.translation import gettext as _

from tourdee.core.money import baht
from tourdee.core.places import province_of

from ..models import Parcel
from .baskets import Basket
from .refusals import Refused
from .shipping import POST, Delivery, Tariff


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


def check_agreed_on_delivery(wanted: Basket, delivery: Delivery) -> None:
    """Whether a seller may agree on it in a chat, where the place may not be known yet. Raises NotOnDelivery, in words for
    the seller."""
    if any(line.departure for line in wanted.lines) or wanted.tariff is None or wanted.shipping is None:
        raise NotOnDelivery(only_goods())
    if not wanted.total_satang:
        raise NotOnDelivery(_("It costs nothing, so there is nothing to collect."))
    total, place = wanted.total_without_fee, province_of(delivery.postcode) if delivery.postcode else None
    if offers_on_delivery(wanted.tariff, way=wanted.shipping.way, province=place, total_satang=total, has_seats=False):
        raise NotOnDelivery(_why_not(wanted.tariff, total))


def _why_not(tariff: Tariff, total_satang: int) -> str:
    if not tariff.terms.on_delivery:
        return _("Your shop takes no cash on delivery. You can allow it where you set how goods are delivered.")
    most = tariff.terms.on_delivery_most_satang
    if total_satang > most:
        return _("Your shop takes cash on delivery up to %(most)s. Please let the guest pay beforehand.") % {
            "most": baht(most)
        }
    return _(
        "Your shop takes no cash on delivery in the province of this address. Please let the guest pay beforehand."
    )


def has_refused_before(phone: str) -> bool:
    """Whether a parcel to this telephone number was refused and came back, at whatever shop."""
    return Parcel.objects.filter(order__buyer_phone=phone, came_back_at__isnull=False).exists()
