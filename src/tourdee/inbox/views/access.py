"""Who may open these pages: somebody who is signed in and has a shop; they see only their own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tourdee.people.models import User
from tourdee.shop.queries.selling import shop_of


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in; the guard sees to it."""

    user: User


def with_shop(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the person's own shop; who has none is led to open one, and told why."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shop = shop_of(request.user)
        if shop is None or shop.opened_at is None:
            messages.info(
                request, _("Customers write to a shop, so this opens once yours is open. Here you go on with it.")
            )
            return redirect("open_shop")
        return view(request, shop, *args, **kwargs)

    return guarded
