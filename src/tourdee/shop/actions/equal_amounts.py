"""Telling equal amounts apart. A personal PromptPay code carries no order number, so two orders of 2,400 baht look alike in the
seller's bank. Where the seller wants it, each open order is a few satang cheaper than its price, by another number of them."""

from secrets import choice

from tourdee.legal.models import Business

from ..models import HowToPay, Order

MOST_OFF = 99  # satang
LEAST_SATANG = 2000  # below 20 baht a few satang would be a real discount


def satang_off(*, payee: Business, chosen: HowToPay, satang: int, pay_by: str) -> int:
    """How many satang to take off an amount, so that no other open order of this payee asks for the same; 0 where that is not
    wanted or not possible. Drawn by lot, so that a late transfer hardly meets a new order. That two orders drawn in the same instant differ
    is the database's to see to (``equal_amounts_are_told_apart``)."""
    if pay_by != Order.PayBy.PROMPTPAY or not chosen.tells_apart or chosen.biller_id or satang < LEAST_SATANG:
        return 0
    open_ones = Order.objects.filter(payee_promptpay=payee.promptpay, status__in=Order.UNPAID)
    near = open_ones.filter(due_now_satang__range=(satang - MOST_OFF, satang))
    taken = set(near.values_list("due_now_satang", flat=True))
    free = [off for off in range(1, MOST_OFF + 1) if satang - off not in taken]
    return choice(free) if free else 0
