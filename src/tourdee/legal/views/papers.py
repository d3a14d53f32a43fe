"""The owner's papers: what there is, what is missing, send and take back."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourdee.core.dates import bangkok_day
from tourdee.core.pictures import private_picture
from tourdee.people.queries import is_officer

from .. import actions, queries
from ..forms.businesses import BusinessForm
from ..forms.papers import PaperForm
from ..models import Business, Paper
from .access import PersonRequest, with_business


@require_safe
@login_required
def my_papers(request: PersonRequest) -> HttpResponse:
    """Everything about the papers of my business on one page."""
    business = queries.business_of(request.user)
    if business is None or not business.name:
        return render(request, "legal/no_business.html")
    today = bangkok_day(timezone.now())
    papers = list(business.papers.all())
    context = {
        "business": business,
        "kinds": [_one_kind(business, kind, papers, today) for kind in queries.kinds_of_papers(business)],
        "complete": queries.papers_complete(business, today),
        "has_tour_licence": queries.tour_licence_of(business, today) is not None,
    }
    return render(request, "legal/my_papers.html", context)


def _one_kind(business: Business, kind: str, papers: list[Paper], today: date) -> dict[str, Any]:
    ask = next((one for one in queries.papers_asked(business) if one.kind == kind), None)
    mine = [paper for paper in papers if paper.kind == kind]
    return {
        "kind": kind,
        "label": Paper.Kind(kind).label,
        "rule": ask.rule if ask else ("TOUR-001" if kind == Paper.Kind.TOUR_LICENCE else "TOUR-006"),
        "asked": ask is not None and ask.required,
        "recommended": ask is not None and not ask.required,
        "papers": [
            {"row": paper, "ended": paper.status == Paper.Status.ACCEPTED and not paper.in_force(today),
             "days_left": queries.days_left(paper, today)}
            for paper in mine
        ],
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@with_business
def add_paper(request: PersonRequest, business: Business, kind: str) -> HttpResponse:
    """Send a paper of a kind, or its successor."""
    if kind not in queries.kinds_of_papers(business):
        raise Http404
    now = timezone.now()
    form = PaperForm(request.POST or None, request.FILES or None, kind=kind, today=bangkok_day(now))
    if request.method == "POST" and form.is_valid():
        details = form.details()
        upload = form.cleaned_data["picture"]
        actions.submit_paper(business=business, details=details, upload=upload, by=request.user, at=now)
        _say_sent(request, details)
        return redirect("my_papers")
    rule = queries.rule("TOUR-001" if kind == Paper.Kind.TOUR_LICENCE else _rule_of(business, kind))
    return render(request, "legal/add_paper.html", {"form": form, "label": Paper.Kind(kind).label, "rule": rule})


def _rule_of(business: Business, kind: str) -> str:
    return next((ask.rule for ask in queries.papers_asked(business) if ask.kind == kind), "TOUR-006")


def _say_sent(request: PersonRequest, details: actions.PaperDetails) -> None:
    messages.success(request, _("Sent. An officer checks it; we tell you as soon as that is done."))
    if not queries.number_looks_right(details.kind, details.number):
        messages.warning(
            request, _("This number looks unusual. Please compare it with the paper; if it is right, all is well.")
        )


@require_safe
@login_required
def paper_picture(request: PersonRequest, public_id: str) -> HttpResponseBase:
    """The picture, for its owner and for officers; for anybody else it does not exist."""
    seen = Q() if is_officer(request.user) else Q(business__owner=request.user.pk)
    paper = get_object_or_404(Paper.objects.filter(seen), public_id=public_id)
    return private_picture(paper.picture)


@require_POST
@login_required
def withdraw_paper(request: PersonRequest, public_id: str) -> HttpResponse:
    """Take back a paper that was not accepted."""
    paper = get_object_or_404(Paper, public_id=public_id, business__owner=request.user.pk)
    try:
        actions.withdraw_paper(paper=paper, by=request.user, at=timezone.now())
    except actions.CannotWithdraw:
        messages.error(request, _("An accepted paper stays. Send its successor instead."))
    return redirect("my_papers")


@require_http_methods(["GET", "POST"])
@login_required
def my_business(request: PersonRequest) -> HttpResponse:
    """Who sells, in the eyes of the law, and where the money goes."""
    business = queries.business_of(request.user)
    form = BusinessForm(request.POST or None, initial=_initial(business))
    if request.method == "POST" and form.is_valid():
        _save(request, business, form)
        messages.success(request, _("Saved."))
        return redirect("my_papers")
    checked = business is not None and any(paper.status == Paper.Status.ACCEPTED for paper in business.papers.all())
    return render(request, "legal/my_business.html", {"form": form, "business": business, "checked": checked})


def _initial(business: Business | None) -> dict[str, Any]:
    return {name: getattr(business, name) for name in BusinessForm.base_fields} if business else {}


def _save(request: PersonRequest, business: Business | None, form: BusinessForm) -> None:
    now, typed = timezone.now(), form.cleaned_data
    saved = actions.save_business(owner=request.user, details=form.details(), business=business, at=now)
    payee = (typed["promptpay"], typed["promptpay_name"])
    if payee != (saved.promptpay, saved.promptpay_name):
        actions.set_payee(business=saved, promptpay=payee[0], promptpay_name=payee[1], by=request.user, at=now)
