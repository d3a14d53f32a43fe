"""The staff's side of the register: the wall, the ticks, the lists."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tourdee.core.dates import short_date
from tourdee.core.qr import qr_svg
from tourdee.core.spreadsheets import CSV, XLSX, Sheet, csv_text, download, workbook

from .. import actions, queries
from ..forms.attendance import RegisterForm
from ..models import Attendance, Cohort, Session
from .access import officer_page


@login_required
def attendance_wall(request: HttpRequest, session_id: str) -> HttpResponse:
    """The page for the projector: QR, spoken code, live count."""
    session = _session(request, session_id)
    return render(request, "programme/attendance_wall.html", _wall(session, timezone.now()))


@login_required
def attendance_wall_live(request: HttpRequest, session_id: str) -> HttpResponse:
    """The part of the wall that changes."""
    session = _session(request, session_id)
    return render(request, "programme/_attendance_wall_live.html", _wall(session, timezone.now()))


@login_required
@require_POST
def attendance_open(request: HttpRequest, session_id: str) -> HttpResponse:
    """Open the check-in now."""
    session = _session(request, session_id)
    try:
        actions.open_check_in(session=session, by=request.user, at=timezone.now())
        messages.success(request, _("The check-in is open."))
    except actions.NotToday:
        messages.error(request, _("A check-in can be opened by hand only on the day of the half-day."))
    return redirect("attendance_wall", session_id=session_id)


@login_required
def attendance_session(request: HttpRequest, session_id: str) -> HttpResponse:
    """The register of one half-day, saved as a whole."""
    session = _session(request, session_id)
    form = RegisterForm(request.POST or None, lines=queries.register_of(session), minutes=session.minutes)
    if request.method == "POST" and form.is_valid():
        changed = actions.save_register(session=session, marks=form.marks(), by=request.user, at=timezone.now())
        messages.success(request, _saved(changed))
        return redirect("attendance_session", session_id=session_id)
    rule = queries.check_in_window(session).rule
    context = {"session": session, "form": form, "presence": queries.presence_at(session), "rule": rule}
    return render(request, "programme/attendance_session.html", context | _role(request, session.cohort))


@login_required
@require_POST
def attendance_all_present(request: HttpRequest, session_id: str) -> HttpResponse:
    """Tick everybody of whom nothing is recorded yet."""
    session = _session(request, session_id)
    changed = actions.mark_all_present(session=session, by=request.user, at=timezone.now())
    messages.success(request, _saved(changed))
    return redirect("attendance_session", session_id=session_id)


@login_required
def sign_in_sheet(request: HttpRequest, session_id: str) -> HttpResponse:
    """The paper for the door: names and a place to sign."""
    session = _session(request, session_id)
    topics = session.topics.select_related("topic", "team", "instructor")
    context = {"session": session, "lines": queries.register_of(session), "topics": topics}
    return render(request, "programme/attendance_sheet.html", context | _role(request, session.cohort))


@officer_page
def attendance_register(request: HttpRequest, slug: str) -> HttpResponse:
    """All half-days of a cohort beside each other, and what needs the staff's word."""
    cohort = get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)
    register = queries.register_of_cohort(cohort)
    presence = queries.presence_of(register.sessions)
    waiting = queries.marks_to_confirm(cohort)
    phones = queries.sharing_phone(waiting)
    context = {
        "cohort": cohort,
        "register": register,
        "sessions": [(session, presence[session.pk]) for session in register.sessions],
        "to_confirm": [(mark, phones[mark.pk]) for mark in waiting],
        "now": timezone.now(),
    }
    return render(request, "programme/attendance_register.html", context)


@login_required
@require_POST
def attendance_confirm(request: HttpRequest, mark_id: str) -> HttpResponse:
    """The staff saw the person: the check-in counts."""
    own = Attendance.objects.filter(session__in=queries.sessions_staffed_by(request.user).order_by().values("pk"))
    mark = get_object_or_404(own.select_related("enrolment__user", "session__cohort"), public_id=mark_id)
    actions.confirm_presence(attendance=mark, by=request.user, at=timezone.now())
    messages.success(request, _("%(name)s is recorded as present.") % {"name": mark.enrolment.name})
    if _role(request, mark.session.cohort)["is_officer"]:
        return redirect("attendance_register", slug=mark.session.cohort.slug)
    return redirect("attendance_session", session_id=mark.session.public_id)


@officer_page
def attendance_export(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The cohort's register in hours, as on the screen."""
    cohort = get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)
    register = queries.register_of_cohort(cohort)
    header, rows = _table(register)
    name = f"{cohort.slug}-attendance.{kind}"
    if kind == "csv":
        return download(csv_text(header, rows), name, CSV)
    if kind != "xlsx":
        raise Http404
    return download(workbook([Sheet(_("Attendance"), header, rows)]), name, XLSX)


def _session(request: HttpRequest, session_id: str) -> Session:
    return get_object_or_404(queries.sessions_staffed_by(request.user), public_id=session_id)


def _role(request: HttpRequest, cohort: Cohort) -> dict[str, bool]:
    """Officers get the links to the cohort's pages; instructors have only their half-days."""
    return {"is_officer": queries.cohorts_seen_by(request.user).filter(pk=cohort.pk).exists()}


def _wall(session: Session, at: datetime) -> dict[str, object]:
    window = queries.check_in_window(session)
    with override("th"):  # the learners' phones open it in their own language afterwards
        address = reverse("check_in", args=[session.public_id, queries.link_token(session, at)])
        code_address = reverse("check_in_code")
    return {
        "session": session,
        "window": window,
        "is_open": window.is_open(at),
        "is_over": window.is_over(at),
        "qr": qr_svg(f"{settings.SITE_URL}{address}", label=_("QR code for checking in")),
        "code": queries.spoken_code(session, at),
        "code_address": f"{settings.SITE_URL}{code_address}".split("://", 1)[-1],
        "presence": queries.presence_at(session),
    }


def _saved(changed: int) -> str:
    if not changed:
        return _("Nothing was changed.")
    return ngettext("%(number)s line was saved.", "%(number)s lines were saved.", changed) % {"number": changed}


def _table(register: queries.CohortRegister) -> tuple[list[str], list[list[object]]]:
    language = get_language() or "th"
    days = [f"{one.number}. {short_date(one.starts_at, language)}" for one in register.sessions]
    header = [_("Seat"), _("Name"), *days, _("Hours"), _("Per cent")]
    rows = [
        [
            line.enrolment.seat_number,
            line.enrolment.name,
            *(None if mark is None else queries.in_hours(mark.minutes) for mark in line.marks),
            line.hours,
            line.percent,
        ]
        for line in register.lines
    ]
    return header, rows
