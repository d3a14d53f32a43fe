"""What stands on receipts, and where they are found."""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from tourdee.core.crypto import unseal
from tourdee.legal.models import Business
from tourdee.people.models import User

from ..models import Order, OrderLine, Receipt

HEAD_OFFICE = "00000"


def branch_words(branch: str) -> str:
    """How a branch is written on a tax invoice: ``สำนักงานใหญ่``, ``สาขาที่ 00001``."""
    return "สำนักงานใหญ่" if branch == HEAD_OFFICE else f"สาขาที่ {branch}"


def receipts_of(user: User) -> QuerySet[Receipt]:
    """The receipts that a person's business has written, newest first."""
    return Receipt.objects.filter(business__owner=user).select_related("order", "replacement").order_by("-at", "-id")


def receipts_of_order(order: Order) -> list[Receipt]:
    """All of an order, the replaced ones too, oldest first, each with what replaced it and the notes against it."""
    papers = Receipt.objects.filter(order=order).select_related("replacement", "refers_to", "replaces")
    return list(papers.prefetch_related("notes").order_by("at", "id"))


def can_be_exchanged(receipt: Receipt) -> bool:
    """Whether it can be written anew for a company: it counts, and nothing of it was taken back."""
    replaced = getattr(receipt, "replacement", None) is not None
    return receipt.sign > 0 and not replaced and not receipt.notes.all()


def receipts_on(order: Order) -> list[tuple[Receipt, bool]]:
    """What an order's page lists: every paper, and whether the buyer can still have it written anew."""
    papers = receipts_of_order(order) if order.paid_satang else []  # without money there is no paper
    return [(paper, can_be_exchanged(paper)) for paper in papers]


def tax_ids(receipt: Receipt) -> dict[str, str]:
    """The tax ids of ``seller`` and ``buyer``; empty where there are none."""
    return json.loads(unseal(receipt.sealed_tax_ids)) if receipt.sealed_tax_ids else {"seller": "", "buyer": ""}


def seller_of(business: Business) -> dict[str, str]:
    """The seller as printed, frozen on the day."""
    return {
        "name": business.name,
        "address": business.address,
        "phone": business.phone,
        "branch": business.branch,
        "house_number": business.house_number,
        "subdistrict": business.subdistrict,
        "postcode": business.postcode,
    }


def receipt_content(order: Order, lines: Sequence[OrderLine], satang: int) -> dict[str, Any]:
    """The whole order line by line if this pays for it, else one line that says it is a part."""
    listed = _lines(order, lines) if satang == order.total_satang else [_part(order, satang)]
    return {"seller": seller_of(order.seller), "order": order.code, "lines": listed}


def _lines(order: Order, lines: Sequence[OrderLine]) -> list[dict[str, Any]]:
    found = [_line(line) for line in lines]
    if order.shipping_satang:
        found.append(_own("ค่าจัดส่ง", "Shipping", order.shipping_satang))
    if order.discount_satang:
        why = f" ({order.discount_reason})" if order.discount_reason else ""
        found.append(_own(f"ส่วนลด{why}", f"Discount{why}", -order.discount_satang))
    return found


def _line(line: OrderLine) -> dict[str, Any]:
    return {
        "name_th": line.name_th,
        "name_en": line.name_en or line.name_th,
        "quantity": line.quantity,
        "unit_satang": line.unit_price_satang,
        "satang": line.total_satang,
    }


def _own(name_th: str, name_en: str, satang: int) -> dict[str, Any]:
    return {"name_th": name_th, "name_en": name_en, "quantity": 1, "unit_satang": satang, "satang": satang}


def _part(order: Order, satang: int) -> dict[str, Any]:
    return _own(f"ชำระบางส่วน คำสั่งซื้อ {order.code}", f"Part payment of order {order.code}", satang)


def note_content(order: Order, original: Receipt, satang: int) -> dict[str, Any]:
    """One line: what goes back, and of which receipt."""
    cancelled = order.status == Order.Status.CANCELLED
    reason = ("ยกเลิกคำสั่งซื้อ", "Order cancelled") if cancelled else ("คืนเงินบางส่วน", "Partly refunded")
    line = _own(f"{reason[0]} {order.code}", f"{reason[1]}: {order.code}", satang)
    return {
        "seller": seller_of(order.seller), "order": order.code, "lines": [line], "original": original.code,
        "reason_th": reason[0], "reason_en": reason[1], "original_satang": original.satang,
        "original_at": original.at.isoformat(),
    }  # fmt: skip
