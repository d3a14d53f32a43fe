"""The books follow the orders: after every change of an order's money its postings are brought up to date, in the
transaction of the change.

Nobody says what to post. ``queries.books.position`` works out how the accounts should stand by what the order, its
payments and its refunds are now, and only the difference is posted. So a new act (a deposit, a partial cancellation, a
voucher) calls ``keep_books`` and is right; calling it twice posts nothing; and what is in the books can be checked
against the orders at any time (``tourdee reconcile``).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee.core.audit import record
from tourdee.core.inserts import insert_all
from tourdee.core.money import baht
from tourdee.core.periodic import each_in_turn
from tourdee.legal.models import Business
from tourdee.people.models import User

from ..models import Account, Order, Posting
from ..queries.books import moves, position, posted_so_far
from ..queries.books_check import orders_off_the_books
from .receipts import write_receipts


class PayoutTwice(Exception):
    """A payout with this reference is in the books, with another amount or fee."""

    @property
    def message(self) -> str:
        return _("A payout with this reference has been recorded already, with another amount.")


class NotAPayout(Exception):
    """Nothing arrived, or a fee below nothing."""

    @property
    def message(self) -> str:
        return _("Please enter the amount that arrived, and the fee that was kept.")


@transaction.atomic(savepoint=False)
def keep_books(*, order: Order, at: datetime) -> list[Posting]:
    """Write what is missing: first receipts or notes for what became the seller's money or no longer is, then the
    postings. Call it last in the transaction of every change of an order's money. Returns what was posted."""
    now = Order.objects.select_for_update(of=("self",)).select_related("seller").get(pk=order.pk)
    lines = list(now.lines.all())
    papers = write_receipts(order=now, lines=lines, at=at)
    books, places = posted_so_far(now)
    missing = moves(books, position(now, lines, papers))
    return _post(now, missing, places + 1, at) if missing else []


def book_resale(*, order: Order, at: datetime) -> None:
    """What ``keep_books`` would post for a sale that a reseller has just confirmed, without asking: nothing is in its
    books yet, nothing has been paid, and the reseller owes the whole price."""
    if order.total_satang:
        _post(order, [(Account.RESELLERS, Account.TOURS, order.total_satang)], 1, at)


def _post(order: Order, missing: list[tuple[str, str, int]], first: int, at: datetime) -> list[Posting]:
    """The places are numbered, so two writers who saw the same books cannot both write."""
    return insert_all([
        Posting(
            business_id=order.seller_id, shop_id=order.shop_id, order=order, at=at, debit=debit, credit=credit,
            satang=satang, source=f"order:{order.public_id}:{place}",
        )
        for place, (debit, credit, satang) in enumerate(missing, start=first)
    ])  # fmt: skip


@transaction.atomic
def record_payout(
    *, business: Business, satang: int, fee_satang: int, reference: str, by: User, at: datetime
) -> list[Posting]:
    """A gateway paid out: ``satang`` arrived in the bank after it kept ``fee_satang``. The same again is the same
    payout. Raises NotAPayout, PayoutTwice."""
    if satang <= 0 or fee_satang < 0:
        raise NotAPayout
    wanted = [(Account.BANK, satang), (Account.FEES, fee_satang)]
    rows = [
        Posting(
            business=business, at=at, debit=account, credit=Account.GATEWAY, satang=amount,
            source=f"payout:{business.public_id}:{reference}:{account}",
        )
        for account, amount in wanted if amount
    ]  # fmt: skip
    if earlier := list(Posting.objects.filter(source__startswith=f"payout:{business.public_id}:{reference}:")):
        return _same(earlier, rows)
    text = f"{business.name}: เกตเวย์โอนเงิน {baht(satang)} ค่าธรรมเนียม {baht(fee_satang)} อ้างอิง {reference}"
    record("books.payout", subject=business, text=text, at=at, actor=by)
    return Posting.objects.bulk_create(rows)


def _same(earlier: list[Posting], rows: list[Posting]) -> list[Posting]:
    if [(one.source, one.satang) for one in earlier] != [(one.source, one.satang) for one in rows]:
        raise PayoutTwice
    return earlier


def open_books(*, at: datetime) -> int:
    """Bring the books of every order up to date, each in a transaction of its own: those of orders that are older than
    the books, and any that an act forgot. Each posting bears the day when its order was decided. Returns how many
    orders had something to post."""
    return each_in_turn(orders_off_the_books(), lambda order: bool(keep_books(order=order, at=_decided(order, at))))


def _decided(order: Order, at: datetime) -> datetime:
    return at if order.postings.exists() else order.ended_at or order.confirmed_at or order.placed_at
