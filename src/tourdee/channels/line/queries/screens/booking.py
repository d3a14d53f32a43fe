"""From the dates of a tour to the question whether to book it."""

from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.dates import bangkok_day, clock, day_line, long_date, short_date
from tourdee.core.money import baht
from tourdee.core.templatetags.tourdee import local
from tourdee.shop.models import Departure, Tour, Voucher
from tourdee.shop.queries.baskets import Basket, BasketLine
from tourdee.shop.queries.storefront.words import cancellation_terms

from ...flex.parts import MUTED, Json, bubble, button, card, line, pair, pick_date, tap, text
from ...flex.taps import written
from ..booking import ALONE, Choice, Question
from .catalogue import date_words
from .menu import tile_tap, ways_on
from .sums import agreed, codes, discount, heading, notice, price_pairs

DATES_AS_BUTTONS = 8
QUICK_NUMBERS = 11  # of thirteen: two stay for the ways out


def dates(tour: Tour, starts: list[Departure]) -> list[Json]:
    """The soonest dates of a tour as buttons; the telephone's calendar for later ones."""
    name = local(tour, "name")
    if not starts:
        words = _("“%(tour)s” has no free date right now. You can ask us, or look at the other tours.")
        return [text(words % {"tour": name}, ways_on())]
    shown = starts[:DATES_AS_BUTTONS]
    body = [line(name, weight="bold"), line(_("Which day suits you?"), size="sm", color=MUTED)]
    buttons = [button(_date_tap(one)) for one in shown]
    quick = [tile_tap("tours"), tile_tap("person")]
    if len(starts) > len(shown):
        days = [_iso(starts[0]), _iso(starts[-1])]
        quick.insert(0, pick_date(_("Another day"), written("day", t=tour.public_id), first=days[0], last=days[1]))
    alt = _("Dates of “%(tour)s”") % {"tour": name}
    return [card(alt, bubble(body, buttons, size="mega"), quick)]


def _iso(date: Departure) -> str:
    return bangkok_day(date.starts_at).isoformat()


def _date_tap(date: Departure) -> Json:
    language = get_language() or "th"
    day = day_line(date.starts_at, language).rsplit(" ", 1)[0]  # the year would not fit
    return tap(f"{day} {clock(date.starts_at, language)}", written("date", d=date.public_id), date_words(date))


def how_many(choice: Choice, question: Question) -> list[Json]:
    """One question at a time; its answers hang under the chat."""
    if choice.left <= 0 and not choice.people:
        return gone(choice.departure.tour)
    words = _("How many: %(who)s?") % {"who": question.name}
    if choice.is_first:
        words = f"{local(choice.departure.tour, 'name')}\n{date_words(choice.departure)}\n\n{words}"
    return [text(words, _numbers(choice, question))]


def _numbers(choice: Choice, question: Question) -> list[Json]:
    alone = len(choice.questions) == 1
    numbers = range(1 if alone else 0, min(choice.left, QUICK_NUMBERS - 1 + alone) + 1)
    quick = [_number_tap(choice, question, number) for number in numbers]
    if choice.people and choice.next_question:
        quick.append(tap(_("That is all"), _written(choice, choice.counts, act="sum")))
    if choice.may_be_alone:
        quick.append(tap(_("Private group"), written("date", d=choice.departure.public_id, g=ALONE)))
    return quick


def _number_tap(choice: Choice, question: Question, number: int) -> Json:
    label = str(number) if number else _("nobody")
    counts = (*choice.counts, number)
    act = "sum" if len(counts) == len(choice.questions) else "date"
    return tap(label, _written(choice, counts, act=act), f"{question.name}: {label}")


def _written(choice: Choice, counts: tuple[int, ...], *, act: str) -> str:
    return written(act, **replace(choice, counts=counts).written)


def summary(choice: Choice, wanted: Basket, key: str, vouchers: list[Voucher]) -> list[Json]:
    """Everything that is agreed by the tap on the button: what, when, where, how much, and what happens when plans
    change. ``key`` makes two taps one booking; ``vouchers`` are those that one tap can use."""
    tour, language = choice.departure.tour, get_language() or "th"
    starts_at = choice.departure.starts_at
    body = [
        *heading(local(tour, "name")),
        pair(_("Day and time"), f"{long_date(starts_at, language)} {clock(starts_at, language)}"),
        pair(_("Where"), local(tour, "meeting_point")),
        *price_pairs(_in_order(choice, wanted)),
        *discount(wanted),
        pair(_("In all"), baht(wanted.total_satang)),
        *_deposit(wanted),
        *[line(term, size="xs", color=MUTED) for term in _terms(tour)],
        notice(_("By booking you agree to our privacy notice.")),
    ]
    book = written("book", **choice.written, **agreed(wanted, key))
    buttons = [
        button(tap(_("Book now"), book, _("Please book it.")), strong=True),
        button(tap(_("Choose another date"), written("tour", t=tour.public_id))),
    ]
    alt = _("Please look: %(what)s, %(price)s") % {"what": local(tour, "name"), "price": baht(wanted.total_satang)}
    quick = [*codes(wanted, vouchers, _written(choice, choice.counts, act="sum")), tile_tap("person")]
    return [card(alt, bubble(body, buttons, size="mega"), quick)]


def _in_order(choice: Choice, wanted: Basket) -> list[BasketLine]:
    """As they were asked for; what goes with the seats comes after them."""
    asked = [question.category for question in choice.questions]
    last = len(asked)
    return sorted(
        wanted.lines, key=lambda one: asked.index(one.category.public_id) if one.category else last * bool(one.extra or one.pickup)
    )  # fmt: skip


def _deposit(wanted: Basket) -> list[Json]:
    if wanted.due_now_satang == wanted.total_satang or wanted.rest_due_at is None:
        return []
    rest = wanted.total_satang - wanted.due_now_satang
    until = short_date(wanted.rest_due_at, get_language() or "th")
    said = _("%(rest)s until %(day)s") % {"rest": baht(rest), "day": until}
    return [pair(_("Now"), baht(wanted.due_now_satang)), pair(_("To pay later"), said)]


def _terms(tour: Tour) -> list[str]:
    return cancellation_terms([(tier.hours_before, tier.refund_percent) for tier in tour.tiers.all()])


def nobody(choice: Choice) -> list[Json]:
    """All questions were answered by none."""
    begin = tap(_("Once more"), written("date", d=choice.departure.public_id))
    return [text(_("Then nobody would come along. How many are you?"), [begin, tile_tap("person")])]


def gone(tour: Tour | None) -> list[Json]:
    """The date that was tapped is full, past or no longer sold."""
    quick = ways_on()
    if tour is not None:
        quick.insert(0, tap(_("Other dates"), written("tour", t=tour.public_id)))
    return [text(_("Sorry, this date can no longer be booked. Please choose another one."), quick)]


def refused(message: str, departure: str) -> list[Json]:
    """It cannot be booked like this; the reason, and the way back."""
    return [text(message, [tap(_("Once more"), written("date", d=departure)), tile_tap("tours"), tile_tap("person")])]
