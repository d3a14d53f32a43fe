"""Who may open these pages: signed in, with a shop of one's own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tourdee.shop.queries.selling import shop_of


def with_shop(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the person's own shop; who has none is led to open one."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shop = shop_of(request.user)
        return view(request, shop, *args, **kwargs) if shop else redirect("open_shop")

    return guarded
