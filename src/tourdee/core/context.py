"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """``site_url`` for absolute links and ``demo`` to say plainly that this is a demonstration."""
    return {"site_url": settings.SITE_URL, "demo": settings.DEMO}
