"""Who may open the office's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from tourdee.people.models import User
from tourdee.people.queries import is_officer

View = Callable[..., HttpResponse]


class PersonRequest(HttpRequest):
    """A request behind ``login_required``: whoever asks is a person."""

    user: User


def officer_page(view: View) -> View:
    """Officers only; for everybody else the page does not exist. What it shows is narrowed by the queries."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_officer(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(guarded)
