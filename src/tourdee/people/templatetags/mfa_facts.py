"""What allauth's pages about second factors need to know of TourDee."""

from django import template
from django.conf import settings

from .. import queries

register = template.Library()


@register.simple_tag(takes_context=True)
def must_have_second_factor(context: template.Context) -> bool:
    """Whether the signed-in person cannot go on without one."""
    return not settings.DEMO and queries.needs_second_factor(context["request"].user)
