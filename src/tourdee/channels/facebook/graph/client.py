"""A thin client of Meta's Graph API: pages, posts, comments, Messenger.

The paths and parameters are those of Meta's documentation of November 2026; there is no published contract to test against, so what is
proven is that we say what is written here and understand what ``play`` answers. Every call carries ``appsecret_proof``: a
stolen token is worth nothing without the app secret. The token travels in a header, never in an address that a log may keep.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from tourdee.core.calling import Ask, Refused, Unavailable, understood
from tourdee.core.multipart import Upload

VERSION = "v26.0"  # the one place
TELL = "feed,messages"  # of what Facebook is to tell us
LATER = {1, 2, 4, 17, 32, 341, 368, 613}  # its own codes for "not now": broken for a moment, too many calls
LOOK_BACK = 50  # posts, comments or messages among which an earlier try is looked for
TWICE = 10  # a reply may be the answer to a question asked twice: so many seconds before we asked still count


@dataclass(frozen=True)
class Found:
    """Something that stands on Facebook. ``address`` is where people see it."""

    outside_id: str
    address: str = ""


class Graph:
    """All acts raise Unavailable where nothing is known, and Refused (``code`` is Facebook's) where asking again will not help."""

    def __init__(self, token: str, app_secret: str, ask: Ask) -> None:
        self._token, self._ask = token, ask
        self._proof = hmac.new(app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()

    # -------------------------------------------------------------- the page
    @understood
    def page(self) -> tuple[str, str]:
        """Id and name of the page whose token it is."""
        said = self._get("me", fields="id,name")
        return str(said["id"]), str(said["name"])

    def subscribe(self, page: str) -> None:
        """From now on it tells us of comments and messages."""
        self._post(f"{page}/subscribed_apps", {"subscribed_fields": TELL})

    # -------------------------------------------------------------- posts
    @understood
    def add_photo(self, page: str, jpeg: bytes) -> str:
        """Hand over a picture that is shown nowhere yet; its id, for a post. The bytes themselves go, so that it also works where
        Facebook cannot reach us."""
        source = Upload("picture.jpg", "image/jpeg", jpeg)
        return str(self._post(f"{page}/photos", {"published": "false"}, {"source": source})["id"])

    @understood
    def add_post(self, page: str, *, text: str, photos: list[str]) -> Found:
        """Publish a post at once."""
        attached = {f"attached_media[{place}]": f'{{"media_fbid":"{photo}"}}' for place, photo in enumerate(photos)}
        made = self._post(f"{page}/feed", {"message": text, **attached})
        return Found(str(made["id"]), _address(made))

    @understood
    def find_post(self, page: str, marker: str) -> Found | None:
        """The post in whose text the marker stands, among the latest."""
        posts = self._get(f"{page}/feed", fields="id,message,permalink_url", limit=str(LOOK_BACK))["data"]
        return next((Found(str(one["id"]), _address(one)) for one in posts if marker in one.get("message", "")), None)

    # -------------------------------------------------------------- comments
    def hide(self, comment: str, *, hidden: bool) -> None:
        """Others no longer see it; its writer and their friends still do."""
        self._post(comment, {"is_hidden": "true" if hidden else "false"})

    @understood
    def reply(self, comment: str, text: str) -> Found:
        """A public answer below a comment."""
        return Found(str(self._post(f"{comment}/comments", {"message": text})["id"]))

    @understood
    def find_reply(self, page: str, comment: str, text: str, since: datetime) -> Found | None:
        """Our own answer below a comment, with exactly this text, not older than ``since``."""
        rows = self._get(f"{comment}/comments", fields="id,message,from,created_time", limit=str(LOOK_BACK))["data"]
        return _ours(rows, page, text, since)

    # -------------------------------------------------------------- Messenger
    @understood
    def send(self, page: str, *, to: Mapping[str, str], text: str) -> Found:
        """A message to a person (``{"id": …}``), or to the writer of a comment (``{"comment_id": …}``; once, within 7 days)."""
        body = {"recipient": dict(to), "message": {"text": text}, "messaging_type": "RESPONSE"}
        return Found(str(self._said("POST", f"{page}/messages", body=body)["message_id"]))

    @understood
    def find_sent(self, page: str, person: str, text: str, since: datetime) -> Found | None:
        """Our own message to a person, with exactly this text, not older than ``since``."""
        fields = f"messages.limit({LOOK_BACK}){{id,message,from,created_time}}"
        talks = self._get(f"{page}/conversations", platform="messenger", user_id=person, fields=fields)["data"]
        rows = [row for talk in talks for row in talk.get("messages", {}).get("data", [])]
        return _ours(rows, page, text, since)

    @understood
    def name_of(self, person: str) -> str:
        """What somebody who wrote to the page is called. Refused where their profile may not be asked for."""
        return str(self._get(person, fields="name")["name"])

    # -------------------------------------------------------------- calling
    def _get(self, path: str, **query: str) -> dict[str, Any]:
        return self._said("GET", path, query=query)

    def _post(self, path: str, form: Mapping[str, str], files: Mapping[str, Upload] | None = None) -> dict[str, Any]:
        return self._said("POST", path, form=form, files=files)

    def _said(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, form: Mapping[str, str] | None = None,
        files: Mapping[str, Upload] | None = None, body: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        asked = urlencode({**(query or {}), "appsecret_proof": self._proof})
        address = f"{settings.FACEBOOK_API}/{VERSION}/{path}?{asked}"
        headers = {"Authorization": f"Bearer {self._token}"}
        answer = self._ask(method, address, headers=headers, form=form, files=files, body=body)
        if answer.status == 200 and "error" not in answer.data:
            return answer.data
        raise _no(answer.data)


@understood
def _no(data: dict[str, Any]) -> Exception:
    """What an error means: later, or never. Its text may hold names, so the codes alone are kept."""
    error = data["error"]
    code, more = int(error["code"]), int(error.get("error_subcode") or 0)
    if code in LATER or 80000 <= code <= 80014:
        return Unavailable(f"code {code}")
    return Refused(f"{code}.{more}" if more else str(code))


def _address(post: Mapping[str, Any]) -> str:
    """Where people see a post; by its id where it does not say."""
    said = str(post.get("permalink_url") or "")
    return said if said.startswith("https://") else f"https://www.facebook.com/{post['id']}"


def _ours(rows: list[dict[str, Any]], page: str, text: str, since: datetime) -> Found | None:
    for row in rows:
        written = datetime.strptime(str(row["created_time"]), "%Y-%m-%dT%H:%M:%S%z")
        mine = str(row.get("from", {}).get("id", "")) == page and str(row.get("message", "")) == text
        if mine and written.timestamp() >= since.timestamp() - TWICE:
            return Found(str(row["id"]))
    return None
