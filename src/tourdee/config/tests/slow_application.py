"""What the web server serves in its own test."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from tourdee.core.bodies import BodiesFirst
from tourdee.core.turns import InTurn

if not settings.configured:
    settings.configure(TRUST_PROXY=False)


def _read(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


application = BodiesFirst(InTurn(_read))
