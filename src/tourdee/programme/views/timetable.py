"""The timetable: the office's pages, and the instructor's own half-days."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tourdee.people.queries import is_instructor

from .. import actions, queries
from ..forms import CopyTimetableForm, SessionForm, TaughtTopicForms
from ..models import Cohort, Session
from .access import PersonRequest, officer_page


@officer_page
@require_safe
def office_timetable(request: PersonRequest, slug: str) -> HttpResponse:
    """The half-days of a cohort, with what does not fit."""
    cohort = get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)
    sessions = queries.timetable(cohort)
    context = {
        "cohort": cohort,
        "sessions": sessions,
        "minutes": sum(session.minutes for session in sessions),
        "warnings": queries.timetable_warnings(cohort, sessions),
        "copy": None if sessions else CopyTimetableForm(user=request.user, cohort=cohort),
        "current": "timetable",
    }
    return render(request, "programme/office_timetable.html", context)


@officer_page
@require_POST
def copy_timetable(request: PersonRequest, slug: str) -> HttpResponse:
    """Start from the timetable of another cohort."""
    cohort = get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)
    form = CopyTimetableForm(request.POST, user=request.user, cohort=cohort)
    if not form.is_valid():
        raise Http404
    try:
        number = actions.copy_timetable(source=form.chosen_source(), cohort=cohort, by=request.user, at=timezone.now())
        text = ngettext("%(number)s half-day was copied.", "%(number)s half-days were copied.", number)
        messages.success(request, text % {"number": number})
    except actions.HasTimetable:
        messages.error(request, _("This cohort has a timetable already."))
    return redirect("office_timetable", slug=slug)


@officer_page
def new_session(request: PersonRequest, slug: str) -> HttpResponse:
    cohort = get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)
    return _session_page(request, cohort, None)


@officer_page
def edit_session(request: PersonRequest, session_id: str) -> HttpResponse:
    session = _session(request, session_id)
    return _session_page(request, session.cohort, session)


@officer_page
@require_POST
def delete_session(request: PersonRequest, session_id: str) -> HttpResponse:
    """Take a half-day out of the timetable."""
    session = _session(request, session_id)
    try:
        actions.delete_session(session=session, by=request.user, at=timezone.now())
        messages.success(request, _("The half-day is deleted."))
    except actions.AlreadyRecorded:
        messages.error(request, _("Presence was recorded at this half-day, so it cannot be deleted."))
    return redirect("office_timetable", slug=session.cohort.slug)


@login_required
@require_safe
def teaching(request: PersonRequest) -> HttpResponse:
    """An instructor's own half-days: what comes, and what was."""
    if not is_instructor(request.user):
        raise Http404
    at = timezone.now()
    own = queries.sessions_taught_by(request.user)
    past = own.filter(ends_at__lte=at).order_by("-starts_at")[:30]
    return render(request, "programme/teaching.html", {"coming": own.filter(ends_at__gt=at), "past": past})


def _session(request: PersonRequest, session_id: str) -> Session:
    cohorts = queries.cohorts_seen_by(request.user).order_by()
    seen = Session.objects.filter(cohort__in=cohorts).select_related("cohort__programme__office")
    return get_object_or_404(queries.sessions_with_topics(seen), public_id=session_id)


def _session_page(request: PersonRequest, cohort: Cohort, session: Session | None) -> HttpResponse:
    form = SessionForm(request.POST or None, cohort=cohort, session=session)
    topics = TaughtTopicForms(request.POST or None, cohort=cohort, session=session)
    if request.method == "POST" and form.is_valid() and topics.is_valid():
        details, at = form.details(topics.taught()), timezone.now()
        if session:
            actions.change_session(session=session, details=details, by=request.user, at=at)
        else:
            actions.add_session(cohort=cohort, details=details, by=request.user, at=at)
        messages.success(request, _("The half-day is saved."))
        return redirect("office_timetable", slug=cohort.slug)
    context = {"cohort": cohort, "session": session, "form": form, "topics": topics, "current": "timetable"}
    return render(request, "programme/session_form.html", context)
