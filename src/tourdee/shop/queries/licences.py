"""Whether a tour may be sold on a day: the legal gate of every sale."""

from datetime import date

from tourdee.legal import queries as legal

from ..models import Tour


def may_sell_tour(tour: Tour, on: date) -> bool:
    """A workshop needs no tour-business licence; a tour needs its seller's, in force on that day (TOUR-001). Whatever
    is sold under a partner also needs the agreement with its job order to be active (TOUR-002, TOUR-008)."""
    if tour.operator is not None:
        return legal.sells_under(tour.shop.business, tour.operator, on)
    return tour.kind == Tour.Kind.WORKSHOP or legal.tour_licence_of(tour.shop.business, on) is not None
