"""What a calendar app is told about the dates of a shop, a guide or a tour. Never who comes: whoever has the address
sees how many are expected, and where."""

import re
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tourdee.core.dates import at_bangkok, bangkok_day
from tourdee.core.templatetags.tourdee import local

from ..ical.writing import document, escaped, moment
from ..models import CalendarFeed, Departure, OutsideCalendar

TOKEN = re.compile(r"[A-Za-z0-9_-]{20,40}")
BACK, AHEAD = timedelta(days=30), timedelta(days=400)
STATUS = Departure.Status


def feed_by_token(token: str) -> CalendarFeed | None:
    """The feed behind a secret address."""
    if not TOKEN.fullmatch(token):
        return None
    return CalendarFeed.objects.select_related("shop", "resource", "tour").filter(token=token).first()


def feed_text(feed: CalendarFeed, at: datetime) -> str:
    """The calendar: open dates, and closed ones that have guests. The same text all day while nothing changes."""
    today = at_bangkok(bangkok_day(at), 0)
    lines = [f"X-WR-CALNAME:{escaped(_feed_name(feed))}", "X-WR-TIMEZONE:Asia/Bangkok"]
    for departure in _departures(feed, at):
        lines += _event(departure, today)
    return document(lines)


def _departures(feed: CalendarFeed, at: datetime) -> QuerySet[Departure]:
    near = Departure.objects.filter(
        Q(status=STATUS.OPEN) | Q(status=STATUS.CLOSED, taken__gt=0),
        tour__shop=feed.shop_id, starts_at__gt=at - BACK, starts_at__lt=at + AHEAD,
    )  # fmt: skip
    if feed.resource_id:
        near = near.filter(uses__resource=feed.resource_id)
    elif feed.tour_id:
        near = near.filter(tour=feed.tour_id)
    return near.select_related("tour").order_by("starts_at")


def _feed_name(feed: CalendarFeed) -> str:
    if feed.resource:
        return feed.resource.name
    return local(feed.tour or feed.shop, "name")


def _event(departure: Departure, stamp: datetime) -> list[str]:
    """A date with guests takes its time in the calendar; an empty one does not."""
    tour, taken = departure.tour, departure.taken
    seats = _("%(taken)s of %(capacity)s seats taken") % {"taken": taken, "capacity": departure.capacity}
    link = settings.SITE_URL + reverse("manifest", args=[departure.public_id])
    return [
        "BEGIN:VEVENT",
        f"UID:departure-{departure.public_id}@tourdee",
        f"DTSTAMP:{moment(stamp)}",
        f"DTSTART:{moment(departure.starts_at)}",
        f"DTEND:{moment(departure.starts_at + timedelta(minutes=tour.minutes))}",
        f"SUMMARY:{escaped(local(tour, 'name'))} ({taken}/{departure.capacity})",
        f"LOCATION:{escaped(local(tour, 'meeting_point'))}",
        f"DESCRIPTION:{escaped(seats)}\\n{escaped(link)}",
        f"URL:{link}",
        f"STATUS:{'CONFIRMED' if taken else 'TENTATIVE'}",
        f"TRANSP:{'OPAQUE' if taken else 'TRANSPARENT'}",
        "END:VEVENT",
    ]


def problem_words(calendar: OutsideCalendar) -> str:
    """Why a calendar could not be read the last time, and what to do; nothing when all is well."""
    said = {
        "": "",
        "address": _("This address cannot be read. Copy it once more from your calendar."),
        "private": _("This address is not on the public internet."),
        "unreachable": _("The other side does not answer. We keep trying."),
        "status": _("The other side refuses. Perhaps the address was renewed: copy it once more."),
        "too_large": _("The calendar is too large. Use one for your work only."),
        "too_much": _("The calendar is too large. Use one for your work only."),
        "too_slow": _("The other side is too slow. We keep trying."),
        "redirects": _("This address leads elsewhere again and again. Copy it once more from your calendar."),
        "not_calendar": _("This is not a calendar that we can read (.ics)."),
    }
    return said.get(calendar.problem, said["unreachable"])
