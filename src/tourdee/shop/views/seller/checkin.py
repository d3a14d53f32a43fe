"""Checking guests in without a network: a page that installs itself, the guests of the day as data, and the scans that
come back, perhaps hours later.

The page itself holds nobody's data and is the same for everybody, so a phone may keep it; guests come as data that the
page puts away under the person's id and forgets at the end of the day.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from ...actions.arrivals import take_scan, undo_scan
from ...actions.conflicts import TryAgain
from ...forms.scans import BadScans, Sent, SentScan, sent_scans
from ...models import Scan
from ...queries.checkin import RESULT_WORDS, answer_to, day_for_phone
from ...queries.selling import departures_for
from .access import PersonRequest

FONTS = [f"core/fonts/sarabun-{script}-{weight}-normal.woff2" for script in ("thai", "latin") for weight in (400, 700)]
MODULES = [f"shop/checkin/{name}.js" for name in ("app", "camera", "decide", "sounds", "store", "sync", "view")]
FILES = [
    "core/tourdee.css", "core/tourdee.js", "core/icons.svg", "core/favicon.svg", "shop/checkin/qr-decode.js",
    *MODULES, *FONTS,
]  # fmt: skip
ICONS = [("shop/checkin/icon-192.png", "192x192"), ("shop/checkin/icon-512.png", "512x512")]


def _language() -> str:
    return (get_language() or "th")[:2]


def _page() -> str:
    """The page as everybody gets it: rendered without a request, so nothing of a person can stand in it."""
    here = reverse("check_in_app")
    code, name = ("en", "English") if _language() == "th" else ("th", "ไทย")
    other = {"code": code, "name": name, "url": translate_url(here, code)}
    words = {str(result): str(said) for result, said in RESULT_WORDS.items()}
    return render_to_string("shop/checkin/app.html", {"results": words, "other": other})


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For pages that a program asks: who is not signed in gets 401 and no other page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"error": _("Please sign in again.")}, status=401)
        return view(request, *args, **kwargs)

    return guarded


@require_safe
def app(request: HttpRequest) -> HttpResponse:
    """The page. It may be kept and asked for again each time."""
    response = HttpResponse(_page())
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of this language's page. Its version is that of page and files: a change of either makes
    phones fetch both anew."""
    files = [static(name) for name in FILES]
    page = _page()
    version = blake2b("\n".join([page, *files]).encode(), digest_size=8).hexdigest()
    context = {"version": version, "page": reverse("check_in_app"), "files": files, "language": _language()}
    text = render_to_string("shop/checkin/worker.js", context)
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
def web_manifest(request: HttpRequest) -> HttpResponse:
    """What makes the page installable: name, icons, where it begins."""
    page = reverse("check_in_app")
    told = {
        "id": page, "start_url": page, "scope": page, "display": "standalone", "lang": _language(),
        "name": _("TourDee check-in"), "short_name": pgettext("guests", "Check-in"),
        "description": _("Check guests in at the meeting point, with or without a network."),
        "background_color": "#fffaf3", "theme_color": "#0f6b64",
        "icons": [
            {"src": static(name), "sizes": size, "type": "image/png", "purpose": purpose}
            for name, size in ICONS for purpose in ("any", "maskable")
        ],
    }  # fmt: skip
    response = JsonResponse(told, content_type="application/manifest+json")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
@never_cache
@ensure_csrf_cookie
@signed_in
def day(request: PersonRequest) -> JsonResponse:
    """The guests of today and tomorrow."""
    return JsonResponse(day_for_phone(request.user, timezone.now()))


@require_POST
@never_cache
@signed_in
def scans(request: PersonRequest) -> JsonResponse:
    """Scans that a phone made, and check-ins that it took back; an answer to each. What is sent again is answered
    again and counts once."""
    try:
        sent = sent_scans(request.body)
    except BadScans:
        return JsonResponse({"error": _("This could not be read.")}, status=400)
    if sent.person != request.user.public_id:
        return JsonResponse({"error": _("These check-ins were made by somebody else.")}, status=409)
    try:
        return JsonResponse({"answers": _answers(request, sent)})
    except TryAgain as busy:
        return JsonResponse({"error": busy.message}, status=503)


def _answers(request: PersonRequest, sent: Sent) -> list[dict[str, Any]]:
    known = departures_for(request.user).filter(public_id__in={one.departure for one in sent.scans})
    departures = {one.public_id: one for one in known}
    answers = [_answer(request, one, departures) for one in sent.scans]
    return answers + [_taken_back(request, client_id) for client_id in sent.undone]


def _answer(request: PersonRequest, one: SentScan, departures: dict[str, Any]) -> dict[str, Any]:
    departure = departures.get(one.departure)
    if departure is None:  # not this person's, or deleted meanwhile
        unknown = Scan.Result.UNKNOWN
        return {"id": one.asked.client_id, "result": unknown, "message": str(RESULT_WORDS[unknown]), "people": 0}
    return answer_to(take_scan(departure=departure, asked=one.asked, by=request.user, at=timezone.now()))


def _taken_back(request: PersonRequest, client_id: str) -> dict[str, Any]:
    scan = Scan.objects.filter(by=request.user, client_id=client_id).select_related("order").first()
    if scan:
        undo_scan(scan=scan, by=request.user, at=timezone.now())
    return {"id": client_id, "result": "undone"}
