"""A cohort as everybody sees it."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tourdee.core.dates import bangkok_day

from .. import queries
from ..models import Session


@require_safe
def cohorts(request: HttpRequest) -> HttpResponse:
    """The cohorts that take applications now."""
    return render(request, "programme/cohorts.html", {"cohorts": queries.cohorts_open(timezone.now())})


@require_safe
def cohort(request: HttpRequest, slug: str) -> HttpResponse:
    """What, when, where, for whom, and how many seats are left."""
    shown = get_object_or_404(queries.public_cohorts(), slug=slug)
    at = timezone.now()
    context = {
        "cohort": shown,
        "days": by_day(queries.timetable(shown)),
        "partners": shown.programme.partners.filter(parent=None).order_by("name_th"),
        "is_open": shown.takes_applications(at),
        "application": queries.application_to(shown, request.user) if request.user.is_authenticated else None,
    }
    return render(request, "programme/cohort.html", context)


@require_safe
def cohort_ical(request: HttpRequest, slug: str) -> HttpResponse:
    """The timetable for the phone's own calendar."""
    shown = get_object_or_404(queries.public_cohorts(), slug=slug)
    data = queries.timetable_ics(shown, queries.timetable(shown), language=get_language() or "th", at=timezone.now())
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{shown.slug}.ics")
    return response


def by_day(sessions: list[Session]) -> list[tuple[object, list[Session]]]:
    """The half-days under their days."""
    return [(day, list(those)) for day, those in groupby(sessions, key=lambda one: bangkok_day(one.starts_at))]
