"""Where gateways report, and the play bank of the demo."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from ..actions.charges import receive_notice
from ..models import GatewayCharge, MoneyService
from ..payment_methods import mode
from ..payment_methods.gateways import play
from ..payment_methods.gateways.signatures import Forged
from ..queries.gateways import NoKeys, keys_of

logger = logging.getLogger(__name__)
MOST_BYTES = 300_000


@csrf_exempt  # the signature over the raw body stands in for it
@require_POST
def notice(request: HttpRequest, public_id: str) -> HttpResponse:
    """A webhook. Its signature is looked at before anything in it; what it says is asked of the gateway once more."""
    service = get_object_or_404(MoneyService, public_id=public_id, service__in=MoneyService.GATEWAYS)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        receive_notice(service=service, headers=request.headers, raw=request.body, at=timezone.now())
    except Forged:
        logger.warning("A webhook for %s had no right signature", service.public_id)
        return HttpResponse(status=401)
    return HttpResponse(status=200)


@require_http_methods(["GET", "HEAD", "POST"])
def play_bank(request: HttpRequest, reference: str) -> HttpResponse:
    """The demo person plays the buyer's bank: pay or decline, and the webhook goes its way."""
    charge = play.charge(reference) if mode() == "console" else None
    if charge is None:
        raise Http404
    ours = get_object_or_404(GatewayCharge.objects.select_related("order", "service"), public_id=charge.key)
    if request.method == "POST":
        _play(ours, reference, paid=request.POST.get("do") == "pay")
        return redirect("order_pay", secret=ours.order.secret)
    return render(request, "shop/play_bank.html", {"charge": charge, "order": ours.order, "method": ours.method})


def _play(ours: GatewayCharge, reference: str, *, paid: bool) -> None:
    settled = play.settle(reference, paid=paid)
    try:
        secret = keys_of(ours.service)["webhook_secret"]
    except NoKeys:
        raise Http404 from None
    assert settled
    at = timezone.now()
    headers, raw = play.notice(settled, secret=secret, at=at)
    receive_notice(service=ours.service, headers=headers, raw=raw, at=at)
