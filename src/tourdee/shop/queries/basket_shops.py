"""Whose basket it is, and what became of one that was sent before."""

import re

from tourdee.core.prepared import Prepared

from ..models import Order, Shop, Tour
from .baskets import PUBLIC_ID, Item

KEY = re.compile(r"[A-Za-z0-9_-]{20,64}")  # no key that could be guessed opens an order

SHOPS = Shop.objects.select_related("business", "owner", "delivery_terms")
SHOP = Prepared(lambda public_id: SHOPS.filter(public_id=public_id), public_id="")
SHOP_OF_VARIANT = Prepared(lambda variant: SHOPS.filter(products__variants__public_id=variant), variant="")
SHOP_OF_DEPARTURE = Prepared(lambda departure: SHOPS.filter(tours__departures__public_id=departure), departure="")


def shop_selling(item: Item) -> Shop | None:
    """The shop of a departure or a variant, whether or not it may be sold; one query."""
    if item.variant:
        return SHOP_OF_VARIANT.first(variant=item.variant)
    return SHOP_OF_DEPARTURE.first(departure=item.departure)


def shop_named(public_id: str) -> Shop | None:
    """The shop of a kept basket."""
    return SHOP.first(public_id=public_id)


def tour_of(departure: str) -> Tour | None:
    """The tour of a date that was chosen for nobody, to lead back to it."""
    if not PUBLIC_ID.fullmatch(departure):
        return None
    return Tour.objects.select_related("shop").filter(departures__public_id=departure).first()


PLACED_WITH = Prepared(lambda key: Order.objects.filter(idempotency_key=key), key="")
PLACED_AT = Prepared(lambda shop, key: Order.objects.filter(shop=shop, idempotency_key=key), shop=1, key="")


def order_placed_with(key: str) -> Order | None:
    """The order that came of a basket, known by the basket's own key: only the browser that placed it has that."""
    return PLACED_WITH.first(key=key) if KEY.fullmatch(key) else None


def order_placed_at(shop: Shop, key: str) -> Order | None:
    """The order of this shop with that key, whoever placed it."""
    return PLACED_AT.first(shop=shop.pk, key=key)
