"""One act on many dates: tried out first, carried out, undone. The preview is the act itself, rolled back, so that it
promises nothing else than what happens."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee.core.audit import record
from tourdee.core.dates import at_bangkok
from tourdee.people.models import User

from ..models import DateChange, Departure, DeparturePrice, PriceKey, SkippedStart, Tour
from ..queries.date_words import SEPARATOR, state_of
from ..queries.schedules import planned_beyond, running_schedules
from . import departures as acts
from .conflicts import once_more
from .prices import follow_plans, set_prices_by_hand
from .resources import ResourceBusy, TooFewPlaces
from .schedules import fill_schedule
from .versions import told_once, tour_changed

OPEN, CLOSE, SEATS, PRICES, UNTIL, REMOVE, ADD = "open", "close", "seats", "prices", "until", "remove", "add"
STATUS = Departure.Status
REFUSALS = (acts.SeatsTaken, TooFewPlaces, acts.DepartureInUse, ResourceBusy)
KEPT = ("status", "closed_by", "capacity", "closes_at", "by_hand", "ignores_calendar", "taken")


class NothingChosen(Exception):
    """No date that lies ahead was chosen."""

    @property
    def message(self) -> str:
        return _("Choose the days first: tap them in the calendar.")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is to be done: one of the acts above, with its seats, its prices (satang by whose they are; ``None``: as
    planned), its hours before the start until which it can be booked (``None``: as usual), or its time of day."""

    act: str
    seats: int = 0
    prices: dict[PriceKey, int | None] = field(default_factory=dict)
    hours: int | None = None
    start: time | None = None


@dataclass(frozen=True)
class Effect:
    """What becomes of one date. ``problem``: why nothing does."""

    starts_at: datetime
    before: str
    after: str
    problem: str = ""

    @property
    def changes(self) -> bool:
        return not self.problem and self.before != self.after

    @property
    def difference(self) -> tuple[str, str]:
        """Only what differs, before and after."""
        before, after = self.before.split(SEPARATOR), self.after.split(SEPARATOR)
        return (
            SEPARATOR.join(part for part in before if part not in after),
            SEPARATOR.join(part for part in after if part not in before),
        )


@dataclass
class _Done:
    """What was done so far, and what undoing it needs."""

    effects: list[Effect] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    removed: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    @property
    def before(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("rows", "removed", "skipped", "restored", "added")}


def dates_on(tour: Tour, days: Sequence[date], at: datetime) -> list[Departure]:
    """The departures ahead on these days of Bangkok's calendar; cancelled ones are over."""
    ahead = Departure.objects.filter(tour=tour, starts_at__gt=at).exclude(status=STATUS.CANCELLED)
    begins = [at_bangkok(day, 0) for day in days]
    found = [ahead.filter(starts_at__gte=begin, starts_at__lt=begin + timedelta(days=1)) for begin in begins]
    return [one for rows in found for one in rows.select_related("tour").order_by("starts_at")]


def try_out(*, tour: Tour, days: Sequence[date], wish: Wish, by: User, at: datetime) -> list[Effect]:
    """What would happen. Raises NothingChosen."""
    with told_once():
        effects = _carried_out(tour, dates_on(tour, days, at), days, wish, at).effects
        transaction.set_rollback(True)
    if not effects:
        raise NothingChosen
    return effects


@once_more
@told_once()
def change_dates(
    *, tour: Tour, days: Sequence[date], wish: Wish, by: User, at: datetime
) -> tuple[DateChange, list[Effect]]:
    """Do it, each date on its own: what one refuses keeps no other from it. Raises NothingChosen."""
    return _change(tour, dates_on(tour, days, at), days, wish, by, at)


@once_more
@told_once()
def change_one_date(*, departure: Departure, wish: Wish, by: User, at: datetime) -> tuple[DateChange, list[Effect]]:
    """The same for a single departure."""
    return _change(departure.tour, [departure], [], wish, by, at)


def _change(
    tour: Tour, departures: list[Departure], days: Sequence[date], wish: Wish, by: User, at: datetime
) -> tuple[DateChange, list[Effect]]:
    done = _carried_out(tour, departures, days, wish, at)
    if not done.effects:
        raise NothingChosen
    tour_changed(tour)
    change = DateChange.objects.create(tour=tour, by=by, at=at, act=wish.act, before=done.before)
    said = "; ".join(f"{one.starts_at:%Y-%m-%d %H:%M}Z {one.after}" for one in done.effects if one.changes)
    record("tour.dates", subject=tour, text=f"{tour.name_th}: {said or '—'}"[:4000], at=at, actor=by)
    return change, done.effects


def _carried_out(tour: Tour, departures: list[Departure], days: Sequence[date], wish: Wish, at: datetime) -> _Done:
    done = _Done()
    if wish.act == ADD:
        for day in days:
            _add(tour, day, wish, done, at)
    for departure in departures if wish.act != ADD else []:
        _one(departure, wish, done)
    if wish.act in {CLOSE, REMOVE}:
        _skip_planned(tour, days, done, at)
    if wish.act == OPEN:
        _restore_skipped(tour, days, done, at)
    if wish.act == PRICES:
        follow_plans(tour=tour, at=at)
    return done


# ------------------------------------------------------------------ one date
def _one(departure: Departure, wish: Wish, done: _Done) -> None:
    before, snapshot = state_of(departure), _snapshot(departure)
    try:
        with transaction.atomic():
            _act(departure, wish)
    except REFUSALS as refused:
        done.effects.append(Effect(departure.starts_at, before, before, refused.message))
        return
    now = Departure.objects.filter(pk=departure.pk).select_related("tour").first()
    done.effects.append(Effect(departure.starts_at, before, state_of(now) if now else _("taken off")))
    if now is not None:
        done.rows.append(snapshot)
    else:
        done.removed.append(snapshot)


def _act(departure: Departure, wish: Wish) -> None:
    if wish.act == OPEN:
        acts.open_departure(departure=departure)
    elif wish.act == CLOSE:
        acts.close_departure(departure=departure)
    elif wish.act == SEATS:
        acts.set_capacity(departure=departure, capacity=wish.seats)
    elif wish.act == REMOVE:
        acts.delete_departure(departure=departure)
    elif wish.act == PRICES:
        set_prices_by_hand([departure], wish.prices)
    else:
        until = None if wish.hours is None else departure.starts_at - timedelta(hours=wish.hours)
        Departure.objects.filter(pk=departure.pk).update(closes_at=until)


def _snapshot(departure: Departure) -> dict[str, Any]:
    row = {name: getattr(departure, name) for name in KEPT}
    by_hand = DeparturePrice.objects.filter(departure=departure, by_hand=True)
    return row | {
        "id": departure.public_id,
        "starts_at": departure.starts_at.isoformat(),
        "closes_at": departure.closes_at.isoformat() if departure.closes_at else None,
        "schedule": departure.schedule_id,
        "prices": list(by_hand.values_list("category_id", "people", "price_satang")),
    }


# ------------------------------------------------------------------ days without a date
def _add(tour: Tour, day: date, wish: Wish, done: _Done, at: datetime) -> None:
    clock = wish.start or time(9)
    start, nothing = at_bangkok(day, clock.hour, clock.minute), _("no date")
    known = Departure.objects.filter(tour=tour, starts_at=start).first()
    if known or start <= at:
        reason = _("There is one at this time already.") if known else _("This lies in the past.")
        done.effects.append(Effect(start, nothing, nothing, reason))
        return
    made = acts.make_departures(tour=tour, starts=[start], capacity=wish.seats, at=at)
    if made.clashing:
        done.effects.append(Effect(start, nothing, nothing, made.clashing[0].message))
        return
    new = Departure.objects.select_related("tour").get(tour=tour, starts_at=start)
    done.added.append(new.public_id)
    done.effects.append(Effect(start, nothing, state_of(new)))


def _skip_planned(tour: Tour, days: Sequence[date], done: _Done, at: datetime) -> None:
    """Dates that a schedule would make only later become exceptions now."""
    for day in days:
        for start in planned_beyond(tour, day, day, at):
            SkippedStart.objects.get_or_create(tour=tour, starts_at=start)
            done.skipped.append(start.isoformat())
            done.effects.append(Effect(start, _("planned"), _("taken off")))


def _restore_skipped(tour: Tour, days: Sequence[date], done: _Done, at: datetime) -> None:
    """Exceptions are taken back; the schedule makes the date again."""
    for day in days:
        begin = at_bangkok(day, 0)
        exceptions = SkippedStart.objects.filter(
            tour=tour, starts_at__gte=begin, starts_at__lt=begin + timedelta(days=1), starts_at__gt=at
        )
        for start in list(exceptions.values_list("starts_at", flat=True)):
            done.restored.append(start.isoformat())
            done.effects.append(Effect(start, _("taken off"), _("planned")))
        exceptions.delete()
    if done.restored:
        for schedule in running_schedules(tour):
            fill_schedule(schedule=schedule, at=at)
