"""Offices and partners, for the host."""

from django.db.models import Count, QuerySet

from ..models import Organisation


def organisations_with_people() -> QuerySet[Organisation]:
    """All of them, offices first, each with ``people``: how many work there. One query."""
    people = Count("memberships__user", distinct=True)
    return Organisation.objects.select_related("parent").annotate(people=people).order_by("kind", "name_th")
