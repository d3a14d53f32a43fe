"""The storefront is a channel too: questions come in by event, answers go out by e-mail. Who is told that a customer wants a person.
And what is forgotten."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tourdee import events
from tourdee.events import listens
from tourdee.people.actions import tell
from tourdee.people.models import User
from tourdee.people.queries import KnownAs
from tourdee.shop.models import Enquiry

from .actions import receive_message
from .actions.erasing import forget_conversations_of, forget_customer
from .actions.letters import send_answer
from .models import Conversation
from .queries.channels import STOREFRONT, sign_of
from .queries.reach import left_by_visitor


@listens(events.EnquiryReceived)
def take_in_question(happened: events.EnquiryReceived) -> None:
    """A visitor wrote on the shop's page: the same contact goes on with the same conversation."""
    asked = Enquiry.objects.select_related("shop__owner").get(public_id=happened.enquiry)
    receive_message(
        shop=asked.shop, channel=STOREFRONT, contact=left_by_visitor(asked.contact).contact.lower(), name=asked.name,
        outside_id=asked.public_id, text=asked.message, at=asked.at, language=asked.language,
    )  # fmt: skip


@listens(events.MessageWritten)
def answer_by_mail(happened: events.MessageWritten) -> None:
    """The answer to a visitor who left an e-mail address goes to the outbox."""
    if happened.channel == STOREFRONT:
        send_answer.enqueue(happened.message)


@listens(events.PersonWanted)
def tell_shop_that_a_person_is_wanted(happened: events.PersonWanted) -> None:
    """The program is silent from now on, so somebody must know."""
    talk = Conversation.objects.select_related("shop").filter(public_id=happened.conversation).first()
    if talk is None or not talk.by_person:
        return
    user = User.objects.get(public_id=happened.user)
    with translation.override(user.language):
        link = settings.SITE_URL + reverse("conversation", args=[talk.public_id])
    tell(
        user=user, subject=_("A customer wants to talk to you"), template="inbox/mail/person_wanted",
        sms=_("TourDee: a customer wants to talk to you. Sign in to answer."),
        context={"talk": talk, "link": link, "channel": sign_of(talk.channel).title},
    )  # fmt: skip


@listens(events.PersonErased)
def forget_conversations(happened: events.PersonErased) -> None:
    """What customers wrote to the person's shop goes, and what the person wrote to others as a customer."""
    forget_conversations_of(user=User.objects.get(public_id=happened.user))
    forget_customer(known=KnownAs.unsealed(happened.known_as))
