"""A shop's goods as a marketplace wants them: a row for each kind."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from tourdee.shop.models import Product, Shop, Variant
from tourdee.shop.queries.sharing import jpeg_address
from tourdee.shop.queries.storefront.on_sale import products_on_sale

from ..keys import Marketplace
from ..xlsx import Value

MOST_PICTURES = 9
KINDS_DIFFER_IN = "แบบ"
SATANG_A_BAHT = 100


@dataclass(frozen=True)
class Gap:
    """What a marketplace would refuse, in words, and where it is mended."""

    message: str
    fix: str


@dataclass(frozen=True, kw_only=True)
class Goods:
    """One kind of a product, with what it says for each of our fields."""

    variant: Variant
    name: str
    values: dict[str, Value]
    gaps: list[Gap] = field(default_factory=list)


def goods_for(shop: Shop, marketplace: Marketplace) -> list[Goods]:
    """Everything on sale, oldest first. Three queries."""
    return [
        Goods(
            variant=variant,
            name=" · ".join(filter(None, (product.name_th, variant.name_th))),
            values=_values(product, variant),
            gaps=_gaps(product, variant, marketplace),
        )
        for product, variant in _kinds(shop)
    ]


def _kinds(shop: Shop) -> Iterator[tuple[Product, Variant]]:
    active = Prefetch("variants", Variant.objects.filter(is_active=True))
    for product in products_on_sale().filter(shop=shop).order_by("pk").prefetch_related(active, "pictures"):
        for variant in product.variants.all():
            variant.product = product
            yield product, variant


def baht(satang: int) -> Value:
    """``350`` or ``350.50``: a figure, which templates multiply."""
    whole, rest = divmod(satang, SATANG_A_BAHT)
    return (Decimal(satang) / SATANG_A_BAHT).quantize(Decimal("0.01")) if rest else whole


def _values(product: Product, variant: Variant) -> dict[str, Value]:
    several = len(product.variants.all()) > 1
    pictures = [jpeg_address(one) for one in product.pictures.all()][:MOST_PICTURES]
    said: dict[str, Value] = {
        "name": product.name_th if several or not variant.name_th else f"{product.name_th} {variant.name_th}",
        "description": product.description_th,
        "price": baht(variant.price_satang),
        "stock": variant.left,
        "sku": variant.public_id,
        "parent_sku": product.public_id,
        **{f"picture_{place}": address for place, address in enumerate(pictures, start=1)},
    }
    if several:
        said |= {"group": product.public_id, "option_name": KINDS_DIFFER_IN, "option": variant.name_th}
    if variant.weight_grams:
        said |= {"weight_g": variant.weight_grams, "weight_kg": Decimal(variant.weight_grams) / 1000}
    return said


def _gaps(product: Product, variant: Variant, marketplace: Marketplace) -> list[Gap]:
    details, prices, pictures = (
        reverse(page, args=[product.public_id]) for page in ("edit_product", "product_variants", "product_pictures")
    )
    most: Any = {"name": marketplace.most_name, "description": marketplace.most_description}
    found = [
        (len(product.name_th) > most["name"], _("Shorten the name: at most %(name)s characters.") % most, details),
        (len(product.description_th) > most["description"],
         _("Shorten the description: at most %(description)s characters.") % most, details),
        (not variant.price_satang, _("The price must be above zero."), prices),
        (not variant.weight_grams, _("Say what one piece weighs."), prices),
        (not product.pictures.all(), _("There is no picture yet: add one."), pictures),
    ]  # fmt: skip
    return [Gap(message, fix) for is_wrong, message, fix in found if is_wrong]
