"""Answers that go out as letters. The mail server is asked by a task of its own, outside any transaction; ``asked_at`` is written
before, so that an answer is never handed over twice by the program: of what was asked and not heard of, the shop is told."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override
from django_tasks import task

from tourdee.core import mail
from tourdee.core.delivery import ATTEMPTS, once_more_later
from tourdee.core.templatetags.tourdee import local

from ..models import Message
from .messages import mark_failed, mark_sent

logger = logging.getLogger(__name__)
ANSWERS_WITHIN = timedelta(minutes=10)  # far longer than the mail server may take
WHY = {
    "address": gettext_noop("The mail server does not know this address."),
    "unavailable": gettext_noop("The mail server does not answer. We have tried many times."),
    "unsure": gettext_noop("The mail server did not answer, so we do not know whether it arrived."),
}  # kept as written here, shown in the reader's language


@task()
def send_answer(public_id: str, attempt: int = 1) -> str:
    """Hand one answer to the mail server; what it does not take is tried again with growing pauses. Returns what happened:
    ``sent``, ``failed``, ``retry``, or ``over`` (sent, given up or gone before, or in another worker's hands)."""
    queued = Message.objects.filter(public_id=public_id, state=Message.State.QUEUED, asked_at__isnull=True)
    if not queued.update(asked_at=timezone.now()):
        return "over"
    message = Message.objects.select_related("conversation__shop").get(public_id=public_id)
    try:
        _hand_over(message)
    except SMTPRecipientsRefused:
        return _failed(message, "address")
    except Exception:
        logger.warning("Answer %s was not taken by the mail server (attempt %s)", public_id, attempt, exc_info=True)
        return _later(message, attempt)
    mark_sent(message=message)
    return "sent"


def _hand_over(message: Message) -> None:
    """In the customer's language. Raises what the mail server raises."""
    talk = message.conversation
    with override(talk.language):
        subject = _("An answer from %(shop)s") % {"shop": local(talk.shop, "name")}
    context = {"message": message, "talk": talk, "shop": talk.shop}
    mail.send(to=talk.contact, subject=subject, template="inbox/mail/answer", context=context, language=talk.language)


def _later(message: Message, attempt: int) -> str:
    if attempt >= ATTEMPTS:
        return _failed(message, "unavailable")
    Message.objects.filter(pk=message.pk, state=Message.State.QUEUED).update(asked_at=None)
    return once_more_later(send_answer, attempt, message.public_id)


def _failed(message: Message, why: str) -> str:
    mark_failed(message=message, why=WHY[why])
    return "failed"


def give_up_unheard(at: datetime) -> int:
    """The worker died while it spoke with the mail server. Nobody knows whether the letter is out, so it is not sent by itself
    again. Returns how many were given up."""
    lost = Message.objects.filter(state=Message.State.QUEUED, asked_at__lt=at - ANSWERS_WITHIN)
    return lost.update(state=Message.State.FAILED, why_failed=WHY["unsure"])
