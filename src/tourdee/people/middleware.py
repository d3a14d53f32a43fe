"""What stands between a person and the pages: a second factor for staff, the privacy notice for all."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from . import queries
from .adapter import WELCOME

OPEN_TO_ALL = ("/account/", "/en/account/", "/privacy/", "/en/privacy/", "/healthz", "/media/", "/static/")
BEFORE_WELCOME = {"welcome", "account_logout", "privacy", "privacy_version", "healthz", "media"}


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


class WelcomeMiddleware:
    """Who signed in without having agreed to the newest notice sees it before any other page.

    Whether that is so was found out at sign-in and stands in the session, so other requests cost nothing. Only GET is
    turned aside: nobody loses what they typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        if request.method != "GET" or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        match = request.resolver_match
        if WELCOME in request.session and match and match.url_name not in BEFORE_WELCOME:
            return redirect("welcome")
        return None
