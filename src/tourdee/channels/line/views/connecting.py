"""LINE of a shop: from no account to connected, step by step."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tourdee.shop.models import Shop

from .. import play
from ..actions import connecting
from ..forms.connecting import KeysForm
from ..queries.audiences import may_write_to
from ..queries.connections import connection_of, mode, webhook_address
from ..queries.quota import meter_of
from .access import with_shop

LOOK_AGAIN_SECONDS = "3"  # while the worker is asking LINE


@require_http_methods(["GET", "POST"])
@with_shop
def my_line(request: Any, shop: Shop) -> HttpResponse:
    """Where the shop stands with LINE; the keys are typed here, and every step is checked by itself."""
    form = KeysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        connecting.connect(shop=shop, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Kept safely. We are asking LINE now."))
        return redirect("my_line")
    connection = connection_of(shop)
    works = bool(connection and connection.works)
    context = {
        "shop": shop, "form": form, "connection": connection if connection and connection.keys else None, "works": works,
        "mode": mode(), "address": webhook_address(shop), "people": may_write_to(shop).count() if works else 0,
        "meter": meter_of(shop, timezone.now()) if works else None, "signs_in": "line" in settings.SOCIALACCOUNT_PROVIDERS,
    }  # fmt: skip
    response = render(request, "line_oa/my_line.html", context)
    if connection and connection.try_at and not connection.problem and not form.errors:
        response.headers["Refresh"] = LOOK_AGAIN_SECONDS
    return response


@require_POST
@with_shop
def practise(request: Any, shop: Shop) -> HttpResponse:
    """Connect to the twin, to try everything before there is an account."""
    if mode() != "console":
        raise Http404
    token = play.TOKEN + secrets.token_hex(60)
    connecting.connect(
        shop=shop,
        channel_id="0000000000",
        secret=secrets.token_hex(16),
        token=token,
        by=request.user,
        at=timezone.now(),
    )
    connecting.check_due(timezone.now())  # the twin answers at once
    messages.success(request, _("Connected for practice. Nothing leaves this site."))
    return redirect("my_line")


@require_POST
@with_shop
def check(request: Any, shop: Shop) -> HttpResponse:
    """Once more, after something was put right at LINE."""
    if connection := connection_of(shop):
        connecting.check_again(connection=connection, at=timezone.now())
        messages.success(request, _("We are asking LINE again."))
    return redirect("my_line")


@require_POST
@with_shop
def disconnect(request: Any, shop: Shop) -> HttpResponse:
    """Forget the keys."""
    if connection := connection_of(shop):
        connecting.disconnect(connection=connection, by=request.user, at=timezone.now())
        messages.success(request, _("Disconnected. The keys are deleted."))
    return redirect("my_line")
