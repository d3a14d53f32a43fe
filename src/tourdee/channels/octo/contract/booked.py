"""What we answer of bookings, restated from the standard (see ``answers``)."""

from typing import Literal

from .answers import Answer, Availability, BookingStatus, DeliveryFormat, Pricing, Utc, Uuid


class Contact(Answer):
    full_name: str | None
    first_name: str | None
    last_name: str | None
    email_address: str | None
    phone_number: str | None
    locales: list[str]
    postal_code: str | None
    country: str | None
    notes: str | None


class DeliveryOption(Answer):
    delivery_format: DeliveryFormat
    delivery_value: str


class Ticket(Answer):
    redemption_method: Literal["DIGITAL", "PRINT", "MANIFEST"]
    utc_redeemed_at: Utc | None
    delivery_options: list[DeliveryOption]


class UnitItem(Answer):
    uuid: Uuid
    reseller_reference: str | None
    supplier_reference: str | None
    unit_id: str
    status: BookingStatus
    utc_redeemed_at: Utc | None
    contact: Contact
    ticket: Ticket | None
    pricing: Pricing | None = None


class Cancellation(Answer):
    refund: Literal["FULL", "PARTIAL", "NONE"]
    reason: str | None
    utc_cancelled_at: Utc


class Booking(Answer):
    id: str
    uuid: Uuid
    test_mode: bool
    reseller_reference: str | None
    supplier_reference: str | None
    status: BookingStatus
    utc_created_at: Utc
    utc_updated_at: Utc
    utc_expires_at: Utc | None
    utc_redeemed_at: Utc | None
    utc_confirmed_at: Utc | None
    product_id: str
    option_id: str
    cancellable: bool
    cancellation: Cancellation | None
    freesale: bool
    availability_id: str | None
    availability: Availability | None
    contact: Contact
    notes: str | None
    delivery_methods: list[Literal["VOUCHER", "TICKET"]]
    voucher: Ticket | None
    unit_items: list[UnitItem]
    pricing: Pricing | None = None
