"""Guests who pay on the day: their money is taken at the meeting point or the counter."""

from datetime import datetime

from django.utils.translation import gettext as _

from tourdee.core.money import baht
from tourdee.people.models import User

from ..models import Order, PaymentEvent
from .money import apply_payment, record_payment

PROVIDER = "counter"


class NothingToTake(Exception):
    """The booking is not in force, or somebody else collects its money."""

    @property
    def message(self) -> str:
        return _("There is no money to take for this order. Please look at its page.")


class RestChanged(Exception):
    """Another amount than the seller saw. ``satang`` is what it is now."""

    def __init__(self, satang: int) -> None:
        super().__init__(satang)
        self.satang = satang

    @property
    def message(self) -> str:
        return _("The amount has changed: %(amount)s are to be paid now. Please look once more.") % {
            "amount": baht(self.satang)
        }


def take_rest(*, order: Order, by: User, how: str, shown_satang: int, at: datetime) -> Order:
    """All that a guest still has to pay is in the seller's hand or bank (``how``: cash or transfer). Once, however often
    it is pressed: the reference is what had been paid before. Where the rest has come another way meanwhile there is
    nothing to take, and the seller must learn it. Raises NothingToTake, RestChanged, PaymentTwice."""
    now = Order.objects.get(pk=order.pk)
    rest = now.to_collect_satang
    if now.status != Order.Status.CONFIRMED or now.pay_by in Order.PAID_ELSEWHERE:
        raise NothingToTake
    if not rest and _was_taken(now, shown_satang):
        return now
    if not rest:
        raise NothingToTake
    if rest != shown_satang:
        raise RestChanged(rest)
    event = record_payment(
        provider=PROVIDER, reference=f"{now.public_id}:{now.paid_satang}", order=now, satang=rest, at=at, by=by,
        payload={"how": how},
    )  # fmt: skip
    return apply_payment(event=event, at=at)


def _was_taken(order: Order, satang: int) -> bool:
    """By the first of two presses."""
    return PaymentEvent.objects.filter(order=order, provider=PROVIDER, satang=satang).exists()
