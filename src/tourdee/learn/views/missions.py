"""The learner's missions, and sending one in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tourdee.core import pictures
from tourdee.learn import actions, queries
from tourdee.learn.forms import SubmissionForm

from .access import PersonRequest


@require_safe
@login_required
def missions(request: PersonRequest) -> HttpResponse:
    states = queries.missions_of(request.user)
    context = {
        "required": [state for state in states if state.mission.required],
        "extra": [state for state in states if not state.mission.required],
        "count": queries.required_missions_done(request.user),
    }
    return render(request, "learn/missions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mission(request: PersonRequest, slug: str) -> HttpResponse:
    state = queries.mission_of(request.user, slug)
    if state is None:
        raise Http404
    form = None
    if state.mission.evidence == state.mission.Evidence.SUBMISSION:
        form = _form(request, state)
        if request.method == "POST" and form.is_valid():
            return _submit(request, form, state)
    return render(request, "learn/mission.html", {"state": state, "mission": state.mission, "form": form})


@require_safe
@login_required
def evidence(request: PersonRequest, public_id: str) -> FileResponse:
    visible = queries.evidence_visible_to(request.user)
    return pictures.private_picture(get_object_or_404(visible, public_id=public_id).picture)


def _form(request: PersonRequest, state: queries.MissionState) -> SubmissionForm:
    sent = state.progress
    initial = {"link": sent.link, "note": sent.note} if sent else None
    has_picture = bool(sent and sent.picture)
    if request.method == "POST":
        return SubmissionForm(request.POST, request.FILES, initial=initial, has_picture=has_picture)
    return SubmissionForm(initial=initial, has_picture=has_picture)


def _submit(request: PersonRequest, form: SubmissionForm, state: queries.MissionState) -> HttpResponse:
    typed = form.cleaned_data
    path = pictures.store_private(typed["picture"], "missions") if typed["picture"] else ""
    try:
        actions.submit_mission(user=request.user, mission=state.mission, link=typed["link"], picture=path,
                               note=typed["note"], at=timezone.now())  # fmt: skip
    except actions.CannotSubmit:
        if path:
            pictures.discard(path)
        messages.info(request, _("This mission is already done; nothing more is needed."))
    else:
        messages.success(request, _("Sent. The instructor will look at it and write to you."))
    return redirect("mission", state.mission.slug)
