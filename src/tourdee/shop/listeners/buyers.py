"""Messages to the buyer that follow from what happens to an order: each has a listener of its own, so that one that
fails is sent again without repeating the others."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tourdee import events
from tourdee.events import listens

from ..actions.messages import Message, tell_buyer, tell_party
from ..models import Order, WaitingParty

ORDERS = Order.objects.select_related("shop__owner", "seller__owner", "waiting_party").prefetch_related(
    "lines__departure__tour"
)
PARTIES = WaitingParty.objects.select_related("departure__tour__shop")
IN_PERSON = {Order.Channel.CHAT, Order.Channel.COUNTER}  # seller and buyer speak with each other at that moment

PLACED = Message("buyer_placed", _("Order %(code)s at %(shop)s: how to pay"), _("TourDee %(code)s: pay here %(link)s"))
ON_DELIVERY = Message(
    "buyer_placed", _("Order %(code)s at %(shop)s: cash on delivery"),
    _("TourDee %(code)s: ordered, you pay on delivery %(link)s"),
)  # fmt: skip
BOOKED = Message(
    "buyer_placed",
    _("Order %(code)s at %(shop)s is booked"),
    _("TourDee %(code)s: booked, you pay on the day %(link)s"),
)
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
QUESTIONS = Message(
    "buyer_questions",
    _("Order %(code)s: please answer the shop's questions"),
    _("TourDee %(code)s: please answer before the day %(link)s"),
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


def to_buyer(public_id: str, message: Message, **more: object) -> None:
    order = ORDERS.get(public_id=public_id)
    if not order.resold_by:  # to a reseller's guest the reseller speaks
        tell_buyer(order=order, message=message, at=timezone.now(), **more)


@listens(events.OrderPlaced)
def tell_buyer_how_to_pay(happened: events.OrderPlaced) -> None:
    """Not who is just talking with the seller; and who waited for seats hears of them by ``tell_party_of_seats``."""
    order = ORDERS.get(public_id=happened.order)
    if order.channel not in IN_PERSON and not hasattr(order, "waiting_party"):
        tell_buyer(order=order, message=PLACED, at=timezone.now())


@listens(events.OrderBooked)
def tell_buyer_booked(happened: events.OrderBooked) -> None:
    on_delivery = ORDERS.get(public_id=happened.order).pay_by == Order.PayBy.ON_DELIVERY
    to_buyer(happened.order, ON_DELIVERY if on_delivery else BOOKED)


@listens(events.SeatsOffered)
def tell_party_of_seats(happened: events.SeatsOffered) -> None:
    to_buyer(happened.order, OFFERED)


@listens(events.WaitingListJoined)
def tell_party_its_place(happened: events.WaitingListJoined) -> None:
    tell_party(party=PARTIES.get(public_id=happened.party), message=WAITING)


@listens(events.OrderPartCancelled)
def tell_buyer_of_part(happened: events.OrderPartCancelled) -> None:
    to_buyer(happened.order, PART_CANCELLED, refund_satang=happened.refund_satang)


@listens(events.OrderRescheduled)
def tell_buyer_new_date(happened: events.OrderRescheduled) -> None:
    to_buyer(happened.order, RESCHEDULED)


@listens(events.SlipUploaded)
def tell_buyer_slip_received(happened: events.SlipUploaded) -> None:
    to_buyer(happened.order, SLIP_RECEIVED)


@listens(events.SlipRefused)
def tell_buyer_slip_refused(happened: events.SlipRefused) -> None:
    to_buyer(happened.order, SLIP_REFUSED, reason=happened.reason)


@listens(events.OrderConfirmed)
def tell_buyer_confirmed(happened: events.OrderConfirmed) -> None:
    to_buyer(happened.order, PAID)


@listens(events.RestPaid)
def tell_buyer_rest_paid(happened: events.RestPaid) -> None:
    to_buyer(happened.order, REST_PAID)


@listens(events.RestDue)
def tell_buyer_of_rest(happened: events.RestDue) -> None:
    to_buyer(happened.order, REST_OVERDUE if happened.overdue else REST_DUE, overdue=happened.overdue)


@listens(events.GuestsAsked)
def tell_buyer_of_questions(happened: events.GuestsAsked) -> None:
    to_buyer(happened.order, QUESTIONS)


@listens(events.PaidWithoutSeat)
def tell_buyer_no_seat(happened: events.PaidWithoutSeat) -> None:
    to_buyer(happened.order, NO_SEAT)


@listens(events.OrderExpired)
def tell_buyer_expired(happened: events.OrderExpired) -> None:
    to_buyer(happened.order, EXPIRED)


@listens(events.OrderCancelled)
def tell_buyer_cancelled(happened: events.OrderCancelled) -> None:
    to_buyer(happened.order, CANCELLED, refund_satang=happened.refund_satang)


@listens(events.RefundRecorded)
def tell_buyer_refunded(happened: events.RefundRecorded) -> None:
    to_buyer(happened.order, REFUNDED, satang=happened.satang)


@listens(events.GroupGoes)
def tell_buyer_group_goes(happened: events.GroupGoes) -> None:
    to_buyer(happened.order, GROUP_GOES)


@listens(events.GroupTooSmall)
def tell_buyer_group_too_small(happened: events.GroupTooSmall) -> None:
    to_buyer(happened.order, GROUP_TOO_SMALL)


@listens(events.OtherDateChosen)
def tell_buyer_moved(happened: events.OtherDateChosen) -> None:
    to_buyer(happened.order, MOVED)
