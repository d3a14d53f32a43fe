"""A voucher as LINE wants a coupon."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tourdee.core.money import SATANG, baht
from tourdee.core.templatetags.tourdee import local
from tourdee.shop.models import Shop, Voucher

from ..flex.parts import Json, shortened
from ..models import Coupon
from .screens.coupons import worth

TITLE, CONDITION, DESCRIPTION = 60, 100, 1000  # signs, by LINE's contract
MOST_PERCENT = 99


def as_line_wants(voucher: Voucher) -> Json:
    """Title, time, worth and code. Baht are whole at LINE, so an amount with satang is only said in words."""
    title = _("%(worth)s at %(shop)s") % {"worth": worth(voucher), "shop": local(voucher.shop, "name")}
    return {
        "title": shortened(title, TITLE),
        "description": shortened(
            _("Show or type the code %(code)s when you book.") % {"code": voucher.code}, DESCRIPTION
        ),
        "usageCondition": shortened(_condition(voucher), CONDITION),
        "startTimestamp": int(voucher.valid_from.timestamp()),
        "endTimestamp": int(voucher.valid_to.timestamp()),
        "couponCode": voucher.code,
        "maxUseCountPerTicket": 1,
        "timezone": "ASIA_BANGKOK",
        "visibility": "UNLISTED",
        "acquisitionCondition": {"type": "normal"},
        "reward": _reward(voucher),
    }


def _condition(voucher: Voucher) -> str:
    said = [_("%(number)d times in all") % {"number": voucher.limit}]
    if voucher.minimum_satang:
        said.insert(0, _("From an order of %(minimum)s") % {"minimum": baht(voucher.minimum_satang)})
    return " · ".join(said)


def _reward(voucher: Voucher) -> Json:
    if voucher.percent > MOST_PERCENT or voucher.amount_satang % SATANG:
        return {"type": "others"}
    if voucher.percent:
        return {"type": "discount", "priceInfo": {"type": "percentage", "percentage": voucher.percent}}
    return {"type": "discount", "priceInfo": {"type": "fixed", "fixedAmount": voucher.amount_satang // SATANG}}


def vouchers_of(shop: Shop, at: datetime) -> QuerySet[Voucher]:
    """The codes that could be shown: those that hold or will, with their coupon."""
    return Voucher.objects.filter(shop=shop, is_active=True, valid_to__gt=at).select_related("line_coupon", "shop")


def coupons_to_make(at: datetime) -> QuerySet[Coupon]:
    """Asked for, and not yet made at LINE."""
    waiting = Coupon.objects.filter(outside_id="", problem="", closed_at__isnull=True, voucher__valid_to__gt=at)
    return waiting.select_related("voucher__shop").order_by("asked_at")
