"""What happens elsewhere and is said in a LINE chat: answers of the shop's people, and word of orders."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tourdee import events
from tourdee.events import listens
from tourdee.inbox.models import Message
from tourdee.people.queries import KnownAs
from tourdee.shop.models import Order

from .actions.answering import send_answer
from .actions.erasing import forget_follower, forget_line_of
from .actions.word_of_orders import tell
from .flex.parts import TEAL, WARM
from .queries.screens import orders

CHANNEL = "line"
Words = tuple[object, object]  # said in the reader's language


@listens(events.MessageWritten)
def send_what_was_written(happened: events.MessageWritten) -> None:
    """Somebody of the shop answered a customer at LINE."""
    if happened.channel == CHANNEL:
        written = Message.objects.select_related("conversation__shop").get(public_id=happened.message)
        send_answer(message=written, at=timezone.now())


def _say(order: str, what: str, told: Words, of_goods: Words | None = None, colour: str = WARM) -> None:
    """``told``: a heading and a sentence below; ``of_goods`` in its place where nothing of the order takes place."""

    def said(found: Order) -> list[dict[str, object]]:
        heading, words = of_goods if of_goods and orders.is_of_goods(found) else told
        return orders.changed(found, str(heading), str(words), colour)

    tell(order=order, what=what, say=said, at=timezone.now())


@listens(events.OrderBooked)
def tell_booked(happened: events.OrderBooked) -> None:
    words = _("You pay on the day, in cash or by PromptPay. Your place is kept.")
    _say(happened.order, "on-the-day", (_("You are booked"), words), colour=TEAL)


@listens(events.OrderConfirmed)
def tell_confirmed(happened: events.OrderConfirmed) -> None:
    tell(order=happened.order, what="confirmed", say=orders.confirmed, at=timezone.now())


@listens(events.SlipRefused)
def tell_slip_refused(happened: events.SlipRefused) -> None:
    words = _("The seller did not find your money in the bank. Please look at the amount and send the right slip here.")
    _say(happened.order, f"slip-{happened.event_id[:12]}", (_("We did not find your money"), words))


@listens(events.OrderExpired)
def tell_expired(happened: events.OrderExpired) -> None:
    heading = _("The time to pay is over")
    seats = _("It was not paid in time, so the seats are free again. You can book anew with the menu.")
    goods = _("It was not paid in time, so we no longer keep it for you. You can order anew with the menu.")
    _say(happened.order, "expired", (heading, seats), (heading, goods))


@listens(events.OrderCancelled)
def tell_cancelled(happened: events.OrderCancelled) -> None:
    words = (
        _("What is owed to you will be paid back; how much stands behind the button.") if happened.refund_satang else ""
    )
    booking, goods = _("Your booking is cancelled"), _("Your order is cancelled")
    _say(happened.order, "cancelled", (booking, words), (goods, words))


@listens(events.OrderRescheduled)
def tell_rescheduled(happened: events.OrderRescheduled) -> None:
    _say(happened.order, f"moved-{happened.event_id[:12]}", (_("Your booking has a new date"), ""), colour=TEAL)


@listens(events.OrderShipped)
def tell_shipped(happened: events.OrderShipped) -> None:
    words = _("The parcel's number stands behind the button.")
    _say(happened.order, "shipped", (_("Your parcel is on its way"), words), colour=TEAL)


@listens(events.PaidWithoutSeat)
def tell_no_seat(happened: events.PaidWithoutSeat) -> None:
    seats = _(
        "Your money came after the time was over, and the date is full. The seller will offer another date or pay it back."
    )
    goods = _(
        "Your money came after the time was over, and by then it was sold out. The seller will talk to you or pay it back."
    )
    _say(happened.order, "no-seat", (_("Paid, but full"), seats), (_("Paid, but sold out"), goods))


@listens(events.RestDue)
def tell_rest_due(happened: events.RestDue) -> None:
    late = _("The rest is overdue") if happened.overdue else _("The rest is due soon")
    _say(happened.order, f"rest-{happened.overdue}", (late, _("Tap the button to pay it.")))


@listens(events.GroupTooSmall)
def tell_too_few(happened: events.GroupTooSmall) -> None:
    words = _("Too few guests have booked this date. Open the booking and choose another date, or get your money back.")
    _say(happened.order, "too-few", (_("This date does not go ahead"), words))


@listens(events.PersonErased)
def forget_person(happened: events.PersonErased) -> None:
    """As a seller, and as a customer."""
    forget_line_of(owner=happened.user)
    forget_follower(known=KnownAs.unsealed(happened.known_as))
