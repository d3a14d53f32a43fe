"""The books as a seller reads them: entries with a running balance, and one line for each day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from tourdee.core.dates import BANGKOK, at_bangkok
from tourdee.legal.models import Business

from ..models import Posting
from ..models.books import MONEY, OWED_BY_US, OWED_TO_US, SALES, Account

OWED_TO_GUESTS = (Account.DEPOSITS, Account.REFUNDS)
# What an entry is, by the kinds of account that it debits and credits; the first that fits.
WORDS: tuple[tuple[tuple[str, ...], tuple[str, ...], Any], ...] = (
    ((Account.BANK,), (Account.GATEWAY,), _("The gateway paid out")),
    ((Account.FEES,), MONEY, _("Gateway fee")),
    (MONEY, SALES, _("Sold and paid")),
    (MONEY, (Account.DEPOSITS,), _("Money came, not confirmed yet")),
    (MONEY, (Account.REFUNDS,), _("Paid too much, to be paid back")),
    (MONEY, OWED_TO_US, _("The rest came")),
    (tuple(Account.values), MONEY, _("Paid back")),
    ((Account.VAT_IN_SALES,), (Account.VAT,), _("VAT of a receipt")),
    ((Account.VAT,), (Account.VAT_IN_SALES,), _("VAT of a credit note")),
    (OWED_TO_US, SALES, _("Sold, still to be paid")),
    (OWED_BY_US, SALES, _("Confirmed or kept")),
    (SALES, OWED_BY_US, _("Cancelled, to be paid back")),
    (SALES, SALES, _("Cancelled, kept by the terms")),
)


@dataclass(frozen=True)
class Span:
    """Days of one month or one day, Bangkok's: from the first up to and without ``until``."""

    first: date
    until: date

    @property
    def starts_at(self) -> datetime:
        return at_bangkok(self.first, 0)

    @property
    def ends_at(self) -> datetime:
        return at_bangkok(self.until, 0)


def month_of(day: date) -> Span:
    """The month in which the day lies."""
    first = day.replace(day=1)
    return Span(first, (first + timedelta(days=32)).replace(day=1))


def day_span(day: date) -> Span:
    """One day."""
    return Span(day, day + timedelta(days=1))


@dataclass(frozen=True)
class Entry:
    """One posting. ``change`` and ``balance`` are of the accounts that are looked at, satang."""

    posting: Posting
    change: int
    balance: int

    @property
    def out(self) -> int:
        """What left the accounts."""
        return max(0, -self.change)

    @property
    def words(self) -> str:
        """What happened, in the page's language."""
        row = self.posting
        found = (words for debits, credits, words in WORDS if row.debit in debits and row.credit in credits)
        return str(next(found, _("Put right")))


def postings_of(business: Business) -> QuerySet[Posting]:
    """Everything in the books of a business, oldest first."""
    return Posting.objects.filter(business=business).order_by("at", "id")


def entries(business: Business, span: Span, accounts: tuple[str, ...]) -> list[Entry]:
    """What touched the accounts in these days, with the balance after each. Two queries."""
    balance = balance_before(business, span.starts_at, accounts)
    found = []
    rows = postings_of(business).filter(at__gte=span.starts_at, at__lt=span.ends_at).select_related("order")
    for row in rows:
        change = _change(row.debit, row.credit, row.satang, accounts)
        if change or row.debit in accounts:
            balance += change
            found.append(Entry(row, change, balance))
    return found


def balance_before(business: Business, at: datetime, accounts: tuple[str, ...]) -> int:
    """Debits less credits of the accounts before a moment."""
    rows = postings_of(business).filter(at__lt=at).order_by().values_list("debit", "credit").annotate(Sum("satang"))
    return sum(_change(debit, credit, satang, accounts) for debit, credit, satang in rows)


def _change(debit: str, credit: str, satang: int, accounts: tuple[str, ...]) -> int:
    return satang * ((debit in accounts) - (credit in accounts))


@dataclass
class DayLine:
    """One day of the books, in satang. ``received`` by way; ``owed`` to guests at its end."""

    day: date
    sold: int = 0
    received: Counter[str] = field(default_factory=Counter)
    refunded: int = 0
    owed: int = 0

    @property
    def received_total(self) -> int:
        return sum(self.received.values())

    def ways(self) -> list[int]:
        """What came by bank, in cash and through the gateway."""
        return [self.received[way] for way in MONEY]


def days(business: Business, span: Span) -> list[DayLine]:
    """The days on which something happened, in order. Two queries."""
    local = TruncDate("at", tzinfo=BANGKOK)
    rows = postings_of(business).filter(at__gte=span.starts_at, at__lt=span.ends_at).annotate(day=local).order_by("day")
    sums = rows.values_list("day", "debit", "credit").annotate(Sum("satang"))
    found: dict[date, DayLine] = {}
    for day, debit, credit, satang in sums:
        _add(found.setdefault(day, DayLine(day)), debit, credit, satang)
    owed = -balance_before(business, span.starts_at, OWED_TO_GUESTS)
    for line in found.values():
        owed += line.owed
        line.owed = owed
    return list(found.values())


def _add(line: DayLine, debit: str, credit: str, satang: int) -> None:
    line.sold -= _change(debit, credit, satang, SALES)
    line.owed -= _change(debit, credit, satang, OWED_TO_GUESTS)
    if debit in MONEY and credit not in MONEY:
        line.received[debit] += satang
    if credit in MONEY and debit not in (*MONEY, Account.FEES):
        line.refunded += satang


def total_of(lines: Iterable[DayLine], first: date) -> DayLine:
    """The days added up; ``owed`` is what it was at the end of the last."""
    total = DayLine(first)
    for line in lines:
        total.sold += line.sold
        total.received.update(line.received)
        total.refunded += line.refunded
        total.owed = line.owed
    return total


def balances(business: Business) -> dict[str, int]:
    """Every account as it stands now; what is debited is positive. One query."""
    found: Counter[str] = Counter()
    rows = postings_of(business).order_by().values_list("debit", "credit").annotate(Sum("satang"))
    for debit, credit, satang in rows:
        found[debit] += satang
        found[credit] -= satang
    return dict(found)
