"""How buyers pay: what codes carry, and the services that are connected."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourdee.core.qr import qr_svg
from tourdee.legal.models import Business
from tourdee.legal.queries import business_of

from ...actions import money_services
from ...forms.seller_money import FORMS, CodesForm, KeysForm
from ...models import MoneyService
from ...payment_methods import mode, promptpay
from ...queries.gateways import how_to_pay, services_of
from .access import PersonRequest

LOOK_AGAIN_SECONDS = "3"  # while keys are being tried


@dataclass(frozen=True)
class Card:
    """One service on the page, connected or not."""

    service: str
    name: str
    row: MoneyService | None

    @property
    def is_gateway(self) -> bool:
        return self.service in MoneyService.GATEWAYS


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def my_money(request: PersonRequest) -> HttpResponse:
    """The page: first what every seller has, then what some want."""
    business = _business(request)
    if business is None:
        return redirect("open_shop")
    row = how_to_pay(business)
    kept = {name: getattr(row, name) for name in CodesForm.base_fields}
    form = CodesForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        money_services.ask_of_codes(business=business, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("my_money")
    rows = {one.service: one for one in services_of(business)}
    cards = [Card(service.value, service.label, rows.get(service)) for service in MoneyService.Service]
    context = {
        "business": business, "form": form, "cards": cards, "mode": mode(),
        "code": qr_svg(promptpay.payload(business.promptpay), label=_("PromptPay code without an amount"))
        if business.promptpay else "",
    }  # fmt: skip
    response = render(request, "shop/seller/money.html", context)
    if any(one.try_at and not one.test for one in rows.values()):
        response.headers["Refresh"] = LOOK_AGAIN_SECONDS
    return response


def _business(request: PersonRequest) -> Business | None:
    return business_of(request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def connect_service(request: PersonRequest, service: str) -> HttpResponse:
    """Keys are typed, and tried by the worker."""
    business = _business(request)
    if service not in FORMS or business is None or mode() == "off":
        raise Http404
    form = FORMS[service](request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = money_services.connect(
            business=business, service=service, keys=form.keys(), by=request.user, at=timezone.now()
        )
        if service in MoneyService.GATEWAYS:
            return redirect("money_service", public_id=row.public_id)
        return redirect("my_money")
    return render(request, "shop/seller/money_connect.html", _about(service, form))


def _about(service: str, form: KeysForm) -> dict[str, Any]:
    return {"form": form, "service": service, "name": MoneyService.Service(service).label, "mode": mode()}


def _mine(request: PersonRequest, public_id: str) -> MoneyService:
    mine = MoneyService.objects.filter(business__owner=request.user).exclude(keys="").select_related("business")
    return get_object_or_404(mine, public_id=public_id)


@require_safe
@login_required
def money_service(request: PersonRequest, public_id: str) -> HttpResponse:
    """One connected service: how its keys fared, where its webhooks go, how to part from it."""
    row = _mine(request, public_id)
    address = f"{settings.SITE_URL}{reverse('gateway_notice', args=[row.public_id])}"
    context = {"row": row, "address": address, "is_gateway": row.service in MoneyService.GATEWAYS, "mode": mode()}
    response = render(request, "shop/seller/money_service.html", context)
    if row.try_at and not row.test:
        response.headers["Refresh"] = LOOK_AGAIN_SECONDS
    return response


@require_POST
@login_required
def test_service(request: PersonRequest, public_id: str) -> HttpResponse:
    """Try the keys once more."""
    money_services.test_again(service=_mine(request, public_id), at=timezone.now())
    return redirect("money_service", public_id=public_id)


@require_POST
@login_required
def disconnect_service(request: PersonRequest, public_id: str) -> HttpResponse:
    """Forget the keys."""
    try:
        money_services.disconnect(service=_mine(request, public_id), by=request.user, at=timezone.now())
    except money_services.StillInUse as problem:
        messages.error(request, problem.message)
        return redirect("money_service", public_id=public_id)
    messages.success(request, _("Disconnected. The keys are forgotten."))
    return redirect("my_money")
