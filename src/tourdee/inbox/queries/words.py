"""Words about time, and texts with something to fill in."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tourdee.shop.queries.in_person import pay_address

from ..models import Conversation

PLACES = ("{name}", "{order}", "{paylink}")
MINUTES_OF_AN_HOUR, MINUTES_OF_A_DAY = 60, 24 * 60


def how_long(since: datetime, at: datetime) -> str:
    """Minutes below an hour, hours below a day, then days; never less than a minute."""
    minutes = max(1, int((at - since).total_seconds() // 60))
    if minutes < MINUTES_OF_AN_HOUR:
        return _("%(number)d min") % {"number": minutes}
    if minutes < MINUTES_OF_A_DAY:
        return _("%(number)d h") % {"number": minutes // MINUTES_OF_AN_HOUR}
    days = minutes // MINUTES_OF_A_DAY
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}


def filled_in(text: str, talk: Conversation) -> str:
    """The text with what is known of the customer. What is not known stays as it is, for the writer to see."""
    order = talk.order
    known = {
        "{name}": talk.name,
        "{order}": order.code if order else "",
        "{paylink}": pay_address(order) if order and order.pay_code else "",
    }
    for place in PLACES:
        text = text.replace(place, known[place] or place)
    return text


def left_open(text: str) -> list[str]:
    """The places that nobody has filled in."""
    return [place for place in PLACES if place in text]
