"""An order in the chat: what it is, what to do now, and every change of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from tourdee.core.dates import clock, long_date, short_date
from tourdee.core.money import baht
from tourdee.core.templatetags.tourdee import local
from tourdee.shop.models import Departure, Order, OrderLine, Parcel, Tour
from tourdee.shop.queries.chat_orders import lacks_address
from tourdee.shop.queries.in_person import pay_address
from tourdee.shop.queries.questions import asked_of_order
from tourdee.shop.queries.selling import order_status_words

from ...flex.packing import carousels
from ...flex.parts import MUTED, TEAL, WARM, Json, bubble, button, card, line, link, pair, tap, text
from ...flex.taps import written
from ...models import Follower
from .menu import tile_tap, ways_on
from .places import page

MOST_SHOWN = 5
STATUS = Order.Status
STARS = (5, 4, 3, 2, 1)


def orders_of(follower: Follower) -> QuerySet[Order]:
    """All that this person bought in the chat, newest first, with their lines and parcels."""
    things = OrderLine.objects.select_related("departure__tour", "variant__product").order_by("pk")
    return (
        Order.objects.filter(line_chat__follower=follower).select_related("shop", "parcel").prefetch_related(Prefetch("lines", things))
    )  # fmt: skip


def wanting_money(follower: Follower, at: datetime) -> list[Order]:
    """Orders for which a slip that comes now can be meant, the newest first."""
    waiting = orders_of(follower).filter(status__in=Order.UNPAID)
    return [order for order in waiting if order.status == STATUS.SLIP_REVIEW or order.expires_at > at]


def mine(follower: Follower) -> list[Json]:
    """The newest orders as cards."""
    found = orders_of(follower)[:MOST_SHOWN]
    if not found:
        return [text(_("You have no booking in this chat yet. Look at our tours:"), ways_on())]
    return carousels(_("Your bookings"), [order_card(order) for order in found], ways_on())


def order_card(order: Order, heading: str = "", colour: str = TEAL) -> Json:
    """One order: its number, what is in it, where it stands, and the button for what comes next."""
    body = [
        line(heading or _standing(order), weight="bold", color=colour),
        line(_named(order), size="xs", color=MUTED),
        *_things(order.lines.all()),
        pair(_("In all"), baht(order.total_satang)),
    ]
    if order.status == STATUS.AWAITING_PAYMENT:
        until = f"{short_date(order.expires_at, _language())} {clock(order.expires_at, _language())}"
        body.append(pair(_("Confirm until") if order.waits_for_guest else _("Pay until"), until))
    return bubble(body, [button(link(_next_words(order), order_address(order)), strong=True)])


def _standing(order: Order) -> str:
    """Where it stands."""
    return _("Cash on delivery: please confirm") if order.waits_for_guest else order_status_words(order.status)


def is_of_goods(order: Order) -> bool:
    """Nothing in it takes place."""
    return all(one.variant_id for one in order.lines.all())


def _named(order: Order) -> str:
    words = _("Order %(code)s") if is_of_goods(order) else _("Booking %(code)s")
    return words % {"code": order.code}


def _next_words(order: Order) -> str:
    """What its button does."""
    if order.waits_for_guest:
        return _("Confirm the order")
    if order.status == STATUS.AWAITING_PAYMENT:
        return _("Address and payment") if lacks_address(order) else _("Pay by PromptPay")
    if is_of_goods(order):
        return _("Open the order")
    return _("Open the ticket") if order.status == STATUS.CONFIRMED else _("Open the booking")


def order_address(order: Order) -> str:
    """The order's page, by its short link where it has one."""
    return pay_address(order) if order.pay_code else page("order_status", order.secret)


def _language() -> str:
    return get_language() or "th"


def _things(lines: Iterable[OrderLine]) -> list[Json]:
    said, dates = [], []
    for one in lines:
        said.append(line(f"{local(one, 'name')} × {one.quantity}", size="sm"))
        if one.departure and one.departure not in dates:
            dates.append(one.departure)
    return [*said, *[line(when(date), size="sm", weight="bold") for date in dates]]


def when(departure: Departure) -> str:
    """``Saturday 28 November 2026 09:00``."""
    return f"{long_date(departure.starts_at, _language())} {clock(departure.starts_at, _language())}"


# ------------------------------------------------------------------ after the tap on “book”
def placed(order: Order) -> list[Json]:
    """Held: how to pay it, and that the slip can be sent right here. An old button is tapped too: then how it stands now."""
    if order.status == STATUS.CONFIRMED:  # it costs nothing
        return confirmed(order)
    if order.status != STATUS.AWAITING_PAYMENT:
        return changed(order, order_status_words(order.status))
    words = _(
        "Pay with the button above (PromptPay). Then send the picture of your slip here in this chat, we do the rest."
    )
    if lacks_address(order):
        words = _(
            "Tap the button above: say where to send it, see the price with postage, and pay (PromptPay). Then send the "
            "picture of your slip here in this chat, we do the rest."
        )
    kept = _("We keep the goods for you: please pay") if is_of_goods(order) else _("We keep it for you: please pay")
    return [
        *changed(order, kept),
        *_questions(order),
        text(words, [tile_tap("orders"), tile_tap("person")]),
    ]


def confirmed(order: Order) -> list[Json]:
    """The seller has the money; what the shop still needs to know of the guests is asked once more."""
    if is_of_goods(order):
        return changed(order, _("Your order is confirmed"), _way_words(order))
    words = _("See you then! Your ticket is behind the button.")
    first, last = changed(order, _("Your booking is confirmed"), words)
    return [first, *_questions(order), last]


def still_asked(order: Order) -> list[Json]:
    """The day is near, and the shop still needs answers."""
    return [*changed(order, _("Your trip is near")), *_questions(order)]


def _way_words(order: Order) -> str:
    """How the goods come."""
    parcel = getattr(order, "parcel", None)
    if parcel is not None and parcel.way == Parcel.Way.POST:
        return _("Thank you! We pack it and tell you here as soon as it is on its way.")
    return _("Thank you! We get it ready for you. Where you fetch it stands behind the button.")


def _questions(order: Order) -> list[Json]:
    """Required ones that nobody has answered: answered on the order's page, where numbers are sealed."""
    missing = sum(one.is_missing for one in asked_of_order(order, order.lines.all()))
    if not missing:
        return []
    said = ngettext(
        "The shop needs %(number)d answer about the guests, for example about food.",
        "The shop needs %(number)d answers about the guests, for example about food.",
        missing,
    ) % {"number": missing}
    answer = button(link(_("Answer now"), page("order_questions", order.secret)), strong=True)
    return [card(said, bubble([line(said)], [answer]))]


def changed(order: Order, heading: str, words: str = "", colour: str = TEAL) -> list[Json]:
    """Word of an order: its card under a heading, and a sentence below where one is needed."""
    alt = f"{heading} · {order.code}"
    quick = [] if words else [tile_tap("orders"), tile_tap("person")]
    messages = [card(alt, order_card(order, heading, colour), quick)]
    return [*messages, text(words, [tile_tap("orders"), tile_tap("person")])] if words else messages


# ------------------------------------------------------------------ slips
def slip_received(order: Order) -> list[Json]:
    """Kept; the seller looks into the bank."""
    words = _("Thank you! We have your slip. The seller looks into the bank account and confirms it here.")
    return [text(f"{words}\n{_named(order)}", [tile_tap("orders"), tile_tap("person")])]


def address_first(order: Order) -> list[Json]:
    """A slip for goods that nobody has said a place for: the price is not sure yet."""
    words = _("First tell us where to send it: tap the button, then send the picture of your slip once more.")
    said = [line(words), line(_named(order), size="xs", color=MUTED)]
    give = button(link(_next_words(order), order_address(order)), strong=True)
    return [card(words, bubble(said, [give]), [tile_tap("orders"), tile_tap("person")])]


def which_order(orders: list[Order], message: str) -> list[Json]:
    """Several are waiting for money: for which one is this picture?"""
    quick = [
        tap(f"{order.code} {baht(order.missing_satang)}", written("slip", o=order.public_id, m=message))
        for order in orders
    ]
    return [text(_("Thank you for the picture. Which order is it for?"), [*quick, tile_tap("person")])]


def not_a_slip(message: str) -> list[Json]:
    """The picture cannot be kept as a slip; the reason."""
    return [text(message, [tile_tap("orders"), tile_tap("person")])]


# ------------------------------------------------------------------ before and after the tour
def reminder(order: Order, departure: Departure) -> list[Json]:
    """The day before: when, where, and what opens the gate."""
    tour = departure.tour
    heading = _("See you tomorrow!")
    body = [
        line(heading, weight="bold", color=WARM),
        line(local(tour, "name"), weight="bold"),
        pair(_("Day and time"), when(departure)),
        pair(_("Where"), local(tour, "meeting_point")),
        pair(_("Bring"), _("your ticket, here on the telephone")),
    ]
    footer = [button(link(_("Open the ticket"), order_address(order)), strong=True)]
    alt = f"{heading} {local(tour, 'name')} {when(departure)}"
    return [card(alt, bubble(body, footer, size="mega"), [tile_tap("person")])]


def ask_review(order: Order, place: int, title: str) -> list[Json]:
    """How was it? One tap gives the stars. ``place``: of the line in the order, from 1."""
    quick = [
        tap("★" * stars, written("stars", o=order.public_id, l=place, s=stars), _stars_words(stars)) for stars in STARS
    ]
    words = _("Thank you for coming along: “%(tour)s”! How was it? Your stars help others to find us.")
    return [text(words % {"tour": title}, quick)]


def _stars_words(stars: int) -> str:
    return f"{'★' * stars}{'☆' * (5 - stars)}"


def thanks_for_stars(order: Order, stars: int) -> list[Json]:
    """Kept."""
    words = _("%(stars)s Thank you! It is shown with the tour. We hope to see you again.")
    return [text(words % {"stars": _stars_words(stars)}, ways_on())]


def in_language_of(follower: Follower) -> Any:
    """Everything within is said in the follower's language."""
    return override("en" if follower.language.startswith("en") else "th")


def title(tour: Tour) -> str:
    """Its name in the reader's language."""
    return local(tour, "name")


def in_thai() -> Any:
    """What everybody sees is in Thai."""
    return override("th")
