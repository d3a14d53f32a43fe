"""What a seller and a pass ask about the connection to LINE SHOPPING."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tourdee.core.crypto import CannotUnseal, unseal
from tourdee.shop.models import Listing, Product, Shop, Variant
from tourdee.shop.queries.sharing import jpeg_address
from tourdee.shop.queries.storefront.on_sale import products_on_sale

from ..models import MyShop, MyShopItem, OutsideOrder
from ..myshop import CHANNEL, Kind, Unavailable

SHOWN_ORDERS = 20
NEW_KIND = "new_kind: "  # begins the reason where LINE lacks kinds that were added here later


@dataclass(frozen=True)
class Offer:
    """A product on sale here, and whether it is there. ``item``: ``None`` where the seller never wanted it there."""

    product: Product
    item: MyShopItem | None
    has_picture: bool

    @property
    def why(self) -> str:
        """Why it is not there as it should be: LINE's own words, or which kinds must be added by hand."""
        why = self.item.why if self.item else ""
        kinds = why.removeprefix(NEW_KIND)
        if kinds == why:
            return why
        return _("Add this kind in LINE SHOPPING by hand, with this code: %(kinds)s") % {"kinds": kinds}


@dataclass(frozen=True)
class Telling:
    """A kind whose price or stock there is not as it is here. ``pieces`` can be bought."""

    variant: Variant
    satang: int
    pieces: int


def connection_of(shop: Shop) -> MyShop | None:
    return MyShop.objects.filter(shop=shop).first()


def key_of(connection: MyShop) -> str:
    """In the clear, for the worker alone. Raises Unavailable where it cannot be opened."""
    try:
        return unseal(connection.key)
    except CannotUnseal as problem:
        raise Unavailable("the key cannot be opened") from problem


def offers(connection: MyShop) -> list[Offer]:
    """Everything on sale here, oldest first, with its place there. Four queries."""
    items = {one.product_id: one for one in connection.items.all()}
    products = (
        products_on_sale().filter(shop=connection.shop_id).order_by("pk").prefetch_related("variants", "pictures")
    )
    return [Offer(one, items.get(one.pk), bool(one.pictures.all())) for one in products]


def orders_of(connection: MyShop) -> list[OutsideOrder]:
    """The newest orders from there."""
    return list(connection.orders.all()[:SHOWN_ORDERS])


def items_to_follow(connection: MyShop) -> list[MyShopItem]:
    """What is wanted there or still shown, each with its product, kinds and pictures."""
    rows = MyShopItem.objects.filter(myshop=connection).select_related(
        "product__shop__owner", "product__shop__business"
    )
    return [
        one for one in rows.prefetch_related("product__variants", "product__pictures") if one.is_wanted or one.is_shown
    ]


def is_public(product: Product) -> bool:
    """Whether everybody may buy it here today."""
    return product.status == Product.Status.PUBLISHED and product.shop.status == Shop.Status.OPEN


def tellings(item: MyShopItem) -> list[Telling]:
    """The kinds that must be told: never told, or told something else. One query."""
    known = {one.variant_id: one for one in Listing.objects.filter(product=item.product, channel=CHANNEL)}
    found = []
    for variant in item.product.variants.all():
        listing = known.get(variant.pk)
        now = (variant.price_satang, variant.left if variant.is_active else 0)
        told = (listing.price_satang, listing.stock) if listing and listing.state == Listing.State.LISTED else None
        if now != told and (variant.is_active or told):
            found.append(Telling(variant, *now))
    return found


def held_here(connection: MyShop) -> Counter[str]:
    """Pieces in orders from there that we know of and that are not sent yet, by our code of the kind."""
    held: Counter[str] = Counter()
    for order in connection.orders.filter(state=OutsideOrder.State.OPEN):
        held.update({sku: pieces for sku, pieces in order.lines})
    return held


def new_product(item: MyShopItem) -> dict[str, Any]:
    """What MyShop is told when a product is made there."""
    product = item.product
    active = [one for one in product.variants.all() if one.is_active]
    return {
        "code": product.public_id,
        "name": product.name_th,
        "description": product.description_th,
        "brand": product.shop.name_th,
        "category": item.category,
        "pictures": [jpeg_address(one) for one in product.pictures.all()],
        "kinds": kinds_of(active),
    }


def kinds_of(variants: Sequence[Variant]) -> list[Kind]:
    """Kinds as they are told; one without a name of its own is numbered."""
    return [
        Kind(
            sku=one.public_id, name=one.name_th or str(place), satang=one.price_satang, grams=one.weight_grams,
            pieces=one.left,
        )
        for place, one in enumerate(variants, start=1)
    ]  # fmt: skip
