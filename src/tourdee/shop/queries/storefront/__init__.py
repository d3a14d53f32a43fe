"""What visitors see, worked out for the page's language: strings ready to print, so that templates stay cheap."""

from .cards import ProductCard, TourCard, product_cards, tour_cards
from .market import (
    MOST_LISTED,
    MarketFilters,
    market_products,
    market_tours,
    named_community,
    newest_products,
    newest_tours,
    tours_by_province,
)
from .product_page import ProductPage, product_page, visible_product
from .shop_page import ShopPage, shop_page, slug_now, visible_shop
from .tour_page import TourPage, tour_page, tour_version

__all__ = [
    "MOST_LISTED",
    "MarketFilters",
    "ProductCard",
    "ProductPage",
    "ShopPage",
    "TourCard",
    "TourPage",
    "market_products",
    "market_tours",
    "named_community",
    "newest_products",
    "newest_tours",
    "product_cards",
    "product_page",
    "shop_page",
    "slug_now",
    "tour_cards",
    "tour_page",
    "tour_version",
    "tours_by_province",
    "visible_product",
    "visible_shop",
]
