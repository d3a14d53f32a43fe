"""The papers of parcels, as PDF: address labels, and the list to pack by."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.dates import clock, long_date
from tourdee.core.pdf import pdf
from tourdee.core.qr import qr_svg_bytes
from tourdee.core.templatetags.tourdee import local, phone

from ..models import Order, Parcel
from .parcels import address_on_label, goods_in, parcel_of, pick_list

TEMPLATES = Path(__file__).resolve().parent.parent / "typst"
A6, A4 = "a6", "a4"


def labels_pdf(orders: Sequence[Order], *, size: str) -> bytes:
    """Address labels with the order's code as QR, one on each A6 page or four on each A4 sheet. In Thai, whatever the
    page's language: the carrier reads them."""
    labels = [_label(order) for order in orders]
    words = {"from": "ผู้ส่ง", "to": "ผู้รับ", "collect": "เก็บเงินปลายทาง"}
    data = {"title": "ใบปะหน้าพัสดุ", "size": size, "labels": labels, "words": words}
    codes = {f"{order.code}.svg": qr_svg_bytes(order.code) for order in orders}
    return pdf(TEMPLATES / "labels.typ", data, files=codes)


def _label(order: Order) -> dict[str, Any]:
    shop, parcel = order.shop, parcel_of(order)
    address, postcode = address_on_label(order), parcel.postcode
    return {
        "code": order.code,
        "sender": {"name": shop.name_th, "address": shop.business.address, "phone": phone(shop.phone)},
        "receiver": {
            "name": order.buyer_name,
            "phone": phone(order.buyer_phone),
            "address": address.removesuffix(postcode).rstrip() if postcode else address,
            "postcode": postcode,
        },
        "collect": parcel.collect_satang,
        "inside": ", ".join(f"{line.name_th} × {line.quantity}" for line in goods_in(order)),
    }


def packing_list_pdf(orders: Sequence[Order], *, at: datetime) -> bytes:
    """What to take from the shelf, and what goes into each parcel."""
    language = get_language() or "th"
    data = {
        "title": _("Packing list"),
        "language": language[:2],
        "made": f"{long_date(at, language)} {clock(at, language)}",
        "picks": [[pick.name, pick.pieces] for pick in pick_list(orders)],
        "parcels": [_packed(order) for order in orders],
        "words": {
            "tick": "✓", "pick": _("Take from the shelf"), "what": _("What"), "pieces": _("Pieces"),
            "parcels": _("Put into each parcel"), "collect": _("Collect"), "note": _("Note"),
        },
    }  # fmt: skip
    return pdf(TEMPLATES / "packing_list.typ", data)


def _packed(order: Order) -> dict[str, Any]:
    parcel = parcel_of(order)
    handed_over = parcel.way == Parcel.Way.HAND_OVER
    return {
        "code": order.code,
        "name": order.buyer_name,
        "phone": phone(order.buyer_phone),
        "where": _("is fetched at the shop") if handed_over else address_on_label(order).replace("\n", " "),
        "collect": parcel.collect_satang,
        "grams": _("%(number)s g") % {"number": f"{parcel.grams:,}"} if parcel.grams else "",
        "lines": [[local(line, "name"), line.quantity] for line in goods_in(order)],
        "note": order.note,
    }
