"""The officer's desk: look at a paper, accept it or refuse it with a reason."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tourdee.core.dates import bangkok_day

from .. import actions, queries
from ..forms.papers import AcceptanceForm, RefusalForm
from ..models import Paper
from .access import PersonRequest, officers_only

A_PAGE = 20
REFUSALS = {
    actions.PaperChanged: gettext_lazy("This paper was changed or checked in the meantime. Please look again."),
    actions.CannotCheckOwn: gettext_lazy("This is your own business. A colleague must check it."),
    actions.AlreadyEnded: gettext_lazy(
        "This paper has ended, so it cannot be accepted. Refuse it and ask for the new one."
    ),
}


@require_safe
@officers_only
def paper_checks(request: PersonRequest) -> HttpResponse:
    """The queue, the longest wait first; and what was checked."""
    status = request.GET.get("status", "")
    chosen = status if status in Paper.Status.values else Paper.Status.SUBMITTED
    words = request.GET.get("q", "")[:80]
    page = Paginator(queries.papers_on_desk(chosen, words), A_PAGE).get_page(request.GET.get("page"))
    counts = queries.papers_by_status()
    statuses = [{"status": one, "label": one.label, "count": counts[one]} for one in Paper.Status]
    context = {"page": page, "statuses": statuses, "chosen": chosen, "words": words}
    return render(request, "legal/paper_checks.html", context)


@require_safe
@officers_only
def paper_check(request: PersonRequest, public_id: str) -> HttpResponse:
    """One paper beside its picture."""
    paper = get_object_or_404(_papers(), public_id=public_id)
    return _page(request, paper, RefusalForm(initial={"seen": paper.submitted_at}))


def _papers():
    return Paper.objects.select_related("business__owner", "checked_by")


def _page(request: PersonRequest, paper: Paper, refusal: RefusalForm, status: int = 200) -> HttpResponse:
    today = bangkok_day(timezone.now())
    context = {
        "paper": paper,
        "refusal": refusal,
        "acceptance": AcceptanceForm(initial={"seen": paper.submitted_at}),
        "others": queries.same_number_elsewhere(paper),
        "doubt": queries.doubts_about_number(paper),
        "ended": paper.expires_on is not None and paper.expires_on < today,
        "own": paper.business.owner_id == request.user.pk,
    }
    return render(request, "legal/paper_check.html", context, status=status)


@require_POST
@officers_only
def accept(request: PersonRequest, public_id: str) -> HttpResponse:
    """The paper is in order."""
    paper = get_object_or_404(_papers(), public_id=public_id)
    form = AcceptanceForm(request.POST)
    try:
        if not form.is_valid():
            raise actions.PaperChanged
        actions.accept_paper(paper=paper, seen=form.cleaned_data["seen"], by=request.user, at=timezone.now())
    except tuple(REFUSALS) as problem:
        messages.error(request, REFUSALS[type(problem)])
        return redirect("paper_check", public_id=paper.public_id)
    messages.success(request, _("Accepted: %(name)s") % {"name": paper.business.name})
    return redirect("paper_checks")


@require_POST
@officers_only
def refuse(request: PersonRequest, public_id: str) -> HttpResponse:
    """The paper is not in order; the owner reads why."""
    paper = get_object_or_404(_papers(), public_id=public_id)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, paper, form)
    typed = form.cleaned_data
    try:
        actions.refuse_paper(
            paper=paper, seen=typed["seen"], reason=typed["reason"], by=request.user, at=timezone.now()
        )
    except tuple(REFUSALS) as problem:
        messages.error(request, REFUSALS[type(problem)])
        return redirect("paper_check", public_id=paper.public_id)
    messages.success(request, _("Refused, and the owner is told why."))
    return redirect("paper_checks")
