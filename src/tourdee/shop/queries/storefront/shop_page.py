"""A shop's own page: who they are, what they sell, which papers they hold."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, Q
from django.utils.translation import get_language

from tourdee.core.dates import bangkok_day, short_date
from tourdee.core.provinces import province_name
from tourdee.core.templatetags.tourdee import local
from tourdee.legal.models import Paper

from ...models import FormerSlug, Product, Review, Shop, Tour
from .cards import ProductCard, TourCard, product_cards, tour_cards, with_card_facts, with_product_facts
from .lines import ReviewLine, review_lines
from .on_sale import products_on_sale, tours_on_sale
from .words import spoken_number

SHOWN_REVIEWS = 6


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper in force: what it is, its number, when an officer checked it."""

    kind: str
    label: str
    number: str
    checked_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopPage:
    """Everything that a shop's page prints. ``profiles`` are published tours that may not be sold here: the lawful
    profile of a guide without a tour-business licence (TOUR-002)."""

    shop: Shop
    name: str
    story: str
    province: str
    community: str
    phone: str
    tours: list[TourCard]
    profiles: list[TourCard]
    products: list[ProductCard]
    papers: list[PaperLine]
    reviews: list[ReviewLine]
    review_count: int
    review_average: float | None

    @property
    def is_bare(self) -> bool:
        return not (self.tours or self.profiles or self.products)


def visible_shop(slug: str, viewer: Any) -> Shop | None:
    """The shop, if this person may see it: drafts are for their owner alone. Closed shops are seen as closed."""
    shop = Shop.objects.select_related("business", "community").filter(slug=slug).first()
    if shop is None or (shop.status == Shop.Status.DRAFT and shop.owner_id != viewer.pk):
        return None
    return shop


def slug_now(slug: str) -> str:
    """Today's address of the shop that once had this one; empty where none had it."""
    moved = FormerSlug.objects.filter(slug=slug).values_list("shop__slug", flat=True)
    return moved.first() or ""


def shop_page(shop: Shop, at: datetime) -> ShopPage:
    """The whole page in eight queries, however much the shop sells."""
    language = get_language() or "th"
    on_sale, profiles = _tours_of(shop, at)
    reviews = Review.objects.filter(Q(tour__shop=shop) | Q(product__shop=shop))
    mean = reviews.aggregate(number=Count("pk"), average=Avg("stars"))
    return ShopPage(
        shop=shop,
        name=local(shop, "name"),
        story=local(shop, "story"),
        province=province_name(shop.province, language),
        community=local(shop.community, "name") if shop.community else "",
        phone=spoken_number(shop.phone),
        tours=on_sale,
        profiles=profiles,
        products=product_cards(with_product_facts(_products_of(shop)).order_by("-published_at", "-pk")),
        papers=_papers_of(shop, at),
        reviews=review_lines(reviews.order_by("-at")[:SHOWN_REVIEWS]) if mean["number"] else [],
        review_count=mean["number"],
        review_average=mean["average"],
    )


def _tours_of(shop: Shop, at: datetime) -> tuple[list[TourCard], list[TourCard]]:
    """Cards of what is sold, and of published tours that may not be sold for want of a licence: those without price
    and date, for a price would be an offer."""
    published = Tour.objects.filter(shop=shop, status=Tour.Status.PUBLISHED)
    rows = list(with_card_facts(published, at).order_by("-published_at", "-pk"))
    sold = set(tours_on_sale(bangkok_day(at)).filter(shop=shop).values_list("public_id", flat=True))
    cards = tour_cards(rows, at)
    profiles = [replace(card, price="", next_date="", seats_left=None) for card in cards if card.public_id not in sold]
    return [card for card in cards if card.public_id in sold], profiles


def _products_of(shop: Shop) -> Any:
    return products_on_sale().filter(shop=shop) if shop.status == Shop.Status.OPEN else Product.objects.filter(
        shop=shop, status=Product.Status.PUBLISHED
    )  # fmt: skip


def _papers_of(shop: Shop, at: datetime) -> list[PaperLine]:
    today, language = bangkok_day(at), get_language() or "th"
    accepted = Paper.objects.filter(business=shop.business_id, status=Paper.Status.ACCEPTED).order_by(
        "kind", "-submitted_at"
    )
    lines: dict[str, PaperLine] = {}
    for paper in accepted.order_by("kind", "-submitted_at"):
        if paper.in_force(today) and paper.kind not in lines:
            checked = short_date(paper.checked_at, language) if paper.checked_at else ""
            lines[paper.kind] = PaperLine(paper.kind, str(paper.get_kind_display()), paper.number, checked)
    return list(lines.values())
