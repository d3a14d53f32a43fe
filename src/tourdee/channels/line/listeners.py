"""What happens elsewhere and is said in a LINE chat: answers of the shop's people, and word of orders."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tourdee import events
from tourdee.core.money import baht
from tourdee.events import listens
from tourdee.inbox.models import Conversation, Message
from tourdee.people.queries import KnownAs
from tourdee.shop.models import Order

from .actions.answering import send_answer
from .actions.chat_orders import hear_no_more, hear_of_order
from .actions.erasing import forget_follower, forget_line_of
from .actions.word_of_orders import tell
from .flex.parts import TEAL, WARM
from .models import Follower
from .queries.screens import orders

CHANNEL = "line"
Words = tuple[object, object]  # said in the reader's language
PAID_BACK = _("What is owed to you will be paid back; how much stands behind the button.")
NEW_DATE = (_("Your booking has a new date"), "")


@listens(events.MessageWritten)
def send_what_was_written(happened: events.MessageWritten) -> None:
    """Somebody of the shop answered a customer at LINE."""
    if happened.channel == CHANNEL:
        written = Message.objects.select_related("conversation__shop").get(public_id=happened.message)
        send_answer(message=written, at=timezone.now())


@listens(events.OrderPutBeside)
def tie_order_to_chat(happened: events.OrderPutBeside) -> None:
    """The seller says whose order it is: its word comes into that chat from now on, and to nobody else."""
    talk = Conversation.objects.filter(public_id=happened.conversation, channel=CHANNEL).first()
    follower = Follower.objects.filter(shop=talk.shop_id, user_id=talk.contact).first() if talk else None
    if follower is None:
        return
    known = Order.objects.filter(shop=follower.shop_id)
    if before := known.filter(public_id=happened.before).first():
        hear_no_more(follower=follower, order=before)
    if order := known.filter(public_id=happened.order).first():
        hear_of_order(follower=follower, order=order)


def _say(
    order: str, what: str, told: Words, of_goods: Words | None = None, *, colour: str = WARM, satang: int | None = None
) -> None:  # fmt: skip
    """``told``: a heading and a sentence below; ``of_goods`` in its place where nothing of the order takes place. ``satang`` stands in
    the sentence as ``%(amount)s``."""

    def said(found: Order) -> list[dict[str, object]]:
        heading, words = of_goods if of_goods and orders.is_of_goods(found) else told
        amount = None if satang is None else {"amount": baht(satang)}
        return orders.changed(found, str(heading), str(words) % amount if amount else str(words), colour)

    tell(order=order, what=what, say=said, at=timezone.now())


@listens(events.OrderBooked)
def tell_booked(happened: events.OrderBooked) -> None:
    words = _("You pay on the day, in cash or by PromptPay. Your place is kept.")
    cash = _("You pay in cash when the parcel arrives. We pack it and tell you here as soon as it is on its way.")
    _say(happened.order, "on-the-day", (_("You are booked"), words), (_("Your order is confirmed"), cash), colour=TEAL)


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
    words = PAID_BACK if happened.refund_satang else ""
    booking, goods = _("Your booking is cancelled"), _("Your order is cancelled")
    _say(happened.order, "cancelled", (booking, words), (goods, words))


@listens(events.OrderPartCancelled)
def tell_part_cancelled(happened: events.OrderPartCancelled) -> None:
    words = PAID_BACK if happened.refund_satang else ""
    smaller = (_("Your booking has been made smaller"), words), (_("Your order has been made smaller"), words)
    _say(happened.order, f"part-{happened.event_id[:12]}", *smaller)


@listens(events.RefundRecorded)
def tell_refunded(happened: events.RefundRecorded) -> None:
    told = _("Your money was paid back"), _("The seller has sent you %(amount)s. Please look into your bank account.")
    _say(happened.order, f"refund-{happened.event_id[:12]}", told, colour=TEAL, satang=happened.satang)


@listens(events.OrderRescheduled)
def tell_rescheduled(happened: events.OrderRescheduled) -> None:
    _say(happened.order, f"moved-{happened.event_id[:12]}", NEW_DATE, colour=TEAL)


@listens(events.OtherDateChosen)
def tell_other_date(happened: events.OtherDateChosen) -> None:
    _say(happened.order, f"moved-{happened.event_id[:12]}", NEW_DATE, colour=TEAL)


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


@listens(events.RestPaid)
def tell_rest_paid(happened: events.RestPaid) -> None:
    _say(happened.order, "rest-paid", (_("All of it is paid"), _("Thank you! The rest has come.")), colour=TEAL)


@listens(events.GuestsAsked)
def ask_guests(happened: events.GuestsAsked) -> None:
    tell(order=happened.order, what="questions", say=orders.still_asked, at=timezone.now())


@listens(events.GroupGoes)
def tell_group_goes(happened: events.GroupGoes) -> None:
    told = _("It goes ahead"), _("Few have booked this date, but it goes ahead as planned. See you there!")
    _say(happened.order, "goes", told, colour=TEAL)


@listens(events.GroupTooSmall)
def tell_too_few(happened: events.GroupTooSmall) -> None:
    words = _("Too few guests have booked this date. Open the booking and choose another date, or get your money back.")
    _say(happened.order, "too-few", (_("This date does not go ahead"), words))


@listens(events.ReturnDecided)
def tell_return_decided(happened: events.ReturnDecided) -> None:
    yes, no = _("The seller takes your goods back"), _("The seller does not take your goods back")
    answer = happened.answer or _("How it goes on stands behind the button.")
    _say(happened.order, f"return-{happened.event_id[:12]}", (yes if happened.accepted else no, answer))


@listens(events.ReturnReceived)
def tell_return_received(happened: events.ReturnReceived) -> None:
    told = _("Your goods are back at the shop"), _("The seller owes you %(amount)s for them.")
    _say(happened.order, f"back-{happened.event_id[:12]}", told, colour=TEAL, satang=happened.satang)


@listens(events.PersonErased)
def forget_person(happened: events.PersonErased) -> None:
    """As a seller, and as a customer."""
    forget_line_of(owner=happened.user)
    forget_follower(known=KnownAs.unsealed(happened.known_as))
