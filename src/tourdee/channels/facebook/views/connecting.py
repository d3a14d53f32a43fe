"""The wizard: a step at a time, each checked by itself; and the way out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourdee.shop.models import Shop

from ..actions import pages
from ..forms import KeysForm
from ..graph import mode, play
from ..queries.pages import callback_address, is_reachable, page_of, steps_of
from .access import with_open_shop
from .overview import feed_address


@require_http_methods(["GET", "POST"])
@with_open_shop
def connect(request: Any, shop: Shop) -> HttpResponse:
    """Keys are typed here; the steps after them say by themselves how far they are."""
    form = KeysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pages.keep_keys(shop=shop, by=request.user, at=timezone.now(), **form.cleaned_data)
        return redirect("connect_facebook")
    return render(request, "facebook_page/connect.html", _context(shop, form))


def _context(shop: Shop, form: KeysForm | None = None) -> dict[str, Any]:
    page = page_of(shop)
    steps = {step.name: step.state for step in steps_of(page)}
    return {
        "shop": shop, "page": page, "form": form, "steps": steps, "mode": mode(), "address": callback_address(shop),
        "reachable": is_reachable(), "feed": feed_address(), "play_token": f"{play.TOKEN}-{shop.slug}",
        "play_secret": play.APP_SECRET,
        "busy": "waiting" in steps.values(),
    }  # fmt: skip


@require_safe
@with_open_shop
def steps(request: Any, shop: Shop) -> HttpResponse:
    """What the open page asks for again and again."""
    return render(request, "facebook_page/_steps.html", {**_context(shop), "refreshed": True})


@require_POST
@with_open_shop
def look_again(request: Any, shop: Shop) -> HttpResponse:
    """Try the next step now."""
    if page := page_of(shop):
        pages.look_again(page=page, at=timezone.now())
    return redirect("connect_facebook")


@require_POST
@with_open_shop
def disconnect(request: Any, shop: Shop) -> HttpResponse:
    """Forget the keys."""
    if page := page_of(shop):
        pages.disconnect(page=page, by=request.user, at=timezone.now())
        messages.success(request, _("Disconnected, and the keys are forgotten. What was posted stays on Facebook."))
    return redirect("my_facebook")
