"""How an answer gets to the customer of a conversation."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tourdee.core.telephones import dialled

from ..models import Conversation
from .channels import STOREFRONT

CHANNEL, MAIL, PHONE, BY_HAND, GONE = "channel", "mail", "phone", "by hand", "gone"


@dataclass(frozen=True)
class Reach:
    """``kind``: ``channel`` and ``mail`` go out by themselves; ``phone`` and ``by hand`` (a LINE id, say) the shop does
    itself, with what stands in ``contact``; ``gone``: the channel was taken out of this installation."""

    kind: str
    contact: str = ""

    @property
    def by_itself(self) -> bool:
        return self.kind in {CHANNEL, MAIL}


def reach(talk: Conversation) -> Reach:
    """A channel sends its own answers; a visitor of the storefront left what they liked."""
    if talk.channel == STOREFRONT:
        return left_by_visitor(talk.contact)
    there = {name.rsplit(".")[-1] for name in settings.CHANNELS}
    return Reach(CHANNEL if talk.channel in there else GONE)


def left_by_visitor(contact: str) -> Reach:
    """An e-mail address, a telephone number as it is dialled, or something else to read."""
    try:
        validate_email(contact)
    except ValidationError:
        number = dialled(contact)
        return Reach(PHONE, number) if number else Reach(BY_HAND, contact)
    return Reach(MAIL, contact)
