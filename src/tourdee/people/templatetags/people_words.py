"""What this room's templates say of people."""

from django import template
from django.conf import settings

from .. import queries
from ..addresses import address_of

register = template.Library()


@register.simple_tag(takes_context=True)
def must_have_second_factor(context: template.Context) -> bool:
    """Whether the signed-in person cannot go on without one."""
    return not settings.DEMO and queries.needs_second_factor(context["request"].user)


@register.filter
def as_written(address: str | None) -> str:
    """A stored e-mail or telephone as people write it: ``081 234 5678``."""
    return str(address_of(address)) if address else ""
