"""The pieces of which messages are made. Words that are too long for LINE are shortened here; what cannot be shortened
is refused by ``limits`` before it is sent."""

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]

LABEL = 20  # signs on a button or a quick reply
ALT = 400  # signs shown in the list of chats
DISPLAY = 300
MOST_QUICK = 13
TEAL, INK, MUTED, WARM, SOFT = "#0f6b64", "#1c2b2a", "#55706d", "#b45309", "#eef5f4"


def shortened(words: str, most: int) -> str:
    """At most so many UTF-16 units, as LINE counts; what is missing is shown by three dots."""
    if _units(words) <= most:
        return words
    kept = words[: most - 1]
    while _units(kept) > most - 1:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


# ------------------------------------------------------------------ what a tap does
def tap(label: str, data: str, shown: str = "") -> Json:
    """Tells us ``data``; the chat shows ``shown`` as if the customer had written it."""
    return {
        "type": "postback", "label": shortened(label, LABEL), "data": data, "displayText": shortened(shown or label, DISPLAY),
    }  # fmt: skip


def link(label: str, address: str) -> Json:
    """Opens a page."""
    return {"type": "uri", "label": shortened(label, LABEL), "uri": address}


def pick_date(label: str, data: str, *, first: str, last: str) -> Json:
    """Opens the telephone's calendar between two days (``2026-11-30``)."""
    return {
        "type": "datetimepicker", "label": shortened(label, LABEL), "data": data, "mode": "date", "initial": first,
        "min": first, "max": last,
    }  # fmt: skip


# ------------------------------------------------------------------ messages
def text(words: str, quick: Sequence[Json] = ()) -> Json:
    """A text, with buttons under the chat."""
    return _with_quick({"type": "text", "text": words}, quick)


def card(alt: str, contents: Json, quick: Sequence[Json] = ()) -> Json:
    """A bubble or a carousel. ``alt`` stands in the list of chats and is read aloud."""
    return _with_quick({"type": "flex", "altText": shortened(alt, ALT), "contents": contents}, quick)


def coupon(outside_id: str) -> Json:
    """A coupon that was made at LINE."""
    return {"type": "coupon", "couponId": outside_id}


def _with_quick(message: Json, actions: Sequence[Json]) -> Json:
    if not actions:
        return message
    items = [{"type": "action", "action": action} for action in actions[:MOST_QUICK]]
    return {**message, "quickReply": {"items": items}}


# ------------------------------------------------------------------ parts of a card
def line(words: str, **look: Any) -> Json:
    """A text of a card. LINE refuses an empty one, so a blank stands in its place."""
    return {"type": "text", "text": words or " ", "wrap": True, "color": INK, **look}


def pair(name: str, value: str) -> Json:
    """A name and its value in one row."""
    return {
        "type": "box", "layout": "baseline", "spacing": "sm",
        "contents": [line(name, size="sm", color=MUTED, flex=3), line(value, size="sm", flex=5)],
    }  # fmt: skip


def button(action: Json, *, strong: bool = False) -> Json:
    """A button of a card. One strong one in each card."""
    look = {"style": "primary", "color": TEAL} if strong else {"style": "link", "color": TEAL}
    return {"type": "button", "height": "sm", "action": action, **look}


def column(contents: Sequence[Json], **look: Any) -> Json:
    """One below the other."""
    return {"type": "box", "layout": "vertical", "contents": list(contents), **look}


def bubble(body: Sequence[Json], footer: Sequence[Json] = (), *, picture: str = "", size: str = "kilo") -> Json:
    """A card: a picture (an https address of a JPEG), words, buttons."""
    made: Json = {"type": "bubble", "size": size, "body": column(body, spacing="sm")}
    if picture:
        made["hero"] = {"type": "image", "url": picture, "size": "full", "aspectRatio": "20:13", "aspectMode": "cover"}
    if footer:
        made["footer"] = column(footer, spacing="xs")
    return made


def plain(messages: Sequence[Json]) -> str:
    """The words of messages, for who reads them without pictures."""
    said = [one.get("text") or one.get("altText") or "🎫" for one in messages]
    return "\n".join(str(words) for words in said)
