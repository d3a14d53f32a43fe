"""The shop's rows, by topic."""

from .orders import Order, OrderLine, OrderNote
from .payments import PaymentEvent, Refund, Slip
from .products import Product, Variant
from .reviews import Enquiry, Review
from .search import SearchEntry
from .shops import Picture, Shop
from .tours import CancellationTier, Departure, PriceCategory, Tour

__all__ = [
    "CancellationTier",
    "Departure",
    "Enquiry",
    "Order",
    "OrderLine",
    "OrderNote",
    "PaymentEvent",
    "Picture",
    "PriceCategory",
    "Product",
    "Refund",
    "Review",
    "SearchEntry",
    "Shop",
    "Slip",
    "Tour",
    "Variant",
]
