"""Pages are kept by version: every change that a page shows bumps it in the transaction of the change."""

from django.db.models import F

from ..models import Product, Shop, Tour


def tour_changed(tour: Tour) -> None:
    """The tour's own page, and the shop's, which lists it."""
    Tour.objects.filter(pk=tour.pk).update(version=F("version") + 1)
    shop_changed(tour.shop_id)


def product_changed(product: Product) -> None:
    """The product's own page, and the shop's, which lists it."""
    Product.objects.filter(pk=product.pk).update(version=F("version") + 1)
    shop_changed(product.shop_id)


def shop_changed(shop_id: int) -> None:
    """The shop's page; the pages of its tours ask for this version too."""
    Shop.objects.filter(pk=shop_id).update(version=F("version") + 1)
