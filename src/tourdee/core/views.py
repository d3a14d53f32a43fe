"""Pages that belong to no room: health, public pictures, and what went wrong."""

import re
import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import queries

RETRY_SECONDS = 30
MEDIA_NAME = re.compile(r"[a-z0-9_\-/]{1,200}\.(webp|jpg|png)")


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 once web, database and worker are alive, else 503 with what is missing."""
    alive = {"web": True, "database": _database_answers()}
    alive["worker"] = alive["database"] and queries.is_alive("worker", at=timezone.now())
    return JsonResponse(alive, status=200 if all(alive.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        return False
    return True


@require_safe
def media(request: HttpRequest, path: str) -> FileResponse:
    """A public picture. Names are made by us and never reused, so browsers may keep them for a year."""
    if not MEDIA_NAME.fullmatch(path):  # before the name touches the file system: NUL and endless names break there
        raise Http404
    root = settings.MEDIA_ROOT.resolve()
    file = (root / path).resolve()
    if not file.is_relative_to(root) or not file.is_file():
        raise Http404
    response = FileResponse(file.open("rb"))
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        400,
        "alert-triangle",
        _("The request could not be understood"),
        _("Something in the address or the form was not as it should be. Please go back and try again."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        403,
        "lock",
        _("This page is not for you"),
        _("Your account may not do this. If you think it should, ask the office that invited you."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        404,
        "map-pin",
        _("There is nothing here"),
        _("The address may be mistyped, or what stood here has been taken away."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        "history",
        _("This form has grown old"),
        _("For your safety a form works for a while only. Go back, reload the page and send it again."),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        413,
        "file-text",
        _("That is too much at once"),
        _("Please send fewer or smaller files, for example five photos at a time."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where only the database does not answer just now, so that programs and search engines come again."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return _even_if_broken(
            request,
            503,
            "hourglass",
            _("One moment, please"),
            _(
                "The database does not answer just now. Nothing you paid or entered before is lost. Please try again in a minute."
            ),
        )
    return _even_if_broken(
        request,
        500,
        "tools",
        _("Something broke on our side"),
        _("Nothing you paid or entered before is lost. Please try again in a minute."),
    )


def _even_if_broken(request: HttpRequest, status: int, *said: str) -> HttpResponse:
    try:
        response = _page(request, status, *said)
    except Exception:  # the template itself may be what broke, or it asks who is signed in
        response = HttpResponse(f"{status} · TourDee", status=status, content_type="text/plain")
    if status == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _page(request: HttpRequest, status: int, symbol: str, heading: str, explanation: str) -> HttpResponse:
    context = {"symbol": symbol, "heading": heading, "explanation": explanation}
    return render(request, "core/error_page.html", context, status=status)
