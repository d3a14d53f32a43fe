"""The first words, and the ways that are offered again and again."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tourdee.core.templatetags.tourdee import local
from tourdee.shop.models import Shop

from ...flex.parts import Json, shortened, tap, text
from ...flex.taps import written
from ...models import Tile

NAMES = {
    Tile.TOURS: gettext_lazy("All tours"),
    Tile.DATES: gettext_lazy("Free dates"),
    Tile.GOODS: gettext_lazy("Souvenirs"),
    Tile.ORDERS: gettext_lazy("My bookings"),
    Tile.COUPONS: gettext_lazy("Coupons"),
    Tile.PERSON: gettext_lazy("Talk to us"),
}


def tile_name(tile: str) -> str:
    """What stands on it, and what the chat shows when it was tapped."""
    return str(NAMES[Tile(tile)])


def tile_tap(tile: str) -> Json:
    """What a tap on it does."""
    return tap(tile_name(tile), written(str(tile)))


def ways_on() -> list[Json]:
    """Buttons under the chat: what one may want next."""
    return [tile_tap(tile) for tile in (Tile.TOURS, Tile.DATES, Tile.GOODS, Tile.ORDERS, Tile.PERSON)]


def welcome(shop: Shop, name: str) -> list[Json]:
    """To who follows: who this is and what can be done here. One message, since it is also what a visitor sees first."""
    said = {"name": name or _("there"), "shop": local(shop, "name")}
    words = _(
        "Hello %(name)s! Welcome to %(shop)s 🙏\nHere you can look at our tours and souvenirs, book and order, pay and send your "
        "slip, all in this chat. Tap a button below to begin, or just write to us."
    )  # fmt: skip
    hint = _("We send news now and then. If you do not want any, write “stop”.")
    return [text(f"{shortened(words % said, 4000)}\n\n{hint}", ways_on())]


def not_understood() -> list[Json]:
    """A message without a word that we know: a person will read it, meanwhile the buttons are there."""
    return [text(_("Thank you, we have your message and will answer soon. Meanwhile you can look around:"), ways_on())]


def person_comes(shop: Shop) -> list[Json]:
    """The customer asked for a person."""
    words = _("Of course. %(shop)s will answer you here, please write what you would like to know.")
    return [text(words % {"shop": local(shop, "name")})]


def news_stopped() -> list[Json]:
    """The word that stops all news."""
    words = _(
        "Done: you get no more news from us. Bookings and questions work as before. To get news again, write “start”."
    )
    return [text(words, ways_on())]


def news_again() -> list[Json]:
    """And the word that lets it begin again."""
    return [text(_("Welcome back: you will hear our news again."), ways_on())]
