"""What can be ordered of a post's item: the same rows as the seller's own counter shows."""

from datetime import datetime

from tourdee.shop.models import Departure, PriceCategory, Product, Tour, Variant
from tourdee.shop.queries.in_person import departures_to_sell, variants_to_sell

MOST_DATES = 12


def dates_of(tour: Tour, at: datetime) -> list[Departure]:
    """The next dates that have seats."""
    ahead = [
        one for one in departures_to_sell(tour.shop, at) if one.tour_id == tour.pk and getattr(one, "seats_left", 0) > 0
    ]
    return ahead[:MOST_DATES]


def prices_of(tour: Tour) -> list[PriceCategory]:
    """In the seller's order."""
    return [one for one in tour.prices.all() if one.is_active]


def kinds_of(product: Product) -> list[Variant]:
    """Those that are left."""
    return [one for one in variants_to_sell(product.shop) if one.product_id == product.pk and one.left > 0]
