"""One date: its seats, price, cut-off and guide; too few guests; called off for everybody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...actions import date_changes, groups
from ...actions.assignments import assign_resources
from ...actions.cancelled_departures import cancel_departure, orders_on
from ...actions.resources import ResourceBusy, TooFewPlaces
from ...forms.seller_calendar import WishForm
from ...forms.seller_orders import CancelForm
from ...models import Departure, TooFew
from ...queries.busy import is_busy
from ...queries.date_words import status_words
from ...queries.groups import minimum_words, seats_booked
from ...queries.money import refund_quote
from ...queries.prices import all_prices_on
from ...queries.resources import resources_for_seller
from .access import PersonRequest
from .dates import changed

STATUS = Departure.Status


def own_departures(request: PersonRequest) -> QuerySet[Departure]:
    """Nobody else's dates exist."""
    return Departure.objects.filter(tour__shop__owner=request.user).select_related("tour__shop__owner")


@require_safe
@login_required
def my_date(request: PersonRequest, public_id: str) -> HttpResponse:
    """Everything about one date."""
    mine = own_departures(request).prefetch_related("special_prices")
    return _page(request, get_object_or_404(mine, public_id=public_id))


def _page(request: PersonRequest, departure: Departure, **more: object) -> HttpResponse:
    now = timezone.now()
    own = {row.key: row.price_satang for row in departure.special_prices.all() if row.by_hand}
    start = {"seats": departure.capacity, "hours": _hours(departure)}
    context = {
        "departure": departure,
        "status_words": status_words(departure),
        "is_ahead": departure.starts_at > now and departure.status != STATUS.CANCELLED,
        "prices": all_prices_on(departure),
        "form": WishForm(tour=departure.tour, prices=own, initial=start, prefix="w"),
        "resources": [one for one in resources_for_seller(departure.tour.shop) if one.is_active],
        "used": set(departure.uses.values_list("resource", flat=True)),
        "busy": is_busy(departure),
        "booked": seats_booked([departure]).get(departure.pk, 0),
        "minimum_words": minimum_words(departure.tour),
        "outcomes": TooFew,
    }
    return render(request, "shop/seller/date.html", context | more)


def _hours(departure: Departure) -> int | None:
    if departure.closes_at is None:
        return None
    return int((departure.starts_at - departure.closes_at).total_seconds() // 3600)


@require_POST
@login_required
def change_date(request: PersonRequest, public_id: str) -> HttpResponse:
    """One act on this date; it can be undone on the month's page."""
    departure = get_object_or_404(own_departures(request), public_id=public_id)
    form = WishForm(request.POST, tour=departure.tour, prefix="w")
    if not form.is_valid():
        return _page(request, departure, form=form)
    change, effects = date_changes.change_one_date(
        departure=departure, wish=form.wish(), by=request.user, at=timezone.now()
    )
    if effects[0].problem:
        messages.error(request, effects[0].problem)
        return redirect("my_date", public_id=departure.public_id)
    return changed(request, departure.tour, change, effects)


@require_POST
@login_required
def date_resources(request: PersonRequest, public_id: str) -> HttpResponse:
    """Who leads it and with what."""
    departure = get_object_or_404(own_departures(request), public_id=public_id)
    mine = resources_for_seller(departure.tour.shop).filter(is_active=True)
    chosen = list(mine.filter(public_id__in=request.POST.getlist("resource")))
    try:
        assign_resources(departure=departure, resources=chosen, by=request.user, at=timezone.now())
    except (ResourceBusy, TooFewPlaces) as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _("Saved."))
    return redirect("my_date", public_id=departure.public_id)


@require_POST
@login_required
def decide_group(request: PersonRequest, public_id: str) -> HttpResponse:
    """Go anyway, or let the guests choose another date: before the clock decides. Refunding has its own page."""
    departure = get_object_or_404(own_departures(request), public_id=public_id)
    outcome = request.POST.get("outcome", "")
    try:
        if outcome in {TooFew.GO, TooFew.MOVE}:
            groups.carry_out(departure=departure, outcome=outcome, by=request.user, at=timezone.now())
            messages.success(request, _("Decided. Your guests are told."))
    except groups.DecidedBefore as problem:
        messages.error(request, problem.message)
    return redirect("my_date", public_id=departure.public_id)


@require_http_methods(["GET", "POST"])
@login_required
def cancel_date(request: PersonRequest, public_id: str) -> HttpResponse:
    """Who is on it and how much each gets back; then, by a form, the cancellation itself."""
    departure = get_object_or_404(own_departures(request), public_id=public_id)
    now = timezone.now()
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = cancel_departure(departure=departure, by=request.user, reason=form.cleaned_data["reason"], at=now)
        said = ngettext("Called off. %(number)s order cancelled.", "Called off. %(number)s orders cancelled.", number)
        messages.success(request, said % {"number": number})
        return redirect("my_orders") if number else redirect("my_date", public_id=departure.public_id)
    orders = [(order, refund_quote(order, now, whole=True).total_satang) for order in orders_on(departure)]
    context = {"departure": departure, "orders": orders, "owed": sum(owed for _order, owed in orders), "form": form}
    return render(request, "shop/seller/cancel_date.html", context)
