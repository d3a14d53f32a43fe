"""From what a reseller's program sent to what the shop is asked for: looked up, counted, named. Nothing is written."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from tourdee.shop.actions.caps import Buyer
from tourdee.shop.queries.baskets import PUBLIC_ID, BadQuantity, BasketLine
from tourdee.shop.queries.resale import Offer, net_of, offer, resale_lines

from ..contract.bodies import Body, ContactBody, UnitItemBody
from ..contract.refusals import (
    InvalidAvailability,
    InvalidBooking,
    InvalidOption,
    InvalidProduct,
    InvalidUnit,
    Unprocessable,
)
from ..queries.availability import sold_tour
from ..queries.callers import Caller
from ..queries.products import OPTION

MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NOT_A_DIGIT = re.compile(r"\D")
LONGEST_PHONE = 15  # digits, as E.164 has it


def wanted_offer(caller: Caller, product: str, option: str, availability: str, at: datetime) -> Offer:
    """The departure that is asked for, bookable by the clock. Raises InvalidProduct, InvalidOption,
    InvalidAvailability, Unprocessable."""
    found = offer(shop=caller.shop, departure=availability) if PUBLIC_ID.fullmatch(availability) else None
    if option != OPTION or found is None or found.tour.public_id != product:
        raise _why_not(caller, product, option, availability)
    if found.departure.bookable_until <= at:
        raise Unprocessable(_("This departure can no longer be booked."))
    return found


def _why_not(caller: Caller, product: str, option: str, availability: str) -> Exception:
    """Which of the three ids was wrong, asked only when one is."""
    if not PUBLIC_ID.fullmatch(product) or sold_tour(caller, product) is None:
        return InvalidProduct(product)
    return InvalidOption(option) if option != OPTION else InvalidAvailability(availability)


def check_items(items: Sequence[UnitItemBody]) -> None:
    """At least one ticket, each with an id of its own. Raises Unprocessable."""
    if not items:
        raise Unprocessable(_("unitItems is missing or empty."))
    uuids = [item.uuid for item in items if item.uuid]
    if len(uuids) != len(set(uuids)):
        raise Unprocessable(_("Two unitItems have the same uuid."))


def wanted_lines(found: Offer, items: Sequence[UnitItemBody], caller: Caller) -> list[BasketLine]:
    """The lines of the shop's order. Raises InvalidUnit, Unprocessable."""
    for item in items:
        if item.unit_id not in found.units:
            raise InvalidUnit(item.unit_id)
    try:
        wanted = Counter(item.unit_id for item in items)
        return resale_lines(found, wanted, commission_percent=caller.commission_percent)
    except BadQuantity as refused:
        raise Unprocessable(
            _("Between 1 and %(largest)s seats can be booked at once.") % {"largest": refused.largest}
        ) from refused


def unit_rows(found: Offer, items: Sequence[UnitItemBody], caller: Caller) -> list[dict[str, Any]]:
    """The tickets as a booking keeps them, each with its price."""
    return [_unit_row(item, found.units[item.unit_id].price_satang, caller) for item in items]


def _unit_row(item: UnitItemBody, retail: int, caller: Caller) -> dict[str, Any]:
    return {
        "uuid": item.uuid or str(uuid4()),
        "unitId": item.unit_id,
        "resellerReference": item.reseller_reference,
        "contact": contact_row(item.contact),
        "retail": retail,
        "net": net_of(retail, caller.commission_percent),
    }


def contact_row(contact: ContactBody | None) -> dict[str, Any]:
    """What was said of a person, without the fields left empty."""
    return contact.model_dump(by_alias=True, exclude_none=True) if contact else {}


def guest(contact: dict[str, Any], *, notes: str, caller: Caller, reference: str) -> Buyer:
    """Whom the seller expects. Where the reseller does not say, it is the reseller's guest."""
    name = contact.get("fullName") or " ".join(filter(None, (contact.get("firstName"), contact.get("lastName"))))
    mail = contact.get("emailAddress") or ""
    return Buyer(
        name=(name.strip() or f"{caller.reseller_name} {reference}".strip())[:200],
        phone=_phone(contact.get("phoneNumber") or ""),
        email=mail.lower() if MAIL.fullmatch(mail) and len(mail) <= 254 else "",
        note=notes or contact.get("notes") or "",
        language="th" if any(one.lower().startswith("th") for one in contact.get("locales") or []) else "en",
    )


def _phone(typed: str) -> str:
    """With its plus, if it had one; nothing where it is no number at all."""
    digits = NOT_A_DIGIT.sub("", typed)
    plus = "+" if typed.lstrip().startswith("+") else ""
    return f"{plus}{digits}" if 0 < len(digits) <= LONGEST_PHONE else ""


def read_uuid(text: str) -> UUID:
    """Raises InvalidBooking."""
    try:
        return UUID(text)
    except ValueError as problem:
        raise InvalidBooking(text) from problem


def digest(body: Body) -> str:
    """By which a repeated request is told from another one with the same uuid."""
    return hashlib.sha256(body.model_dump_json(exclude_none=True).encode()).hexdigest()
