"""Who may open which page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from tourdee.people.models import User
from tourdee.people.queries import is_officer

from .. import queries


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in; the guards below see to it."""

    user: User


def officers_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Any officer of any office: papers belong to no programme. For everybody else the page does not exist."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_officer(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def with_business(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the person's own business; who has none is asked to say first who sells."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        business = queries.business_of(request.user)
        if business is None:
            return redirect("my_papers")
        return view(request, business, *args, **kwargs)

    return guarded
