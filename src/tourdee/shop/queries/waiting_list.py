"""Who waits for seats, in which order, and for how long an offer stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from tourdee.core.templatetags.tourdee import local

from ..models import Departure, PriceCategory, WaitingParty
from .baskets import PRIVATE
from .orders import SECRET

SHORTEST_OFFER = timedelta(minutes=30)
LONGEST_OFFER = timedelta(hours=12)  # who sleeps has not missed it; still time for the next in the queue
IN_QUEUE = Q(offer__isnull=True, left_at__isnull=True)


def waiting_for(departure: Departure) -> QuerySet[WaitingParty]:
    """Parties without an offer, the first who came first."""
    return WaitingParty.objects.filter(IN_QUEUE, departure=departure).order_by("joined_at", "id")


def everybody_waiting(departure: Departure) -> list[WaitingParty]:
    """The whole list with what became of it, for the seller: those who left apart. One query."""
    parties = WaitingParty.objects.filter(departure=departure, left_at__isnull=True)
    return list(parties.select_related("offer", "departure").order_by("joined_at", "id"))


def departures_to_offer(at: datetime) -> list[int]:
    """Departures with free seats for which somebody waits."""
    free = Departure.objects.filter(status=Departure.Status.OPEN, starts_at__gt=at, taken__lt=F("capacity"))
    return list(free.filter(waiting__in=WaitingParty.objects.filter(IN_QUEUE)).distinct().values_list("pk", flat=True))


def party_by_secret(secret: str) -> WaitingParty | None:
    """The party that holds this link, with its departure, tour and offer."""
    if not SECRET.fullmatch(secret):
        return None
    known = WaitingParty.objects.filter(secret=secret)
    return known.select_related("departure__tour__shop__owner", "offer").first()


def place_in_queue(party: WaitingParty) -> int:
    """1 for the first."""
    earlier = Q(joined_at__lt=party.joined_at) | Q(joined_at=party.joined_at, pk__lt=party.pk)
    return waiting_for(party.departure).filter(earlier).count() + 1


def offer_until(departure: Departure, at: datetime) -> datetime | None:
    """How long an offer made now stands: a quarter of the time until bookings close, at least half an hour, at most
    half a day. ``None``: too late for offers, the seats are for whoever comes."""
    left = departure.bookable_until - at
    if left < SHORTEST_OFFER:
        return None
    return at + min(max(left / 4, SHORTEST_OFFER), LONGEST_OFFER)


@dataclass(frozen=True)
class PartyLine:
    """So many of one price category; without one, a private party."""

    category: PriceCategory | None
    people: int

    @property
    def name(self) -> str:
        return local(self.category, "name") if self.category else _("Private group")


def party_lines(parties: list[WaitingParty]) -> dict[int, list[PartyLine]]:
    """By party (row), who is in it. One query; a category that is gone is left out."""
    names = {name for party in parties for name, _people in party.wanted}
    known = {one.public_id: one for one in PriceCategory.objects.filter(public_id__in=names)}
    return {
        party.pk: [
            PartyLine(known.get(name), people) for name, people in party.wanted if name in known or name == PRIVATE
        ]
        for party in parties
    }  # fmt: skip


def how_many_wait(departures: list[Departure]) -> dict[int, int]:
    """By departure (row), how many parties wait. One query."""
    counts: dict[int, int] = {}
    rows = WaitingParty.objects.filter(IN_QUEUE, departure__in=departures).values_list("departure", flat=True)
    for departure in rows:
        counts[departure] = counts.get(departure, 0) + 1
    return counts


def open_places(*, phone: str, email: str, source: str) -> tuple[int, int]:
    """On how many lists these contacts wait, and how many parties of that network address."""
    by_contact = Q(pk__in=())
    if phone:
        by_contact |= Q(phone=phone)
    if email:
        by_contact |= Q(email=email)
    waiting = WaitingParty.objects.filter(IN_QUEUE)
    own = waiting.filter(by_contact).count()
    return own, waiting.filter(source=source).count() if source else 0
