"""What somebody of the shop wrote goes out: free while the customer's last message can be answered, else as a push. And what had
failed goes out once more, also what the shop had said by itself."""

from datetime import datetime

from tourdee.inbox.actions import mark_failed
from tourdee.inbox.models import Message

from .. import limits
from ..flex.parts import text
from ..models import Follower, Outgoing
from .followers import take_token
from .sending import send


def send_answer(*, message: Message, at: datetime) -> None:
    """Queue it, once; one that had failed and is to be tried again goes out as a push under its own retry key. What LINE would
    refuse is shown as failed with what to shorten."""
    if _goes_again(message, at):
        return
    talk = message.conversation
    follower = Follower.objects.filter(shop=talk.shop, user_id=talk.contact).first()
    token = take_token(follower=follower, at=at) if follower else ""
    try:
        send(
            shop=talk.shop, to=talk.contact, messages=[text(message.text)], key=f"inbox-{message.public_id}", at=at,
            reply_token=token, heard_at=follower.seen_at if follower else None, inbox=message,
        )  # fmt: skip
    except limits.TooLong as problem:
        mark_failed(message=message, why=problem.message)


def _goes_again(message: Message, at: datetime) -> bool:
    """As it was queued the first time, cards and buttons too. ``False``: it had not failed."""
    if message.state != Message.State.QUEUED:
        return False
    failed = Outgoing.objects.filter(inbox=message, state=Outgoing.State.FAILED)
    return failed.update(state=Outgoing.State.QUEUED, tries=0, try_at=at, why="", unsure=False, reply_token="") > 0
