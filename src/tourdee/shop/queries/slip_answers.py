"""Judging what a slip-checking service said: an order is confirmed by it only if amount, receiver, time and reference are all
those of the order, whatever the service itself calls "ok"."""

import re
from datetime import datetime, timedelta

from ..models import HowToPay, Order, Slip, SlipAnswer
from ..payment_methods import mode
from ..payment_methods.slip_services import Told

VERDICT = SlipAnswer.Verdict
EARLY = timedelta(minutes=10)  # clocks of banks and servers differ
LATE = timedelta(minutes=5)
FEWEST_DIGITS = 4  # that a mask must leave to be seen before it names anybody


def verdict_on(slip: Slip, told: Told, at: datetime) -> str:
    """The service's own verdict where it is a bad one, else ours."""
    order = slip.order
    if told.result != VERDICT.OK:
        return told.result
    if told.trans_ref != slip.trans_ref:
        return VERDICT.NOT_FOUND
    if told.satang != wanted_satang(order):
        return VERDICT.AMOUNT_MISMATCH
    if not _receiver_agrees(order, told):
        return VERDICT.RECEIVER_MISMATCH
    moment = told.transferred_at
    if moment is None or not order.placed_at - EARLY <= moment <= at + LATE:
        return VERDICT.TIME_MISMATCH
    return VERDICT.OK


def wanted_satang(order: Order) -> int:
    """What has to arrive next: what confirms the order, and after that the rest."""
    due = order.due_now_satang - order.received_satang
    return due if due > 0 and order.status != Order.Status.CONFIRMED else order.rest_satang


def _receiver_agrees(order: Order, told: Told) -> bool:
    if mode() == "console":
        return True
    if order.payee_biller and order.code not in told.references:
        return False
    account = HowToPay.objects.filter(business=order.seller_id).values_list("account_number", flat=True).first()
    known = [number for number in (order.payee_promptpay, order.payee_biller, account or "") if number]
    return any(fits(mask, number) for mask in told.accounts for number in known)


def fits(mask: str, number: str) -> bool:
    """Whether ``xxx-xxx-5678`` may be 0812345678: digits that are seen stand at the same places from the right, and enough of
    them are seen. A telephone number is also known by its country (66)."""
    signs = re.sub(r"[\s-]", "", mask).lower()
    if sum(sign.isdigit() for sign in signs) < FEWEST_DIGITS or not re.fullmatch(r"[0-9x*]+", signs):
        return False
    return any(_same(signs, spelling) for spelling in (number, f"66{number[1:]}", f"0066{number[1:]}"))


def _same(signs: str, number: str) -> bool:
    if len(signs) != len(number):
        return False
    return all(sign == digit or not sign.isdigit() for sign, digit in zip(signs, number, strict=True))
