"""Schedules and seasons of a tour."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tourdee.core.dates import bangkok_day

from ...actions import schedules, seasons
from ...actions.departures import Made
from ...forms.seller_calendar import ScheduleForm, SeasonForm
from ...models import Schedule, Season
from .access import PersonRequest
from .dates import to_month
from .tours import own_tours


@require_http_methods(["GET", "POST"])
@login_required
def new_schedule(request: PersonRequest, public_id: str) -> HttpResponse:
    """A schedule, and its dates at once."""
    tour = get_object_or_404(own_tours(request), public_id=public_id)
    now = timezone.now()
    start = {"capacity": tour.maximum_group, "first_day": bangkok_day(now)}
    form = ScheduleForm(request.POST or None, tour=tour, today=bangkok_day(now), initial=start)
    if request.method == "POST" and form.is_valid():
        _schedule, made = schedules.begin_schedule(tour=tour, details=form.details(), by=request.user, at=now)
        _tell_made(request, made)
        return redirect("tour_dates", public_id=tour.public_id)
    return render(request, "shop/seller/schedule_form.html", {"tour": tour, "form": form, "schedule": None})


def _own_schedule(request: PersonRequest, public_id: str) -> Schedule:
    mine = Schedule.objects.filter(tour__shop__owner=request.user, ended_at=None)
    return get_object_or_404(mine.select_related("tour__shop"), public_id=public_id)


@require_http_methods(["GET", "POST"])
@login_required
def edit_schedule(request: PersonRequest, public_id: str) -> HttpResponse:
    """Other days, times, seats or prices from now on."""
    schedule = _own_schedule(request, public_id)
    tour, now = schedule.tour, timezone.now()
    prices = {row.key: row.price_satang for row in schedule.prices.all()}
    form = ScheduleForm(
        request.POST or None, tour=tour, today=bangkok_day(now), prices=prices, initial=ScheduleForm.values_of(schedule)
    )
    if request.method == "POST" and form.is_valid():
        done = schedules.change_schedule(schedule=schedule, details=form.details(), by=request.user, at=now)
        _tell_made(request, done.made)
        _tell_changed(request, done)
        return redirect("tour_dates", public_id=tour.public_id)
    return render(request, "shop/seller/schedule_form.html", {"tour": tour, "form": form, "schedule": schedule})


@require_POST
@login_required
def end_schedule(request: PersonRequest, public_id: str) -> HttpResponse:
    """No further dates."""
    schedule = _own_schedule(request, public_id)
    done = schedules.end_schedule(schedule=schedule, by=request.user, at=timezone.now())
    messages.success(request, _("The schedule has ended."))
    _tell_changed(request, done)
    return redirect("tour_dates", public_id=schedule.tour.public_id)


def _tell_made(request: PersonRequest, made: Made) -> None:
    said = ngettext("Saved. %(number)s new date.", "Saved. %(number)s new dates.", made.new)
    messages.success(request, said % {"number": made.new})
    if made.clashing:
        number = len(made.clashing)
        left_out = ngettext("%(number)s date was left out:", "%(number)s dates were left out:", number)
        messages.warning(request, f"{left_out % {'number': number}} {made.clashing[0].message}")


def _tell_changed(request: PersonRequest, done: schedules.Changed) -> None:
    if done.removed:
        said = ngettext("%(number)s date taken off.", "%(number)s dates taken off.", done.removed)
        messages.info(request, said % {"number": done.removed})
    if done.kept:
        said = ngettext(
            "%(number)s date stays as it is: it has guests, or you changed it yourself.",
            "%(number)s dates stay as they are: they have guests, or you changed them yourself.",
            done.kept,
        )
        messages.info(request, said % {"number": done.kept})


# ------------------------------------------------------------------ seasons
@require_http_methods(["GET", "POST"])
@login_required
def new_season(request: PersonRequest, public_id: str) -> HttpResponse:
    """A time of the year with prices of its own."""
    tour = get_object_or_404(own_tours(request), public_id=public_id)
    form = SeasonForm(request.POST or None, tour=tour)
    if request.method == "POST" and form.is_valid() and _saved(request, form, None):
        return to_month(tour, form.cleaned_data["first_day"])
    return render(request, "shop/seller/season_form.html", {"tour": tour, "form": form, "season": None})


def _own_season(request: PersonRequest, public_id: str) -> Season:
    mine = Season.objects.filter(tour__shop__owner=request.user).select_related("tour__shop")
    return get_object_or_404(mine, public_id=public_id)


@require_http_methods(["GET", "POST"])
@login_required
def edit_season(request: PersonRequest, public_id: str) -> HttpResponse:
    """Another time, other prices."""
    season = _own_season(request, public_id)
    prices = {row.key: row.price_satang for row in season.prices.all()}
    form = SeasonForm(request.POST or None, tour=season.tour, prices=prices, initial=SeasonForm.values_of(season))
    if request.method == "POST" and form.is_valid() and _saved(request, form, season):
        return to_month(season.tour, form.cleaned_data["first_day"])
    return render(request, "shop/seller/season_form.html", {"tour": season.tour, "form": form, "season": season})


def _saved(request: PersonRequest, form: SeasonForm, season: Season | None) -> bool:
    try:
        seasons.save_season(tour=form.tour, details=form.details(), by=request.user, at=timezone.now(), season=season)
    except seasons.SeasonsOverlap as problem:
        form.add_error("first_day", problem.message)
        return False
    messages.success(request, _("Saved. The dates of this season have their prices."))
    return True


@require_POST
@login_required
def remove_season(request: PersonRequest, public_id: str) -> HttpResponse:
    """Usual prices again."""
    season = _own_season(request, public_id)
    tour = season.tour
    seasons.remove_season(season=season, by=request.user, at=timezone.now())
    messages.success(request, _("Removed. These days have the usual prices again."))
    return redirect("tour_dates", public_id=tour.public_id)
