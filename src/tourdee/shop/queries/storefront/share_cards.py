"""The picture that a shared link shows: what stands on it, and the name under which it is kept.

The name carries a digest of everything that is drawn, so a picture is drawn once for each state of its item and language,
however often seats come and go.
"""

import json
from hashlib import blake2b
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.money import baht

from .product_page import ProductPage
from .shop_page import ShopPage
from .tour_page import TourPage
from .words import party_unit

DESIGN = 1  # a new look makes new pictures


class ShareCard(NamedTuple):
    """Everything that is drawn. ``kind`` and ``public_id`` name the item; ``picture`` is a path below the media."""

    kind: str
    public_id: str
    language: str
    title: str
    place: str
    price: str
    shop: str
    picture: str

    @property
    def digest(self) -> str:
        told = json.dumps([DESIGN, *self], ensure_ascii=False)
        return blake2b(told.encode(), digest_size=10).hexdigest()


def _card(kind: str, public_id: str, **said: str) -> ShareCard:
    return ShareCard(kind=kind, public_id=public_id, language=(get_language() or "th")[:2], **said)


def _first(pictures: list[Any]) -> str:
    return str(pictures[0].path) if pictures else ""


def card_of_tour(page: TourPage) -> ShareCard:
    return _card(
        "tour", page.tour.public_id, title=page.name, place=f"{page.province} · {page.duration}", price=_tour_price(page),
        shop=page.shop_name, picture=_first(page.pictures),
    )  # fmt: skip


def _tour_price(page: TourPage) -> str:
    """Of the first price category, else of the smallest private party; nothing where it is not for sale."""
    if page.prices:
        return f"{page.prices[0].price} {page.prices[0].unit}"
    return f"{baht(page.private_from[0])} {party_unit(page.private_from[1])}" if page.private_from else ""


def card_of_product(page: ProductPage) -> ShareCard:
    lowest = min(page.variants, key=lambda one: one.satang, default=None)
    price = f"{lowest.price} {page.unit}" if lowest else ""
    return _card(
        "product", page.product.public_id, title=page.name, place=page.province, price=price, shop=page.shop_name,
        picture=_first(page.pictures),
    )  # fmt: skip


def card_of_shop(page: ShopPage) -> ShareCard:
    said = page.community or _("Tours, workshops and goods from the people who make them")
    return _card(
        "shop", page.shop.public_id, title=page.name, place=page.province, price="", shop=said, picture=page.shop.cover,
    )  # fmt: skip


def card_address(card: ShareCard) -> str:
    """Where the picture stands, in the page's language."""
    return reverse("share_picture", args=[card.kind, card.public_id, card.digest])
