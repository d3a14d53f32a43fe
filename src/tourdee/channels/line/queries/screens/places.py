"""Addresses that stand in a chat: whole ones, in the reader's language."""

from django.conf import settings
from django.urls import reverse

from ..connections import mode


def page(name: str, *args: object) -> str:
    """A page of ours."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def picture(path: str) -> str:
    """A stored picture as the JPEG that LINE asks for; nothing where the site has no https address, since LINE would
    refuse the whole card (the twin does not)."""
    if not path or not (settings.SITE_URL.startswith("https://") or mode() == "console"):
        return ""
    return f"{settings.SITE_URL}{reverse('line_picture', args=[path])}"
