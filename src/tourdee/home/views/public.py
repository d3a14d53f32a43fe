"""The landing page and the page of the course."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tourdee.home import queries
from tourdee.programme import queries as programme
from tourdee.programme.models import AudienceGroup
from tourdee.shop import queries as shop

SHOWN = 4  # of each kind: a full row on a desk, two on a tablet


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What the programme is, the open cohorts with seats left, the newest tours and products."""
    at = timezone.now()
    context = {
        "cohorts": programme.cohorts_open(at)[:3],
        "tours": shop.newest_tours(at, number=SHOWN),
        "products": shop.newest_products(number=SHOWN),
    }
    return render(request, "home/landing.html", context)


@require_safe
def course(request: HttpRequest) -> HttpResponse:
    """The course: partners, audience, nine topics with their teams, open and past cohorts."""
    course_programme = queries.course_programme()
    context = {
        "programme": course_programme,
        "groups": [AudienceGroup(group).label for group in course_programme.audience] if course_programme else [],
        "topics": queries.topic_lines(),
        "cohorts": programme.cohorts_open(timezone.now()),
        "past": queries.past_cohorts(),
    }
    return render(request, "home/course.html", context)
