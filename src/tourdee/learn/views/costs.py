"""The calculator of costs and prices."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourdee.learn import actions, queries
from tourdee.learn.forms import CostDraft
from tourdee.learn.models import CostSheet

from .access import PersonRequest


@require_safe
@login_required
def costs(request: PersonRequest) -> HttpResponse:
    sheets = [(sheet, queries.result_of(sheet)) for sheet in queries.cost_sheets_of(request.user)]
    return render(request, "learn/costs.html", {"sheets": sheets})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: PersonRequest) -> HttpResponse:
    return _page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: PersonRequest, public_id: str) -> HttpResponse:
    return _page(request, get_object_or_404(queries.cost_sheets_of(request.user), public_id=public_id))


@require_POST
@login_required
def reckon(request: PersonRequest) -> HttpResponse:
    """The result alone, for the live figures beside the form; stores nothing."""
    draft = CostDraft(request.POST)
    result = queries.result_of(CostSheet(**draft.values)) if draft.is_valid() else None
    return render(request, "learn/_cost_result.html", {"result": result, "sheet": _unsaved(draft, result)})


@require_POST
@login_required
def delete(request: PersonRequest, public_id: str) -> HttpResponse:
    actions.delete_cost_sheet(sheet=get_object_or_404(queries.cost_sheets_of(request.user), public_id=public_id))
    messages.success(request, _("The calculation is deleted."))
    return redirect("costs")


def _page(request: PersonRequest, sheet: CostSheet | None) -> HttpResponse:
    draft = CostDraft(request.POST if request.method == "POST" else None, sheet=sheet)
    shown = sheet
    if request.method == "POST":
        if draft.is_valid() and "reckon" not in request.POST:
            return _save(request, draft, sheet)
        shown = CostSheet(**draft.values) if draft.is_valid() else None
    result = queries.result_of(shown) if shown else None
    return render(request, "learn/cost_sheet.html", {"draft": draft, "saved": sheet, "sheet": shown, "result": result})


def _save(request: PersonRequest, draft: CostDraft, sheet: CostSheet | None) -> HttpResponse:
    kept = actions.save_cost_sheet(user=request.user, sheet=sheet, values=draft.values, at=timezone.now())
    messages.success(request, _("Saved. You can use it when you set a price in your shop."))
    return redirect("cost_sheet", kept.public_id)


def _unsaved(draft: CostDraft, result: object) -> CostSheet | None:
    return CostSheet(**draft.values) if result else None
