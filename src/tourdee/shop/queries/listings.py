"""Which item is where, and where what a channel was told differs from what is true now."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from ..models import Listing, PriceCategory, Product, Shop, Tour, Variant

State = Listing.State
Figures = tuple[int | None, int | None]


@dataclass(frozen=True, kw_only=True)
class Place:
    """One item in one channel. ``differences``: any of ``price``, ``stock``, ``hidden`` (it stands there though the shop
    does not show it) and ``refused``; empty where all is as it should be."""

    listing: Listing
    name: str
    price_now: int | None
    stock_now: int | None
    differences: tuple[str, ...]


@dataclass(frozen=True)
class WhereLine:
    """An item and the channels in which it stands; ``places`` has several of one channel where kinds stand apart."""

    item: Tour | Product
    kind: str
    is_public: bool
    places: list[Place] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        return any(place.differences for place in self.places)

    def in_channel(self, channel: str) -> list[Place]:
        return [place for place in self.places if place.listing.channel == channel]


def where(shop: Shop) -> list[WhereLine]:
    """All items of a shop, drafts only where they stand somewhere: tours first, newest first. Six queries."""
    lines = [*_lines(_tours(shop), "tour"), *_lines(_products(shop), "product")]
    return [line for line in lines if line.is_public or line.places]


def listed_in(shop: Shop, channel: str) -> list[Listing]:
    """What stands in a channel, each with its item."""
    rows = Listing.objects.filter(shop=shop, channel=channel, state=State.LISTED)
    return list(rows.select_related("tour", "product", "variant"))


def differing(listings: Iterable[Listing]) -> list[Listing]:
    """Those of listed kinds whose channel was told another price or stock than is true now, or whose product is hidden.
    For listings with their ``variant`` and ``product`` loaded."""
    return [
        one for one in listings if one.variant and _differences(one, _of_variant(one.variant), _public(one.product))
    ]


def figures_of(item: Tour | Product | Variant) -> Figures:
    """Price in satang and stock as of now: a tour's or product's lowest price, all that is left of a product."""
    if isinstance(item, Variant):
        return _of_variant(item)
    if isinstance(item, Product):
        return _of_product(list(item.variants.all()))
    return _of_tour(list(item.prices.all()))


def _tours(shop: Shop) -> QuerySet[Tour]:
    return Tour.objects.filter(shop=shop).order_by("-pk").prefetch_related("prices", "listings")


def _products(shop: Shop) -> QuerySet[Product]:
    return Product.objects.filter(shop=shop).order_by("-pk").prefetch_related("variants", "listings")


def _lines(items: Iterable[Tour | Product], kind: str) -> list[WhereLine]:
    return [WhereLine(item, kind, _public(item), _places(item)) for item in items]


def _places(item: Tour | Product) -> list[Place]:
    rows = [one for one in item.listings.all() if one.state != State.REMOVED]
    kinds = {one.pk: one for one in item.variants.all()} if isinstance(item, Product) else {}
    return [_place(row, item, kinds.get(row.variant_id or 0)) for row in rows]


def _place(listing: Listing, item: Tour | Product, kind: Variant | None) -> Place:
    figures = figures_of(kind or item)
    return Place(
        listing=listing,
        name=kind.name_th if kind else "",
        price_now=figures[0],
        stock_now=figures[1],
        differences=_differences(listing, figures, _public(item) and (kind is None or kind.is_active)),
    )


def _differences(listing: Listing, now: Figures, is_public: bool) -> tuple[str, ...]:
    if listing.state == State.REFUSED:
        return ("refused",)
    told = (("price", listing.price_satang, now[0]), ("stock", listing.stock, now[1]))
    found = [what for what, then, today in told if then is not None and then != today]
    return (*found, *(() if is_public else ("hidden",)))


def _public(item: Tour | Product | None) -> bool:
    return item is not None and item.status == item.Status.PUBLISHED


def _of_variant(variant: Variant) -> Figures:
    return variant.price_satang, variant.left


def _of_product(variants: list[Variant]) -> Figures:
    active = [one for one in variants if one.is_active]
    return min((one.price_satang for one in active), default=None), sum(one.left for one in active)


def _of_tour(prices: list[PriceCategory]) -> Figures:
    return min((one.price_satang for one in prices if one.is_active and one.seats), default=None), None
