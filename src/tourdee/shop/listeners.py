"""Messages that follow from what happens to an order: each receiver has a listener of its own, so that a message that
fails is sent again without repeating the others."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from tourdee import events
from tourdee.events import listens
from tourdee.people import actions as people
from tourdee.people.models import User

from .actions.messages import Message, tell_buyer, tell_party, tell_seller
from .models import Enquiry, Order, WaitingParty

ORDERS = Order.objects.select_related("shop__owner", "seller__owner", "waiting_party").prefetch_related(
    "lines__departure__tour"
)
PARTIES = WaitingParty.objects.select_related("departure__tour__shop")
IN_PERSON = {Order.Channel.CHAT, Order.Channel.COUNTER}  # seller and buyer speak with each other at that moment

PLACED = Message("buyer_placed", _("Order %(code)s at %(shop)s: how to pay"), _("TourDee %(code)s: pay here %(link)s"))
SLIP_RECEIVED = Message(
    "buyer_slip", _("Order %(code)s: we have your slip"), _("TourDee %(code)s: slip received %(link)s")
)
SLIP_REFUSED = Message(
    "buyer_slip_refused",
    _("Order %(code)s: the seller did not find your money"),
    _("TourDee %(code)s: the money was not found, please look %(link)s"),
)
PAID = Message("buyer_paid", _("Order %(code)s is confirmed"), _("TourDee %(code)s: confirmed, your ticket %(link)s"))
REST_PAID = Message(
    "buyer_rest_paid", _("Order %(code)s is fully paid"), _("TourDee %(code)s: fully paid, thank you %(link)s")
)
REST_DUE = Message(
    "buyer_rest_due", _("Order %(code)s: the rest is due soon"), _("TourDee %(code)s: please pay the rest %(link)s")
)
REST_OVERDUE = Message(
    "buyer_rest_due", _("Order %(code)s: the rest is overdue"), _("TourDee %(code)s: the rest is overdue %(link)s")
)
NO_SEAT = Message(
    "buyer_no_seat", _("Order %(code)s: paid, but full"), _("TourDee %(code)s: paid, but it is full. See %(link)s")
)  # fmt: skip
EXPIRED = Message("buyer_expired", _("Order %(code)s has run out"), _("TourDee %(code)s: the time ran out %(link)s"))
CANCELLED = Message("buyer_cancelled", _("Order %(code)s is cancelled"), _("TourDee %(code)s: cancelled %(link)s"))
REFUNDED = Message("buyer_refunded", _("Order %(code)s: money paid back"), _("TourDee %(code)s: paid back %(link)s"))
PART_CANCELLED = Message(
    "buyer_part_cancelled", _("Order %(code)s has been made smaller"), _("TourDee %(code)s: made smaller %(link)s")
)
RESCHEDULED = Message(
    "buyer_rescheduled", _("Order %(code)s: your new date"), _("TourDee %(code)s: your new date %(link)s")
)
WAITING = Message(
    "party_waiting", _("You are on the waiting list: %(tour)s"), _("TourDee: you are on the waiting list %(link)s")
)
OFFERED = Message(
    "buyer_seats_offered", _("Seats are free for you: order %(code)s"),
    _("TourDee: seats are free for you! Pay in time %(link)s"),
)  # fmt: skip
SHIPPED = Message("buyer_shipped", _("Order %(code)s is on its way"), _("TourDee %(code)s: sent, track it %(link)s"))
GROUP_GOES = Message(
    "buyer_group_goes",
    _("Order %(code)s: your tour goes ahead"),
    _("TourDee %(code)s: it goes ahead, see you there %(link)s"),
)
GROUP_TOO_SMALL = Message(
    "buyer_group_too_small",
    _("Order %(code)s: please choose another date"),
    _("TourDee %(code)s: too few guests, choose another date %(link)s"),
)
MOVED = Message(
    "buyer_moved", _("Order %(code)s moved to another date"), _("TourDee %(code)s: moved to another date %(link)s")
)

TO_SELLER = {
    "placed": Message("seller_placed", _("New order %(code)s"), _("TourDee: new order %(code)s %(link)s")),
    "slip": Message(
        "seller_slip", _("Please look for the money of order %(code)s"), _("TourDee: slip for %(code)s, check %(link)s")
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


def _to_buyer(public_id: str, message: Message, **more: object) -> None:
    order = ORDERS.get(public_id=public_id)
    if not order.resold_by:  # to a reseller's guest the reseller speaks
        tell_buyer(order=order, message=message, at=timezone.now(), **more)


def _to_shop(public_id: str, kind: str, **more: object) -> None:
    order = ORDERS.get(public_id=public_id)
    if order.shop.owner.is_active:  # the shop for tests belongs to nobody
        tell_seller(user=order.shop.owner, order=order, message=TO_SELLER[kind], **more)


def _to_payee(public_id: str, kind: str, **more: object) -> None:
    """The licensed partner who is paid, where that is somebody else than the shop's owner."""
    order = ORDERS.get(public_id=public_id)
    if order.seller.owner_id != order.shop.owner_id:
        tell_seller(user=order.seller.owner, order=order, message=TO_SELLER[kind], **more)


# ------------------------------------------------------------------ to the buyer
@listens(events.OrderPlaced)
def tell_buyer_how_to_pay(happened: events.OrderPlaced) -> None:
    """Not who is just talking with the seller; and who waited for seats hears of them by ``tell_party_of_seats``."""
    order = ORDERS.get(public_id=happened.order)
    if order.channel not in IN_PERSON and not hasattr(order, "waiting_party"):
        tell_buyer(order=order, message=PLACED, at=timezone.now())


@listens(events.SeatsOffered)
def tell_party_of_seats(happened: events.SeatsOffered) -> None:
    _to_buyer(happened.order, OFFERED)


@listens(events.WaitingListJoined)
def tell_party_its_place(happened: events.WaitingListJoined) -> None:
    tell_party(party=PARTIES.get(public_id=happened.party), message=WAITING)


@listens(events.OrderPartCancelled)
def tell_buyer_of_part(happened: events.OrderPartCancelled) -> None:
    _to_buyer(happened.order, PART_CANCELLED, refund_satang=happened.refund_satang)


@listens(events.OrderRescheduled)
def tell_buyer_new_date(happened: events.OrderRescheduled) -> None:
    _to_buyer(happened.order, RESCHEDULED)


@listens(events.SlipUploaded)
def tell_buyer_slip_received(happened: events.SlipUploaded) -> None:
    _to_buyer(happened.order, SLIP_RECEIVED)


@listens(events.SlipRefused)
def tell_buyer_slip_refused(happened: events.SlipRefused) -> None:
    _to_buyer(happened.order, SLIP_REFUSED, reason=happened.reason)


@listens(events.OrderConfirmed)
def tell_buyer_confirmed(happened: events.OrderConfirmed) -> None:
    _to_buyer(happened.order, PAID)


@listens(events.RestPaid)
def tell_buyer_rest_paid(happened: events.RestPaid) -> None:
    _to_buyer(happened.order, REST_PAID)


@listens(events.RestDue)
def tell_buyer_of_rest(happened: events.RestDue) -> None:
    _to_buyer(happened.order, REST_OVERDUE if happened.overdue else REST_DUE, overdue=happened.overdue)


@listens(events.PaidWithoutSeat)
def tell_buyer_no_seat(happened: events.PaidWithoutSeat) -> None:
    _to_buyer(happened.order, NO_SEAT)


@listens(events.OrderExpired)
def tell_buyer_expired(happened: events.OrderExpired) -> None:
    _to_buyer(happened.order, EXPIRED)


@listens(events.OrderCancelled)
def tell_buyer_cancelled(happened: events.OrderCancelled) -> None:
    _to_buyer(happened.order, CANCELLED, refund_satang=happened.refund_satang)


@listens(events.RefundRecorded)
def tell_buyer_refunded(happened: events.RefundRecorded) -> None:
    _to_buyer(happened.order, REFUNDED, satang=happened.satang)


@listens(events.OrderShipped)
def tell_buyer_shipped(happened: events.OrderShipped) -> None:
    _to_buyer(happened.order, SHIPPED)


@listens(events.GroupGoes)
def tell_buyer_group_goes(happened: events.GroupGoes) -> None:
    _to_buyer(happened.order, GROUP_GOES)


@listens(events.GroupTooSmall)
def tell_buyer_group_too_small(happened: events.GroupTooSmall) -> None:
    _to_buyer(happened.order, GROUP_TOO_SMALL)


@listens(events.OtherDateChosen)
def tell_buyer_moved(happened: events.OtherDateChosen) -> None:
    _to_buyer(happened.order, MOVED)


# ------------------------------------------------------------------ to the shop's owner and the payee
@listens(events.OrderPlaced)
def tell_shop_of_order(happened: events.OrderPlaced) -> None:
    order = ORDERS.get(public_id=happened.order)
    if order.channel not in IN_PERSON:  # there the owner has made it
        tell_seller(user=order.shop.owner, order=order, message=TO_SELLER["placed"])


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
    _to_shop(happened.order, "slip")


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
    """Only when it is overdue: then the seller decides, nothing is dropped by itself."""
    if happened.overdue:
        _to_shop(happened.order, "rest_overdue")


@listens(events.PaidWithoutSeat)
def tell_shop_of_no_seat(happened: events.PaidWithoutSeat) -> None:
    _to_shop(happened.order, "no_seat")


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
        link = settings.SITE_URL + reverse("my_shop")
    people.tell(
        user=user,
        subject=_("Somebody asks your shop"),
        template="shop/messages/seller_enquiry",
        sms=_("TourDee: somebody asks your shop. Sign in to read it."),
        context={"enquiry": enquiry, "link": link, "user": user},
    )
