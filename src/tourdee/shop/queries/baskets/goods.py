"""Goods: pieces of a variant."""

from ...models import OrderLine, Product, Shop, Variant
from .lines import BasketLine
from .refusals import NotOnSale
from .wishes import Item


def goods_lines(shop: Shop, items: list[Item]) -> list[BasketLine]:
    """One query. Raises NotOnSale."""
    if not items:
        return []
    found = Variant.objects.filter(
        public_id__in={item.variant for item in items},
        is_active=True,
        product__shop=shop,
        product__shop__status=Shop.Status.OPEN,
        product__status=Product.Status.PUBLISHED,
    )
    variants = {variant.public_id: variant for variant in found.select_related("product")}
    return [_goods_line(item, variants.get(item.variant)) for item in items]


def _goods_line(item: Item, variant: Variant | None) -> BasketLine:
    if variant is None:
        raise NotOnSale
    product = variant.product
    return BasketLine(
        kind=OrderLine.Kind.GOODS,
        variant=variant,
        name_th=_joined(product.name_th, variant.name_th),
        name_en=_joined(product.name_en or product.name_th, variant.name_en or variant.name_th),
        quantity=item.quantity,
        unit_price_satang=variant.price_satang,
    )


def _joined(*names: str) -> str:
    return " · ".join(name for name in names if name)
