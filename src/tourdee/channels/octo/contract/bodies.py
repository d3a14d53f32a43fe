"""What resellers send. Strict: a number in quotes is not a number. What the standard does not know is left unread.

Texts have a length and no NUL, so that whatever passes here can be kept.
"""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

FIRST_YEAR, LAST_YEAR = 2000, 2200
LONGEST_HOLD_ASKED = 60 * 24 * 30  # minutes; what is granted is decided elsewhere
MOST_UNITS = 99
MOST_IDS = 500


def _day(text: str) -> str:
    """Raises ValueError."""
    if not FIRST_YEAR <= date.fromisoformat(text).year <= LAST_YEAR:
        raise ValueError("the year is out of reach")
    return text


Day = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"),
    AfterValidator(_day),
    Field(json_schema_extra={"format": "date"}),
]
Uuid = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"),
    Field(json_schema_extra={"format": "uuid"}),
]
Id = Annotated[str, StringConstraints(max_length=64)]
Line = Annotated[str, StringConstraints(max_length=255, pattern=r"^[^\x00]*$")]
Text = Annotated[str, StringConstraints(max_length=4000, pattern=r"^[^\x00]*$")]
Minutes = Annotated[int, Field(ge=1, le=LONGEST_HOLD_ASKED)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Body(BaseModel):
    """Read by its names in the standard (camelCase)."""

    model_config = ConfigDict(strict=True, frozen=True, alias_generator=to_camel, populate_by_name=True)


class ContactBody(Body):
    """Who travels, or who booked. Nothing of it is obligatory."""

    full_name: Line | None = None
    first_name: Line | None = None
    last_name: Line | None = None
    email_address: Line | None = None
    phone_number: Line | None = None
    locales: Annotated[list[Line], Field(max_length=20)] | None = None
    postal_code: Line | None = None
    country: Line | None = None
    notes: Text | None = None


class UnitBody(Body):
    """How many of a unit, to be told whether they fit and what they cost."""

    id: Id
    quantity: Annotated[int, Field(ge=1, le=MOST_UNITS)]


class UnitItemBody(Body):
    """One ticket."""

    unit_id: Id
    uuid: Uuid | None = None
    reseller_reference: Line | None = None
    contact: ContactBody | None = None


UnitItems = Annotated[list[UnitItemBody], Field(max_length=MOST_UNITS)]
Units = Annotated[list[UnitBody], Field(max_length=MOST_UNITS)]


class CalendarBody(Body):
    product_id: Id
    option_id: Id
    local_date_start: Day
    local_date_end: Day
    units: Units | None = None
    currency: Currency | None = None


class AvailabilityBody(Body):
    """Asks by exactly one of a day, a span of days, or ids."""

    product_id: Id
    option_id: Id
    local_date: Day | None = None
    local_date_start: Day | None = None
    local_date_end: Day | None = None
    availability_ids: Annotated[list[Id], Field(max_length=MOST_IDS)] | None = None
    units: Units | None = None
    currency: Currency | None = None


class ReservationBody(Body):
    product_id: Id
    option_id: Id
    availability_id: Id | None = None
    unit_items: UnitItems
    uuid: Uuid | None = None
    expiration_minutes: Minutes | None = None
    notes: Text | None = None
    reseller_reference: Line | None = None
    contact: ContactBody | None = None
    currency: Currency | None = None


class UpdateBody(Body):
    """What stays out of it stays as it is."""

    product_id: Id | None = None
    option_id: Id | None = None
    availability_id: Id | None = None
    unit_items: UnitItems | None = None
    expiration_minutes: Minutes | None = None
    notes: Text | None = None
    reseller_reference: Line | None = None
    contact: ContactBody | None = None
    email_receipt: bool | None = None


class ConfirmationBody(Body):
    contact: ContactBody
    unit_items: UnitItems | None = None
    reseller_reference: Line | None = None
    email_receipt: bool | None = None


class CancellationBody(Body):
    reason: Text | None = None
    force: bool | None = None


class ExtensionBody(Body):
    expiration_minutes: Minutes | None = None
