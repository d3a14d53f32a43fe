"""What the books should say of an order: worked out from the order itself, its payments, refunds and receipts."""

from collections import Counter
from collections.abc import Iterable

from ..models import Account, Order, OrderLine, PaymentEvent, Posting, Receipt, Refund

STATUS = Order.Status
Balances = dict[str, int]  # satang by account; what is debited is positive, so an order's accounts add up to nothing
REST = {Order.PayBy.ON_DELIVERY: Account.COD, Order.PayBy.RESELLER: Account.RESELLERS}


def in_hand(order: Order) -> int:
    """The part of the buyer's money that is the seller's: of a confirmed order what has come, of a cancelled one what
    is kept; without what went back or is owed back. Receipts stand for exactly this. Satang."""
    if order.status not in {STATUS.CONFIRMED, STATUS.CANCELLED}:
        return 0
    return order.received_satang - order.refund_due_satang


def position(order: Order, lines: Iterable[OrderLine], papers: Iterable[Receipt]) -> Balances:
    """The accounts as they should stand. ``papers`` are the receipts that count. Two queries at most."""
    free = order.received_satang - order.refund_due_satang
    books: Counter[str] = Counter(_money(order))
    books[Account.REFUNDS] -= order.refund_due_satang
    if order.status == STATUS.CONFIRMED:
        books.update(_sold(order, lines, free))
    else:
        books[Account.KEPT if order.status == STATUS.CANCELLED else Account.DEPOSITS] -= free
    vat = sum(paper.sign * paper.vat_satang for paper in papers)
    books.update({Account.VAT_IN_SALES: vat, Account.VAT: -vat})
    return {account: satang for account, satang in books.items() if satang}


def _money(order: Order) -> Balances:
    """Where the buyer's money is."""
    money: Counter[str] = Counter()
    for event in PaymentEvent.objects.filter(order=order, applied_at__isnull=False):
        money[event.way] += event.satang
    if order.refunded_satang:
        for way, satang in Refund.objects.filter(order=order).values_list("way", "satang"):
            money[way] -= satang
    return money


def _sold(order: Order, lines: Iterable[OrderLine], free: int) -> Balances:
    """The sale at its whole price, what is still to come of it, and what was given back or kept beside it."""
    goods = sum(line.total_satang for line in lines if line.variant_id)
    beside = free + order.rest_satang - order.total_satang
    return {
        Account.TOURS: goods - order.goods_satang,
        Account.GOODS: -goods,
        Account.SHIPPING: -order.shipping_satang,
        Account.DISCOUNTS: order.discount_satang,
        REST.get(Order.PayBy(order.pay_by), Account.GUESTS): order.rest_satang,
        Account.KEPT: -max(0, beside) - order.kept_satang,
        Account.REDUCTIONS: max(0, -beside),
    }


def receipts_that_count(order: Order) -> list[Receipt]:
    """The receipts and notes of an order without those that were replaced, oldest first."""
    return list(Receipt.objects.filter(order=order, replacement__isnull=True))


def posted(order: Order) -> Balances:
    """The accounts as they stand in the books."""
    return posted_so_far(order)[0]


def posted_so_far(order: Order) -> tuple[Balances, int]:
    """The accounts as they stand in the books, and how many postings made them so."""
    books: Counter[str] = Counter()
    rows = Posting.objects.filter(order=order).values_list("debit", "credit", "satang")
    for debit, credit, satang in rows:
        books[debit] += satang
        books[credit] -= satang
    return {account: satang for account, satang in books.items() if satang}, len(rows)


def moves(now: Balances, wanted: Balances) -> list[tuple[str, str, int]]:
    """The postings (debit, credit, satang) that lead from one to the other, in the order of the chart of accounts;
    none where they agree."""
    changes = [(account, wanted.get(account, 0) - now.get(account, 0)) for account in Account.values]
    debits = [[account, change] for account, change in changes if change > 0]
    credits = [[account, -change] for account, change in changes if change < 0]
    return list(_paired(debits, credits))


def _paired(debits: list[list], credits: list[list]) -> Iterable[tuple[str, str, int]]:
    while debits and credits:
        satang = min(debits[0][1], credits[0][1])
        yield debits[0][0], credits[0][0], satang
        for side in (debits, credits):
            side[0][1] -= satang
            if not side[0][1]:
                side.pop(0)
