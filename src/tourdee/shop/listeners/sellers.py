"""Messages to the shop's owner, and to the licensed partner who is paid."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tourdee import events
from tourdee.events import listens
from tourdee.people import actions as people
from tourdee.people.models import User

from ..actions.messages import Message, tell_seller
from ..models import Enquiry, Order
from .buyers import IN_PERSON, ORDERS

TO_SELLER = {
    "placed": Message("seller_placed", _("New order %(code)s"), _("TourDee: new order %(code)s %(link)s")),
    "slip": Message(
        "seller_slip", _("Please look for the money of order %(code)s"), _("TourDee: slip for %(code)s, check %(link)s")
    ),
    "on_delivery": Message(
        "seller_placed",
        _("Order %(code)s is confirmed: cash on delivery"),
        _("TourDee: %(code)s, cash on delivery. Please send it %(link)s"),
    ),
    "paid": Message("seller_paid", _("Order %(code)s is paid"), _("TourDee: %(code)s is paid %(link)s")),
    "resold": Message(
        "seller_resold",
        _("%(reseller)s booked: %(code)s"),
        _("TourDee: %(reseller)s booked %(code)s %(link)s"),
    ),
    "rest_paid": Message(
        "seller_rest_paid", _("Order %(code)s is fully paid"), _("TourDee: %(code)s is fully paid %(link)s")
    ),
    "rest_overdue": Message(
        "seller_rest_overdue",
        _("Order %(code)s: the rest has not come"),
        _("TourDee: %(code)s, the rest is overdue. Decide %(link)s"),
    ),
    "no_seat": Message(
        "seller_no_seat",
        _("Order %(code)s: paid without a seat"),
        _("TourDee: %(code)s paid, no seat. Decide %(link)s"),
    ),
    "expired": Message("seller_expired", _("Order %(code)s has run out"), _("TourDee: %(code)s ran out %(link)s")),
    "cancelled": Message(
        "seller_cancelled", _("Order %(code)s is cancelled"), _("TourDee: %(code)s cancelled %(link)s")
    ),
    "moved": Message(
        "seller_moved", _("Order %(code)s moved to another date"), _("TourDee %(code)s: moved to another date %(link)s")
    ),
    "part_cancelled": Message(
        "seller_part_cancelled",
        _("Order %(code)s has been made smaller"),
        _("TourDee: %(code)s made smaller %(link)s"),
    ),
    "rescheduled": Message(
        "seller_rescheduled", _("Order %(code)s goes on another date"), _("TourDee: %(code)s moved %(link)s")
    ),
    "review": Message("seller_review", _("A new review of order %(code)s"), _("TourDee: a new review %(link)s")),
}


def _to_shop(public_id: str, kind: str, **more: object) -> None:
    order = ORDERS.get(public_id=public_id)
    if order.shop.owner.is_active:  # the shop for tests belongs to nobody
        tell_seller(user=order.shop.owner, order=order, message=TO_SELLER[kind], **more)


def _to_payee(public_id: str, kind: str, **more: object) -> None:
    """The licensed partner who is paid, where that is somebody else than the shop's owner."""
    order = ORDERS.get(public_id=public_id)
    if order.seller.owner_id != order.shop.owner_id:
        tell_seller(user=order.seller.owner, order=order, message=TO_SELLER[kind], **more)


def _to_shop_if_payee(public_id: str, kind: str) -> None:
    """What only the payee can do is not asked of a guide whose partner is paid."""
    order = ORDERS.get(public_id=public_id)
    if order.seller.owner_id == order.shop.owner_id:
        _to_shop(public_id, kind)


@listens(events.OrderPlaced)
def tell_shop_of_order(happened: events.OrderPlaced) -> None:
    order = ORDERS.get(public_id=happened.order)
    if order.channel not in IN_PERSON:  # there the owner has made it
        tell_seller(user=order.shop.owner, order=order, message=TO_SELLER["placed"])


@listens(events.OrderBooked)
def tell_shop_of_cash_on_delivery(happened: events.OrderBooked) -> None:
    """Its guest has confirmed it. What is paid on the day, the owner has made so."""
    if ORDERS.get(public_id=happened.order).pay_by == Order.PayBy.ON_DELIVERY:
        _to_shop(happened.order, "on_delivery")


@listens(events.OrderPartCancelled)
def tell_shop_of_part(happened: events.OrderPartCancelled) -> None:
    _to_shop(happened.order, "part_cancelled", refund_satang=happened.refund_satang)


@listens(events.OrderPartCancelled)
def tell_payee_of_part(happened: events.OrderPartCancelled) -> None:
    _to_payee(happened.order, "part_cancelled", refund_satang=happened.refund_satang)


@listens(events.OrderRescheduled)
def tell_shop_of_new_date(happened: events.OrderRescheduled) -> None:
    _to_shop(happened.order, "rescheduled")


@listens(events.SlipUploaded)
def tell_shop_of_slip(happened: events.SlipUploaded) -> None:
    _to_shop_if_payee(happened.order, "slip")


@listens(events.SlipUploaded)
def tell_payee_of_slip(happened: events.SlipUploaded) -> None:
    _to_payee(happened.order, "slip")


@listens(events.OrderConfirmed)
def tell_shop_of_payment(happened: events.OrderConfirmed) -> None:
    _to_shop(happened.order, "paid")


@listens(events.OrderResold)
def tell_shop_of_resale(happened: events.OrderResold) -> None:
    _to_shop(happened.order, "resold")


@listens(events.RestPaid)
def tell_shop_of_rest(happened: events.RestPaid) -> None:
    _to_shop(happened.order, "rest_paid")


@listens(events.RestDue)
def tell_shop_of_overdue_rest(happened: events.RestDue) -> None:
    """Only when it is overdue: for a day the seller may give more time."""
    if happened.overdue:
        _to_shop(happened.order, "rest_overdue")


@listens(events.PaidWithoutSeat)
def tell_shop_of_no_seat(happened: events.PaidWithoutSeat) -> None:
    _to_shop_if_payee(happened.order, "no_seat")


@listens(events.PaidWithoutSeat)
def tell_payee_of_no_seat(happened: events.PaidWithoutSeat) -> None:
    _to_payee(happened.order, "no_seat")


@listens(events.OrderExpired)
def tell_shop_of_expiry(happened: events.OrderExpired) -> None:
    """Not of a reseller's holds, most of which come to nothing."""
    if not Order.objects.filter(public_id=happened.order).exclude(resold_by="").exists():
        _to_shop(happened.order, "expired")


@listens(events.OrderCancelled)
def tell_shop_of_cancellation(happened: events.OrderCancelled) -> None:
    _to_shop(happened.order, "cancelled", refund_satang=happened.refund_satang)


@listens(events.OrderCancelled)
def tell_payee_of_cancellation(happened: events.OrderCancelled) -> None:
    _to_payee(happened.order, "cancelled", refund_satang=happened.refund_satang)


@listens(events.OtherDateChosen)
def tell_shop_of_move(happened: events.OtherDateChosen) -> None:
    _to_shop(happened.order, "moved")


@listens(events.ReviewWritten)
def tell_shop_of_review(happened: events.ReviewWritten) -> None:
    _to_shop(happened.order, "review", stars=happened.stars)


@listens(events.EnquiryReceived)
def tell_shop_of_enquiry(happened: events.EnquiryReceived) -> None:
    """A visitor's question: the lawful way for a guide without a tour-business licence to be found."""
    enquiry = Enquiry.objects.select_related("shop").get(public_id=happened.enquiry)
    user = User.objects.get(public_id=happened.user)
    with translation.override(user.language):
        link = settings.SITE_URL + reverse("my_inbox")
    people.tell(
        user=user,
        subject=_("Somebody asks your shop"),
        template="shop/messages/seller_enquiry",
        sms=_("TourDee: somebody asks your shop. Sign in to read it."),
        context={"enquiry": enquiry, "link": link, "user": user},
    )
