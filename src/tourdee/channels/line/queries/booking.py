"""What somebody is about to book in the chat: read out of a tap, priced by our own rows."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tourdee.core.dates import bangkok_day
from tourdee.core.templatetags.tourdee import local
from tourdee.shop.models import Departure, PriceCategory, Shop, Tour
from tourdee.shop.queries.availability import departures_on_sale, with_seats_left
from tourdee.shop.queries.baskets import PRIVATE, Item, Wishes
from tourdee.shop.queries.storefront.on_sale import bookable_departures, tours_on_sale

from ..flex.taps import Tap
from .options import NO_OPTIONS, Options, options_of

MOST_QUESTIONS = 4  # price categories that are asked for; the shop's page has them all
MOST_PEOPLE = 99
ALONE = "p"  # stands in a button of a tour that is sold both ways, for the whole date


@dataclass(frozen=True)
class Question:
    """How many of one price category; ``category`` is empty where a whole date is sold to one party."""

    name: str
    category: str


@dataclass(frozen=True)
class Choice:
    """A date, how many of each question so far, in their order, and what goes with them. ``alone``: the whole date for one party, of a
    tour that is sold both ways."""

    departure: Departure
    questions: tuple[Question, ...]
    counts: tuple[int, ...] = ()
    options: Options = NO_OPTIONS
    alone: bool = False

    @property
    def next_question(self) -> Question | None:
        """The one that was not answered yet."""
        return self.questions[len(self.counts)] if len(self.counts) < len(self.questions) else None

    @property
    def is_first(self) -> bool:
        return not self.counts

    @property
    def may_be_alone(self) -> bool:
        """The party could have the whole date instead: nobody else is on it."""
        both = self.departure.tour.sold_as == Tour.SoldAs.BOTH
        return both and not self.alone and self.is_first and self.left == self.departure.capacity

    @property
    def people(self) -> int:
        return sum(self.counts)

    @property
    def left(self) -> int:
        """Seats that can still be chosen."""
        return max(0, int(self.departure.seats_left) - self.people)  # type: ignore[attr-defined]  # annotated

    @property
    def written(self) -> dict[str, str]:
        """As it stands in a button: date, numbers (``2.1``), and what goes with them."""
        numbers = ".".join(str(count) for count in self.counts)
        way = {"g": ALONE} if self.alone else {}
        return {"d": self.departure.public_id, "n": numbers, **way, **self.options.written}

    def wishes(self, voucher: str) -> Wishes:
        """What is chosen beside the things themselves."""
        return Wishes(bookings=(self.options.wish(self.departure.public_id),), voucher=voucher)

    @property
    def items(self) -> list[Item]:
        """What is to be ordered."""
        chosen = zip(self.questions, self.counts, strict=False)
        named = self.departure.public_id
        seats = [
            Item(departure=named, category=question.category, quantity=count) for question, count in chosen if count
        ]
        return [*seats, *self.options.items(named)]


def tour_on_sale(shop: Shop, public_id: str, at: datetime) -> Tour | None:
    """A tour of this shop that may be sold today."""
    return tours_on_sale(bangkok_day(at)).filter(shop=shop, public_id=public_id[:16]).first()


def free_starts(tour: Tour, at: datetime) -> list[Departure]:
    """Its dates that have room, soonest first. One query."""
    return [one for one in departures_on_sale(tour, at) if one.seats_left > 0]  # type: ignore[attr-defined]  # annotated


def choice(shop: Shop, tapped: Tap, at: datetime) -> Choice | None:
    """The date, numbers and options that a button names; ``None`` where it is no longer sold or nonsense. Two queries, two more
    for a tour with options."""
    on_sale = tours_on_sale(bangkok_day(at)).filter(shop=shop)
    wanted = (
        bookable_departures(at).filter(public_id=tapped.get("d")[:16], tour__in=on_sale).select_related("tour__shop")
    )
    found = with_seats_left(wanted, at).first()
    if found is None:
        return None
    alone = tapped.get("g") == ALONE and found.tour.sold_as == Tour.SoldAs.BOTH
    questions = _questions(found.tour, alone)
    numbers = _numbers(tapped.get("n"))
    options = options_of(found.tour, tapped.get("p"), tapped.get("x"))
    if numbers is None or options is None or len(numbers) > len(questions):
        return None
    return Choice(found, questions, numbers, options, alone)


def _questions(tour: Tour, alone: bool) -> tuple[Question, ...]:
    if alone or tour.sold_as == Tour.SoldAs.PRIVATE:
        return (Question(_("How many come"), PRIVATE),)
    prices = PriceCategory.objects.filter(tour=tour, is_active=True)[:MOST_QUESTIONS]
    return tuple(Question(local(price, "name"), price.public_id) for price in prices)


def _numbers(counts: str) -> tuple[int, ...] | None:
    parts = counts.split(".") if counts else []
    if not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts):
        return None
    return tuple(int(part) for part in parts)
