"""What an installation for the public still lacks (``manage.py check --deploy``)."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def people_can_use_their_rights(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """PDPA s.23: the notice names who is responsible and how to reach them."""
    missing = [name for name in ("CONTROLLER", "CONTACT") if not getattr(settings, name)]
    return [
        Warning(f"TOURDEE_{name} is not set: the privacy notice cannot say it.", id=f"people.W{number:03d}")
        for number, name in enumerate(missing, start=1)
    ]
