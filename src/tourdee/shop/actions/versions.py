"""Pages are kept by version: every change that a page shows bumps it in the transaction of the change."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models import F

from ..models import Product, Shop, Tour
from .search import index_product, index_shop, index_tour

_CHANGED: ContextVar[dict[int, Tour] | None] = ContextVar("tours changed by the act that goes on", default=None)


def tour_changed(tour: Tour) -> None:
    """The tour's own page, the shop's, which lists it, and what it is found by: at once, or with the act that goes on."""
    changed = _CHANGED.get()
    if changed is None:
        _write_change(tour)
    else:
        changed[tour.pk] = tour


@contextmanager
def told_once() -> Iterator[None]:
    """A transaction at whose end each tour that changed in it is written once, however often it changed: an act on many
    dates. What is rolled back has nothing to tell."""
    with transaction.atomic():
        if _CHANGED.get() is not None:
            yield  # the act around it tells
            return
        changed: dict[int, Tour] = {}
        outside = _CHANGED.set(changed)
        try:
            yield
        finally:
            _CHANGED.reset(outside)
        if not transaction.get_rollback():
            for _pk, tour in sorted(changed.items()):  # so that no two acts wait for each other
                _write_change(tour)


def _write_change(tour: Tour) -> None:
    Tour.objects.filter(pk=tour.pk).update(version=F("version") + 1)
    index_tour(tour)
    shop_changed(tour.shop_id)


def product_changed(product: Product) -> None:
    """The product's own page, the shop's, which lists it, and what it is found by."""
    Product.objects.filter(pk=product.pk).update(version=F("version") + 1)
    index_product(product)
    shop_changed(product.shop_id)


def shop_changed(shop_id: int) -> None:
    """The shop's page; the pages of its tours ask for this version too."""
    Shop.objects.filter(pk=shop_id).update(version=F("version") + 1)


def shop_itself_changed(shop_id: int) -> None:
    """Its name, place or whether it is open: everything that it sells is found by that too."""
    shop_changed(shop_id)
    index_shop(shop_id)
