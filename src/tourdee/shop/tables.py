"""The seller's books as tables for a spreadsheet or an accountant. Column by column in docs/taxes.md."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tourdee.core.dates import bangkok_day

from .models import Receipt
from .models.books import Account
from .queries.ledger import DayLine, Entry
from .queries.receipts import branch_words, tax_ids
from .queries.tax import MonthLine

Table = tuple[list[Any], list[list[Any]]]


def baht(satang: int) -> Decimal:
    """Baht with two decimals, a number for the spreadsheet."""
    return (Decimal(satang) / 100).quantize(Decimal("0.01"))


def entries_table(found: Iterable[Entry]) -> Table:
    """The books, an entry a row, both accounts named."""
    header = [_("Date and time"), _("Order number"), _("What"), _("Debit"), _("Credit"), _("Amount"), pgettext("books", "Change"),
              _("Balance")]  # fmt: skip
    return header, [
        [
            entry.posting.at, entry.posting.order.code if entry.posting.order else "", entry.words,
            Account(entry.posting.debit).label, Account(entry.posting.credit).label,
            *(baht(satang) for satang in (entry.posting.satang, entry.change, entry.balance)),
        ]
        for entry in found
    ]  # fmt: skip


def days_table(lines: Iterable[DayLine]) -> Table:
    """One row a day."""
    header = [_("Day"), _("Sold"), _("By bank"), _("In cash"), _("Through the gateway"), _("Paid back"),
              _("Owed to guests")]  # fmt: skip
    rows = [
        [line.day, *(baht(satang) for satang in (line.sold, *line.ways(), line.refunded, line.owed))] for line in lines
    ]
    return header, rows


def income_table(papers: Iterable[Receipt]) -> Table:
    """For ภ.ง.ด.90 and 94: every receipt and note, with its income without VAT."""
    header = [
        _("Date"),
        _("Document"),
        pgettext("document", "Number"),
        _("Order number"),
        _("Buyer"),
        _("Amount"),
        _("VAT"),
        pgettext("tax", "Income"),
    ]
    rows = [
        [
            bangkok_day(paper.at), paper.get_kind_display(), paper.code, paper.order.code, paper.buyer_name,
            *(baht(paper.sign * satang) for satang in (paper.satang, paper.vat_satang, paper.net_satang)),
        ]
        for paper in papers
    ]  # fmt: skip
    return header, rows


def months_table(lines: Sequence[MonthLine]) -> Table:
    """The year by month."""
    header = [_("Month"), _("On receipts"), _("Taken back"), _("VAT"), pgettext("tax", "Income")]
    return header, [
        [line.month, *(baht(satang) for satang in (line.received, line.taken_back, line.vat, line.income))]
        for line in lines
    ]


def vat_table(papers: Iterable[Receipt]) -> Table:
    """The sales tax report (รายงานภาษีขาย) behind ภ.พ.30. Notes stand with minus."""
    header = [_("No."), _("Date"), pgettext("document", "Number"), _("Document"), _("Buyer"), _("Buyer's tax id"), _("Branch"),
              _("Value without VAT"), _("VAT")]  # fmt: skip
    rows = [
        [
            place, bangkok_day(paper.at), paper.code, paper.get_kind_display(), paper.buyer_name,
            tax_ids(paper)["buyer"], branch_words(paper.buyer_branch) if paper.buyer_branch else "",
            baht(paper.sign * paper.net_satang), baht(paper.sign * paper.vat_satang),
        ]
        for place, paper in enumerate(papers, start=1)
    ]  # fmt: skip
    return header, rows
