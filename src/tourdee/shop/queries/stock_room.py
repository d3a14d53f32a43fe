"""The shelf: how many of what there are, what is running out, and what happened to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from tourdee.core.templatetags.tourdee import local

from ..models import Shop, StockMovement, Variant
from .shipping import terms_of

KIND = StockMovement.Kind
KIND_WORDS = {
    KIND.COUNTED: _("counted"),
    KIND.ARRIVED: _("came in"),
    KIND.TAKEN_OUT: _("taken out"),
    KIND.EDITED: _("changed by hand"),
    KIND.SENT: _("sent"),
    KIND.CAME_BACK: _("came back"),
}
SHOWN = 60


@dataclass(frozen=True)
class ShelfRow:
    """One variant on the shelf. ``low``: fewer can be bought than the seller wants to be warned of."""

    variant: Variant
    low: bool

    @property
    def name(self) -> str:
        names = (local(self.variant.product, "name"), local(self.variant, "name"))
        return " · ".join(name for name in names if name)


def variants_of(shop: Shop) -> QuerySet[Variant]:
    """What the shop keeps in stock, by product."""
    mine = Variant.objects.filter(product__shop=shop, is_active=True)
    return mine.select_related("product").order_by("product__name_th", "product_id", "position", "id")


def shelf(shop: Shop) -> list[ShelfRow]:
    """Every variant, what runs out first. Two queries."""
    terms = terms_of(shop)
    rows = [ShelfRow(variant, variant.left < terms.low_stock) for variant in variants_of(shop)]
    return sorted(rows, key=lambda row: not row.low)


def low_stock(shop: Shop) -> int:
    """How many variants run out, for the desk."""
    terms = terms_of(shop)
    return variants_of(shop).filter(stock__lt=F("reserved") + terms.low_stock).count()


def movements_of(variant: Variant) -> Iterable[tuple[StockMovement, str]]:
    """What happened to a variant, newest first, each with its kind in the page's language."""
    found = variant.movements.select_related("by")[:SHOWN]
    return [(one, str(KIND_WORDS[KIND(one.kind)])) for one in found]
