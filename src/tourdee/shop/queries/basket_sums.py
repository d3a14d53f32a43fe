"""What a basket costs, as its page says it."""

from typing import Any

from django.utils.translation import gettext as _

from tourdee.core.money import baht

from .baskets import Basket


def sums(priced: Basket) -> dict[str, Any]:
    """Price, shipping, discount and total in words; and what is due now and later, where a deposit books it."""
    sure = priced.shipping is None or priced.shipping.sure
    said: dict[str, Any] = {
        "goods": baht(priced.goods_satang),
        "shipping": _shipping_words(priced),
        "discount": baht(-priced.discount_satang) if priced.discount_satang else "",
        "total": baht(priced.total_satang) if sure else _("from %(amount)s") % {"amount": baht(priced.total_satang)},
        "total_satang": priced.total_satang,
    }
    if priced.rest_due_at is None:
        return said
    rest = priced.total_satang - priced.due_now_satang
    return said | {"due_now": baht(priced.due_now_satang), "rest": baht(rest), "rest_until": priced.rest_due_at}


def _shipping_words(priced: Basket) -> str:
    if priced.shipping is None:
        return ""
    amount = baht(priced.shipping_satang) if priced.shipping_satang else _("free")
    return amount if priced.shipping.sure else _("from %(amount)s") % {"amount": amount}
