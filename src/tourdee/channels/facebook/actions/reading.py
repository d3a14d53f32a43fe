"""What a webhook tells: comments written, changed, hidden or taken away, and messages. Whatever we do not know is passed over; what is
told twice or in another order ends the same."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from tourdee.inbox.actions import receive_message, withdraw_message

from ..models import Comment, Page, Post
from ..queries.comments import CHANNEL, contact_of
from ..queries.people import contact_of_person, has_a_name, nameless
from ..queries.wants import wanted
from .names import ask_for_name

logger = logging.getLogger(__name__)
LONGEST = 5000
LONGEST_ID = 100
Told = dict[str, Any]


def read(*, page: Page, body: str, at: datetime) -> None:
    """All of a batch, in the caller's transaction. What is not JSON, or of another page, tells nothing."""
    for entry in _entries(body, page.page_id):
        for told in _dicts(entry.get("messaging")):
            _message(page, told, at)
        for change in _dicts(entry.get("changes")):
            value = change.get("value")
            if change.get("field") == "feed" and isinstance(value, dict) and value.get("item") == "comment":
                _comment(page, value, at)


def _entries(body: str, page_id: str) -> Iterator[Told]:
    try:
        whole = json.loads(body)
    except (ValueError, RecursionError):
        logger.warning("A Facebook notice was not JSON")
        return
    for entry in _dicts(whole.get("entry") if isinstance(whole, dict) else None):
        if page_id and str(entry.get("id")) == page_id:
            yield entry


def _dicts(rows: Any) -> Iterator[Told]:
    yield from (row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()


def _text(value: Any, longest: int = LONGEST) -> str:
    return str(value).replace("\0", "")[:longest] if isinstance(value, str | int) else ""


def _id(value: Any) -> str:
    """An id; empty where it is none that we could keep."""
    text = _text(value, LONGEST_ID + 1)
    return text if len(text) <= LONGEST_ID else ""


def _moment(value: Any, at: datetime, *, milli: bool = False) -> datetime:
    """When it was written, as far as that can be believed: never later than now."""
    try:
        return min(datetime.fromtimestamp(int(value) / (1000 if milli else 1), tz=UTC), at)
    except (TypeError, ValueError, OverflowError, OSError):
        return at


# ------------------------------------------------------------------ Messenger
def _message(page: Page, told: Told, at: datetime) -> None:
    message = told.get("message") or told.get("postback")
    sender, what = _part(told, "sender"), message if isinstance(message, dict) else {}
    person, mid = _id(sender.get("id")), _id(what.get("mid"))
    if not person or not mid or what.get("is_echo") or person == page.page_id:
        return
    if what.get("is_deleted"):
        withdraw_message(shop=page.shop, channel=CHANNEL, outside_id=mid, at=at)
        return
    known = has_a_name(page.shop, person)
    receive_message(
        shop=page.shop, channel=CHANNEL, contact=contact_of_person(person), name="" if known else nameless(person),
        outside_id=mid, text=_said(what), at=_moment(told.get("timestamp"), at, milli=True),
    )  # fmt: skip
    if not known:
        ask_for_name(page=page, person=person, at=at)


def _part(told: Told, name: str) -> Told:
    value = told.get(name)
    return value if isinstance(value, dict) else {}


def _said(what: Told) -> str:
    with override("th"):  # the inbox shows it as the customer's words; the shop reads Thai first
        return _text(what.get("text") or what.get("title")) or _("(sent a picture or file: look at it in Messenger)")


# ------------------------------------------------------------------ comments
def _comment(page: Page, value: Told, at: datetime) -> None:
    outside_id, author = _id(value.get("comment_id")), _part(value, "from")
    if not outside_id or _id(author.get("id")) == page.page_id:
        return
    verb = value.get("verb")
    if verb == "remove":
        _gone(page, outside_id, value, at)
    elif verb in {"hide", "unhide"}:
        Comment.objects.filter(shop=page.shop, outside_id=outside_id).update(
            hidden=verb == "hide", hide=verb == "hide", try_at=None
        )
    elif verb in {"add", "edited", "edit"}:
        _written(page, outside_id, value, at, changed=verb != "add")


def _written(page: Page, outside_id: str, value: Told, at: datetime, *, changed: bool) -> None:
    comment, new = _known(page, outside_id, value, at)
    if new:
        receive_message(
            shop=page.shop, channel=CHANNEL, contact=contact_of(comment), name=comment.name, outside_id=outside_id,
            text=comment.text or _said({}), at=comment.at,
        )  # fmt: skip
    elif changed and not comment.gone_at:
        text = _text(value.get("message"))
        Comment.objects.filter(pk=comment.pk).update(text=text, wanted=wanted(text))


def _known(page: Page, outside_id: str, value: Told, at: datetime) -> tuple[Comment, bool]:
    """The comment; ``True`` where it was not known. Of one that its writer took away before we heard of it, only that stays."""
    author, parent, post_id = _part(value, "from"), _id(value.get("parent_id")), _id(value.get("post_id"))
    post = Post.objects.filter(shop=page.shop, outside_id=post_id).first() if post_id else None
    text = _text(value.get("message"))
    return Comment.objects.get_or_create(
        shop=page.shop, outside_id=outside_id,
        defaults={
            "post": post, "thread": parent if parent and parent != post_id else outside_id,
            "author": _text(author.get("id"), 40), "name": _text(author.get("name"), 120), "text": text,
            "at": _moment(value.get("created_time"), at), "wanted": wanted(text),
        },
    )  # fmt: skip


def _gone(page: Page, outside_id: str, value: Told, at: datetime) -> None:
    comment, _new = _known(page, outside_id, value, at)
    Comment.objects.filter(pk=comment.pk).update(text="", gone_at=at)
    withdraw_message(shop=page.shop, channel=CHANNEL, outside_id=outside_id, at=at)
