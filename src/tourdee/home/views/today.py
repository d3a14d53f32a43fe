"""The page that says what to do next."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tourdee.home import queries


@require_safe
@login_required
def today(request: HttpRequest) -> HttpResponse:
    """One thing first, the others below it."""
    return render(request, "home/today.html", {"today": queries.today_of(request.user, timezone.now())})
