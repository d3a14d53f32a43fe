"""What a basket holds and costs today, by our own rows: the page of the cart and the placing of an order ask here.

Nothing that a browser says about price, seats or seller is believed; it names public ids and quantities only. Each
price is made in one place: seats (seats.py), extras and pick-ups (options.py), goods (goods.py), what a voucher or the
seller takes off (discounts.py), shipping (../shipping.py), what is due at once (deposits.py).
"""

from ..refusals import Refused
from .discounts import NO_DISCOUNT, SellersDiscount
from .lines import Basket, BasketLine
from .options import most_of
from .pricing import ANY_WAY, basket
from .refusals import (
    LARGEST_QUANTITY,
    BadQuantity,
    DiscountTooLarge,
    MixedSellers,
    NoReason,
    NoSuchChoice,
    NotOnSale,
    PrivateOrJoinIn,
    VoucherRefused,
)
from .wishes import (
    LARGEST_BASKET,
    NOTHING_ELSE,
    PRIVATE,
    PUBLIC_ID,
    BookingWish,
    Item,
    Key,
    Wishes,
    key_name,
    key_named,
    whole,
)

__all__ = [
    "ANY_WAY",
    "LARGEST_BASKET",
    "LARGEST_QUANTITY",
    "NOTHING_ELSE",
    "NO_DISCOUNT",
    "PRIVATE",
    "PUBLIC_ID",
    "BadQuantity",
    "Basket",
    "BasketLine",
    "BookingWish",
    "DiscountTooLarge",
    "Item",
    "Key",
    "MixedSellers",
    "NoReason",
    "NoSuchChoice",
    "NotOnSale",
    "PrivateOrJoinIn",
    "Refused",
    "SellersDiscount",
    "VoucherRefused",
    "Wishes",
    "basket",
    "key_name",
    "key_named",
    "most_of",
    "whole",
]
