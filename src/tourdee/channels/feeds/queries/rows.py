"""An item as a feed says it."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from tourdee.shop.models import Product, Shop, Tour, Variant
from tourdee.shop.queries.sharing import jpeg_address

LEAST_SIDE = 500  # pixels: what Meta takes; Google takes less
MOST_MORE_PICTURES = 10
AT_ONCE = 200  # items that are read together: what one feed holds in memory
BULLETS = "-–—•*"


@dataclass(frozen=True, kw_only=True)
class Row:
    """``values`` by the reader's own field names. ``name`` is what the seller calls it. ``more_pictures`` and ``prices``
    (id, name, satang) hold what there are several of."""

    item: Tour | Product
    name: str
    values: dict[str, str]
    variant: Variant | None = None
    picture_problem: str = ""
    more_pictures: list[str] = field(default_factory=list)
    price_satang: int | None = None
    stock: int | None = None


def amount(satang: int) -> str:
    """``350.00 THB``."""
    return f"{(Decimal(satang) / 100).quantize(Decimal('0.01'))} THB"


def text_of(item: Tour | Product | Shop | Variant, name: str, language: str) -> str:
    """A text in exactly that language: a feed in two languages at once helps nobody."""
    return str(getattr(item, f"{name}_{language}")).strip()


def flowing(text: str) -> str:
    """A list written with dashes begins with a dot instead: a dash at the start is a formula to a spreadsheet."""
    return f"• {text.lstrip(BULLETS + ' ')}" if text.startswith(tuple(BULLETS)) else text


def page_of(item: Tour | Product, shop: Shop, language: str) -> str:
    """The item's page in our shop."""
    name = "tour" if isinstance(item, Tour) else "product"
    with translation.override(language):
        return settings.SITE_URL + reverse(name, args=[shop.slug, item.public_id])


def pictures_of(item: Tour | Product) -> tuple[list[str], str]:
    """The addresses of all pictures that are large enough, and what is wrong where there is none."""
    found = list(item.pictures.all())
    large = [jpeg_address(one) for one in found if min(one.width, one.height) >= LEAST_SIDE]
    return large, "" if large else ("too_small" if found else "none")
