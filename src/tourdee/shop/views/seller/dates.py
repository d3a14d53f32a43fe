"""The dates of a tour: a month to tap on, one act on many days, shown before it is done and undone after."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tourdee.core.dates import bangkok_day

from ...actions import date_changes, date_undo, departures
from ...actions.resources import ResourceBusy
from ...forms.seller_calendar import WishForm, chosen_days
from ...forms.seller_dates import DatesForm, dates_added
from ...models import DateChange, Tour
from ...queries import selling
from ...queries.date_calendar import month_of, read_month, weekday_names
from ...queries.schedules import schedule_words
from .access import PersonRequest
from .tours import own_tours


@require_http_methods(["GET", "POST"])
@login_required
def tour_dates(request: PersonRequest, public_id: str) -> HttpResponse:
    """The month, all dates ahead, and a form for single ones."""
    tour = get_object_or_404(own_tours(request), public_id=public_id)
    now = timezone.now()
    form = DatesForm(request.POST or None, today=bangkok_day(now), initial={"capacity": tour.maximum_group})
    if request.method == "POST" and form.is_valid():
        try:
            number = departures.add_departures(
                tour=tour, starts=form.starts(), capacity=form.cleaned_data["capacity"], at=now
            )
        except (departures.BadStart, ResourceBusy) as problem:
            form.add_error("day", problem.message)
        else:
            messages.success(request, dates_added(number, tour))
            return redirect("tour_dates", public_id=tour.public_id)
    return _page(request, tour, form=form)


def _page(request: PersonRequest, tour: Tour, *, status: int = 200, **more: object) -> HttpResponse:
    now = timezone.now()
    asked = request.POST if "month" in request.POST else request.GET
    month = month_of(tour, read_month(asked.get("month", ""), now), now)
    picked = {day.isoformat() for day in chosen_days(request.POST.getlist("day") if "act" in request.POST else [])}
    weekday = asked.get("pick", "")
    if weekday.isdigit() and int(weekday) < 7:
        picked |= {week[int(weekday)].iso for week in month.weeks if week[int(weekday)].in_month}
    ahead, over = selling.dates_of(tour, now)
    context = {
        "tour": tour,
        "month": month,
        "weekdays": list(enumerate(weekday_names())),
        "picked": picked,
        "form": DatesForm(today=bangkok_day(now), initial={"capacity": tour.maximum_group}),
        "wish_form": WishForm(
            tour=tour, initial={"seats": tour.maximum_group, "new_seats": tour.maximum_group}, prefix="w"
        ),
        "ahead": ahead,
        "over": over,
        "schedules": [(one, schedule_words(one)) for one in tour.schedules.filter(ended_at=None)],
        "seasons": tour.seasons.filter(last_day__gte=bangkok_day(now)),
        "undo": _to_undo(tour, request.GET.get("undo", "")),
    }
    return render(request, "shop/seller/tour_dates.html", context | more, status=status)


def _to_undo(tour: Tour, public_id: str) -> DateChange | None:
    """The change that was just made, while it can be taken back."""
    return DateChange.objects.filter(tour=tour, public_id=public_id, undone_at=None).first() if public_id else None


@require_POST
@login_required
def change_dates(request: PersonRequest, public_id: str) -> HttpResponse:
    """First what would happen to each date; then, when the seller agrees, the act itself."""
    tour = get_object_or_404(own_tours(request), public_id=public_id)
    form = WishForm(request.POST, tour=tour, prefix="w")
    days = chosen_days(request.POST.getlist("day"))
    if not form.is_valid():
        return _page(request, tour, wish_form=form)
    wanted = {"tour": tour, "days": days, "wish": form.wish(), "by": request.user, "at": timezone.now()}
    try:
        if "agreed" in request.POST:
            change, effects = date_changes.change_dates(**wanted)
            return changed(request, tour, change, effects)
        effects = date_changes.try_out(**wanted)
    except date_changes.NothingChosen as problem:
        return _page(request, tour, wish_form=form, nothing=problem.message)
    context = {"tour": tour, "effects": effects, "some": any(one.changes for one in effects), "typed": _typed(request)}
    return render(request, "shop/seller/change_dates.html", context)


def _typed(request: PersonRequest) -> list[tuple[str, str]]:
    """Everything that was sent, to be sent again with the word that it is agreed to."""
    return [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]


def changed(request: PersonRequest, tour: Tour, change: DateChange, effects: list[date_changes.Effect]) -> HttpResponse:
    """Back to the month, with what was done and a way back."""
    done = sum(one.changes for one in effects)
    messages.success(
        request, ngettext("%(number)s date changed.", "%(number)s dates changed.", done) % {"number": done}
    )
    for refused in [one for one in effects if one.problem][:3]:
        messages.warning(request, refused.problem)
    first = min(one.starts_at for one in effects)
    where = reverse("tour_dates", args=[tour.public_id])
    return redirect(f"{where}?month={bangkok_day(first):%Y-%m}&undo={change.public_id}")


def to_month(tour: Tour, day: date) -> HttpResponse:
    """Where the seller looks: the month of this day."""
    return redirect(f"{reverse('tour_dates', args=[tour.public_id])}?month={day:%Y-%m}")


@require_POST
@login_required
def undo_change(request: PersonRequest, public_id: str) -> HttpResponse:
    """As it was before, where nobody has booked since."""
    mine = DateChange.objects.filter(tour__shop__owner=request.user).select_related("tour__shop")
    change = get_object_or_404(mine, public_id=public_id)
    undone = date_undo.undo(change=change, by=request.user, at=timezone.now())
    messages.success(
        request,
        ngettext("%(number)s date is as before.", "%(number)s dates are as before.", undone.back)
        % {"number": undone.back},
    )
    if undone.kept:
        messages.warning(request, _("The others stay: somebody has booked them, or they are needed elsewhere."))
    return to_month(change.tour, read_month(request.POST.get("month", ""), timezone.now()))
