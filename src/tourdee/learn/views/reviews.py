"""The instructor's queue of what learners sent in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tourdee.core.text import HostileText, clean_line
from tourdee.learn import actions, queries
from tourdee.learn.forms import ReviewForm
from tourdee.learn.models import MissionProgress
from tourdee.people.queries import is_instructor

from .access import PersonRequest

PER_PAGE = 25
Status = MissionProgress.Status


@require_safe
@login_required
def queue(request: PersonRequest) -> HttpResponse:
    if not is_instructor(request.user):
        raise Http404
    status = request.GET.get("status", Status.SUBMITTED)
    if status not in Status.values:
        raise Http404
    name = _name_sought(request.GET.get("q", ""))
    found = queries.reviewable(request.user).filter(status=status, user__name__icontains=name)
    ordered = found.order_by("at" if status == Status.SUBMITTED else "-at", "pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    waiting = queries.reviews_waiting(request.user)
    return render(request, "learn/reviews.html", {"page": page, "status": status, "name": name, "waiting": waiting})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def review(request: PersonRequest, public_id: str) -> HttpResponse:
    progress = get_object_or_404(queries.reviewable(request.user), public_id=public_id)
    form = ReviewForm(request.POST if request.method == "POST" else None, initial={"seen": progress.at.isoformat()})
    if request.method == "POST" and form.is_valid():
        return _decide(request, form, progress)
    return render(request, "learn/review.html", {"progress": progress, "mission": progress.mission, "form": form})


def _name_sought(typed: str) -> str:
    try:
        return clean_line(typed, 100)
    except HostileText:
        return ""


def _decide(request: PersonRequest, form: ReviewForm, progress: MissionProgress) -> HttpResponse:
    typed = form.cleaned_data
    accepted = typed["decision"] == form.ACCEPT
    act = actions.accept_mission if accepted else actions.return_mission
    try:
        act(progress=progress, reviewer=request.user, seen=typed["seen"], comment=typed["comment"], at=timezone.now())
    except actions.CannotReview:
        messages.warning(
            request,
            _("In the meantime somebody reviewed this, or the learner sent something newer. Please look again."),
        )
        return redirect("mission_review", progress.public_id)
    messages.success(
        request, _("Accepted. The learner is told.") if accepted else _("Returned. The learner is told what to mend.")
    )
    following = queries.reviewable(request.user).filter(status=Status.SUBMITTED).order_by("at", "pk").first()
    return redirect("mission_review", following.public_id) if following else redirect("mission_reviews")
