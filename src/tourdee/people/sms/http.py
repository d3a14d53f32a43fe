"""A gateway that takes JSON over HTTPS, as most Thai SMS resellers do.

``POST TOURDEE_SMS_URL`` with ``Authorization: Bearer TOURDEE_SMS_TOKEN`` and ``{"to": "+66812345678", "text": "…",
"from": "TourDee"}``; any 2xx means taken. A gateway with other field names needs a class of its own beside this one.
"""

import json
import urllib.error
import urllib.request

from django.conf import settings

from . import CannotSendSms

SECONDS = 10


class HttpSms:
    """Sends through the configured gateway. Redirects are not followed: they would carry the token elsewhere."""

    def send(self, *, to: str, text: str) -> None:
        """Raises CannotSendSms when the gateway refuses, is silent for ten seconds, or is not configured."""
        if not settings.SMS_URL.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise CannotSendSms("TOURDEE_SMS_URL must begin with https://")
        try:
            with urllib.request.build_opener(_NoRedirect).open(_request(to, text), timeout=SECONDS) as answer:
                answer.read(1)
        except (urllib.error.URLError, OSError, ValueError) as problem:
            raise CannotSendSms(f"SMS gateway: {type(problem).__name__}") from problem


def _request(to: str, text: str) -> urllib.request.Request:
    body = {"to": to, "text": text, "from": settings.SMS_FROM}
    return urllib.request.Request(  # noqa: S310  (the scheme was checked above)
        settings.SMS_URL,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}"},
        method="POST",
    )


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None
