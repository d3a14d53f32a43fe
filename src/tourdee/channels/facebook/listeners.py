"""An answer from the inbox is sent; whoever is forgotten has no page any more."""

from django.utils import timezone

from tourdee.events import MessageWritten, PersonErased, listens
from tourdee.inbox.models import Message

from .actions.answers import queue_answer
from .models import Page
from .queries.comments import CHANNEL
from .queries.pages import page_of


@listens(MessageWritten)
def send_answer(happened: MessageWritten) -> None:
    """The worker sends it in a moment; nothing goes over the network here."""
    if happened.channel != CHANNEL:
        return
    found = Message.objects.select_related("conversation__shop").filter(public_id=happened.message).first()
    if found and found.state == Message.State.QUEUED:
        queue_answer(message=found, page=page_of(found.conversation.shop), at=timezone.now())


@listens(PersonErased)
def forget_page(happened: PersonErased) -> None:
    """Keys, comments and what waits go."""
    for page in Page.objects.filter(shop__owner__public_id=happened.user):
        page.shop.facebook_comments.all().delete()
        page.delete()
