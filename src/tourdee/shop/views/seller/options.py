"""How a tour is sold and what goes with it: private or join-in, deposit, extras, pick-up, questions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ...actions import options
from ...actions.questions import set_questions
from ...forms.seller_options import SaleForm, extra_forms, pickup_forms
from ...forms.seller_questions import question_forms
from ...models import Tour
from .access import PersonRequest
from .tours import own_tours


@dataclass(frozen=True, kw_only=True)
class Part:
    """Rows that belong to a tour: how they are typed, kept and drawn. ``row``: what one of them is called."""

    forms: Callable[[Tour, Any], Any]
    act: Callable[..., None]
    template: str
    title: Any
    lead: Any
    row: Any


EXTRAS = Part(
    forms=extra_forms, act=options.set_extras, template="shop/seller/_extra_row.html",
    title=gettext_lazy("Extras"), row=gettext_lazy("Extra"),
    lead=gettext_lazy("What guests may add when they book. They follow the terms of cancellation of the tour."),
)  # fmt: skip
PICKUPS = Part(
    forms=pickup_forms, act=options.set_pickups, template="shop/seller/_pickup_row.html",
    title=gettext_lazy("Pick-up points"), row=gettext_lazy("Pick-up point"),
    lead=gettext_lazy("Guests choose one when they book, or come to the meeting point themselves."),
)  # fmt: skip


def _about_questions() -> str:
    return _(
        "Ask only what you must know before the day: guests answer short lists. Answers are erased %(days)s days after "
        "the tour; numbers of cards and passports are locked away until then."
    ) % {"days": settings.GUEST_ANSWERS_KEPT_DAYS}


QUESTIONS = Part(
    forms=question_forms, act=set_questions, template="shop/seller/_question_row.html",
    title=gettext_lazy("Questions to guests"), row=gettext_lazy("Question"),
    lead=lazy(_about_questions, str)(),
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def tour_sale(request: PersonRequest, public_id: str) -> HttpResponse:
    """Private or join-in, and the deposit."""
    tour = get_object_or_404(own_tours(request), public_id=public_id)
    form = SaleForm(request.POST or None, tour=tour)
    if request.method == "POST" and form.is_valid():
        options.set_sale_terms(tour=tour, terms=form.terms(), by=request.user, at=timezone.now())
        messages.success(request, _("Saved. Orders already placed keep their terms."))
        return redirect("my_tour", public_id=tour.public_id)
    return render(request, "shop/seller/tour_sale.html", {"tour": tour, "form": form})


@require_http_methods(["GET", "POST"])
@login_required
def tour_part(request: PersonRequest, public_id: str, part: Part) -> HttpResponse:
    """What guests may add, where they are fetched, or what they are asked."""
    tour = get_object_or_404(own_tours(request), public_id=public_id)
    rows = part.forms(tour, request.POST or None)
    if request.method == "POST" and rows.is_valid():
        part.act(tour=tour, rows=rows.rows(), by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("my_tour", public_id=tour.public_id)
    return render(request, "shop/seller/tour_rows.html", {"tour": tour, "rows": rows, "part": part})
