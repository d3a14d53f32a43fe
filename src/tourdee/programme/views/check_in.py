"""The learner's side of the check-in: the QR on the wall, the spoken code, and what it comes to."""

import secrets
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tourdee.core.crypto import keyed_hash
from tourdee.people.actions import BudgetSpent, spend

from .. import actions, queries
from ..forms.attendance import SpokenCodeForm
from ..models import Attendance, Session

DEVICE, SCAN = "device", "check_in_scan"  # cookies
A_YEAR = 365 * 24 * 3600
TRIES, TRIES_IN = 10, timedelta(minutes=15)


def check_in(request: HttpRequest, session_id: str, token: str) -> HttpResponse:
    """Where the QR leads. A good scan is remembered, so that signing in first does not lose it."""
    at = timezone.now()
    session = _session(session_id)
    scanned_at = at if queries.link_holds(session, token, at) else _remembered_scan(request, session, at)
    if request.user.is_authenticated and _is_recorded(request, session):
        return redirect("check_in_done", session_id=session_id)
    if scanned_at is None:
        return render(request, "programme/check_in_expired.html", {"session": session}, status=410)
    if not request.user.is_authenticated:
        response: HttpResponse = redirect_to_login(request.get_full_path())
    elif request.method == "POST":
        response = _arrive(request, session, Attendance.Source.QR, scanned_at, at)
    else:
        response = _ask(request, session, at)
    return _remember_scan(request, response, session, scanned_at)


@login_required
def check_in_code(request: HttpRequest) -> HttpResponse:
    """For who cannot scan: the six digits, typed."""
    at = timezone.now()
    form = SpokenCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        session = _session_of_code(request, form, at)
        if session is not None:
            response = _arrive(request, session, Attendance.Source.CODE, at, at)
            return _with_device(request, response)
    return _with_device(request, render(request, "programme/check_in_code.html", {"form": form}))


@login_required
def check_in_done(request: HttpRequest, session_id: str) -> HttpResponse:
    """What is recorded, and how many hours the learner has so far."""
    mark = get_object_or_404(
        Attendance.objects.select_related("enrolment", "session__cohort__programme"),
        session__public_id=session_id,
        enrolment__user=request.user,
        enrolment__is_active=True,
    )
    so_far, whole = queries.hours_of(mark.enrolment), queries.course_minutes(mark.session.cohort)
    hours = {"so_far": queries.in_hours(so_far), "whole": queries.in_hours(whole)}
    context = {"mark": mark, "session": mark.session, **hours}
    return render(request, "programme/check_in_done.html", context)


def _session(session_id: str) -> Session:
    return get_object_or_404(Session.objects.select_related("cohort__programme"), public_id=session_id)


def _is_recorded(request: HttpRequest, session: Session) -> bool:
    seat = queries.seat_in(session, request.user)
    return seat is not None and queries.attendance_of(seat, session) is not None


def _ask(request: HttpRequest, session: Session, at: datetime) -> HttpResponse:
    """One button; or when it opens; or a kind word to somebody who is not on the list."""
    window = queries.check_in_window(session)
    if queries.seat_in(session, request.user) is None:
        return render(request, "programme/check_in_not_listed.html", {"session": session})
    if window.is_over(at):
        return render(request, "programme/check_in_over.html", {"session": session})
    return render(
        request,
        "programme/check_in.html",
        {"session": session, "window": window, "is_open": window.is_open(at)},
    )


def _arrive(request: HttpRequest, session: Session, source: str, scanned_at: datetime, at: datetime) -> HttpResponse:
    device = keyed_hash("attendance.device", f"{session.public_id}:{_device(request)}")
    try:
        actions.check_in(session=session, user=request.user, source=source, device=device, arrived_at=scanned_at, at=at)
    except (actions.NotInThisCohort, actions.NotOpenYet, actions.CheckInOver):
        return _ask(request, session, at)
    except actions.RecordedAbsent:
        pass  # the next page says so, and whom to ask
    return redirect("check_in_done", session_id=session.public_id)


def _session_of_code(request: HttpRequest, form: SpokenCodeForm, at: datetime) -> Session | None:
    """The half-day whose code was typed; else the refusal stands at the field. Guesses are counted per person."""
    try:
        spend(what="check_in_code", subject=request.user.public_id, limit=TRIES, window=TRIES_IN, at=at)
    except BudgetSpent:
        form.add_error("code", _("Too many tries. Please ask the staff to tick you off, or wait a quarter of an hour."))
        return None
    session = queries.session_with_code(request.user, form.cleaned_data["code"], at)
    if session is None:
        form.add_error("code", _("This is not the code that is on the wall now. It changes every half minute."))
    return session


def _device(request: HttpRequest) -> str:
    """The phone's own random mark; made once for a request that brings none."""
    if not hasattr(request, "device_mark"):
        request.device_mark = request.COOKIES.get(DEVICE, "")[:64] or secrets.token_urlsafe(24)  # type: ignore[attr-defined]  # kept on the request
    return str(request.device_mark)  # type: ignore[attr-defined]  # kept on the request


def _with_device(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response.set_cookie(DEVICE, _device(request), max_age=A_YEAR, **_cookie_safety())
    return response


def _remember_scan(
    request: HttpRequest, response: HttpResponse, session: Session, scanned_at: datetime
) -> HttpResponse:
    """The scan is tied to the phone: passed on to a friend's phone, it would bring this phone's mark with it."""
    value = f"{session.public_id} {int(scanned_at.timestamp())} {_device(request)}"
    response.set_signed_cookie(SCAN, value, max_age=24 * 3600, **_cookie_safety())
    return _with_device(request, response)


def _remembered_scan(request: HttpRequest, session: Session, at: datetime) -> datetime | None:
    """When this phone scanned this half-day's QR, if that still counts."""
    parts = (request.get_signed_cookie(SCAN, default="") or "").split(" ")
    if len(parts) != 3 or parts[0] != session.public_id or parts[2] != _device(request):
        return None
    scanned_at = datetime.fromtimestamp(int(parts[1]), tz=UTC)
    return scanned_at if queries.scan_holds(session, scanned_at, at) else None


def _cookie_safety() -> dict[str, object]:
    return {"httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
