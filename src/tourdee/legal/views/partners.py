"""Guides and licensed operators find each other."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourdee.core.dates import bangkok_day

from .. import actions, queries
from ..forms.partners import AskForm, JobOrderForm
from ..models import Business, OperatorAgreement
from .access import PersonRequest, with_business

REFUSALS = {
    actions.NoTourLicence: gettext_lazy("That needs a tour-business licence that is accepted and in force."),
    actions.CannotAsk: gettext_lazy("This operator cannot be asked now."),
    actions.AgreementHasMoved: gettext_lazy("This was answered or ended in the meantime."),
}


@require_safe
@with_business
def my_partners(request: PersonRequest, business: Business) -> HttpResponse:
    """For a guide: whom to ask. For an operator: who asks."""
    today = bangkok_day(timezone.now())
    words = request.GET.get("q", "")[:80]
    agreements = list(queries.agreements_of(business))
    context = {
        "business": business,
        "words": words,
        "as_guide": [one for one in agreements if one.guide_id == business.pk],
        "as_operator": [one for one in agreements if one.operator_id == business.pk],
        "operators": queries.operators_to_ask(business, today, words),
        "is_licensed": queries.tour_licence_of(business, today) is not None,
    }
    return render(request, "legal/my_partners.html", context)


@require_POST
@with_business
def offer(request: PersonRequest, business: Business) -> HttpResponse:
    """Take guides as partners, or no more."""
    takes = request.POST.get("takes") == "yes"
    return _done(request, lambda: actions.offer_partnership(business=business, takes=takes, at=timezone.now()))


@require_http_methods(["GET", "POST"])
@with_business
def ask(request: PersonRequest, business: Business, public_id: str) -> HttpResponse:
    """Ask an operator, with a few words."""
    operator = get_object_or_404(Business, public_id=public_id, takes_partners=True)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        return _done(
            request, lambda: actions.ask_partner(guide=business, operator=operator, note=note, at=timezone.now())
        )
    licence = queries.tour_licence_of(operator, bangkok_day(timezone.now()))
    return render(request, "legal/ask_partner.html", {"form": form, "operator": operator, "licence": licence})


@require_http_methods(["GET", "POST"])
@login_required
def accept_agreement(request: PersonRequest, public_id: str) -> HttpResponse:
    """The operator says yes, with a job order."""
    agreement = get_object_or_404(_asked_of(request), public_id=public_id)
    form = JobOrderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        job_order = form.cleaned_data["job_order"]
        return _done(request, lambda: actions.accept_agreement(
            agreement=agreement, job_order=job_order, by=request.user, at=timezone.now()))  # fmt: skip
    return render(request, "legal/accept_agreement.html", {"form": form, "agreement": agreement})


@require_POST
@login_required
def refuse_agreement(request: PersonRequest, public_id: str) -> HttpResponse:
    """The operator says no."""
    agreement = get_object_or_404(_asked_of(request), public_id=public_id)
    act = actions.refuse_agreement
    return _done(request, lambda: act(agreement=agreement, by=request.user, at=timezone.now()))


@require_POST
@login_required
def end_agreement(request: PersonRequest, public_id: str) -> HttpResponse:
    """Either side ends it."""
    mine = Q(guide__owner=request.user.pk) | Q(operator__owner=request.user.pk)
    agreement = get_object_or_404(OperatorAgreement.objects.filter(mine), public_id=public_id)
    return _done(request, lambda: actions.end_agreement(agreement=agreement, by=request.user, at=timezone.now()))


def _asked_of(request: PersonRequest):
    return OperatorAgreement.objects.filter(operator__owner=request.user.pk).select_related("guide", "operator")


def _done(request: PersonRequest, act: Callable[[], object]) -> HttpResponse:
    """Do it, say how it went, and show the partners' page."""
    try:
        act()
    except tuple(REFUSALS) as problem:
        messages.error(request, REFUSALS[type(problem)])
    else:
        messages.success(request, _("Done."))
    return redirect("my_partners")
