"""Everything about money that pages call: slips, payments, and paid orders without a seat."""

from .conflicts import TryAgain
from .money import (
    NotAnAmount,
    PaymentTwice,
    apply_payment,
    apply_pending_payments,
    record_manual_payment,
    record_payment,
)
from .no_seat import CannotResolve, NothingLeft, resolve_paid_no_seat
from .slips import (
    ReasonNeeded,
    SlipDecided,
    SlipUsedBefore,
    TooManySlips,
    Underpaid,
    accept_slip,
    receive_slip,
    refuse_slip,
)

__all__ = [
    "CannotResolve",
    "NotAnAmount",
    "NothingLeft",
    "PaymentTwice",
    "ReasonNeeded",
    "SlipDecided",
    "SlipUsedBefore",
    "TooManySlips",
    "TryAgain",
    "Underpaid",
    "accept_slip",
    "apply_payment",
    "apply_pending_payments",
    "receive_slip",
    "record_manual_payment",
    "record_payment",
    "refuse_slip",
    "resolve_paid_no_seat",
]
