"""The items that are shared, and what their pictures show."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from ..models import Picture, Product, Shop, ShortLink, Tour
from .storefront.product_page import product_page
from .storefront.share_cards import ShareCard, card_of_product, card_of_shop, card_of_tour
from .storefront.shop_page import shop_page
from .storefront.tour_page import tour_page, tour_version

Item = Shop | Tour | Product
MODELS: dict[str, type[Item]] = {"shop": Shop, "tour": Tour, "product": Product}


def shared_item(kind: str, public_id: str) -> Item | None:
    """The public shop, tour or product of that name."""
    if kind == "shop":
        return Shop.objects.filter(public_id=public_id, status=Shop.Status.OPEN).first()
    if kind not in MODELS:
        return None
    public = {"public_id": public_id, "status": "published", "shop__status": Shop.Status.OPEN}
    found: Item | None = MODELS[kind]._default_manager.filter(**public).first()
    return found


def own_item(owner: object, kind: str, public_id: str) -> Item | None:
    """A person's own shop, tour or product, drafts too."""
    if kind not in MODELS:
        return None
    mine = {"owner": owner} if kind == "shop" else {"shop__owner": owner}
    found: Item | None = MODELS[kind]._default_manager.filter(public_id=public_id, **mine).first()
    return found


def card_of(item: Item, at: datetime) -> ShareCard:
    """What the item's picture shows in the language of the moment."""
    if isinstance(item, Shop):
        return card_of_shop(shop_page(item, at))
    if isinstance(item, Product):
        return card_of_product(product_page(item))
    version = tour_version(item.shop.slug, item.public_id)
    assert version
    return card_of_tour(tour_page(version, at))


def short_address(link: ShortLink) -> str:
    """``https://…/t/abc234``: the same in every language."""
    with translation.override("th"):
        return settings.SITE_URL + reverse("short_link", args=[link.code])


def cover_address(shop: Shop) -> str:
    """Where an open shop's cover stands as JPEG: the same in every language and for every cover that it will have."""
    with translation.override("th"):
        return settings.SITE_URL + reverse("cover_jpeg", args=[shop.public_id])


def jpeg_address(picture: Picture) -> str:
    """Where a public item's picture stands as JPEG: the same in every language, for ever."""
    with translation.override("th"):
        return settings.SITE_URL + reverse("picture_jpeg", args=[picture.public_id])
