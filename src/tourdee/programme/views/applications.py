"""Applying, and what became of it: the applicant's own pages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tourdee.core.dates import bangkok_day

from .. import actions, queries
from ..forms import ApplicationForm
from ..models import Application, Cohort
from .access import PersonRequest
from .cohorts import by_day

WITHDRAWABLE = (Application.Status.SUBMITTED, Application.Status.SEATED, Application.Status.WAITING)


@login_required
def apply(request: PersonRequest, slug: str) -> HttpResponse:
    """The application form. Who has applied already is led to that application."""
    cohort = get_object_or_404(queries.public_cohorts(), slug=slug)
    former = queries.application_to(cohort, request.user)
    if former and former.status != Application.Status.WITHDRAWN:
        return _already(request, former)
    if not cohort.takes_applications(timezone.now()):
        return _closed(request, slug)
    user = request.user
    known = {"name": user.name, "phone": user.phone or "", "email": user.email or ""}
    form = ApplicationForm(request.POST or None, cohort=cohort, initial=known)
    if request.method == "POST" and form.is_valid():
        return _submit(request, form, cohort)
    return render(request, "programme/apply.html", {"cohort": cohort, "form": form})


@login_required
@require_safe
def application(request: PersonRequest, public_id: str) -> HttpResponse:
    """How the application stands, and what comes next."""
    own = get_object_or_404(queries.own_applications(request.user), public_id=public_id)
    is_seated = own.status == Application.Status.SEATED
    desk = queries.standing_of(own.enrolment) if is_seated else None
    context = {
        "rule": desk.rule if desk else None,
        "line": desk.lines[0] if desk else None,
        "application": own,
        "cohort": own.cohort,
        "citizen_id": queries.masked_citizen_id(own),
        "place": queries.waiting_place(own),
        "enrolment": own.enrolment if is_seated else None,
        "days": by_day(queries.timetable(own.cohort)) if is_seated else [],
        "may_withdraw": own.status in WITHDRAWABLE and not _is_over(own),
        "may_apply_again": own.status == Application.Status.WITHDRAWN and own.cohort.takes_applications(timezone.now()),
    }
    return render(request, "programme/application.html", context)


@login_required
@require_safe
def my_applications(request: PersonRequest) -> HttpResponse:
    """All applications of the signed-in person."""
    context = {"applications": queries.applications_of(request.user), "cohorts": queries.cohorts_open(timezone.now())}
    return render(request, "programme/my_applications.html", context)


@login_required
def withdraw_application(request: PersonRequest, public_id: str) -> HttpResponse:
    """Asks first, then withdraws."""
    own = get_object_or_404(queries.own_applications(request.user), public_id=public_id)
    if own.status not in WITHDRAWABLE or _is_over(own):
        return redirect("application", public_id=public_id)
    if request.method != "POST":
        return render(request, "programme/withdraw.html", {"application": own, "cohort": own.cohort})
    try:
        actions.withdraw_application(application=own, by=request.user, at=timezone.now())
        messages.success(request, _("Your application is withdrawn."))
    except actions.AlreadyAttended:
        messages.error(request, _("You have been present at a half-day already. Please speak with the office."))
    except (actions.CannotDecide, actions.CourseOver):
        messages.error(request, _("This application has changed in the meantime."))
    return redirect("application", public_id=public_id)


def _submit(request: PersonRequest, form: ApplicationForm, cohort: Cohort) -> HttpResponse:
    try:
        made = actions.submit_application(cohort=cohort, user=request.user, answers=form.answers(), at=timezone.now())
    except actions.AlreadyApplied as known:
        return _already(request, known.application)
    except actions.ApplicationsClosed:
        return _closed(request, cohort.slug)
    messages.success(request, _("Thank you. Your application has reached the office."))
    return redirect("application", public_id=made.public_id)


def _is_over(own: Application) -> bool:
    """Whoever had a seat when the course ended keeps it."""
    return own.status == Application.Status.SEATED and own.cohort.ends_on < bangkok_day(timezone.now())


def _already(request: PersonRequest, former: Application) -> HttpResponse:
    messages.info(request, _("You have applied to this cohort already. Here is your application."))
    return redirect("application", public_id=former.public_id)


def _closed(request: PersonRequest, slug: str) -> HttpResponse:
    messages.error(request, _("Applications for this cohort are closed."))
    return redirect("cohort", slug=slug)
