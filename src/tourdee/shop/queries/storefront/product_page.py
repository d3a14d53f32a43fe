"""One product's page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.money import baht
from tourdee.core.provinces import province_name
from tourdee.core.templatetags.tourdee import local
from tourdee.legal.models import Business

from ...models import Product, Shop
from ..shipping import POST, CannotDeliver, Delivery, shipping, tariff_of
from .cards import FEW
from .lines import PictureLine, ReviewLine, picture_line, review_lines, words

SHOWN_REVIEWS = 8


@dataclass(frozen=True, slots=True)
class VariantLine:
    """One kind to choose, with what is left of it."""

    public_id: str
    name: str
    price: str
    left: int
    chosen: bool
    satang: int

    @property
    def is_almost_gone(self) -> bool:
        return 0 < self.left <= FEW


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPage:
    """Everything that a product's page prints."""

    product: Product
    name: str
    description: str
    unit: str
    province: str
    shipping: str
    pictures: list[PictureLine]
    variants: list[VariantLine]
    reviews: list[ReviewLine]
    review_count: int
    review_average: float | None
    shop: Shop
    shop_name: str
    shop_address: str
    address: str
    seller: Business

    @property
    def left(self) -> int:
        return sum(variant.left for variant in self.variants)


def visible_product(shop_slug: str, public_id: str, viewer: Any) -> Product | None:
    """The product, if this person may see it: unpublished ones are for their owner alone."""
    wanted = Product.objects.select_related("shop__business", "shop__delivery_terms").filter(
        public_id=public_id, shop__slug=shop_slug
    )
    product = wanted.first()
    if product is None:
        return None
    public = product.status == Product.Status.PUBLISHED and product.shop.status == Shop.Status.OPEN
    return product if public or product.shop.owner_id == viewer.pk else None


def product_page(product: Product) -> ProductPage:
    """The whole page in four queries."""
    language = get_language() or "th"
    name = local(product, "name")
    mean = product.reviews.aggregate(number=Count("pk"), average=Avg("stars"))
    return ProductPage(
        product=product,
        name=name,
        description=local(product, "description"),
        unit=_("per %(unit)s") % {"unit": local(product, "unit")},
        province=province_name(product.shop.province, language),
        shipping=_shipping(product.shop),
        pictures=[picture_line(picture, name) for picture in product.pictures.all()],
        variants=_variant_lines(product),
        reviews=review_lines(product.reviews.all()[:SHOWN_REVIEWS]) if mean["number"] else [],
        review_count=mean["number"],
        review_average=mean["average"],
        shop=product.shop,
        shop_name=local(product.shop, "name"),
        shop_address=reverse("shop", args=[product.shop.slug]),
        address=reverse("product", args=[product.shop.slug, product.public_id]),
        seller=product.shop.business,
    )


def _shipping(shop: Shop) -> str:
    """What an order costs to send: one price, the least of several, or nothing; empty where goods are fetched only."""
    tariff = tariff_of(shop)
    if not tariff.terms.sends:
        return ""
    try:
        least = shipping(tariff, grams=0, goods_satang=0, delivery=Delivery(way=POST))
    except CannotDeliver:
        return ""
    amount = baht(least.satang) if least.satang else _("free")
    return amount if least.sure else _("from %(amount)s") % {"amount": amount}


def _variant_lines(product: Product) -> list[VariantLine]:
    """Variants to choose from; the first that is in stock is chosen already."""
    rows = list(product.variants.filter(is_active=True))
    first = next((row.pk for row in rows if row.left), None)
    return [
        VariantLine(
            row.public_id,
            words(row.name_th, row.name_en),
            baht(row.price_satang),
            row.left,
            row.pk == first,
            row.price_satang,
        )
        for row in rows
    ]
