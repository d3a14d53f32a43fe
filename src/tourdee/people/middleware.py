"""Staff need a second factor."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from . import queries

OPEN_TO_ALL = ("/account/", "/en/account/", "/privacy/", "/en/privacy/", "/healthz", "/media/", "/static/")


class SecondFactorMiddleware:
    """Officers and the host set up a second factor before anything else, outside demo mode. Instructors need none.

    Costs one query a request of a signed-in person (their roles, which the tabs use too), one more for staff.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_up(request):
            return redirect("mfa_index")
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        if settings.DEMO or request.path.startswith(OPEN_TO_ALL) or not request.user.is_authenticated:
            return False
        return queries.needs_second_factor(request.user) and not queries.has_second_factor(request.user)
