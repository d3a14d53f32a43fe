"""Dates that go only with enough guests: how many have booked, when it is decided, what follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.dates import clock, short_date

from ..models import Departure, Order, OrderLine, TooFew, Tour

STATUS = Order.Status
CERTAIN = (STATUS.CONFIRMED, STATUS.SLIP_REVIEW)
SOON = timedelta(days=4)


@dataclass(frozen=True)
class SmallGroup:
    """A date that has fewer guests than it needs. ``booked`` counts seats whose money has come or is being looked for."""

    departure: Departure
    booked: int

    @property
    def missing(self) -> int:
        return self.departure.tour.minimum_group - self.booked

    @property
    def decided_at(self) -> datetime:
        """When the clock decides, unless the seller does so before."""
        return self.departure.bookable_until


def undecided(at: datetime) -> QuerySet[Departure]:
    """Dates ahead of tours with a minimum group about which nothing is decided yet. A private party always goes."""
    waiting = Departure.objects.filter(tour__minimum_group__gt=1, decision="", starts_at__gt=at, is_private=False)
    return waiting.exclude(status=Departure.Status.CANCELLED).select_related("tour__shop__owner").order_by("starts_at")


def groups_to_decide(at: datetime) -> list[Departure]:
    """Those whose cut-off has passed."""
    longest = at + timedelta(hours=720)  # no cut-off is longer (TourForm)
    near = undecided(at).filter(Q(closes_at__lte=at) | Q(closes_at=None, starts_at__lte=longest))
    return [one for one in near if one.bookable_until <= at]


def seats_booked(departures: Iterable[Departure], statuses: Iterable[str] = CERTAIN) -> dict[int, int]:
    """Seats by departure row, of orders in these states. One query."""
    lines = OrderLine.objects.filter(departure__in=list(departures), order__status__in=list(statuses))
    return dict(lines.order_by().values_list("departure").annotate(Sum("seats")))


def seats_still_open(departure: Departure, at: datetime) -> int:
    """Seats of unpaid holds that have time left: they may still make the group large enough."""
    holds = OrderLine.objects.filter(
        departure=departure, order__status=STATUS.AWAITING_PAYMENT, order__expires_at__gt=at
    )
    return holds.aggregate(sum=Sum("seats"))["sum"] or 0


def small_groups(shop_id: int, at: datetime) -> list[SmallGroup]:
    """What the seller should see coming: dates with guests, but too few, whose decision is near."""
    ahead = undecided(at).filter(tour__shop=shop_id, taken__gt=0, taken__lt=F("tour__minimum_group"))
    near = [one for one in ahead if one.bookable_until <= at + SOON]
    booked = seats_booked(near)
    return [SmallGroup(one, booked.get(one.pk, 0)) for one in near]


def minimum_words(tour: Tour) -> str:
    """What is said beforehand about too small a group; nothing where anybody goes alone."""
    if tour.minimum_group <= 1:
        return ""
    said = {
        TooFew.GO: _("Goes even if fewer than %(minimum)s people have booked."),
        TooFew.MOVE: _("If fewer than %(minimum)s people have booked, you choose another date or get everything back."),
        TooFew.REFUND: _("If fewer than %(minimum)s people have booked, it does not go and you get everything back."),
    }
    return said[TooFew(tour.if_too_few)] % {"minimum": tour.minimum_group}


def minimum_promise(departure: Departure) -> str:
    """The same for one date, before it is paid: with the moment at which it is decided."""
    words = minimum_words(departure.tour)
    if not words or departure.decision in {Departure.Decision.ENOUGH, Departure.Decision.GO}:
        return ""
    language, when = get_language() or "th", departure.bookable_until
    return _("%(words)s Decided on %(day)s at %(time)s.") % {
        "words": words, "day": short_date(when, language), "time": clock(when, language),
    }  # fmt: skip


def dates_to_move_to(order: Order, departure: Departure, at: datetime) -> list[Departure]:
    """Other dates of the tour with room for this order's guests, which the public could book now, soonest first."""
    seats = sum(line.seats for line in order.lines.all() if line.departure_id == departure.pk)
    opened = Departure.objects.filter(
        tour=departure.tour_id, status=Departure.Status.OPEN, starts_at__gt=at, is_private=False
    )
    with_room = opened.exclude(pk=departure.pk).filter(taken__lte=F("capacity") - seats).select_related("tour")
    sure_or_open = with_room.exclude(decision__in=[Departure.Decision.MOVE, Departure.Decision.REFUND])
    return [one for one in sure_or_open.order_by("starts_at")[:40] if one.bookable_until > at][:12]
