"""The shop's rows, by topic."""

from .books import Account, Posting
from .calendars import BusyTime, CalendarFeed, OutsideCalendar
from .delivery import DeliveryTerms, Parcel, ShippingZone
from .gateways import GatewayCharge, GatewayNotice, GatewayRefund, HowToPay, MoneyService, SlipAnswer
from .listings import Listing
from .options import Extra, ExtraCount, PickupPoint, PrivatePrice
from .order_changes import OrderChange
from .order_lines import OrderLine
from .orders import Order, OrderNote
from .payments import GATEWAYS, PaymentEvent, Refund, Slip, Way
from .products import Product, Variant
from .questions import Answer, Question
from .receipts import Receipt, ReceiptSeries
from .resources import Resource, ResourceUse
from .returns import Return, ReturnLine
from .reviews import Enquiry, Review
from .scans import Scan
from .schedules import DateChange, DeparturePrice, PlannedPrice, PriceKey, Schedule, Season, SkippedStart
from .search import SearchEntry
from .sharing import ShortLink
from .shops import FormerSlug, Picture, Shop
from .stock import StockMovement
from .stock_notes import StockNote
from .tours import CancellationTier, Departure, PriceCategory, TooFew, Tour
from .vouchers import Voucher
from .waiting_list import WaitingParty

__all__ = [
    "GATEWAYS",
    "Account",
    "Answer",
    "BusyTime",
    "CalendarFeed",
    "CancellationTier",
    "DateChange",
    "DeliveryTerms",
    "Departure",
    "DeparturePrice",
    "Enquiry",
    "Extra",
    "ExtraCount",
    "FormerSlug",
    "GatewayCharge",
    "GatewayNotice",
    "GatewayRefund",
    "HowToPay",
    "Listing",
    "MoneyService",
    "Order",
    "OrderChange",
    "OrderLine",
    "OrderNote",
    "OutsideCalendar",
    "Parcel",
    "PaymentEvent",
    "PickupPoint",
    "Picture",
    "PlannedPrice",
    "Posting",
    "PriceCategory",
    "PriceKey",
    "PrivatePrice",
    "Product",
    "Question",
    "Receipt",
    "ReceiptSeries",
    "Refund",
    "Resource",
    "ResourceUse",
    "Return",
    "ReturnLine",
    "Review",
    "Scan",
    "Schedule",
    "SearchEntry",
    "Season",
    "ShippingZone",
    "Shop",
    "ShortLink",
    "SkippedStart",
    "Slip",
    "SlipAnswer",
    "StockMovement",
    "StockNote",
    "TooFew",
    "Tour",
    "Variant",
    "Voucher",
    "WaitingParty",
    "Way",
]
