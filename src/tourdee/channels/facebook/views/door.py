"""Where Facebook calls: once to see whether the address is ours, then with what happened."""

import logging

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..actions.notices import receive_notice
from ..actions.pages import note_call
from ..graph.signatures import HEADER, Forged
from ..models import Page
from ..queries.pages import page_at

logger = logging.getLogger(__name__)
MOST_BYTES = 1_000_000
LONGEST_CHALLENGE = 100


@csrf_exempt  # the signature over the raw body stands in for it
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """An unknown shop, a wrong token and a wrong signature get the same answer, so nothing can be found out by trying."""
    page = page_at(slug)
    if page is None:
        return HttpResponse(status=403)
    return _kept(request, page) if request.method == "POST" else _challenge(request, page)


def _challenge(request: HttpRequest, page: Page) -> HttpResponse:
    """Facebook says the verify token and wants its challenge back, as text: nothing in it may become a page."""
    shown, challenge = request.GET.get("hub.verify_token", ""), request.GET.get("hub.challenge", "")
    right = request.GET.get("hub.mode") == "subscribe" and challenge.isalnum() and len(challenge) <= LONGEST_CHALLENGE
    if not right or not note_call(page=page, verify_token=shown, at=timezone.now()):
        return HttpResponse(status=403)
    return HttpResponse(challenge, content_type="text/plain")


def _kept(request: HttpRequest, page: Page) -> HttpResponse:
    """Kept and answered at once; reading it is the worker's part."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        receive_notice(page=page, signature=request.headers.get(HEADER, ""), raw=request.body, at=timezone.now())
    except Forged:
        logger.warning("A call for the Facebook page %s had no right signature", page.public_id)
        return HttpResponse(status=403)
    return HttpResponse("EVENT_RECEIVED", content_type="text/plain")
