"""Calendars: feeds to the telephone, and the own calendar that closes dates."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ...actions import calendars as acts
from ...actions.calendar_reading import spans_of
from ...forms.seller_resources import CalendarForm
from ...ical.reading import BadCalendar
from ...models import CalendarFeed, OutsideCalendar, Resource, Shop, Tour
from ...queries.busy import guests_in_busy_times
from ...queries.feeds import problem_words
from .access import PersonRequest, with_shop


@require_http_methods(["GET", "POST"])
@with_shop
def my_calendars(request: PersonRequest, shop: Shop) -> HttpResponse:
    """Both directions on one page."""
    form = CalendarForm(request.POST or None, request.FILES or None, shop=shop)
    if request.method == "POST" and form.is_valid() and _added(request, shop, form):
        return redirect("my_calendars")
    now = timezone.now()
    incoming = OutsideCalendar.objects.filter(shop=shop).select_related("resource")
    context = {
        "shop": shop,
        "form": form,
        "feeds": [(feed, _address(feed)) for feed in shop.feeds.select_related("resource", "tour").order_by("pk")],
        "tours": Tour.objects.filter(shop=shop).order_by("-pk"),
        "resources": Resource.objects.filter(shop=shop, is_active=True),
        "incoming": [(one, problem_words(one)) for one in incoming],
        "clashes": guests_in_busy_times(shop.pk, now),
    }
    return render(request, "shop/seller/calendars.html", context)


def _address(feed: CalendarFeed) -> str:
    return settings.SITE_URL + reverse("calendar_feed", args=[feed.token])


def _added(request: PersonRequest, shop: Shop, form: CalendarForm) -> bool:
    now, typed = timezone.now(), form.cleaned_data
    where = {"shop": shop, "resource": form.chosen_resource, "name": typed["name"], "at": now}
    try:
        if typed["url"]:
            acts.add_calendar(**where, url=typed["url"])
            messages.success(request, _("Added. It is read within a minute, and then every half hour."))
        else:
            acts.add_calendar(**where, spans=spans_of(typed["file"].read(), now))
            messages.success(request, _("Read. Dates at busy times are closed."))
    except BadCalendar:
        form.add_error("file", _("This is not a calendar that we can read (.ics)."))
        return False
    except acts.TooManyCalendars:
        form.add_error(None, _("A shop can have ten calendars. Remove one first."))
        return False
    return True


@require_POST
@with_shop
def make_feed(request: PersonRequest, shop: Shop) -> HttpResponse:
    """The address for the whole shop, a guide or a tour."""
    kind, _sign, public_id = request.POST.get("of", "").partition(":")
    language = get_language() or "th"
    if kind == "resource":
        resource = get_object_or_404(Resource, shop=shop, public_id=public_id)
        acts.feed_for(shop=shop, language=language, resource=resource)
    elif kind == "tour":
        acts.feed_for(shop=shop, language=language, tour=get_object_or_404(Tour, shop=shop, public_id=public_id))
    else:
        acts.feed_for(shop=shop, language=language)
    return redirect("my_calendars")


@require_POST
@with_shop
def renew_feed(request: PersonRequest, shop: Shop) -> HttpResponse:
    """A new secret: the old address stops working."""
    feed = get_object_or_404(CalendarFeed, shop=shop, token=request.POST.get("token", ""))
    acts.renew_feed(feed=feed, language=get_language() or "th")
    messages.success(request, _("The address is new. The old one shows nothing any more."))
    return redirect("my_calendars")


@require_POST
@login_required
def read_calendar_now(request: PersonRequest, public_id: str) -> HttpResponse:
    """Do not wait for the half hour."""
    calendar = get_object_or_404(OutsideCalendar, public_id=public_id, shop__owner=request.user)
    acts.read_soon(calendar=calendar, at=timezone.now())
    messages.success(request, _("It is read within a minute."))
    return redirect("my_calendars")


@require_POST
@login_required
def remove_calendar(request: PersonRequest, public_id: str) -> HttpResponse:
    """It no longer closes dates."""
    calendar = get_object_or_404(OutsideCalendar, public_id=public_id, shop__owner=request.user)
    acts.remove_calendar(calendar=calendar, at=timezone.now())
    messages.success(request, _("Removed. The dates that it closed are open again."))
    return redirect("my_calendars")
