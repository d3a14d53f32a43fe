"""Goods as Meta and Google read them: a row for each kind of each product."""

from collections.abc import Iterator

from django.db.models import Prefetch

from tourdee.shop.models import Product, Shop, Variant
from tourdee.shop.queries.storefront.on_sale import products_on_sale

from ..readers import Reader
from .rows import AT_ONCE, MOST_MORE_PICTURES, Row, amount, flowing, page_of, pictures_of, text_of


def goods_rows(shop: Shop, reader: Reader, language: str) -> Iterator[Row]:
    """Everything on sale, oldest first, so that rows keep their places. One query, and two for each ``AT_ONCE`` products."""
    active = Prefetch("variants", Variant.objects.filter(is_active=True))
    products = products_on_sale().filter(shop=shop).order_by("pk").prefetch_related(active, "pictures")
    for product in products.iterator(chunk_size=AT_ONCE):
        pictures, problem = pictures_of(product)
        variants = list(product.variants.all())
        for variant in variants:
            yield Row(
                item=product,
                name=" · ".join(filter(None, (product.name_th, variant.name_th))),
                values=_values(shop, product, variant, reader, language, pictures[:1]) | _group(product, variants),
                variant=variant,
                picture_problem=problem,
                more_pictures=pictures[1 : 1 + MOST_MORE_PICTURES],
                price_satang=variant.price_satang,
                stock=variant.left,
            )


def _values(
    shop: Shop, product: Product, variant: Variant, reader: Reader, language: str, picture: list[str]
) -> dict[str, str]:
    return {
        "id": variant.public_id,
        "title": _title(product, variant, language),
        "description": flowing(text_of(product, "description", language)),
        "link": page_of(product, shop, language),
        "image_link": "".join(picture),
        "availability": reader.in_stock if variant.left else reader.out_of_stock,
        "condition": "new",
        "price": amount(variant.price_satang),
        "brand": text_of(shop, "name", language) or shop.name_th,
        **({"identifier_exists": "no"} if reader.slug == "google" else {}),
        **({"quantity_to_sell_on_facebook": str(variant.left)} if reader.slug == "meta" else {}),
        **({"shipping_weight": f"{variant.weight_grams} g"} if variant.weight_grams else {}),
    }


def _title(product: Product, variant: Variant, language: str) -> str:
    """Empty where the product has no name in this language; a kind without one is called by its Thai name."""
    name = text_of(product, "name", language)
    kind = text_of(variant, "name", language) or variant.name_th
    return f"{name} – {kind}" if name and kind else name


def _group(product: Product, variants: list[Variant]) -> dict[str, str]:
    """Kinds of one product belong together."""
    return {"item_group_id": product.public_id} if len(variants) > 1 else {}
