"""The basket between two pages: a signed cookie, no row in the database. It names what was chosen, never a price."""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ...queries.baskets import (
    ANY_WAY,
    LARGEST_BASKET,
    LARGEST_QUANTITY,
    NOTHING_ELSE,
    BookingWish,
    Item,
    Key,
    Wishes,
    key_named,
)
from ...queries.shipping import Delivery

COOKIE, COUNT = "basket", "basket_count"
SALT = "tourdee.shop.basket"
KEPT_SECONDS = 14 * 24 * 60 * 60


@dataclass(frozen=True)
class KeptBasket:
    """What lies in the basket, all from one shop. ``key`` makes the order that comes of it come once, from however
    many tabs and clicks it is sent."""

    shop: str = ""
    key: str = ""
    items: tuple[Item, ...] = ()
    wishes: Wishes = NOTHING_ELSE
    delivery: Delivery = ANY_WAY

    @property
    def count(self) -> int:
        return sum(item.quantity for item in self.items if not item.extra)


def read_basket(request: HttpRequest) -> KeptBasket:
    """The visitor's basket; an empty one where the cookie is missing, old, forged or of another release."""
    text = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=KEPT_SECONDS)
    try:
        shop, key, rows, bookings, voucher, (way, postcode) = json.loads(text)
        items = tuple(_item(name, quantity) for name, quantity in rows)
        wished = tuple(BookingWish(departure=d, pickup=p, language=lang) for d, p, lang in bookings)
    except (ValueError, TypeError):
        return KeptBasket()
    wishes = Wishes(bookings=wished, voucher=str(voucher))
    return KeptBasket(str(shop), str(key), items, wishes, Delivery(way=str(way), postcode=str(postcode)))


def _item(name: str, quantity: Any) -> Item:
    key = key_named(name)
    if key is None:
        raise ValueError(name)
    return Item.of(key, quantity)


def keep_basket(response: HttpResponse, basket: KeptBasket) -> None:
    """Write the cookie, and the number of things for the badge where scripts can read it."""
    if not basket.items:
        return forget_basket(response)
    rows = [[item.name, item.quantity] for item in basket.items]
    wishes = [[one.departure, one.pickup, one.language] for one in basket.wishes.bookings]
    delivery = [basket.delivery.way, basket.delivery.postcode]
    whole = [basket.shop, basket.key, rows, wishes, basket.wishes.voucher, delivery]
    text = json.dumps(whole, separators=(",", ":"))
    flags = {"max_age": KEPT_SECONDS, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
    response.set_signed_cookie(COOKIE, text, salt=SALT, httponly=True, **flags)
    response.set_cookie(COUNT, str(min(basket.count, LARGEST_QUANTITY)), **flags)
    return None


def forget_basket(response: HttpResponse) -> None:
    """After the order: the basket is empty."""
    response.delete_cookie(COOKIE, samesite="Lax")
    response.delete_cookie(COUNT, samesite="Lax")


def changed(
    basket: KeptBasket, shop: str, wanted: dict[Key, int], wishes: Wishes, delivery: Delivery = ANY_WAY
) -> KeptBasket:
    """The basket with these quantities set; 0 takes a line out, and the last seat of a departure takes its extras with
    it. Lines not named stay. Another shop begins anew."""
    lines = {} if basket.shop != shop else {item.key: item.quantity for item in basket.items}
    lines.update(wanted)
    items = [Item.of(key, quantity) for key, quantity in lines.items() if quantity]
    kept = _with_their_seats(items[-LARGEST_BASKET:])
    departures = {item.departure for item in kept}
    bookings = tuple(one for one in wishes.bookings if one.departure in departures and (one.pickup or one.language))
    key = basket.key if basket.shop == shop and basket.key else secrets.token_urlsafe(18)
    return KeptBasket(shop, key, tuple(kept), Wishes(bookings=bookings, voucher=wishes.voucher), delivery)


def _with_their_seats(items: list[Item]) -> list[Item]:
    departures = {item.departure for item in items if item.departure and not item.extra}
    return [item for item in items if not item.extra or item.departure in departures]
