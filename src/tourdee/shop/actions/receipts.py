"""Receipts: written by themselves for what became the seller's money, taken back by notes, exchanged for the buyer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tourdee.core.crypto import seal
from tourdee.core.dates import BUDDHIST_ERA, bangkok_day
from tourdee.core.money import vat_within
from tourdee.legal.models import Business
from tourdee.legal.queries import vat_rate_on

from ..models import Order, OrderLine, Receipt, ReceiptSeries
from ..queries.books import in_hand, receipts_that_count
from ..queries.receipts import note_content, receipt_content, tax_ids
from .conflicts import once_more
from .history import tell
from .holds import locked

KIND = Receipt.Kind


class CannotExchange(Exception):
    """It was exchanged before, taken back, or is itself a note."""

    @property
    def message(self) -> str:
        return _("This receipt can no longer be exchanged. Please ask the seller.")


@dataclass(frozen=True, kw_only=True)
class ReceiptBuyer:
    """Who stands on a receipt. ``branch`` is five digits for a company (00000: head office), empty for a person."""

    name: str
    address: str = ""
    tax_id: str = ""
    branch: str = ""


def write_receipts(*, order: Order, lines: Sequence[OrderLine], at: datetime) -> list[Receipt]:
    """A receipt for what came into the seller's hand since the last one, or a note for what left it. Inside the
    transaction of the change, the order locked. Returns the papers that count, with the new one."""
    papers = receipts_that_count(order)
    change = in_hand(order) - sum(paper.sign * paper.satang for paper in papers)
    if change > 0:
        papers.append(_receipt(order, change, lines, at))
    elif change < 0:
        papers.append(_note(order, -change, papers, at))
    return papers


def _receipt(order: Order, satang: int, lines: Sequence[OrderLine], at: datetime) -> Receipt:
    taxed = order.seller.charges_vat(bangkok_day(at))
    percent = vat_rate_on(bangkok_day(at)).percent if taxed else Decimal(0)
    buyer = ReceiptBuyer(name=order.buyer_name, address=order.address)
    return _written(
        order=order, kind=KIND.SHORT_TAX_INVOICE if taxed else KIND.RECEIPT, satang=satang, at=at, buyer=buyer,
        content=receipt_content(order, lines, satang), vat_percent=percent, vat_satang=vat_within(satang, percent),
    )  # fmt: skip


def _note(order: Order, satang: int, papers: list[Receipt], at: datetime) -> Receipt:
    """Against the newest receipt, at the rate that was paid with it (section 86/10)."""
    original = next(paper for paper in reversed(papers) if paper.sign > 0)
    known = tax_ids(original)
    buyer = ReceiptBuyer(
        name=original.buyer_name, address=original.buyer_address, branch=original.buyer_branch, tax_id=known["buyer"]
    )
    return _written(
        order=order, kind=KIND.CREDIT_NOTE if original.kind in Receipt.WITH_VAT else KIND.REFUND_NOTE, satang=satang,
        at=at, buyer=buyer, content=note_content(order, original, satang), vat_percent=original.vat_percent,
        vat_satang=_vat_back(satang, original, papers), refers_to=original,
    )  # fmt: skip


def _vat_back(satang: int, original: Receipt, papers: list[Receipt]) -> int:
    """What the last note of several leaves over by rounding goes with it, so that all of the tax comes back with all
    of the money."""
    left = sum(paper.sign * paper.satang for paper in papers)
    vat_left = sum(paper.sign * paper.vat_satang for paper in papers)
    return vat_left if satang == left else min(vat_left, vat_within(satang, original.vat_percent))


@once_more
@transaction.atomic
def exchange_receipt(*, receipt: Receipt, buyer: ReceiptBuyer, at: datetime) -> Receipt:
    """The same receipt with the buyer's name, address and tax id; of a seller who charges VAT it becomes a full tax
    invoice (section 86/4). The old one stays under its number and no longer counts. Raises CannotExchange."""
    order = locked(receipt.order)
    papers = receipts_that_count(order)
    alive = any(paper.pk == receipt.pk for paper in papers) and receipt.sign > 0
    if not alive or any(paper.refers_to_id == receipt.pk for paper in papers):
        raise CannotExchange
    kind = KIND.TAX_INVOICE if receipt.kind in Receipt.WITH_VAT else KIND.RECEIPT
    new = _written(
        order=order, kind=kind, satang=receipt.satang, at=at, buyer=buyer, content=receipt.content,
        vat_percent=receipt.vat_percent, vat_satang=receipt.vat_satang, replaces=receipt,
    )  # fmt: skip
    tell("receipt_exchanged", order=order, at=at, old=receipt.code, new=new.code)
    return new


def _written(
    *, order: Order, kind: str, satang: int, at: datetime, buyer: ReceiptBuyer, content: dict[str, Any], **more: object
) -> Receipt:
    year = bangkok_day(at).year + BUDDHIST_ERA
    return Receipt.objects.create(
        business=order.seller,
        order=order,
        kind=kind,
        year=year,
        number=_next_number(order.seller, kind, year),
        at=at,
        satang=satang,
        buyer_name=buyer.name,
        buyer_address=buyer.address,
        buyer_branch=buyer.branch,
        sealed_tax_ids=seal(json.dumps({"seller": order.seller.tax_id, "buyer": buyer.tax_id})),
        content=content,
        **more,
    )


def _next_number(business: Business, kind: str, year: int) -> int:
    """The row stays locked until the transaction ends, so the next one waits, and a number that was drawn by a
    transaction that failed is drawn again."""
    series = ReceiptSeries.objects.filter(business=business, kind=kind, year=year)
    if not series.update(last=F("last") + 1):
        _begin(business, kind, year)
        series.update(last=F("last") + 1)
    return series.values_list("last", flat=True).get()


def _begin(business: Business, kind: str, year: int) -> None:
    try:
        with transaction.atomic():
            ReceiptSeries.objects.create(business=business, kind=kind, year=year)
    except IntegrityError:
        return  # somebody else began it in the same instant
