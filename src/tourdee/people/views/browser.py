"""What a view learns from the browser: where to go next, which network it comes from, whether proof is fresh."""

import ipaddress
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from ..adapter import is_safe_path
from ..models import User

View = Callable[..., HttpResponse]


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in; the decorator above the view sees to it."""

    user: User


def next_page(request: HttpRequest) -> str:
    """The page of this site that was asked for with ``next``; empty when there is none or it leads elsewhere."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if is_safe_path(asked) else ""


def network_of(request: HttpRequest) -> str:
    """The address that sends the request, by which sending codes is limited; the /64 of an IPv6 address."""
    try:
        ip = get_adapter(request).get_client_ip(request)
    except (PermissionDenied, ImproperlyConfigured):
        return "unknown"
    if ":" in ip:
        return str(ipaddress.IPv6Network(f"{ip}/64", strict=False).network_address)
    return ip


def language_of_page() -> str:
    """``th`` or ``en``."""
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def recently_proved(request: HttpRequest) -> bool:
    """Whether the person typed a code or used a passkey in the last minutes, in this browser."""
    records = get_authentication_records(request, request.user)
    oldest = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(record.get("reauthenticated") and record["at"] > oldest for record in records)


def prove_first(view: View) -> View:
    """Decorator: who changes how one signs in has just proved to be that person. allauth alone would let people
    without a second factor pass."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated or not recently_proved(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return guarded
