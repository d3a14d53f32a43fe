"""Staff need a second factor."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from . import queries


class SecondFactorMiddleware:
    """Officers, instructors and the host set up a second factor before anything else, outside demo mode."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_up(request):
            return redirect(reverse("mfa_index"))
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        if settings.DEMO or not request.user.is_authenticated:
            return False
        if "/account/" in request.path or request.path == "/healthz":
            return False
        return queries.needs_second_factor(request.user) and not queries.has_second_factor(request.user)
