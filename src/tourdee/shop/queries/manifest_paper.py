"""The list of guests as PDF: for the pocket, the driver and the kitchen. Numbers of cards and passports never stand on it,
not even their last signs: paper is left lying about."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from tourdee.core.dates import clock, long_date
from tourdee.core.money import baht
from tourdee.core.pdf import pdf
from tourdee.core.templatetags.tourdee import local, phone

from ..models import Departure, OrderLine
from .orders import Guests, manifest
from .questions import Told, told_by_order

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "manifest.typ"


def manifest_pdf(departure: Departure, *, at: datetime) -> bytes:
    """Who comes, in the order in which they are fetched. Two queries."""
    return pdf(TEMPLATE, manifest_data(departure, at=at))


def manifest_data(departure: Departure, *, at: datetime) -> dict[str, Any]:
    """What the paper says, in the page's language."""
    language = get_language() or "th"
    guests, told = manifest(departure), told_by_order([departure])
    return {
        "title": local(departure.tour, "name"),
        "language": language[:2],
        "when": f"{long_date(departure.starts_at, language)} {clock(departure.starts_at, language)}",
        "where": local(departure.tour, "meeting_point"),
        "made": f"{long_date(at, language)} {clock(at, language)}",
        "people": sum(one.people for one in guests),
        "to_collect": sum(one.to_collect_satang for one in guests),
        "extras": _added_up(guests),
        "guests": [_guest(one, told.get(one.order.pk, ())) for one in guests],
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "here": _("Here"), "guest": _("Guests"), "what": _("Party and pick-up"), "know": _("Food and notes"),
        "money": _("Money"), "people": pgettext("column", "People"), "to_collect": _("To be paid"), "extras": _("Extras together"),
        "made": _("As of"), "none": _("Nobody has booked this date yet."),
        "care": _("This paper holds people's data: throw it away torn when the day is over."),
    }  # fmt: skip


def _added_up(guests: Iterable[Guests]) -> list[list[Any]]:
    """How many of each extra, for who cooks or carries them."""
    counts: Counter[str] = Counter()
    for one in guests:
        for line in one.extras:
            counts[local(line, "name")] += line.quantity
    return [[name, number] for name, number in sorted(counts.items())]


def _guest(guests: Guests, told: Iterable[Told]) -> dict[str, Any]:
    order = guests.order
    return {
        "name": order.buyer_name,
        "code": order.code,
        "phone": phone(order.buyer_phone) if order.buyer_phone else "",
        "people": guests.people,
        "party": party_of(guests),
        "language": guests.guide_language.upper(),
        "pickup": local(guests.pickup, "name") if guests.pickup else "",
        "extras": extras_of(guests),
        "know": [part for part in [order.note.strip(), *(one.line for one in told if not one.is_number)] if part],
        "money": money_of(guests),
        "owes": bool(guests.to_collect_satang) or not guests.paid,
    }


def party_of(guests: Guests) -> str:
    """``Adult × 2, Child × 1``."""
    return ", ".join(f"{_who(line)} × {line.people}" for line in guests.lines)


def extras_of(guests: Guests) -> list[str]:
    """Each extra with how many of it."""
    return [f"{local(line, 'name')} × {line.quantity}" for line in guests.extras]


def money_of(guests: Guests) -> str:
    """Whether they have paid, and what they still owe."""
    if guests.to_collect_satang:
        return _("To be paid: %(amount)s") % {"amount": baht(guests.to_collect_satang)}
    if not guests.paid:
        return _("Money to check")
    return _("Pays the reseller") if guests.order.resold_by else _("Paid")


def _who(line: OrderLine) -> str:
    return local(line.category, "name") if line.category else local(line, "name")
