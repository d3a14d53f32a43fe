"""Where a request comes from."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def visitor_address(request: HttpRequest) -> str:
    """The visitor's network address. Behind the one trusted proxy (``TOURDEE_TRUST_PROXY``) it is what that proxy
    appended to ``X-Forwarded-For``; what stands before it there is only what somebody said."""
    return address_in(request.META)


def address_in(environ: Mapping[str, Any]) -> str:
    """The same of a request that Django has not seen yet."""
    if settings.TRUST_PROXY:
        said = environ.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip()
        if said:
            return str(said)
    return str(environ.get("REMOTE_ADDR", ""))
