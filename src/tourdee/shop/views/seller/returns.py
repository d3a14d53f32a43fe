"""Goods that come back, for the seller: decided, received, what is owed for them."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tourdee.core.pictures import private_picture

from ...actions import conflicts, returns
from ...forms.returns import REASON_WORDS, DecideForm, ReceiveForm
from ...models import Return
from ...queries.returns import is_whole, refund_of, returns_for
from .access import PersonRequest

REFUSED = (returns.ReturnDecided, returns.AnswerNeeded, conflicts.TryAgain)


def _own(request: PersonRequest, public_id: str) -> Return:
    return get_object_or_404(returns_for(request.user), public_id=public_id)


@require_safe
@login_required
def my_returns(request: PersonRequest) -> HttpResponse:
    """All returns, the open ones first."""
    found = list(returns_for(request.user)[:100])
    found.sort(key=lambda one: one.status not in Return.OPEN)
    return render(request, "shop/seller/returns.html", {"returns": found})


@require_safe
@login_required
def my_return(request: PersonRequest, public_id: str) -> HttpResponse:
    """One return: what, why, and what can be done now."""
    return _page(request, _own(request, public_id))


def _page(request: PersonRequest, asked: Return, **bound: object) -> HttpResponse:
    lines = list(asked.lines.all())
    whole = asked.reason in Return.SELLERS_FAULT and is_whole(asked.order, lines)
    context = {
        "asked": asked,
        "order": asked.order,
        "why": REASON_WORDS[Return.Reason(asked.reason)],
        "would_owe": refund_of(asked.order, {one.line: one.quantity for one in lines}, whole=whole),
        "decide_form": DecideForm(),
        "receive_form": ReceiveForm(lines=lines),
    }
    return render(request, "shop/seller/return.html", context | bound)


def _done(request: PersonRequest, asked: Return, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except REFUSED as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, said)
    return redirect("my_return", public_id=asked.public_id)


@require_POST
@login_required
def decide(request: PersonRequest, public_id: str) -> HttpResponse:
    """Taken back, or not."""
    asked, form = _own(request, public_id), DecideForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, decide_form=form)
    accept, answer = request.POST.get("do") == "accept", form.cleaned_data["answer"]
    if not accept and not answer:
        form.add_error("answer", returns.AnswerNeeded().message)
        return _page(request, asked, decide_form=form)
    return _done(request, asked, lambda: returns.decide_return(
        asked=asked, accept=accept, answer=answer, by=request.user, at=timezone.now(),
    ), _("Saved, and the buyer is told."))  # fmt: skip


@require_POST
@login_required
def receive(request: PersonRequest, public_id: str) -> HttpResponse:
    """The parcel is back; what is owed then waits among the refunds."""
    asked = _own(request, public_id)
    form = ReceiveForm(request.POST, lines=list(asked.lines.all()))
    if not form.is_valid():
        return _page(request, asked, receive_form=form)
    return _done(request, asked, lambda: returns.receive_return(
        asked=asked, damaged=form.damaged(), by=request.user, at=timezone.now(),
    ), _("Received. What you owe the buyer waits among your refunds."))  # fmt: skip


@require_safe
@login_required
def picture(request: PersonRequest, public_id: str) -> HttpResponseBase:
    """What the buyer photographed, for the seller alone."""
    return private_picture(_own(request, public_id).picture)
