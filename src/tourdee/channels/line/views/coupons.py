"""Vouchers shown as coupons."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tourdee.shop.models import Shop

from ..actions import coupons
from ..queries.coupons import vouchers_of
from .access import with_shop


@require_safe
@with_shop
def my_coupons(request: Any, shop: Shop) -> HttpResponse:
    """The shop's codes, and which of them everybody at LINE sees."""
    return render(request, "line_oa/coupons.html", {"shop": shop, "vouchers": vouchers_of(shop, timezone.now())})


@require_POST
@with_shop
def show_coupon(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """Everybody sees it."""
    coupons.show_voucher(voucher=_own(shop, public_id), at=timezone.now())
    messages.success(request, _("It will be shown under “Coupons” in a moment."))
    return redirect("my_line_coupons")


@require_POST
@with_shop
def hide_coupon(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """Only who knows the code can use it."""
    coupons.hide_voucher(voucher=_own(shop, public_id), at=timezone.now())
    messages.success(request, _("Hidden. Who knows the code can still use it."))
    return redirect("my_line_coupons")


def _own(shop: Shop, public_id: str) -> Any:
    return get_object_or_404(vouchers_of(shop, timezone.now()), public_id=public_id)
