"""The seller's page about Facebook: where to begin, what was posted, what waits."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tourdee.shop.models import Shop

from ..graph import mode
from ..queries.comments import open_orders_in_comments
from ..queries.pages import has_gone_quiet, page_of
from ..queries.posts import items_to_post, kind_of, posts_of
from .access import with_open_shop


@require_safe
@with_open_shop
def my_facebook(request: Any, shop: Shop) -> HttpResponse:
    """Feed first, then posts and comments."""
    page, at = page_of(shop), timezone.now()
    context = {
        "shop": shop,
        "page": page if page and page.token else None,
        "quiet": bool(page) and has_gone_quiet(page, at),
        "items": [(kind_of(item), item, next(iter(item.pictures.all()), None)) for item in items_to_post(shop)],
        "posts": posts_of(shop),
        "drafts": open_orders_in_comments(shop),
        "feed": feed_address(),
        "mode": mode(),
    }
    return render(request, "facebook_page/my_facebook.html", context)


def feed_address() -> str:
    """Where the catalogue feed is explained; an installation may do without feeds."""
    try:
        return reverse("my_feed", args=["meta"])
    except NoReverseMatch:
        return ""
