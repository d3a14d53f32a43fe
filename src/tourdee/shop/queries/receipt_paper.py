"""A receipt as a document: PDF, with the e-Tax data inside where the law knows it."""

from datetime import datetime
from pathlib import Path
from typing import Any

from tourdee.core.dates import short_date
from tourdee.core.pdf import WITH_FILES, pdf
from tourdee.core.spoken_baht import spoken_baht
from tourdee.core.templatetags.tourdee import phone

from ..models import Receipt
from .etax import ETAX_FILE, CannotTell, etax_xml
from .receipts import HEAD_OFFICE, branch_words, tax_ids

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "receipt.typ"
TITLES = {
    Receipt.Kind.RECEIPT: ("ใบเสร็จรับเงิน", "Receipt"),
    Receipt.Kind.REFUND_NOTE: ("ใบคืนเงิน", "Refund note"),
    Receipt.Kind.SHORT_TAX_INVOICE: ("ใบเสร็จรับเงิน/ใบกำกับภาษีอย่างย่อ", "Receipt / abbreviated tax invoice"),
    Receipt.Kind.TAX_INVOICE: ("ใบเสร็จรับเงิน/ใบกำกับภาษี", "Receipt / tax invoice"),
    Receipt.Kind.CREDIT_NOTE: ("ใบลดหนี้", "Credit note"),
}


def receipt_pdf(receipt: Receipt) -> bytes:
    """The document. One with full VAT data is PDF/A-3b and carries the e-Tax XML; the others are PDF/A-2b."""
    try:
        files = {ETAX_FILE: etax_xml(receipt)}
    except CannotTell:
        return pdf(TEMPLATE, paper_data(receipt))
    return pdf(TEMPLATE, paper_data(receipt) | {"etax": ETAX_FILE}, files=files, standard=WITH_FILES)


def paper_data(receipt: Receipt) -> dict[str, Any]:
    """What is printed, in words and satang; the template adds nothing of its own."""
    kind = Receipt.Kind(receipt.kind)
    taxed = kind in Receipt.WITH_VAT
    return {
        "title": TITLES[kind][0],
        "title_en": TITLES[kind][1],
        "code": receipt.code,
        "day": _day(receipt.at),
        "order": receipt.content["order"],
        "seller": _seller(receipt),
        "buyer": _buyer(receipt),
        "lines": [_line(line) for line in receipt.content["lines"]],
        "vat": _vat(receipt) if taxed and kind != Receipt.Kind.SHORT_TAX_INVOICE else None,
        "included": kind == Receipt.Kind.SHORT_TAX_INVOICE,
        "total": receipt.satang,
        "words": spoken_baht(receipt.satang),
        "takes_back": kind in Receipt.TAKING_BACK,
        "original": _original(receipt),
        "void": _void(receipt),
        "etax": None,
    }


def _day(at: datetime) -> str:
    return f"{short_date(at, 'th')} / {short_date(at, 'en')}"


def _seller(receipt: Receipt) -> dict[str, str]:
    seller = receipt.content["seller"]
    taxed = receipt.kind in Receipt.WITH_VAT
    return {
        "name": seller["name"],
        "address": seller["address"],
        "phone": phone(seller["phone"]),
        "tax_id": tax_ids(receipt)["seller"],
        "branch": branch_words(seller["branch"] or HEAD_OFFICE) if taxed else "",
    }


def _buyer(receipt: Receipt) -> dict[str, str]:
    branch = branch_words(receipt.buyer_branch) if receipt.buyer_branch else ""
    return {
        "name": receipt.buyer_name, "address": receipt.buyer_address, "phone": "",
        "tax_id": tax_ids(receipt)["buyer"], "branch": branch,
    }  # fmt: skip


def _line(line: dict[str, Any]) -> dict[str, Any]:
    thai, english = line["name_th"], line["name_en"]
    name = thai if thai == english else f"{thai} / {english}"
    return {"name": name, "quantity": line["quantity"], "unit": line["unit_satang"], "amount": line["satang"]}


def _vat(receipt: Receipt) -> dict[str, Any]:
    return {"net": receipt.net_satang, "vat": receipt.vat_satang, "percent": f"{receipt.vat_percent.normalize():f}"}


def _original(receipt: Receipt) -> dict[str, Any] | None:
    """What a note says of the receipt that it takes back (section 86/10), in value without tax where there is tax."""
    original = receipt.refers_to
    if original is None:
        return None
    value = original.net_satang
    return {
        "code": original.code, "day": _day(original.at), "value": value, "right": max(0, value - receipt.net_satang),
        "reason": f"{receipt.content['reason_th']} / {receipt.content['reason_en']}",
    }  # fmt: skip


def _void(receipt: Receipt) -> str:
    replacement = getattr(receipt, "replacement", None)
    return (
        f"ยกเลิก ใช้ใบใหม่เลขที่ {replacement.code} แทน / Cancelled, replaced by {replacement.code}" if replacement else ""
    )
