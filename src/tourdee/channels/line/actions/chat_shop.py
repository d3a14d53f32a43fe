"""The shop in the chat: what was written, tapped or sent goes in, the messages of the answer come out.

A tap is always answered. A written message is answered by a word of the seller's, or by one that every shop understands,
unless a person has taken the conversation over.
"""

import secrets
from collections.abc import Callable
from datetime import date

from django.db.models import F

from tourdee.core.dates import bangkok_day
from tourdee.shop.actions.orders import Refused
from tourdee.shop.actions.reviews import CannotReview, ReviewedBefore
from tourdee.shop.queries.baskets import basket

from ..flex.parts import Json, text
from ..flex.taps import Tap, read
from ..models import KeywordAnswer, Tile
from ..queries import answers
from ..queries.booking import MOST_PEOPLE, choice, free_starts, tour_on_sale
from ..queries.screens import booking, catalogue, coupons, menu, options, orders
from . import chat_goods, chat_orders, followers
from .talk import Talk

DAYS_AROUND = 3


def greet(talk: Talk) -> list[Json]:
    """Somebody follows the shop."""
    return menu.welcome(talk.shop, talk.follower.name)


def answer_text(talk: Talk, words: str, *, by_person: bool) -> list[Json]:
    """To a written message. Nothing while a person answers here, except to the words that stop and start the news."""
    if answers.asks_to_stop(words):
        followers.stop_news(follower=talk.follower, at=talk.at)
        return menu.news_stopped()
    if answers.asks_to_start(words):
        followers.want_news(follower=talk.follower)
        return menu.news_again()
    if by_person:
        return []
    if own := answers.answer_to(talk.shop, words):
        return _own_answer(talk, own)
    tile = answers.tile_meant(words)
    return show(talk, tile) if tile else menu.not_understood()


def _own_answer(talk: Talk, own: KeywordAnswer) -> list[Json]:
    KeywordAnswer.objects.filter(pk=own.pk).update(used=F("used") + 1)
    if not own.shows:
        return [text(own.answer, menu.ways_on())]
    return [text(own.answer), *show(talk, own.shows)]


def answer_tap(talk: Talk, data: str, *, day: str = "") -> list[Json]:
    """To a button. ``day`` is what the telephone's calendar gave. An old or foreign button leads back to the tours."""
    tapped = read(data)
    act = ACTS.get(tapped.act) if tapped else None
    if tapped is None or act is None:
        return menu.not_understood()
    return act(talk, tapped) if tapped.act != "day" else _day(talk, tapped, day)


def show(talk: Talk, tile: str) -> list[Json]:
    """A part of the menu."""
    return ACTS[str(tile)](talk, Tap(str(tile)))


# ------------------------------------------------------------------ the menu
def _tours(talk: Talk, _tap: Tap) -> list[Json]:
    return catalogue.tours(talk.shop, talk.at)


def _free_dates(talk: Talk, _tap: Tap) -> list[Json]:
    return catalogue.free_dates(talk.shop, talk.at)


def _goods(talk: Talk, _tap: Tap) -> list[Json]:
    return catalogue.goods(talk.shop)


def _orders(talk: Talk, _tap: Tap) -> list[Json]:
    return orders.mine(talk.follower)


def _coupons(talk: Talk, _tap: Tap) -> list[Json]:
    return coupons.coupons(talk.shop, talk.at)


def _person(talk: Talk, _tap: Tap) -> list[Json]:
    return menu.person_comes(talk.shop)


# ------------------------------------------------------------------ booking
def _tour(talk: Talk, tap: Tap) -> list[Json]:
    """The dates of a tour."""
    tour = tour_on_sale(talk.shop, tap.get("t"), talk.at)
    if tour is None:
        return booking.gone(None)
    followers.note_interest(follower=talk.follower, item=tour, at=talk.at)
    return booking.dates(tour, free_starts(tour, talk.at))


def _day(talk: Talk, tap: Tap, day: str) -> list[Json]:
    """The dates on and around a day that was picked in the calendar."""
    tour = tour_on_sale(talk.shop, tap.get("t"), talk.at)
    wanted = _date(day)
    if tour is None or wanted is None:
        return booking.gone(tour)
    starts = free_starts(tour, talk.at)
    near = sorted(starts, key=lambda one: abs((bangkok_day(one.starts_at) - wanted).days))[: 2 * DAYS_AROUND]
    return booking.dates(tour, sorted(near, key=lambda one: one.starts_at))


def _date(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def _how_many(talk: Talk, tap: Tap) -> list[Json]:
    """The next question about the party, or the sum."""
    chosen = choice(talk.shop, tap, talk.at)
    if chosen is None:
        return booking.gone(None)
    question = chosen.next_question
    return booking.how_many(chosen, question) if question else _sum(talk, tap)


def _sum(talk: Talk, tap: Tap) -> list[Json]:
    """The next question about what goes with it, or what it would cost and whether to book."""
    chosen = choice(talk.shop, tap, talk.at)
    if chosen is None:
        return booking.gone(None)
    if not 1 <= chosen.people <= MOST_PEOPLE:
        return booking.nobody(chosen)
    if question := options.next_question(chosen):
        return question
    try:
        wanted = basket(shop=talk.shop, items=chosen.items, at=talk.at, wishes=chosen.wishes(tap.get("v")))
    except Refused as problem:
        return booking.refused(problem.message, tap.get("d"))
    shown = coupons.shown_vouchers(talk.shop, talk.at)
    return booking.summary(chosen, wanted, secrets.token_hex(8), shown)


def _book(talk: Talk, tap: Tap) -> list[Json]:
    """The tap that books."""
    return chat_orders.order_by_tap(
        talk, tap, choice(talk.shop, tap, talk.at), gone=lambda: booking.gone(None), look_again=_sum,
        refused=lambda problem: booking.refused(problem.message, tap.get("d")),
    )  # fmt: skip


# ------------------------------------------------------------------ afterwards
def _stop(talk: Talk, _tap: Tap) -> list[Json]:
    followers.stop_news(follower=talk.follower, at=talk.at)
    return menu.news_stopped()


def _stars(talk: Talk, tap: Tap) -> list[Json]:
    stars, place = tap.number("s", 5), tap.number("l", MOST_PEOPLE)
    if not stars or not place:
        return menu.not_understood()
    try:
        order = chat_orders.give_stars(
            follower=talk.follower, order=tap.get("o"), place=place, stars=stars, at=talk.at
        )  # fmt: skip
    except (CannotReview, ReviewedBefore) as problem:
        return [text(problem.message, menu.ways_on())]
    return orders.thanks_for_stars(order, stars) if order else menu.not_understood()


ACTS: dict[str, Callable[[Talk, Tap], list[Json]]] = {
    Tile.TOURS.value: _tours,
    Tile.DATES.value: _free_dates,
    Tile.GOODS.value: _goods,
    Tile.ORDERS.value: _orders,
    Tile.COUPONS.value: _coupons,
    Tile.PERSON.value: _person,
    "tour": _tour,
    "day": _tour,
    "date": _how_many,
    "sum": _sum,
    "book": _book,
    **chat_goods.ACTS,
    "stars": _stars,
    "stop": _stop,
}
