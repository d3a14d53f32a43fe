"""What guests answered, to take along: the table of a date, and numbers that are opened deliberately."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tourdee.core.dates import bangkok_day
from tourdee.core.spreadsheets import CSV, csv_text, download
from tourdee.core.templatetags.tourdee import local

from ...actions.questions import NumberErased, read_number, read_numbers
from ...models import Departure
from ...queries import manifest_paper, selling
from ...queries.manifest_paper import extras_of, money_of
from ...queries.orders import Guests, manifest
from ...queries.questions import Told, numbers_of, told_by_order
from .access import PersonRequest

PDF = "application/pdf"


def _departure(request: PersonRequest, public_id: str) -> Departure:
    return get_object_or_404(selling.departures_for(request.user), public_id=public_id)


def _table(departure: Departure, name: str, header: list[str], rows: list[list[Any]]) -> HttpResponse:
    day = bangkok_day(departure.starts_at).isoformat()
    return download(csv_text(header, rows), f"tourdee-{name}-{day}.csv", CSV)


@require_safe
@login_required
def manifest_csv(request: PersonRequest, public_id: str) -> HttpResponse:
    """The guest list as a table; of numbers the last signs alone."""
    departure = _departure(request, public_id)
    told = told_by_order([departure])
    rows = [_guests_row(one, told.get(one.order.pk, ())) for one in manifest(departure)]
    header = [_("Buyer"), _("Order number"), pgettext("column", "People"), _("Phone"), _("Note"), _("Answers"), _("Pick-up"), _("Extras"),
              _("Money")]  # fmt: skip
    return _table(departure, "guests", header, rows)


def _guests_row(guests: Guests, told: Iterable[Told]) -> list[Any]:
    order, pickup = guests.order, guests.pickup
    return [
        order.buyer_name, order.code, guests.people, order.buyer_phone, order.note,
        "; ".join(answer.line for answer in told), local(pickup, "name") if pickup else "",
        "; ".join(extras_of(guests)), money_of(guests),
    ]  # fmt: skip


@require_safe
@login_required
def manifest_pdf(request: PersonRequest, public_id: str) -> HttpResponse:
    """The guest list on paper; no numbers of cards."""
    departure = _departure(request, public_id)
    paper = manifest_paper.manifest_pdf(departure, at=timezone.now())
    return download(paper, f"tourdee-guests-{bangkok_day(departure.starts_at).isoformat()}.pdf", PDF)


def _number_page(departure: Departure) -> dict[str, Any]:
    return {"departure": departure, "kept_days": settings.GUEST_ANSWERS_KEPT_DAYS}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def guest_number(request: PersonRequest, public_id: str, number: str) -> HttpResponse:
    """One number: first masked, then, by a deliberate tap that is written down, whole."""
    departure = _departure(request, public_id)
    answer = get_object_or_404(numbers_of(departure), public_id=number)
    context: dict[str, Any] = _number_page(departure) | {"answer": answer}
    if request.method == "POST":
        try:
            context["number"] = read_number(answer=answer, by=request.user, at=timezone.now())
        except NumberErased as erased:
            context["problem"] = erased.message
    return render(request, "shop/seller/guest_number.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def insurance_list(request: PersonRequest, public_id: str) -> HttpResponse:
    """All numbers of a date for the insurer; each that is read leaves its line."""
    departure = _departure(request, public_id)
    if request.method != "POST":
        return render(request, "shop/seller/guest_number.html", _number_page(departure))
    found = read_numbers(answers=list(numbers_of(departure)), by=request.user, at=timezone.now())
    rows = [[answer.order.buyer_name, answer.order.code, answer.guest, number] for answer, number in found]
    header = [_("Buyer"), _("Order number"), _("Guest"), _("Number of card or passport")]
    return _table(departure, "insurance", header, rows)
