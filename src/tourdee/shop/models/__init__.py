"""The shop's rows, by topic."""

from .calendars import BusyTime, CalendarFeed, OutsideCalendar
from .delivery import DeliveryTerms, Parcel, ShippingZone
from .orders import Order, OrderLine, OrderNote
from .payments import PaymentEvent, Refund, Slip
from .products import Product, Variant
from .resources import Resource, ResourceUse
from .reviews import Enquiry, Review
from .schedules import DateChange, DeparturePrice, PlannedPrice, Schedule, Season, SkippedStart
from .search import SearchEntry
from .shops import Picture, Shop
from .tours import CancellationTier, Departure, PriceCategory, TooFew, Tour

__all__ = [
    "BusyTime",
    "CalendarFeed",
    "CancellationTier",
    "DateChange",
    "DeliveryTerms",
    "Departure",
    "DeparturePrice",
    "Enquiry",
    "Order",
    "OrderLine",
    "OrderNote",
    "OutsideCalendar",
    "Parcel",
    "PaymentEvent",
    "Picture",
    "PlannedPrice",
    "PriceCategory",
    "Product",
    "Refund",
    "Resource",
    "ResourceUse",
    "Review",
    "Schedule",
    "SearchEntry",
    "Season",
    "ShippingZone",
    "Shop",
    "SkippedStart",
    "Slip",
    "TooFew",
    "Tour",
    "Variant",
]
