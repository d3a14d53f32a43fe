"""Pages are kept by version: every change that a page shows bumps it in the transaction of the change."""

from django.db.models import F

from ..models import Product, Shop, Tour
from .search import index_product, index_shop, index_tour


def tour_changed(tour: Tour) -> None:
    """The tour's own page, the shop's, which lists it, and what it is found by."""
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
