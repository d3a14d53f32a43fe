"""The shop's codes, as LINE coupons where they were made, else as words."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.dates import short_date
from tourdee.core.money import baht
from tourdee.shop.models import Shop, Voucher

from ...flex.parts import Json, coupon, text
from .menu import ways_on

MOST_COUPONS = 4  # of five messages in an answer: one stays for the words


def shown_vouchers(shop: Shop, at: datetime) -> list[Voucher]:
    """Codes that the shop shows at LINE and that somebody could use now, the soonest to end first. Its other codes are for
    whom it told them. One query."""
    running = Voucher.objects.filter(
        shop=shop, is_active=True, valid_from__lte=at, valid_to__gt=at, used__lt=F("limit")
    )
    shown = running.filter(line_coupon__isnull=False, line_coupon__closed_at__isnull=True).exclude(
        line_coupon__outside_id=""
    )
    return list(shown.select_related("line_coupon").order_by("valid_to", "pk")[:MOST_COUPONS])


def worth(voucher: Voucher) -> str:
    """``10 % off`` or ``฿100 off``."""
    if voucher.percent:
        return _("%(percent)s%% off") % {"percent": voucher.percent}
    return _("%(amount)s off") % {"amount": baht(voucher.amount_satang)}


def coupons(shop: Shop, at: datetime) -> list[Json]:
    """Every code that is shown and holds now."""
    found = shown_vouchers(shop, at)
    if not found:
        return [text(_("There is no coupon right now. We tell you here when there is one."), ways_on())]
    words = "\n".join(voucher_line(one) for one in found)
    hint = _("When you book in this chat, one tap uses it.")
    return [*[coupon(one.line_coupon.outside_id) for one in found], text(f"{words}\n\n{hint}", ways_on())]


def voucher_line(voucher: Voucher) -> str:
    """A code, what it is worth, and until when."""
    until = short_date(voucher.valid_to, get_language() or "th")
    return _("🎫 %(code)s: %(worth)s, until %(day)s") % {"code": voucher.code, "worth": worth(voucher), "day": until}
