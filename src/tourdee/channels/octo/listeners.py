"""A seller's cancellation reaches the reseller, whose guest it is."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from tourdee.core import mail
from tourdee.events import OrderCancelled, listens
from tourdee.shop.models import OrderNote

from .models import Booking


@listens(OrderCancelled)
def tell_reseller(happened: OrderCancelled) -> None:
    """By e-mail, where one was given; the reseller's program sees it whenever it asks. Not what it cancelled itself."""
    known = Booking.objects.select_related("reseller", "order", "departure__tour", "order__shop")
    booking = known.filter(order__public_id=happened.order).exclude(reseller__email="").first()
    if booking is None or OrderNote.objects.filter(order=booking.order, kind="cancelled_by_reseller").exists():
        return
    with override("en"):
        subject = _("Booking %(code)s was cancelled by the shop") % {"code": booking.order.code}
    mail.post(
        to=booking.reseller.email, subject=subject, template="octo/mail/cancelled",
        context={"booking": booking, "order": booking.order, "site": settings.SITE_URL}, language="en",
    )  # fmt: skip
