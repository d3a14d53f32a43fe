"""Tours and goods as cards."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.dates import bangkok_day, clock, day_line
from tourdee.core.templatetags.tourdee import local
from tourdee.shop.models import Departure, Shop, Tour
from tourdee.shop.queries.availability import with_seats_left
from tourdee.shop.queries.storefront.cards import (
    FEW,
    ProductCard,
    TourCard,
    product_cards,
    tour_cards,
    with_card_facts,
    with_product_facts,
)
from tourdee.shop.queries.storefront.on_sale import bookable_departures, products_on_sale, tours_on_sale

from ...flex.packing import carousels
from ...flex.parts import INK, MUTED, TEAL, WARM, Json, bubble, button, line, link, shortened, tap, text
from ...flex.taps import written
from .menu import tile_tap, ways_on
from .places import page, picture

MOST_CARDS = 10
DATES_ON_A_CARD = 3
MOST_DAYS = 10


def tours(shop: Shop, at: datetime) -> list[Json]:
    """The shop's tours and workshops, those with a date first. Four queries."""
    found: QuerySet[Any] = with_card_facts(tours_on_sale(bangkok_day(at)).filter(shop=shop), at)
    rows = list(found.order_by(F("next_start").asc(nulls_last=True), "pk")[: MOST_CARDS + 1])
    rows, more = rows[:MOST_CARDS], rows[MOST_CARDS:]
    if not rows:
        return [
            text(_("There is no tour to book right now. Ask us, we will tell you when the next one comes."), ways_on())
        ]
    dates = next_dates(rows, at)
    cards = [tour_card(card, dates.get(row.pk, [])) for row, card in zip(rows, tour_cards(rows, at), strict=True)]
    cards += [_all_of_them(shop, _("There are more tours"))] if more else []
    return carousels(_("Our tours: choose one to see its dates"), cards, ways_on())


def _all_of_them(shop: Shop, words: str) -> Json:
    """The last card, where not everything fits: it leads to the shop's page."""
    see = link(_("See all of them"), page("shop", shop.slug))
    return bubble([line(words, weight="bold", size="md")], [button(see, strong=True)])


def next_dates(rows: Iterable[Tour], at: datetime) -> dict[int, list[Departure]]:
    """By tour, the soonest dates that have room. One query."""
    found: defaultdict[int, list[Departure]] = defaultdict(list)
    upcoming = bookable_departures(at).filter(tour__in=[row.pk for row in rows])
    for departure in with_seats_left(upcoming, at).filter(seats_left__gt=0)[:200]:
        if len(found[departure.tour_id]) < DATES_ON_A_CARD:
            found[departure.tour_id].append(departure)
    return found


def tour_card(card: TourCard, dates: list[Departure]) -> Json:
    """A picture, the name, the price, the next dates, and two buttons."""
    body = [
        line(card.name, weight="bold", size="md", maxLines=2),
        line(f"{card.price} {card.unit}", weight="bold", color=TEAL)
        if card.price
        else line(card.province, color=MUTED),
        *[line(date_words(date), size="sm", color=WARM if _few(date) else INK) for date in dates],
    ]
    if not dates:
        body.append(line(_("No free date yet: ask us"), size="sm", color=MUTED))
    choose = tap(_("Choose a date"), written("tour", t=card.public_id), _("Dates of “%(tour)s”") % {"tour": card.name})
    more = link(_("See the details"), page("tour", card.shop_slug, card.public_id))
    return bubble(body, [button(choose, strong=True), button(more)], picture=picture(card.picture))


def _few(date: Departure) -> bool:
    return bool(date.seats_left <= FEW)  # type: ignore[attr-defined]  # annotated


def date_words(date: Departure) -> str:
    """``Sat 28 Nov 2026 09:00 · 4 seats left``."""
    language = get_language() or "th"
    said = {"day": day_line(date.starts_at, language), "time": clock(date.starts_at, language), "left": date.seats_left}  # type: ignore[attr-defined]  # annotated
    return _("%(day)s %(time)s · %(left)s seats left") % said


def free_dates(shop: Shop, at: datetime) -> list[Json]:
    """The next starts of all tours with room, one button each. Two queries."""
    on_sale = tours_on_sale(bangkok_day(at)).filter(shop=shop)
    upcoming = bookable_departures(at).filter(tour__in=on_sale).select_related("tour")
    found = list(with_seats_left(upcoming, at).filter(seats_left__gt=0)[: MOST_DAYS + 1])
    rows, more = found[:MOST_DAYS], found[MOST_DAYS:]
    if not rows:
        return [text(_("All dates are full right now. Ask us, we will tell you when the next one comes."), ways_on())]
    body = [line(_("Next dates with free seats"), weight="bold")]
    for row in rows:
        body += [line(local(row.tour, "name"), size="sm", weight="bold", margin="md"), line(date_words(row), size="sm")]
    language = get_language() or "th"
    quick = [
        tap(_short(row, language), written("date", d=row.public_id), f"{local(row.tour, 'name')} {date_words(row)}")
        for row in rows
    ]
    quick += [tile_tap("tours")] if more else []  # there each tour has all its dates
    return carousels(_("Next dates with free seats"), [bubble(body, size="mega")], quick)


def _short(row: Departure, language: str) -> str:
    return shortened(f"{day_line(row.starts_at, language).rsplit(' ', 1)[0]} {local(row.tour, 'name')}", 20)


def goods(shop: Shop) -> list[Json]:
    """The shop's products. Two queries."""
    rows = with_product_facts(products_on_sale().filter(shop=shop)).order_by("-pk")[: MOST_CARDS + 1]
    cards = [product_card(card) for card in product_cards(rows)]
    if not cards:
        return [text(_("We have no souvenirs to send right now."), ways_on())]
    if len(cards) > MOST_CARDS:
        cards[MOST_CARDS:] = [_all_of_them(shop, _("There are more souvenirs"))]
    return carousels(_("Our souvenirs"), cards, ways_on())


def product_card(card: ProductCard) -> Json:
    """A picture, the name, the price, what is left; to order it here, or to look at its page."""
    price = _("from %(price)s") % {"price": card.price} if card.has_prices else card.price
    left, colour = left_words(card.left)
    body = [
        line(card.name, weight="bold", size="md", maxLines=2),
        line(f"{price} {card.unit}", weight="bold", color=TEAL),
        line(left, size="sm", color=colour),
    ]
    look = link(_("See the details"), page("product", card.shop_slug, card.public_id))
    order = tap(_("Order here"), written("product", t=card.public_id), card.name)
    buttons = [button(order, strong=True), button(look)] if card.left > 0 else [button(look, strong=True)]
    return bubble(body, buttons, picture=picture(card.picture))


def left_words(left: int) -> tuple[str, str]:
    """How many are there, and in which colour that is said."""
    if left <= 0:
        return _("Sold out"), MUTED
    if left <= FEW:
        return _("Only %(left)s left") % {"left": left}, WARM
    return _("Plenty there"), MUTED
