"""Who may open these pages: a signed-in person with an open shop, and only what is that shop's own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from tourdee.shop.models import Shop
from tourdee.shop.queries.selling import shop_of

from ..graph import mode
from ..queries.posts import item_to_post
from ..queries.texts import Item

View = Callable[..., HttpResponse]


def with_open_shop(view: View) -> View:
    """Gives the view the person's shop; who has none that is open is led to open one."""

    @login_required
    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        shop = shop_of(request.user)
        if shop is None or shop.opened_at is None:
            return redirect("open_shop")
        return view(request, shop, *args, **kwargs)

    return guarded


def own_item(shop: Shop, kind: str, public_id: str) -> Item:
    """One of the shop's tours or products; others are not found."""
    item = item_to_post(shop, kind, public_id)
    if item is None:
        raise Http404
    return item


def in_practice() -> None:
    """Pages that only the twin has."""
    if mode() != "console":
        raise Http404
