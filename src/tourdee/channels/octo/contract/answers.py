"""What we answer, restated from the standard: the OpenAPI page is made of it, and every answer is tested against it.

Fields with a default belong to a capability and are left out where it was not asked for.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

Utc = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"),
    Field(json_schema_extra={"format": "date-time"}),
]
Local = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$")]
LocalDate = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Clock = Annotated[str, StringConstraints(pattern=r"^\d{2}:\d{2}$")]
Uuid = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"),
    Field(json_schema_extra={"format": "uuid"}),
]
AvailabilityStatus = Literal["AVAILABLE", "FREESALE", "SOLD_OUT", "LIMITED", "CLOSED"]
BookingStatus = Literal["ON_HOLD", "CONFIRMED", "EXPIRED", "CANCELLED", "REDEEMED", "PENDING", "REJECTED"]
ContactField = Literal[
    "firstName", "lastName", "emailAddress", "phoneNumber", "country", "notes", "locales", "allowMarketing", "postalCode"
]  # fmt: skip
DeliveryFormat = Literal["PDF_URL", "QRCODE", "CODE128", "PKPASS_URL", "AZTECCODE"]
FeatureType = Literal[
    "INCLUSION", "EXCLUSION", "HIGHLIGHT", "PREBOOKING_INFORMATION", "PREARRIVAL_INFORMATION", "REDEMPTION_INSTRUCTION",
    "ACCESSIBILITY_INFORMATION", "ADDITIONAL_INFORMATION", "BOOKING_TERM", "CANCELLATION_TERM",
]  # fmt: skip


class Answer(BaseModel):
    """Written by its names in the standard (camelCase), and nothing besides."""

    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel, populate_by_name=True)


# ------------------------------------------------------------------ refusals
class Refused(Answer):
    error: Literal[
        "INVALID_PRODUCT_ID", "INVALID_OPTION_ID", "INVALID_UNIT_ID", "INVALID_AVAILABILITY_ID", "INVALID_BOOKING_UUID",
        "BAD_REQUEST", "UNPROCESSABLE_ENTITY", "UNAUTHORIZED", "FORBIDDEN", "NOT_FOUND", "METHOD_NOT_ALLOWED",
        "TOO_MANY_REQUESTS", "INTERNAL_SERVER_ERROR",
    ]  # fmt: skip
    error_message: str
    product_id: str = ""
    option_id: str = ""
    unit_id: str = ""
    availability_id: str = ""
    uuid: str = ""


# ------------------------------------------------------------------ prices (octo/pricing)
class Tax(Answer):
    name: str
    retail: int
    original: int
    net: int | None


class Pricing(Answer):
    """In satang."""

    original: int
    retail: int
    net: int | None
    currency: Literal["THB"]
    currency_precision: Literal[2]
    included_taxes: list[Tax]


class UnitPrice(Pricing):
    unit_id: str


# ------------------------------------------------------------------ words and pictures (octo/content)
class Feature(Answer):
    short_description: str | None
    type: FeatureType


class Faq(Answer):
    question: str
    answer: str


class Media(Answer):
    src: Annotated[str, StringConstraints(pattern="^https?://"), Field(json_schema_extra={"format": "uri"})]
    type: Literal["image/jpeg", "image/png", "video/mp4", "video/avi", "external/youtube", "external/vimeo"]
    rel: Literal["LOGO", "COVER", "GALLERY"]
    title: str | None
    caption: str | None
    copyright: str | None


class Commentary(Answer):
    format: Literal["IN_PERSON", "RECORDED_AUDIO", "WRITTEN", "OTHER"]
    language: str


class Content(Answer):
    """What a product and its option say about themselves."""

    title: str = ""
    short_description: str | None = None
    description: str | None = None
    features: list[Feature] = []
    faqs: list[Faq] = []
    media: list[Media] = []
    locations: list[dict[str, object]] = []
    category_labels: list[str] = []
    duration_minutes_from: int = 0
    duration_minutes_to: int | None = None
    commentary: list[Commentary] = []


# ------------------------------------------------------------------ what there is
class SupplierContact(Answer):
    website: str | None
    email: str | None
    telephone: str | None
    address: str | None


class Supplier(Answer):
    id: str
    name: str
    endpoint: str
    contact: SupplierContact
    short_description: str | None = None
    media: list[Media] = []


class UnitRestrictions(Answer):
    min_age: int
    max_age: int
    id_required: bool
    min_quantity: int | None
    max_quantity: int | None
    pax_count: int
    accompanied_by: list[str]


class Unit(Answer):
    id: str
    internal_name: str
    reference: str | None
    type: Literal["ADULT", "YOUTH", "CHILD", "INFANT", "FAMILY", "SENIOR", "STUDENT", "MILITARY", "OTHER"]
    restrictions: UnitRestrictions
    required_contact_fields: list[ContactField]
    pricing_from: list[Pricing] = []
    title: str | None = None
    short_description: str | None = None
    features: list[Feature] = []


class OptionRestrictions(Answer):
    min_units: int | None
    max_units: int | None


class Option(Content):
    id: str
    default: bool
    internal_name: str
    reference: str | None
    availability_local_start_times: list[Clock]
    cancellation_cutoff: str
    cancellation_cutoff_amount: int
    cancellation_cutoff_unit: Literal["minute", "hour", "day"]
    required_contact_fields: list[ContactField]
    restrictions: OptionRestrictions
    units: list[Unit]
    pricing_from: list[Pricing] = []


class Product(Content):
    id: str
    internal_name: str
    reference: str | None
    locale: str
    time_zone: str
    allow_freesale: bool
    instant_confirmation: bool
    instant_delivery: bool
    availability_required: bool
    availability_type: Literal["START_TIME", "OPENING_HOURS"]
    delivery_formats: list[DeliveryFormat]
    delivery_methods: list[Literal["VOUCHER", "TICKET"]]
    redemption_method: Literal["DIGITAL", "PRINT", "MANIFEST"]
    options: Annotated[list[Option], Field(min_length=1)]
    default_currency: Literal["THB"] = "THB"
    available_currencies: list[Literal["THB"]] = []
    pricing_per: Literal["UNIT", "BOOKING"] = "UNIT"


class Capability(Answer):
    id: Literal["octo/pricing", "octo/content"]
    revision: int
    required: bool
    dependencies: list[str]
    docs: str | None


# ------------------------------------------------------------------ when there is it
class OpeningHours(Answer):
    from_: Annotated[Clock, Field(alias="from")]
    to: Clock


class Availability(Answer):
    id: str
    local_date_time_start: Local
    local_date_time_end: Local
    utc_cutoff_at: Utc
    all_day: bool
    available: bool
    status: AvailabilityStatus
    vacancies: int | None
    capacity: int | None
    max_units: int | None
    opening_hours: list[OpeningHours]
    unit_pricing: list[UnitPrice] = []
    pricing: Pricing | None = None
    title: str | None = None
    short_description: str = ""


class CalendarDay(Answer):
    local_date: LocalDate
    available: bool
    status: AvailabilityStatus
    vacancies: int | None
    capacity: int | None
    opening_hours: list[OpeningHours]
    unit_pricing_from: list[UnitPrice] = []
    pricing_from: Pricing | None = None
