"""The storefront is a channel too: questions come in by event, answers go out by e-mail. And what is forgotten."""

from smtplib import SMTPRecipientsRefused

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from tourdee import events
from tourdee.core import mail
from tourdee.core.templatetags.tourdee import local
from tourdee.events import listens
from tourdee.people.models import User
from tourdee.people.queries import KnownAs
from tourdee.shop.models import Enquiry

from .actions import mark_failed, mark_sent, receive_message
from .actions.erasing import forget_conversations_of, forget_customer
from .models import Message
from .queries.channels import STOREFRONT
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
    """The answer to a visitor who left an e-mail address, in their language. A letter that was handed over is not written again."""
    if happened.channel != STOREFRONT:
        return
    found = Message.objects.filter(public_id=happened.message, state=Message.State.QUEUED)
    message = found.select_related("conversation__shop").first()
    if message is None:
        return
    talk = message.conversation
    context = {"message": message, "talk": talk, "shop": talk.shop}
    with override(talk.language):
        subject = _("An answer from %(shop)s") % {"shop": local(talk.shop, "name")}
    try:
        mail.send(
            to=talk.contact, subject=subject, template="inbox/mail/answer", context=context, language=talk.language
        )
    except SMTPRecipientsRefused:
        mark_failed(message=message, why=gettext_noop("The mail server does not know this address."))
    else:
        mark_sent(message=message)


@listens(events.PersonErased)
def forget_conversations(happened: events.PersonErased) -> None:
    """What customers wrote to the person's shop goes, and what the person wrote to others as a customer."""
    forget_conversations_of(user=User.objects.get(public_id=happened.user))
    forget_customer(known=KnownAs.unsealed(happened.known_as))
