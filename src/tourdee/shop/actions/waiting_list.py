"""The waiting list: a freed seat goes to the first party that fits, and no offer keeps a seat for ever.

An offer is an order like any other: it holds the party's seats until its time is over. Seats are offered inside the
transaction that frees them (``stock.seats_freed``); a sweep offers what came free in any other way.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core import audit
from tourdee.people.models import User
from tourdee.people.queries import KnownAs

from ..models import Departure, Order, WaitingParty
from ..queries.availability import seats_left
from ..queries.baskets import PRIVATE, Item, Refused, basket
from ..queries.visitors import parties_of
from ..queries.waiting_list import IN_QUEUE, departures_to_offer, offer_until, open_places, waiting_for
from . import stock
from .cancellation import cancel_order
from .caps import MOST_OPEN_PER_SOURCE, Buyer
from .conflicts import TryAgain, once_more
from .orders import KEY, KeyReused, Sale, place_order

logger = logging.getLogger(__name__)
MOST_LISTS = 5  # of one telephone number or e-mail address at a time
KEPT = timedelta(days=30)
BY_HAND = timedelta(hours=2)  # how long an offer stands that the seller makes after the cut-off


class StillFree(Refused):
    """There is room for the party now: no need to wait."""

    @property
    def message(self) -> str:
        return _("There is room for you on this day. Please book right away.")


class WaitsAlready(Refused):
    """This telephone number or e-mail address stands on the list of this departure."""

    @property
    def message(self) -> str:
        return _("You are on this list already. We have sent you the link to your place.")


class TooManyLists(Refused):
    """Somebody who waits everywhere keeps others from their turn."""

    @property
    def message(self) -> str:
        return _("You wait on several lists already. Please leave one of them first.")


class CannotOffer(Exception):
    """The party has left, had its offer, or nothing is left for so many."""

    @property
    def message(self) -> str:
        return _("No seats can be offered to this party now.")


# ------------------------------------------------------------------ joining and leaving
@once_more
@transaction.atomic
def join_waiting_list(
    *, departure: Departure, wanted: Sequence[tuple[str, int]], guest: Buyer, key: str, source: str, at: datetime
) -> WaitingParty:
    """Wait for seats: ``wanted`` are price categories (public ids) and how many people of each, or ``PRIVATE`` and how many
    want the date for themselves. The same key again is the same place. Raises StillFree, WaitsAlready, TooManyLists,
    KeyReused and what ``basket`` raises."""
    if not KEY.fullmatch(key):
        raise KeyReused
    if earlier := WaitingParty.objects.filter(idempotency_key=key, departure=departure).first():
        return earlier
    seats = _seats_wanted(departure, wanted, at)
    alone = any(name == PRIVATE for name, _people in wanted)
    if seats_left(departure, at) >= (max(seats, departure.capacity) if alone else seats):
        raise StillFree
    _check_caps(guest, source)
    party = _joined(
        departure=departure, wanted=[list(one) for one in wanted], people=sum(number for _name, number in wanted),
        seats=seats, name=guest.name, phone=guest.phone, email=guest.email.lower(), language=guest.language,
        source=source, idempotency_key=key, joined_at=at,
    )  # fmt: skip
    user = departure.tour.shop.owner.public_id
    events.publish(events.WaitingListJoined(user=user, party=party.public_id))
    return party


def _seats_wanted(departure: Departure, wanted: Sequence[tuple[str, int]], at: datetime) -> int:
    """Raises what ``basket`` raises: nobody waits for what could not be booked."""
    items = [Item(departure=departure.public_id, category=name, quantity=number) for name, number in wanted]
    return sum(line.seats for line in basket(shop=departure.tour.shop, items=items, at=at).lines)


def _check_caps(guest: Buyer, source: str) -> None:
    own, here = open_places(phone=guest.phone, email=guest.email.lower(), source=source)
    if own >= MOST_LISTS or here >= MOST_OPEN_PER_SOURCE:
        raise TooManyLists


def _joined(**columns: Any) -> WaitingParty:
    try:
        with transaction.atomic():
            return WaitingParty.objects.create(**columns)
    except IntegrityError as twice:
        raise WaitsAlready from twice


@once_more
@transaction.atomic
def leave_waiting_list(*, party: WaitingParty, at: datetime) -> None:
    """Give the place up; seats that were offered and not paid go to the next. Again changes nothing."""
    if not WaitingParty.objects.filter(pk=party.pk, left_at__isnull=True).update(left_at=at):
        return
    offer = Order.objects.filter(waiting_party=party, status=Order.Status.AWAITING_PAYMENT).first()
    if offer:
        cancel_order(order=offer, by="buyer", at=at)


@once_more
@transaction.atomic
def wait_again(*, party: WaitingParty, at: datetime) -> WaitingParty:
    """A new place at the end of the queue for who has missed an offer. Again gives the same place. Raises StillFree,
    WaitsAlready, TooManyLists and what ``basket`` raises."""
    guest = Buyer(name=party.name, phone=party.phone, email=party.email, language=party.language)
    return join_waiting_list(
        departure=party.departure, wanted=[(name, people) for name, people in party.wanted], guest=guest,
        key=f"again-{party.public_id}", source=party.source, at=at,
    )  # fmt: skip


# ------------------------------------------------------------------ offering
@receiver(stock.seats_freed)
def offer_at_once(departure: int, at: datetime, **_signal: object) -> None:
    """Inside the transaction that freed the seats. Whatever goes wrong with an offer must not undo what freed them:
    the sweep tries again."""
    try:
        with transaction.atomic():
            offer_free_seats(departure=departure, at=at)
    except Exception:
        logger.exception("Seats of departure %s could not be offered", departure)


def offer_everywhere(at: datetime) -> int:
    """The sweep: free seats for which somebody waits, each departure in a transaction of its own."""
    return sum(_offered(departure, at) for departure in departures_to_offer(at))


def _offered(departure: int, at: datetime) -> int:
    try:
        return offer_free_seats(departure=departure, at=at)
    except Exception:
        logger.exception("Seats of departure %s could not be offered", departure)
        return 0


def forget_old_parties(at: datetime) -> int:
    """Delete who waited in vain for a day that was over ``KEPT`` ago. Returns how many."""
    old = WaitingParty.objects.filter(departure__starts_at__lt=at - KEPT, offer__isnull=True)
    deleted, _rows = old.delete()
    return deleted


@transaction.atomic
def forget_parties_of(*, known: KnownAs) -> int:
    """Delete the places of somebody who is forgotten: no seat is offered to them any more, and an order that came of an earlier offer
    stays with the shop. Returns how many."""
    return parties_of(known).delete()[0]


@once_more
@transaction.atomic
def offer_free_seats(*, departure: int, at: datetime) -> int:
    """Offer what is free to the parties that fit, in the order in which they came; who does not fit keeps the place.
    Returns how many offers were made."""
    if not WaitingParty.objects.filter(IN_QUEUE, departure=departure).exists():
        return 0
    row = Departure.objects.select_for_update(of=("self",)).select_related("tour__shop__owner").get(pk=departure)
    until = offer_until(row, at)
    if until is None or row.status != Departure.Status.OPEN:
        return 0
    free, made = row.left, 0
    for party in waiting_for(row):
        if party.fits(row, free) and _offer(party, row, until - at, at):
            free, made = 0 if party.wants_all else free - party.seats, made + 1
    return made


@once_more
@transaction.atomic
def offer_by_hand(*, party: WaitingParty, by: User, at: datetime) -> Order:
    """The seller chooses whose turn it is, also after the cut-off. Raises CannotOffer."""
    row = (
        Departure.objects.select_for_update(of=("self",)).select_related("tour__shop__owner").get(pk=party.departure_id)
    )
    until = offer_until(row, at) or at + BY_HAND
    if not WaitingParty.objects.filter(IN_QUEUE, pk=party.pk).exists() or not party.fits(row, row.left):
        raise CannotOffer
    order = _offer(party, row, until - at, at, by=by)
    if order is None:
        raise CannotOffer
    return order


def _offer(
    party: WaitingParty, departure: Departure, hold: timedelta, at: datetime, by: User | None = None
) -> Order | None:
    """An order that holds the party's seats, or nothing where it can't be placed (a price is gone, the licence ended)."""
    try:
        with transaction.atomic():
            order = _placed(party, departure, hold, at)
            if not WaitingParty.objects.filter(IN_QUEUE, pk=party.pk).update(offer=order):
                raise CannotOffer
    except (Refused, CannotOffer, TryAgain) as refused:
        logger.info("Waiting party %s was passed over: %r", party.public_id, refused)
        return None
    text = f"เสนอ {party.seats} ที่ ให้ {party.name} จากรายชื่อรอ"
    audit.record("waiting.offered", subject=order, text=text, at=at, actor=by)
    user = departure.tour.shop.owner.public_id
    events.publish(events.SeatsOffered(user=user, party=party.public_id, order=order.public_id))
    return order


def _placed(party: WaitingParty, departure: Departure, hold: timedelta, at: datetime) -> Order:
    return place_order(
        shop=departure.tour.shop,
        buyer=Buyer(name=party.name, phone=party.phone, email=party.email, language=party.language),
        items=[Item(departure=departure.public_id, category=name, quantity=people) for name, people in party.wanted],
        idempotency_key=f"waiting-{party.public_id}",
        at=at,
        sale=Sale(hold=hold, by_seller=True),
    )
