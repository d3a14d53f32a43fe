"""Where LINE tells us what happened in a shop's chat: kept and answered at once, worked on afterwards."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ..actions.receiving import Forged, Nonsense, receive
from ..models import Connection

logger = logging.getLogger(__name__)
MOST_BYTES = 1_000_000


@csrf_exempt  # the signature over the raw body stands in for it
@require_POST
def webhook(request: HttpRequest, public_id: str) -> HttpResponse:
    """One address for each shop. The signature is looked at before anything in the body."""
    connection = get_object_or_404(Connection.objects.exclude(keys=""), shop__public_id=public_id)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        receive(
            connection=connection, raw=request.body, signature=request.headers.get("X-Line-Signature", ""),
            at=timezone.now(),
        )  # fmt: skip
    except Forged:
        logger.warning("A webhook of LINE for %s had no right signature", connection.public_id)
        return HttpResponse(status=401)
    except Nonsense:
        return HttpResponse(status=400)
    return HttpResponse(status=200)
