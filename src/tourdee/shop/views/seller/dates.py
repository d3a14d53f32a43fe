"""The dates of a tour."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tourdee.core.dates import bangkok_day

from ...actions import departures
from ...forms.seller_dates import CapacityForm, DatesForm, dates_added
from ...models import Departure
from ...queries import selling
from .access import PersonRequest
from .tours import own_tours


@require_http_methods(["GET", "POST"])
@login_required
def tour_dates(request: PersonRequest, public_id: str) -> HttpResponse:
    """All dates, and a form for more."""
    tour = get_object_or_404(own_tours(request), public_id=public_id)
    now = timezone.now()
    form = DatesForm(request.POST or None, today=bangkok_day(now), initial={"capacity": tour.maximum_group})
    if request.method == "POST" and form.is_valid():
        try:
            number = departures.add_departures(
                tour=tour, starts=form.starts(), capacity=form.cleaned_data["capacity"], at=now
            )
        except departures.BadStart as problem:
            form.add_error("day", problem.message)
        else:
            messages.success(request, dates_added(number, tour))
            return redirect("tour_dates", public_id=tour.public_id)
    ahead, over = selling.dates_of(tour, now)
    return render(request, "shop/seller/tour_dates.html", {"tour": tour, "form": form, "ahead": ahead, "over": over})


def _own(request: PersonRequest, public_id: str) -> Departure:
    mine = Departure.objects.filter(tour__shop__owner=request.user).select_related("tour")
    return get_object_or_404(mine, public_id=public_id)


def _done(request: PersonRequest, departure: Departure, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except (departures.SeatsTaken, departures.DepartureInUse) as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _("Saved."))
    return redirect("tour_dates", public_id=departure.tour.public_id)


@require_POST
@login_required
def set_capacity(request: PersonRequest, public_id: str) -> HttpResponse:
    """More or fewer seats."""
    departure = _own(request, public_id)
    form = CapacityForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["capacity"]))
        return redirect("tour_dates", public_id=departure.tour.public_id)
    capacity = form.cleaned_data["capacity"]
    return _done(request, departure, lambda: departures.set_capacity(departure=departure, capacity=capacity))


@require_POST
@login_required
def close_date(request: PersonRequest, public_id: str) -> HttpResponse:
    """No new bookings."""
    departure = _own(request, public_id)
    return _done(request, departure, lambda: departures.close_departure(departure=departure))


@require_POST
@login_required
def open_date(request: PersonRequest, public_id: str) -> HttpResponse:
    """Bookings again."""
    departure = _own(request, public_id)
    return _done(request, departure, lambda: departures.open_departure(departure=departure))


@require_POST
@login_required
def delete_date(request: PersonRequest, public_id: str) -> HttpResponse:
    """Only where nobody ever booked."""
    departure = _own(request, public_id)
    return _done(request, departure, lambda: departures.delete_departure(departure=departure))
