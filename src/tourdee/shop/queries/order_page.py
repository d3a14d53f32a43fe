"""An order as its buyer sees it behind the secret link: which face it shows, what can be done now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import get_language

from tourdee.core.dates import clock, day_line
from tourdee.core.money import plain_baht
from tourdee.core.templatetags.tourdee import local

from ..models import Departure, Order, OrderLine, OrderNote, Slip
from ..payment_methods import promptpay
from .baskets import PRIVATE
from .chat_orders import lacks_address
from .gateways import Offer, offers_for
from .groups import dates_to_move_to
from .moves import can_move
from .parcel_page import ParcelPage, parcel_page
from .parts import can_give_up
from .questions import Asked, asked_of_order
from .reviews import ToReview, things_to_review
from .slip_answers import wanted_satang
from .storefront.words import spoken_number

STATUS = Order.Status
WAITING, REVIEW, CONFIRMED = "waiting", "review", "confirmed"
EXPIRED, NO_SEAT, CANCELLED = "expired", "no_seat", "cancelled"
FACES = {
    STATUS.SLIP_REVIEW: REVIEW,
    STATUS.CONFIRMED: CONFIRMED,
    STATUS.EXPIRED: EXPIRED,
    STATUS.PAID_NO_SEAT: NO_SEAT,
    STATUS.CANCELLED: CANCELLED,
}


@dataclass(frozen=True)
class Ticket:
    """One departure of a confirmed order, with everybody who goes. ``number`` names it in addresses (from 1)."""

    number: int
    lines: list[OrderLine]

    @property
    def first(self) -> OrderLine:
        return self.lines[0]

    @property
    def day(self) -> str:
        assert self.first.departure
        return day_line(self.first.departure.starts_at, get_language() or "th")

    @property
    def time(self) -> str:
        assert self.first.departure
        return clock(self.first.departure.starts_at, get_language() or "th")

    @property
    def ends_at(self) -> datetime:
        assert self.first.departure
        return self.first.departure.starts_at + timedelta(minutes=self.first.departure.tour.minutes)


@dataclass(frozen=True)
class OtherDates:
    """A date that does not go for want of guests, and the dates to choose from until ``until``."""

    departure: Departure
    until: datetime
    dates: list[Departure]


class OrderPage:
    """What the page of an order prints. ``order`` comes from ``order_by_secret`` with its lines, notes and slips."""

    def __init__(self, order: Order, at: datetime) -> None:
        self.order = order
        self.at = at
        self.lines: list[OrderLine] = list(order.lines.all())

    @property
    def face(self) -> str:
        """Which of the faces the page shows. A hold that has run out is shown so, whether or not a worker ended it."""
        if self.order.status == STATUS.AWAITING_PAYMENT:
            return WAITING if self.order.expires_at > self.at else EXPIRED
        return FACES[STATUS(self.order.status)]

    @property
    def missing_satang(self) -> int:
        """What is to be paid now: what books the order, then the rest, unless a carrier or a reseller collects it."""
        return 0 if self.face == CONFIRMED and self.order.pay_by in Order.PAID_ELSEWHERE else self.order.missing_satang

    @cached_property
    def promptpay_text(self) -> str:
        """The text of the QR code for exactly what is missing; empty where the payee can't be paid by one."""
        order = self.order
        try:
            if order.payee_biller:
                return promptpay.bill_payload(order.payee_biller, [order.code], self.missing_satang)
            return promptpay.payload(order.payee_promptpay, self.missing_satang)
        except (promptpay.BadTarget, promptpay.BadAmount):
            return ""

    @cached_property
    def offers(self) -> list[Offer]:
        """Further ways to pay, through the payee's gateways."""
        return offers_for(self.order, wanted_satang(self.order)) if self.takes_slips and self.face != EXPIRED else []

    @property
    def is_payable(self) -> bool:
        """Whether a code to pay by is shown: for what books the order, and then for the rest."""
        return self.face in {WAITING, CONFIRMED} and self.missing_satang > 0 and bool(self.promptpay_text)

    @property
    def amount_to_copy(self) -> str:
        """The amount as a bank's app takes it."""
        return plain_baht(self.missing_satang)

    @property
    def shop_phone(self) -> str:
        return spoken_number(self.order.shop.phone)

    @property
    def takes_slips(self) -> bool:
        """Also after the time ran out: who has paid late must be able to say so. Not what a carrier is to be paid."""
        beforehand = self.order.pay_by != Order.PayBy.ON_DELIVERY or self.face not in {WAITING, EXPIRED}
        return beforehand and self.face in {WAITING, REVIEW, EXPIRED, CONFIRMED} and self.missing_satang > 0

    @property
    def last_slip(self) -> Slip | None:
        return max(self.order.slips.all(), key=lambda slip: slip.at, default=None)

    @property
    def refusal(self) -> str:
        """Why the newest slip was refused, while the buyer can still do something about it."""
        slip = self.last_slip
        return slip.reason if slip and slip.status == Slip.Status.REFUSED and self.takes_slips else ""

    @cached_property
    def tickets(self) -> list[Ticket]:
        by_departure: dict[int, list[OrderLine]] = {}
        for line in self.lines:
            if line.departure_id:
                by_departure.setdefault(line.departure_id, []).append(line)
        return [Ticket(number, lines) for number, lines in enumerate(by_departure.values(), start=1)]

    @cached_property
    def date_offers(self) -> list[OtherDates]:
        """Dates of this order that do not go and whose guests may still choose."""
        if self.order.status not in Order.HOLDING:
            return []
        open_questions = {
            line.departure.pk: line.departure
            for line in self.lines
            if line.departure and line.departure.decision == Departure.Decision.MOVE
        }
        return [
            OtherDates(one, one.answer_by, dates_to_move_to(self.order, one, self.at))
            for one in open_questions.values()
            if one.answer_by and one.answer_by > self.at and one.status != Departure.Status.CANCELLED
        ]

    @property
    def on_delivery(self) -> bool:
        """Whether the carrier is still to be paid for it."""
        return self.face == CONFIRMED and self.order.pay_by == Order.PayBy.ON_DELIVERY and self.order.rest_satang > 0

    @cached_property
    def parcel(self) -> ParcelPage | None:
        """How the goods get here, and what goes back; nothing for seats."""
        return parcel_page(self.order, self.at) if self.goods else None

    @property
    def goods(self) -> list[OrderLine]:
        return [line for line in self.lines if line.variant_id]

    @property
    def can_cancel(self) -> bool:
        """Whether there is anything left to cancel, as ``cancel_order`` sees it. What a reseller sold, the reseller cancels."""
        if self.order.resold_by:
            return False
        if self.face in {WAITING, REVIEW, NO_SEAT}:
            return True
        ahead = any(line.departure and line.departure.starts_at > self.at for line in self.lines)
        return self.face == CONFIRMED and (ahead or bool(self.goods and not self.order.shipped_at))

    @property
    def can_shrink(self) -> bool:
        """Whether fewer people or pieces can be asked for, as ``give_up_part`` sees it; never of a reseller's."""
        if self.face not in {WAITING, CONFIRMED} or sum(line.quantity for line in self.lines) < 2:
            return False
        return not self.order.resold_by and any(can_give_up(self.order, line, self.at) for line in self.lines)

    @property
    def movable(self) -> list[Ticket]:
        """Departures that the buyer may exchange for another date."""
        return [ticket for ticket in self.tickets if can_move(self.order, ticket.lines, self.at)]

    @property
    def takes_details(self) -> bool:
        """Whether the buyer of a chat order may say where to send it and how to be reached."""
        in_person = self.order.channel in {Order.Channel.CHAT, Order.Channel.COUNTER}
        return in_person and self.face in {WAITING, REVIEW, CONFIRMED} and not self.order.shipped_at

    @property
    def needs_address(self) -> bool:
        """Goods of a chat order that could not be sent anywhere yet, or are not confirmed to be paid on delivery."""
        return self.takes_details and (lacks_address(self.order) or self.order.waits_for_guest)

    @property
    def is_nameless(self) -> bool:
        """Nobody could be told anything about this order."""
        return self.takes_details and not self.order.buyer_phone and not self.order.buyer_email

    @cached_property
    def questions(self) -> list[Asked]:
        """What the shop asks of the guests, while it may still be answered."""
        ahead = any(line.departure and line.departure.starts_at > self.at for line in self.lines)
        return asked_of_order(self.order, self.lines) if ahead and self.face in {WAITING, REVIEW, CONFIRMED} else []

    @property
    def unanswered(self) -> int:
        """How many of the required ones are not answered yet."""
        return sum(one.is_missing for one in self.questions)

    @property
    def rest_satang(self) -> int:
        """What is still to be paid of a confirmed order: after a move to a dearer date, or a deposit."""
        return self.missing_satang if self.face == CONFIRMED and self.order.rest_due_at else 0

    @property
    def is_kept_long(self) -> bool:
        """So long that the day must be said, too: made in a chat, or offered to who waited."""
        return self.order.expires_at - self.order.placed_at > timedelta(hours=1)

    @property
    def was_offered(self) -> bool:
        """It came of the waiting list."""
        return hasattr(self.order, "waiting_party")

    @cached_property
    def to_review(self) -> list[ToReview]:
        """What the buyer may review now: each tour and product once, in however many price categories it was bought."""
        return things_to_review(self.order, self.lines, self.at)

    @property
    def history(self) -> list[tuple[OrderNote, str]]:
        return [(note, local(note, "text")) for note in self.order.notes.all()]

    @property
    def again(self) -> str:
        """Where the same can be ordered once more: the basket's page proposes it."""
        first = self.lines[0]
        if first.departure is None:
            assert first.variant
            query = [("variant", first.variant.public_id), ("quantity", str(first.quantity))]
        else:
            query = [("departure", first.departure.public_id)]
            for line in self.lines:
                if line.departure_id == first.departure_id and line.people:
                    category = line.category.public_id if line.category else PRIVATE
                    query += [("category", category), ("quantity", str(line.people))]
        return f"{reverse('cart')}?{urlencode(query)}"
