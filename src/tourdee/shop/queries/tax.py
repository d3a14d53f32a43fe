"""What the tax forms ask: income by month as it was received (ภ.ง.ด.90/94), and VAT by document (ภ.พ.30).

Income is counted when it is the seller's to keep: receipts less refund and credit notes. That is the cash basis on
which natural persons are taxed; a company's accountant counts otherwise.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from tourdee.core.dates import at_bangkok, bangkok_day
from tourdee.legal.models import Business

from ..models import Receipt

# Revenue Code s. 85/1 with royal decree 432: register for VAT within 30 days of passing 1.8 million baht in a year.
VAT_FROM_SATANG, VAT_WARN_SATANG = 1_800_000_00, 1_500_000_00
HALF = 6  # months: ภ.ง.ด.94 asks for January to June


@dataclass
class MonthLine:
    """Income of one month, in satang: on receipts, taken back by notes; ``vat`` is the part of the difference that
    belongs to the state."""

    month: int
    received: int = 0
    taken_back: int = 0
    vat: int = 0

    @property
    def income(self) -> int:
        """What counts as income: without VAT."""
        return self.received - self.taken_back - self.vat


def papers_of_year(business: Business, year: int) -> QuerySet[Receipt]:
    """The receipts and notes of a year (Common Era, Bangkok's days) that count, in the order written."""
    return papers_between(business, date(year, 1, 1), date(year + 1, 1, 1))


def papers_between(business: Business, first: date, until: date) -> QuerySet[Receipt]:
    """The same from a day up to and without another."""
    of_business = Receipt.objects.filter(business=business, replacement__isnull=True)
    written = of_business.filter(at__gte=at_bangkok(first, 0), at__lt=at_bangkok(until, 0))
    return written.select_related("order", "refers_to").order_by("at", "id")


def months(papers: Iterable[Receipt]) -> list[MonthLine]:
    """Twelve lines, those without income too."""
    lines = [MonthLine(month) for month in range(1, 13)]
    for paper in papers:
        line = lines[bangkok_day(paper.at).month - 1]
        if paper.sign > 0:
            line.received += paper.satang
        else:
            line.taken_back += paper.satang
        line.vat += paper.sign * paper.vat_satang
    return lines


def half_year(lines: list[MonthLine]) -> int:
    """Income of January to June, for ภ.ง.ด.94."""
    return sum(line.income for line in lines[:HALF])


def whole_year(lines: list[MonthLine]) -> int:
    """Income of the year, for ภ.ง.ด.90."""
    return sum(line.income for line in lines)


def vat_papers(business: Business, first: date, until: date) -> list[Receipt]:
    """What the sales tax report lists: tax invoices and credit notes."""
    return list(papers_between(business, first, until).filter(kind__in=Receipt.WITH_VAT))
