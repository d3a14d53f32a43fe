"""What is missing before something may be public, each with the page where it is mended."""

from collections.abc import Iterable

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from ...models import Product, Tour
from ...queries.publishing import Fault
from .access import PersonRequest

SHOP_PAGES = {"shop": "my_shop", "money": "my_business"}
TOUR_PAGES = {
    "details": "edit_tour", "prices": "tour_prices", "sale": "tour_sale", "pictures": "tour_pictures", "terms": "tour_terms",
}  # fmt: skip
PRODUCT_PAGES = {"details": "edit_product", "prices": "product_variants", "pictures": "product_pictures"}


def to_do(item: Tour | Product, faults: Iterable[Fault]) -> list[tuple[str, str]]:
    """(what to do, address of the page for it)."""
    pages = TOUR_PAGES if isinstance(item, Tour) else PRODUCT_PAGES
    return [
        (fault.message, reverse(SHOP_PAGES[fault.part]) if fault.part in SHOP_PAGES
         else reverse(pages[fault.part], args=[item.public_id]))
        for fault in faults
    ]  # fmt: skip


def say_not_ready(request: PersonRequest) -> None:
    """One line above the page: the page itself lists what is missing."""
    messages.error(request, _("Not public yet. Do what is listed below first."))
