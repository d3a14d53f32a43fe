"""Posts, and what could be posted."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tourdee.shop.models import Picture, Product, Shop, Tour
from tourdee.shop.queries.sharing import jpeg_address, short_address

from ..models import Page, Post
from .texts import Item, whole_text

MOST_PICTURES = 10
MOST_SHOWN = 50


def items_to_post(shop: Shop) -> list[Item]:
    """Everything on sale, tours first. Four queries, however many there are."""
    published = {"shop": shop, "status": "published"}
    tours = Tour.objects.filter(**published).prefetch_related("pictures").order_by("name_th")
    products = Product.objects.filter(**published).prefetch_related("pictures").order_by("name_th")
    return [*tours, *products]


def choices(shop: Shop) -> list[tuple[str, Item]]:
    """Everything on sale, each named by its kind and id."""
    return [(f"{kind_of(one)}-{one.public_id}", one) for one in items_to_post(shop)]


def item_to_post(shop: Shop, kind: str, public_id: str) -> Item | None:
    """One of the shop's own, drafts too: the page says why a draft cannot be posted."""
    model: Any = {"tour": Tour, "product": Product}.get(kind)
    if model is None:
        return None
    found: Item | None = model.objects.select_related("shop__business").filter(shop=shop, public_id=public_id).first()
    return found


def kind_of(item: Item) -> str:
    """As in addresses."""
    return "tour" if isinstance(item, Tour) else "product"


def posts_of(shop: Shop) -> list[Post]:
    """The latest, newest first."""
    return list(Post.objects.filter(shop=shop).select_related("tour", "product")[:MOST_SHOWN])


def own_posts(user: Any) -> QuerySet[Post]:
    """A person's own; others are not found."""
    return Post.objects.filter(shop__owner=user).select_related("shop__business", "tour__operator", "product")


def pictures_of(post: Post) -> list[Picture]:
    """The post's pictures that are still there, in the order in which they were chosen."""
    there = {one.public_id: one for one in post.item.pictures.all()}
    return [there[name] for name in post.pictures if name in there]


def text_of(post: Post, page: Page | None, link: str, at: datetime) -> str:
    """The whole text as it would go out now. ``link``: the item's short address; the post's marker stands at its end."""
    return whole_text(
        body=post.body, item=post.item, language=post.language, link=f"{link}{post.marker}", at=at,
        takes_comments=bool(page and page.connected_at),
    )  # fmt: skip


__all__ = [
    "MOST_PICTURES", "choices", "item_to_post", "items_to_post", "jpeg_address", "kind_of", "own_posts", "pictures_of", "posts_of",
    "short_address", "text_of",
]  # fmt: skip
