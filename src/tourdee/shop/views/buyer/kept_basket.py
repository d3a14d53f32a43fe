"""The basket between two pages: a signed cookie, no row in the database. It names what was chosen, never a price."""

import json
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ...queries.baskets import ANY_WAY, LARGEST_BASKET, LARGEST_QUANTITY, Item
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
    delivery: Delivery = ANY_WAY

    @property
    def count(self) -> int:
        return sum(item.quantity for item in self.items)


def read_basket(request: HttpRequest) -> KeptBasket:
    """The visitor's basket; an empty one where the cookie is missing, old, forged or of another release."""
    text = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=KEPT_SECONDS)
    try:
        shop, key, rows, (way, postcode) = json.loads(text)
        items = tuple(Item(departure=d, category=c, variant=v, quantity=q) for d, c, v, q in rows)
    except (ValueError, TypeError):
        return KeptBasket()
    return KeptBasket(str(shop), str(key), items, Delivery(way=str(way), postcode=str(postcode)))


def keep_basket(response: HttpResponse, basket: KeptBasket) -> None:
    """Write the cookie, and the number of things for the badge where scripts can read it."""
    if not basket.items:
        return forget_basket(response)
    rows = [[item.departure, item.category, item.variant, item.quantity] for item in basket.items]
    delivery = [basket.delivery.way, basket.delivery.postcode]
    text = json.dumps([basket.shop, basket.key, rows, delivery], separators=(",", ":"))
    flags = {"max_age": KEPT_SECONDS, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
    response.set_signed_cookie(COOKIE, text, salt=SALT, httponly=True, **flags)
    response.set_cookie(COUNT, str(min(basket.count, LARGEST_QUANTITY)), **flags)
    return None


def forget_basket(response: HttpResponse) -> None:
    """After the order: the basket is empty."""
    response.delete_cookie(COOKIE, samesite="Lax")
    response.delete_cookie(COUNT, samesite="Lax")


def changed(
    basket: KeptBasket, shop: str, wanted: dict[tuple[str, str, str], int], delivery: Delivery = ANY_WAY
) -> KeptBasket:
    """The basket with these quantities set; 0 takes a line out. Lines not named stay. Another shop begins anew."""
    lines = {} if basket.shop != shop else {(i.departure, i.category, i.variant): i.quantity for i in basket.items}
    lines.update(wanted)
    items = [
        Item(departure=departure, category=category, variant=variant, quantity=quantity)
        for (departure, category, variant), quantity in lines.items()
        if quantity
    ]
    key = basket.key if basket.shop == shop and basket.key else secrets.token_urlsafe(18)
    return KeptBasket(shop, key, tuple(items[-LARGEST_BASKET:]), delivery)
