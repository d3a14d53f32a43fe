"""The console twin: plays Facebook behind our own client, so that a demo or a practice shop walks the whole way from the post to the
answered comment. A token is any text that begins with ``play``; each token is a page of its own. What stands there lives in the
cache for some days. Nobody outside sees anything of it.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.cache import caches
from django.utils import timezone

from tourdee.core.calling import Answer, Unavailable
from tourdee.core.multipart import Upload

KEPT_SECONDS = 5 * 24 * 60 * 60
TOKEN, APP_SECRET = "play-page-token", "play-app-secret"
JPEG = b"\xff\xd8\xff"
NAMELESS = "ไม่บอกชื่อ"  # who writes under this name has a profile that may not be asked for
Row = dict[str, Any]


@dataclass
class Played:
    """A page of the play Facebook. Rows look as the Graph API would show them, newest first."""

    page: str
    name: str = "เพจฝึกซ้อม"
    subscribed: bool = False
    posts: list[Row] = field(default_factory=list)
    comments: list[Row] = field(default_factory=list)
    messages: list[Row] = field(default_factory=list)

    def keep(self) -> None:
        caches["default"].set(f"facebook:play:{self.page}", self, KEPT_SECONDS)


def page_id(token: str) -> str:
    """The same token is the same page."""
    return str(int(sha256(token.encode()).hexdigest()[:12], 16))


def played(page: str) -> Played:
    """What stands on a page, also one that nothing was done with yet."""
    found: Played | None = caches["default"].get(f"facebook:play:{page}")
    return found or Played(page)


# ------------------------------------------------------------------ what a person does there
def comment(page: str, *, post: str, name: str, text: str, at: datetime) -> Row:
    """Somebody writes below a post. Returns the webhook's change."""
    row = {"id": f"{post}_{_number()}", "post": post, "message": text, "from": {"id": _person(name), "name": name},
           "created_time": _time(at)}  # fmt: skip
    there = played(page)
    there.comments.insert(0, row)
    there.keep()
    told = {"item": "comment", "verb": "add", "comment_id": row["id"], "post_id": post, "parent_id": post,
            "message": text, "from": row["from"], "created_time": int(at.timestamp())}  # fmt: skip
    return {"changes": [{"field": "feed", "value": told}]}


def write(page: str, *, name: str, text: str, at: datetime) -> Row:
    """Somebody writes by Messenger. Returns the webhook's entry."""
    row = {"id": f"m_{_number()}", "message": text, "from": {"id": _person(name), "name": name},
           "to": page, "created_time": _time(at)}  # fmt: skip
    there = played(page)
    there.messages.insert(0, row)
    there.keep()
    told = {"sender": {"id": _person(name)}, "recipient": {"id": page}, "timestamp": int(at.timestamp() * 1000),
            "message": {"mid": row["id"], "text": text}}  # fmt: skip
    return {"messaging": [told]}


def notice(page: str, *entries: Row, at: datetime) -> bytes:
    """The body of the webhook that tells of them, in Facebook's way of writing."""
    rows = [{"id": page, "time": int(at.timestamp()), **entry} for entry in entries]
    return json.dumps({"object": "page", "entry": rows}).encode()


# ------------------------------------------------------------------ in the place of calling.ask
def ask(
    method: str, url: str, *, headers: Mapping[str, str], form: Mapping[str, str] | None = None,
    files: Mapping[str, Upload] | None = None, body: Mapping[str, Any] | None = None, raw: bool = False,
) -> Answer:  # fmt: skip
    token = headers["Authorization"].removeprefix("Bearer ")
    if not token.startswith("play"):
        return _error(190)
    parts = urlsplit(url)
    first, _slash, last = parts.path.strip("/").partition("/")[2].partition("/")
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    act = ACTS.get((method, last))
    if act is None or not query.get("appsecret_proof"):
        raise Unavailable("the play Facebook does not know this")
    return act(played(page_id(token)), first, {**query, **(form or {}), **(files or {})}, dict(body or {}))


def _error(code: int) -> Answer:
    return Answer(400, {"error": {"message": "(#)", "type": "OAuthException", "code": code}})


def _number() -> str:
    return str(secrets.randbelow(9 * 10**14) + 10**14)


def _person(name: str) -> str:
    return str(int(sha256(name.encode()).hexdigest()[:13], 16))


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def _who(there: Played, first: str, _asked: Row, _body: Row) -> Answer:
    """The page whose token it is, or somebody who wrote to it."""
    if first == "me":
        return Answer(200, {"id": there.page, "name": there.name})
    names = [str(row["from"]["name"]) for row in there.messages if row["from"]["id"] == first]
    return Answer(200, {"id": first, "name": names[0]}) if names and names[0] != NAMELESS else _error(100)


def _hide(there: Played, first: str, asked: Row, _body: Row) -> Answer:
    for row in there.comments:
        if row["id"] == first:
            row["is_hidden"] = asked["is_hidden"] == "true"
    there.keep()
    return Answer(200, {"success": True})


def _subscribe(there: Played, _first: str, _asked: Row, _body: Row) -> Answer:
    there.subscribed = True
    there.keep()
    return Answer(200, {"success": True})


def _photo(there: Played, _first: str, asked: Row, _body: Row) -> Answer:
    source = asked.get("source")
    is_picture = isinstance(source, Upload) and source.content.startswith(JPEG)
    return Answer(200, {"id": _number()}) if is_picture else _error(324)


def _post(there: Played, _first: str, asked: Row, _body: Row) -> Answer:
    pictures = sum(1 for name in asked if name.startswith("attached_media"))
    row = {"id": f"{there.page}_{_number()}", "message": asked["message"], "pictures": pictures}
    row["permalink_url"] = f"https://www.facebook.com/{row['id']}"
    there.posts.insert(0, row)
    there.keep()
    return Answer(200, {"id": row["id"]})


def _feed(there: Played, _first: str, _asked: Row, _body: Row) -> Answer:
    return Answer(200, {"data": there.posts[:50]})


def _reply(there: Played, first: str, asked: Row, _body: Row) -> Answer:
    row = {"id": f"{first.partition('_')[0]}_{_number()}", "below": first, "message": asked["message"],
           "from": {"id": there.page, "name": there.name}, "created_time": _time(timezone.now())}  # fmt: skip
    there.comments.insert(0, row)
    there.keep()
    return Answer(200, {"id": row["id"]})


def _replies(there: Played, first: str, _asked: Row, _body: Row) -> Answer:
    return Answer(200, {"data": [row for row in there.comments if row.get("below") == first]})


def _send(there: Played, _first: str, _asked: Row, body: Row) -> Answer:
    to = body["recipient"].get("id") or _author_of(there, body["recipient"]["comment_id"])
    row = {"id": f"m_{_number()}", "message": body["message"]["text"], "to": to,
           "from": {"id": there.page, "name": there.name}, "created_time": _time(timezone.now())}  # fmt: skip
    there.messages.insert(0, row)
    there.keep()
    return Answer(200, {"recipient_id": to, "message_id": row["id"]})


def _author_of(there: Played, comment_id: str) -> str:
    return next((str(row["from"]["id"]) for row in there.comments if row["id"] == comment_id), "0")


def _talks(there: Played, _first: str, asked: Row, _body: Row) -> Answer:
    rows = [row for row in there.messages if asked["user_id"] in {row["to"], row["from"]["id"]}]
    return Answer(200, {"data": [{"id": "t_1", "messages": {"data": rows}}]})


ACTS: dict[tuple[str, str], Callable[[Played, str, Row, Row], Answer]] = {
    ("GET", ""): _who,
    ("POST", ""): _hide,
    ("POST", "subscribed_apps"): _subscribe,
    ("POST", "photos"): _photo,
    ("POST", "feed"): _post,
    ("GET", "feed"): _feed,
    ("POST", "comments"): _reply,
    ("GET", "comments"): _replies,
    ("POST", "messages"): _send,
    ("GET", "conversations"): _talks,
}
