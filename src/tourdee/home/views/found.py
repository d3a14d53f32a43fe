"""What search engines ask for: which pages there are, in both languages, and which are nobody's business."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tourdee.core.dates import bangkok_day
from tourdee.people.models import Community
from tourdee.programme import queries as programme
from tourdee.shop.models import Shop
from tourdee.shop.queries.storefront.on_sale import products_on_sale, tours_on_sale

PRIVATE = ("my/", "o/", "k/", "office/", "account/", "basket/", "checkout/", "today/", "wishlist/", "t/")


class _BothLanguages(Sitemap):
    """Each page in Thai and English, each naming the other (hreflang); Thai where neither is asked for. ``lastmod`` is said
    only where the last change is known: what is older than the page keeps machines from coming back."""

    i18n = alternates = x_default = True
    limit = 10_000

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme


class Pages(_BothLanguages):
    """The pages that are always there."""

    def items(self) -> list[str]:
        return ["landing", "market", "course", "cohorts", "communities"]

    def location(self, item: str) -> str:
        return reverse(item)


class Shops(_BothLanguages):
    """Open shops."""

    def items(self) -> QuerySet[Any, Any]:
        return Shop.objects.filter(status=Shop.Status.OPEN).order_by("pk").values_list("slug", flat=True)

    def location(self, item: str) -> str:
        return reverse("shop", args=[item])


class Tours(_BothLanguages):
    """Tours and workshops that may be sold today."""

    def items(self) -> QuerySet[Any, Any]:
        tours = tours_on_sale(bangkok_day(timezone.now()))
        return tours.order_by("pk").values_list("shop__slug", "public_id")

    def location(self, item: tuple[str, str]) -> str:
        return reverse("tour", args=item)


class Products(_BothLanguages):
    """Goods on sale."""

    def items(self) -> QuerySet[Any, Any]:
        return products_on_sale().order_by("pk").values_list("shop__slug", "public_id")

    def location(self, item: tuple[str, str]) -> str:
        return reverse("product", args=item)


class Communities(_BothLanguages):
    """Every community has a page."""

    def items(self) -> QuerySet[Any, Any]:
        return Community.objects.order_by("pk").values_list("slug", flat=True)

    def location(self, item: str) -> str:
        return reverse("community", args=[item])


class Cohorts(_BothLanguages):
    """Cohorts that take applications now."""

    def items(self) -> QuerySet[Any, Any]:
        return programme.cohorts_announced(timezone.now())

    def location(self, item: tuple[str, datetime | None]) -> str:
        return reverse("cohort", args=[item[0]])

    def lastmod(self, item: tuple[str, datetime | None]) -> datetime | None:
        return item[1]


SITEMAPS = {
    "pages": Pages, "shops": Shops, "tours": Tours, "products": Products, "communities": Communities, "cohorts": Cohorts,
}  # fmt: skip


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """People's own pages are not for machines; the rest is."""
    closed = [f"Disallow: {prefix}{path}" for path in PRIVATE for prefix in ("/", "/en/")]
    text = "\n".join(["User-agent: *", *closed, "", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
