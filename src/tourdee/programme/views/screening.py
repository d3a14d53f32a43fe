"""The applications of a cohort on the officer's desk: found, read, decided."""

from collections.abc import Set

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tourdee.core.queries import audit_lines_of

from .. import actions, queries
from ..forms import ApplicationSearchForm, DecisionForm, EnteredApplicationForm, ReasonForm
from ..models import Application, Cohort
from .access import PersonRequest, officer_page
from .refusals import REFUSED, refusal

PER_PAGE = 50
UNDECIDED = {Application.Status.SUBMITTED, Application.Status.WAITING}
ACTS = {
    "seat": actions.seat_applicant,
    "wait": actions.put_on_waiting_list,
    "refuse": actions.refuse_application,
}


@officer_page
@require_safe
def office_applications(request: PersonRequest, slug: str) -> HttpResponse:
    """The list, with search, filters, order and the box for seating several at once."""
    cohort = get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)
    return _list(request, cohort, ReasonForm(kind="seat"))


@officer_page
@require_POST
def seat_ticked(request: PersonRequest, slug: str) -> HttpResponse:
    """Give every ticked applicant a seat, with one reason, or nobody."""
    cohort = get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)
    form = ReasonForm(request.POST, kind="seat")
    ticked = list(cohort.applications.filter(public_id__in=request.POST.getlist("ticked")))
    if not ticked:
        messages.error(request, _("Tick the people who get a seat first."))
        return redirect("office_applications", slug=slug)
    if not form.is_valid():
        return _list(request, cohort, form, ticked={one.public_id for one in ticked})
    try:
        seated = actions.seat_applicants(
            cohort=cohort, applications=ticked, by=request.user, reason=form.reason(), at=timezone.now()
        )
        text = ngettext("%(number)s person has a seat now.", "%(number)s people have a seat now.", seated)
        messages.success(request, text % {"number": seated})
    except REFUSED as problem:
        messages.error(request, refusal(problem))
    return redirect("office_applications", slug=slug)


@officer_page
def enter_application(request: PersonRequest, slug: str) -> HttpResponse:
    """The form of somebody who telephoned."""
    cohort = get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)
    form = EnteredApplicationForm(request.POST or None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.enter_application(cohort=cohort, answers=form.answers(), by=request.user, at=timezone.now())
            messages.success(request, _("The application of %(name)s is saved.") % {"name": made.name})
            return redirect("office_application", public_id=made.public_id)
        except actions.AlreadyApplied as known:
            messages.info(request, _("This phone number has applied to this cohort already. Here is the application."))
            return redirect("office_application", public_id=known.application.public_id)
        except actions.ApplicationsClosed:
            form.add_error(None, _("This cohort is finished."))
    return render(
        request, "programme/enter_application.html", {"cohort": cohort, "form": form, "current": "applications"}
    )


@officer_page
@require_safe
def office_application(request: PersonRequest, public_id: str) -> HttpResponse:
    """All answers of one applicant, the history, and the decision to be made."""
    return _detail(request, _application(request, public_id))


@officer_page
@require_POST
def decide_application(request: PersonRequest, public_id: str) -> HttpResponse:
    """Seat, waiting list or refusal, with a reason."""
    application = _application(request, public_id)
    kind = request.POST.get("decision", "")
    if kind not in ACTS:
        return redirect("office_application", public_id=public_id)
    form = DecisionForm(request.POST, kind=kind)
    if not form.is_valid():
        return _detail(request, application, bound=form)
    try:
        ACTS[kind](application=application, by=request.user, reason=form.reason(), at=timezone.now())
        messages.success(request, _("Decided, and %(name)s will be told.") % {"name": application.name})
    except REFUSED as problem:
        messages.error(request, refusal(problem))
    return redirect("office_application", public_id=public_id)


@officer_page
def undo_decision(request: PersonRequest, public_id: str) -> HttpResponse:
    """Take a decision back, with a reason."""
    application = _application(request, public_id)
    form = ReasonForm(request.POST or None, kind="undo")
    if request.method == "POST" and form.is_valid():
        try:
            actions.undo_decision(application=application, by=request.user, reason=form.reason(), at=timezone.now())
            messages.success(request, _("The decision is taken back."))
        except REFUSED as problem:
            messages.error(request, refusal(problem))
        return redirect("office_application", public_id=public_id)
    context = {"application": application, "cohort": application.cohort, "form": form, "current": "applications"}
    return render(request, "programme/undo_decision.html", context)


@officer_page
@require_POST
def show_citizen_id(request: PersonRequest, public_id: str) -> HttpResponse:
    """The whole citizen id, shown in the answer to this one POST and nowhere else; the log says who looked."""
    application = _application(request, public_id)
    digits = actions.disclose_citizen_id(application=application, by=request.user, at=timezone.now())
    return _detail(request, application, citizen_id=digits)


def _application(request: PersonRequest, public_id: str) -> Application:
    return get_object_or_404(queries.applications_seen_by(request.user), public_id=public_id)


def _list(request: PersonRequest, cohort: Cohort, reason: ReasonForm, ticked: Set[str] = frozenset()) -> HttpResponse:
    form = ApplicationSearchForm(request.GET)
    found = queries.applications_matching(cohort, form.search())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "cohort": cohort,
        "form": form,
        "reason": reason,
        "ticked": ticked,
        "counts": queries.cohort_counts(cohort),
        "page": page,
        "can_be_ticked": any(one.status in UNDECIDED for one in page),
        "current": "applications",
    }
    return render(request, "programme/office_applications.html", context)


def _detail(
    request: PersonRequest, application: Application, *, bound: DecisionForm | None = None, citizen_id: str = ""
) -> HttpResponse:
    forms = [bound if bound and bound.kind == kind else DecisionForm(kind=kind) for kind in DecisionForm.KINDS]
    undecided = application.status in UNDECIDED
    context = {
        "application": application,
        "cohort": application.cohort,
        "masked": queries.masked_citizen_id(application),
        "citizen_id": citizen_id,
        "others": queries.sharing_citizen_id(application),
        "place": queries.waiting_place(application),
        "forms": [form for form in forms if _fits(form.kind, application)] if undecided else [],
        "bound": bound,
        "history": audit_lines_of("programme.application", application.public_id),
        "current": "applications",
    }
    return render(request, "programme/office_application.html", context)


def _fits(kind: str, application: Application) -> bool:
    return kind != "wait" or application.status == Application.Status.SUBMITTED
