"""Whether a tour may be sold on a day: the legal gate of every sale."""

from datetime import date

from django.db.models import Q, QuerySet

from tourdee.legal import queries as legal
from tourdee.legal.models import Paper

from ..models import Tour


def licences_in_force(on: date) -> QuerySet[Paper]:
    """The accepted tour-business licences that hold on that day, of every business."""
    accepted = Paper.objects.filter(kind=Paper.Kind.TOUR_LICENCE, status=Paper.Status.ACCEPTED)
    return accepted.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=on))


def may_sell_tour(tour: Tour, on: date) -> bool:
    """A workshop needs no tour-business licence; a tour needs its seller's, in force on that day (TOUR-001). Whatever
    is sold under a partner also needs the agreement with its job order to be active (TOUR-002, TOUR-008)."""
    if tour.operator is not None:
        return legal.sells_under(tour.shop.business, tour.operator, on)
    return tour.kind == Tour.Kind.WORKSHOP or legal.tour_licence_of(tour.shop.business, on) is not None
