"""Seats and waiting list of a cohort."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import actions, queries
from ..forms import MoveForm, ReasonForm
from ..models import Application, Enrolment
from .access import PersonRequest, officer_page
from .refusals import REFUSED, refusal


@officer_page
@require_safe
def office_seats(request: PersonRequest, slug: str) -> HttpResponse:
    """Who sits where, and who is next."""
    cohort = get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)
    context = {
        "cohort": cohort,
        "seats": queries.seat_list(cohort),
        "waiting": queries.waiting_list(cohort),
        "current": "seats",
    }
    return render(request, "programme/office_seats.html", context)


@officer_page
def replace_no_show(request: PersonRequest, enrolment_id: str) -> HttpResponse:
    """Somebody did not come: the seat goes to the next who waits."""
    cohorts = queries.cohorts_seen_by(request.user).order_by().values("pk")
    held = Enrolment.objects.filter(cohort__in=cohorts, is_active=True).select_related(
        "application", "cohort__programme"
    )
    enrolment = get_object_or_404(held, public_id=enrolment_id)
    form = ReasonForm(request.POST or None, kind="no_show")
    if request.method == "POST" and form.is_valid():
        _replace(request, enrolment, form.reason())
        return redirect("office_seats", slug=enrolment.cohort.slug)
    context = {"enrolment": enrolment, "cohort": enrolment.cohort, "form": form, "current": "seats"}
    context["next"] = queries.waiting_list(enrolment.cohort).first()
    return render(request, "programme/replace_no_show.html", context)


@officer_page
def move_waiting(request: PersonRequest, public_id: str) -> HttpResponse:
    """Another place on the waiting list, with a reason that stays in the log."""
    seen = queries.applications_seen_by(request.user).filter(status=Application.Status.WAITING)
    application = get_object_or_404(seen, public_id=public_id)
    form = MoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_on_waiting_list(
                application=application,
                place=form.cleaned_data["place"],
                by=request.user,
                reason=form.reason(),
                at=timezone.now(),
            )
            messages.success(request, _("The waiting list is changed."))
        except REFUSED as problem:
            messages.error(request, refusal(problem))
        return redirect("office_seats", slug=application.cohort.slug)
    context = {"application": application, "cohort": application.cohort, "form": form, "current": "seats"}
    context["place"] = queries.waiting_place(application)
    return render(request, "programme/move_waiting.html", context)


def _replace(request: PersonRequest, enrolment: Enrolment, reason: str) -> None:
    try:
        successor = actions.replace_no_show(enrolment=enrolment, by=request.user, reason=reason, at=timezone.now())
    except REFUSED as problem:
        messages.error(request, refusal(problem))
        return
    if successor:
        messages.success(request, _("The seat went to %(name)s, who will be told.") % {"name": successor.name})
    else:
        messages.success(request, _("The seat is free now."))
