"""The questions about what goes with a booking: where to be fetched, and each extra."""

from dataclasses import replace
from datetime import timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.dates import clock
from tourdee.core.money import baht
from tourdee.core.templatetags.tourdee import local
from tourdee.shop.models import Extra, PickupPoint
from tourdee.shop.queries.baskets import most_of

from ...flex.parts import Json, tap, text
from ...flex.taps import written
from ..booking import Choice
from ..options import BY_ONESELF, Options
from .menu import tile_tap

QUICK_NUMBERS = 11  # of thirteen: “none” and the way out are there too


def next_question(choice: Choice) -> list[Json]:
    """Nothing where everything is answered."""
    if choice.options.asks_pickup:
        return _where(choice)
    extra = choice.options.next_extra
    return _how_many(choice, extra) if extra else []


def _where(choice: Choice) -> list[Json]:
    points = choice.options.points
    words = "\n".join([_("Shall we fetch you?"), "", *(f"• {_point_words(choice, one)}" for one in points)])
    fetched = [
        tap(f"{_time(choice, one)} {local(one, 'name')}", _with(choice, choice.options.with_pickup(one.public_id)), local(one, "name"))
        for one in points
    ]  # fmt: skip
    alone = tap(_("I come by myself"), _with(choice, choice.options.with_pickup(BY_ONESELF)))
    return [text(words, [alone, *fetched, tile_tap("person")])]


def _point_words(choice: Choice, point: PickupPoint) -> str:
    price = _("%(price)s per person") % {"price": baht(point.price_satang)} if point.price_satang else _("free")
    return f"{_time(choice, point)} {local(point, 'name')} · {price}"


def _time(choice: Choice, point: PickupPoint) -> str:
    return clock(choice.departure.starts_at - timedelta(minutes=point.minutes_before), get_language() or "th")


def _how_many(choice: Choice, extra: Extra) -> list[Json]:
    name, each = local(extra, "name"), extra.per == Extra.Per.PERSON
    said = {"name": name, "price": baht(extra.price_satang)}
    words = _("%(name)s, %(price)s per person. How many?") if each else _("%(name)s, %(price)s each. How many?")
    numbers = range(min(most_of(extra, choice.people), QUICK_NUMBERS) + 1)
    quick = [_number_tap(choice, extra, name, number) for number in numbers]
    return [text(words % said, [*quick, tile_tap("person")])]


def _number_tap(choice: Choice, extra: Extra, name: str, number: int) -> Json:
    label = str(number) if number else _("none of it")
    return tap(label, _with(choice, choice.options.with_extra(extra, number)), f"{name}: {label}")


def _with(choice: Choice, options: Options) -> str:
    return written("sum", **replace(choice, options=options).written)
