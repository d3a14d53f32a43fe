"""A visitor's question to a shop."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.people.actions import BudgetSpent, spend
from tourdee.people.queries import KnownAs

from ..models import Enquiry, Shop
from ..queries.visitors import enquiries_of

WINDOW = timedelta(hours=1)
MOST_FROM_ONE_ADDRESS = 5  # questions of one network address in an hour, to all shops
MOST_TO_ONE_SHOP = 40  # in an hour: a shop is never flooded, from however many addresses


class ShopTakesNoQuestions(Exception):
    """The shop is not open."""

    @property
    def message(self) -> str:
        return _("This shop takes no questions just now.")


class TooManyQuestions(Exception):
    """Too many in this hour."""

    @property
    def message(self) -> str:
        return _("Many questions were sent from here in the last hour. Please try again later, or call the shop.")


@transaction.atomic
def send_enquiry(
    *, shop: Shop, name: str, contact: str, message: str, source: str, at: datetime, language: str = "th"
) -> Enquiry:  # fmt: skip
    """Keep a visitor's question for the shop and tell its owner. ``source`` is the network address, which is counted
    and not kept; ``language`` the one in which an answer is framed. Raises ShopTakesNoQuestions, TooManyQuestions."""
    if shop.status != Shop.Status.OPEN:
        raise ShopTakesNoQuestions
    try:
        spend(what="enquiry", subject=source, limit=MOST_FROM_ONE_ADDRESS, window=WINDOW, at=at)
        spend(what="enquiry to shop", subject=shop.public_id, limit=MOST_TO_ONE_SHOP, window=WINDOW, at=at)
    except BudgetSpent as spent:
        raise TooManyQuestions from spent
    enquiry = Enquiry.objects.create(shop=shop, name=name, contact=contact, message=message, language=language, at=at)
    events.publish(events.EnquiryReceived(user=shop.owner.public_id, enquiry=enquiry.public_id))
    return enquiry


@transaction.atomic
def forget_enquiries_of(*, known: KnownAs) -> int:
    """Questions of somebody who is forgotten. Returns how many."""
    return enquiries_of(known).delete()[0]
