"""The menu below the chat."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourdee.shop.models import Shop

from ..actions import menus
from ..forms.menus import MenuForm
from ..models import RichMenu
from ..queries import rich_menu
from .access import with_shop


@require_http_methods(["GET", "POST"])
@with_shop
def my_menu(request: Any, shop: Shop) -> HttpResponse:
    """How it looks now, and the form to change it."""
    menu = rich_menu.menu_of(shop)
    form = MenuForm(request.POST or None, initial={"look": menu.look, "tiles": menu.tiles, "bar": menu.bar})
    if request.method == "POST" and form.is_valid():
        menus.change_menu(shop=shop, **form.cleaned_data)
        messages.success(request, _("Saved. Look at it, then put it up."))
        return redirect("my_line_menu")
    context = {
        "shop": shop, "menu": menu, "form": form, "areas": rich_menu.areas(menu.tiles), "is_live": rich_menu.is_live(menu),
        "digest": rich_menu.digest_of(menu), "height": rich_menu.height_of(menu.tiles), "width": rich_menu.WIDTH,
    }  # fmt: skip
    return render(request, "line_oa/menu.html", context)


@require_safe
@with_shop
def menu_picture(request: Any, shop: Shop, digest: str) -> HttpResponse:
    """The picture of the own menu, as it would be put up now. ``digest`` only makes the address new with every change."""
    response = HttpResponse(rich_menu.picture_of(rich_menu.menu_of(shop)), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_POST
@with_shop
def put_up(request: Any, shop: Shop) -> HttpResponse:
    """Show it below the chat; the worker does it within seconds."""
    menu = menus.ask_to_put_up(shop=shop)
    if menu.state == RichMenu.State.SENDING:
        messages.success(request, _("It is on its way to LINE."))
    return redirect("my_line_menu")
