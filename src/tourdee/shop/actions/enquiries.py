"""A visitor's question to a shop."""

from datetime import datetime

from django.db import transaction

from tourdee import events

from ..models import Enquiry, Shop


class ShopTakesNoQuestions(Exception):
    """The shop is not open."""


@transaction.atomic
def send_enquiry(*, shop: Shop, name: str, contact: str, message: str, at: datetime) -> Enquiry:
    """Keep a visitor's question for the shop and tell its owner. Raises ShopTakesNoQuestions."""
    if shop.status != Shop.Status.OPEN:
        raise ShopTakesNoQuestions(shop.public_id)
    enquiry = Enquiry.objects.create(shop=shop, name=name, contact=contact, message=message, at=at)
    events.publish(events.EnquiryReceived(user=shop.owner.public_id, enquiry=enquiry.public_id))
    return enquiry
