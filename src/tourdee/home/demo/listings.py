"""The weavers' goods elsewhere: Facebook fetches their feed, LINE SHOPPING is practised, and Shopee was told a price that has changed."""

from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings

from tourdee.shop.actions.listings import Told, record_listing
from tourdee.shop.models import Product, Shop

from .cast import person

KEY = "practice-ban-na-kha"  # opens a shop of the console twin


def load_listings(at: datetime) -> None:
    """Channels that were taken out of the settings are passed over."""
    shop = Shop.objects.select_related("owner", "business").get(owner=person("nakha"))
    if apps.is_installed("tourdee.channels.feeds"):
        _facebook_feed(shop, at - timedelta(days=2))
    if apps.is_installed("tourdee.channels.marketplaces"):
        _shopee(shop, at - timedelta(days=9))
        if settings.CHANNEL_SERVICES == "console":
            _line_shopping(shop, at)


def _facebook_feed(shop: Shop, at: datetime) -> None:
    from tourdee.channels.feeds.actions.feeds import check_feeds, say_pasted
    from tourdee.channels.feeds.queries.checked import READERS

    check_feeds(shop=shop, at=at)
    say_pasted(shop=shop, reader=READERS["meta"], by=shop.owner, at=at)


def _shopee(shop: Shop, at: datetime) -> None:
    """One kind, at ten baht less and two pieces more than now."""
    product = Product.objects.filter(shop=shop).order_by("id")[0]
    kind = product.variants.filter(is_active=True)[0]
    told = Told(price_satang=kind.price_satang - 1000, stock=kind.left + 2)
    record_listing(item=kind, channel="shopee", told=told, by=shop.owner, at=at)


def _line_shopping(shop: Shop, at: datetime) -> None:
    from tourdee.channels.marketplaces.actions.following import follow
    from tourdee.channels.marketplaces.actions.myshop import connect, offer

    connection = connect(shop=shop, key=KEY, by=shop.owner, at=at)
    follow(connection=connection, at=at)
    connection.refresh_from_db()
    product = Product.objects.filter(shop=shop).order_by("id")[0]
    offer(connection=connection, products=[product.public_id], category=connection.categories[0][0], at=at)
