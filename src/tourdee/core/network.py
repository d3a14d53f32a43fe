"""Where a request comes from."""

from django.conf import settings
from django.http import HttpRequest


def visitor_address(request: HttpRequest) -> str:
    """The visitor's network address. Behind the one trusted proxy (``TOURDEE_TRUST_PROXY``) it is what that proxy
    appended to ``X-Forwarded-For``; what stands before it there is only what somebody said."""
    if settings.TRUST_PROXY:
        said = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip()
        if said:
            return str(said)
    return str(request.META.get("REMOTE_ADDR", ""))
