"""Questions of the room, by topic; nothing here writes."""

from .storefront import ProductCard, TourCard, newest_products, newest_tours

__all__ = ["ProductCard", "TourCard", "newest_products", "newest_tours"]
