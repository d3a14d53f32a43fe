"""What goods somebody is about to order in the chat: read out of a tap, priced by our own rows."""

from dataclasses import dataclass

from tourdee.core.templatetags.tourdee import local
from tourdee.shop.models import Product, Shop, Variant
from tourdee.shop.queries.baskets import LARGEST_QUANTITY, Item, Wishes
from tourdee.shop.queries.storefront.on_sale import products_on_sale

from ..flex.taps import Tap


@dataclass(frozen=True)
class Pieces:
    """So many pieces of a kind; none while that is not answered."""

    variant: Variant
    number: int = 0

    @property
    def name(self) -> str:
        """``Woven cloth · Indigo``, in the reader's language."""
        names = (local(self.variant.product, "name"), local(self.variant, "name"))
        return " · ".join(name for name in names if name)

    @property
    def left(self) -> int:
        """How many can still be ordered."""
        return max(0, self.variant.left)

    @property
    def are_there(self) -> bool:
        """A number is chosen, and as many are left."""
        return 1 <= self.number <= self.left

    @property
    def items(self) -> list[Item]:
        """What is to be ordered."""
        return [Item(variant=self.variant.public_id, quantity=self.number)] if self.number else []

    def wishes(self, voucher: str) -> Wishes:
        """What is chosen beside the things themselves."""
        return Wishes(voucher=voucher)

    @property
    def written(self) -> dict[str, object]:
        """As it stands in a button."""
        return {"i": self.variant.public_id, "n": self.number}


def product_on_sale(shop: Shop, public_id: str) -> Product | None:
    """A product that this shop sells today."""
    return products_on_sale().filter(shop=shop, public_id=public_id[:16]).select_related("shop").first()


def kinds_of(product: Product) -> list[Variant]:
    """What one may choose from, those that are sold out too. One query."""
    return list(Variant.objects.filter(product=product, is_active=True).select_related("product__shop"))


def pieces(shop: Shop, tapped: Tap) -> Pieces | None:
    """The kind and number that a button names; ``None`` where it is no longer sold. One query."""
    on_sale = Variant.objects.filter(is_active=True, product__in=products_on_sale().filter(shop=shop))
    found = on_sale.filter(public_id=tapped.get("i")[:16]).select_related("product__shop").first()
    return Pieces(found, tapped.number("n", LARGEST_QUANTITY) or 0) if found else None
