"""The shop's codes: made, listed, stopped."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ...actions.vouchers import CodeInUse, make_voucher, stop_voucher
from ...forms.seller_vouchers import VoucherForm
from ...models import Shop, Voucher
from .access import PersonRequest, with_shop


@require_http_methods(["GET", "POST"])
@with_shop
def my_vouchers(request: PersonRequest, shop: Shop) -> HttpResponse:
    """All codes with how often they were used, and the form for a new one."""
    now = timezone.now()
    form = VoucherForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            make_voucher(shop=shop, terms=form.terms(), by=request.user, at=now)
        except CodeInUse as twice:
            form.add_error("code", twice.message)
        else:
            messages.success(request, _("The code holds. Tell it to your guests."))
            return redirect("my_vouchers")
    context = {"shop": shop, "form": form, "vouchers": shop.vouchers.all()[:200], "now": now}
    return render(request, "shop/seller/vouchers.html", context)


@require_POST
@login_required
def stop(request: PersonRequest, public_id: str) -> HttpResponse:
    """Nobody can use it from now on."""
    voucher = get_object_or_404(Voucher, public_id=public_id, shop__owner=request.user)
    stop_voucher(voucher=voucher, by=request.user, at=timezone.now())
    messages.success(request, _("Stopped. Orders that used it keep their price."))
    return redirect("my_vouchers")
