"""The practice chat: a telephone on which the seller plays the customer. Only where the twin plays LINE."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tourdee.shop.models import Shop

from .. import play
from ..actions import practice
from ..forms.connecting import PracticeForm
from ..models import Connection
from ..queries.connections import connection_of, keys_of, mode
from ..queries.practice import screen
from ..queries.rich_menu import areas, digest_of, height_of, menu_of
from .access import with_shop


@require_http_methods(["GET", "POST"])
@with_shop
def practice_chat(request: Any, shop: Shop) -> HttpResponse:
    """What the customer sees; whatever is done on it goes through the webhook's own code."""
    connection = connection_of(shop)
    if mode() != "console" or connection is None or not connection.works:
        raise Http404
    form = PracticeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if does := _what(form.cleaned_data):
            practice.act(connection=connection, user_id=play.YOU, does=does, at=timezone.now())
        return redirect("practice_line")
    if not play.calls_to(keys_of(connection).token, play.YOU):
        practice.act(connection=connection, user_id=play.YOU, does=practice.follow(), at=timezone.now())
    return render(request, "line_oa/practice.html", _context(shop, connection, form))


def _what(said: dict[str, Any]) -> dict[str, Any] | None:
    if said["picture"]:
        said["picture"].seek(0)
        return practice.send_picture(said["picture"].read())
    if said["tapped"]:
        return practice.tap(said["tapped"], said["day"], said["shown"])
    return practice.write(said["text"]) if said["text"] else None


def _context(shop: Shop, connection: Connection, form: PracticeForm) -> dict[str, Any]:
    menu = menu_of(shop)
    return {
        "shop": shop, "form": form, "lines": screen(connection), "menu": menu, "areas": areas(menu.tiles),
        "digest": digest_of(menu), "width": 2500, "height": height_of(menu.tiles),
    }  # fmt: skip
