"""The office's cohorts and programmes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .. import actions, queries
from ..forms import CohortForm, CohortSearchForm, CohortStatusForm, ProgrammeForm
from ..models import Cohort
from .access import PersonRequest, officer_page

PER_PAGE = 20


@officer_page
@require_safe
def office_cohorts(request: PersonRequest) -> HttpResponse:
    """All cohorts of the officer's offices."""
    form = CohortSearchForm(request.GET or None, user=request.user)
    found = queries.cohorts_matching(request.user, **(form.search() if form.is_bound else {}))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts_of(page.object_list)
    rows = [(cohort, counts[cohort.pk]) for cohort in page.object_list]
    context = {"form": form, "page": page, "rows": rows, "programmes": queries.programmes_seen_by(request.user)}
    return render(request, "programme/office_cohorts.html", context)


@officer_page
@require_safe
def office_cohort(request: PersonRequest, slug: str) -> HttpResponse:
    """The desk of one cohort: what waits to be done."""
    cohort = get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)
    sessions = queries.timetable(cohort)
    after = queries.after_course(Cohort.objects.filter(pk=cohort.pk), timezone.now())
    context = {
        "cohort": cohort,
        "after": after[0] if after else None,
        "counts": queries.cohort_counts(cohort),
        "sessions": sessions,
        "warnings": queries.timetable_warnings(cohort, sessions),
        "unsigned": cohort.programme.signatories.filter(name_th="").exists(),
        "is_open": cohort.takes_applications(timezone.now()),
    }
    return render(request, "programme/office_cohort.html", context)


@officer_page
def new_programme(request: PersonRequest) -> HttpResponse:
    form = ProgrammeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = actions.create_programme(
            office=form.chosen_office(), details=form.details(), by=request.user, at=timezone.now()
        )
        messages.success(request, _("The programme is saved. Now open its first cohort."))
        return redirect(f"{reverse('new_cohort')}?programme={made.slug}")
    return render(request, "programme/programme_form.html", {"form": form, "programme": None})


@officer_page
def edit_programme(request: PersonRequest, slug: str) -> HttpResponse:
    programme = get_object_or_404(queries.programmes_seen_by(request.user), slug=slug)
    form = ProgrammeForm(request.POST or None, user=request.user, programme=programme)
    if request.method == "POST" and form.is_valid():
        actions.change_programme(programme=programme, details=form.details(), by=request.user, at=timezone.now())
        messages.success(request, _("The programme is saved."))
        return redirect("office_cohorts")
    return render(request, "programme/programme_form.html", {"form": form, "programme": programme})


@officer_page
def new_cohort(request: PersonRequest) -> HttpResponse:
    if not queries.programmes_seen_by(request.user).exists():
        messages.info(request, _("Set up a programme first; then its cohorts."))
        return redirect("new_programme")
    chosen = {"programme": request.GET.get("programme", "")}
    form = CohortForm(request.POST or None, user=request.user, initial=chosen)
    if request.method == "POST" and form.is_valid():
        made = actions.create_cohort(
            programme=form.chosen_programme(), details=form.details(), by=request.user, at=timezone.now()
        )
        messages.success(request, _("The cohort is saved. Next: its timetable."))
        return redirect("office_timetable", slug=made.slug)
    return render(request, "programme/cohort_form.html", {"form": form, "cohort": None})


@officer_page
def edit_cohort(request: PersonRequest, slug: str) -> HttpResponse:
    cohort = get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)
    form = CohortForm(request.POST or None, user=request.user, cohort=cohort)
    if request.method == "POST" and form.is_valid() and _changed(request, cohort, form):
        return redirect("office_cohort", slug=slug)
    return render(request, "programme/cohort_form.html", {"form": form, "cohort": cohort, "current": "edit"})


@officer_page
@require_POST
def cohort_status(request: PersonRequest, slug: str) -> HttpResponse:
    """Open or close the applications, or finish the cohort."""
    cohort = get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)
    form = CohortStatusForm(request.POST)
    if form.is_valid():
        status = form.cleaned_data["status"]
        try:
            actions.change_cohort_status(cohort=cohort, status=status, by=request.user, at=timezone.now())
            messages.success(request, _("The cohort is now: %(status)s") % {"status": Cohort.Status(status).label})
        except actions.CannotChangeStatus:
            messages.error(request, _("The cohort cannot go from its present state to that one."))
    return redirect("office_cohort", slug=slug)


def _changed(request: PersonRequest, cohort: Cohort, form: CohortForm) -> bool:
    try:
        actions.change_cohort(cohort=cohort, details=form.details(), by=request.user, at=timezone.now())
    except actions.FewerSeatsThanPeople as problem:
        form.add_error("seats", _("%(taken)s people have a seat already.") % {"taken": problem.taken})
        return False
    messages.success(request, _("The cohort is saved."))
    return True
