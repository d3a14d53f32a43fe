"""Messages as LINE's reference describes them, where its OpenAPI document lets more pass than LINE takes: in a card a word that
LINE does not know, an empty text, a size that does not exist, a button within a baseline box; a button without a label; a quick
answer without an action.

Restated for the pieces that our messages are made of (``flex/parts.py``) and closed: what is not described here may not be sent
before it is. Source: “Flex Message”, “Action objects”, “Quick reply” in LINE's Messaging API reference, as of July 2026. Lengths in
UTF-16 units and bytes are ``limits``'.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import jsonschema_rs

Schema = dict[str, Any]
PIXELS = {"type": "string", "pattern": r"^\d+(\.\d+)?px$"}
SPACE = {"anyOf": [{"enum": ["none", "xs", "sm", "md", "lg", "xl", "xxl"]}, PIXELS]}
FONT = {"anyOf": [{"enum": ["xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl"]}, PIXELS]}
WIDE = {"anyOf": [*FONT["anyOf"], {"const": "full"}, {"type": "string", "pattern": r"^\d+(\.\d+)?%$"}]}
COLOUR = {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?$"}
SHARE = {"type": "integer", "minimum": 0}
LABEL = {"type": "string", "minLength": 1, "maxLength": 20}
DATA = {"type": "string", "minLength": 1, "maxLength": 300}
DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def _of(names: Sequence[str]) -> Schema:
    """One of the kinds that are described below, told apart by ``type``."""
    return {
        "type": "object", "required": ["type"], "properties": {"type": {"enum": [name.partition("-")[0] for name in names]}},
        "allOf": [
            {"if": {"properties": {"type": {"const": name.partition("-")[0]}}}, "then": {"$ref": f"#/$defs/{name}"}}
            for name in names
        ],
    }  # fmt: skip


def _kind(name: str, required: Sequence[str], **properties: Schema) -> Schema:
    """Exactly these words."""
    return {
        "type": "object", "required": ["type", *required], "properties": {"type": {"const": name}, **properties},
        "additionalProperties": False,
    }  # fmt: skip


ACTION = _of(["postback", "uri", "datetimepicker"])
WITHIN = _of(["text", "button", "image", "box"])
WITHIN_A_BASELINE = _of(["text"])
BOX = {
    "spacing": SPACE, "margin": SPACE, "flex": SHARE, "backgroundColor": COLOUR, "cornerRadius": SPACE, "paddingAll": SPACE,
    "action": ACTION,
}  # fmt: skip
DEFINED: dict[str, Schema] = {
    "postback": _kind("postback", ["label", "data"], label=LABEL, data=DATA, displayText=DATA),
    "uri": _kind(
        "uri", ["label", "uri"], label=LABEL, uri={"type": "string", "pattern": r"^(https?://|tel:|line:)\S+$", "maxLength": 1000}
    ),
    "datetimepicker": _kind(
        "datetimepicker", ["label", "data", "mode"], label=LABEL, data=DATA, mode={"const": "date"}, initial=DAY, min=DAY, max=DAY
    ),
    "text": _kind(
        "text", ["text"], text={"type": "string", "minLength": 1}, size=FONT, color=COLOUR, weight={"enum": ["regular", "bold"]},
        wrap={"type": "boolean"}, maxLines=SHARE, margin=SPACE, flex=SHARE, align={"enum": ["start", "end", "center"]}, action=ACTION,
    ),
    "button": _kind(
        "button", ["action"], action=ACTION, style={"enum": ["primary", "secondary", "link"]}, color=COLOUR,
        height={"enum": ["sm", "md"]}, margin=SPACE, flex=SHARE,
    ),
    "image": _kind(
        "image", ["url"], url={"type": "string", "pattern": r"^https://\S+$", "maxLength": 2000}, size=WIDE,
        aspectRatio={"type": "string", "pattern": r"^[1-9]\d{0,4}:[1-9]\d{0,4}$"}, aspectMode={"enum": ["fit", "cover"]},
        action=ACTION,
    ),
    "box": {
        "required": ["layout"], "if": {"properties": {"layout": {"const": "baseline"}}}, "then": {"$ref": "#/$defs/baseline"},
        "else": {"$ref": "#/$defs/upright"},
    },
    "baseline": _kind(
        "box", ["layout", "contents"], layout={"const": "baseline"}, contents={"type": "array", "items": WITHIN_A_BASELINE}, **BOX
    ),
    "upright": _kind(
        "box", ["layout", "contents"], layout={"enum": ["vertical", "horizontal"]}, contents={"type": "array", "items": WITHIN}, **BOX
    ),
    "bubble": {
        **_kind(
            "bubble", [], size={"enum": ["nano", "micro", "deca", "hecto", "kilo", "mega", "giga"]}, hero=_of(["image", "box"]),
            **dict.fromkeys(["header", "body", "footer"], _of(["box"])), action=ACTION,
        ),
        "anyOf": [{"required": [block]} for block in ("header", "hero", "body", "footer")],
    },
    "carousel": _kind("carousel", ["contents"], contents={"type": "array", "minItems": 1, "maxItems": 12, "items": _of(["bubble"])}),
    "quick": {
        "type": "object", "required": ["items"], "additionalProperties": False,
        "properties": {"items": {"type": "array", "minItems": 1, "maxItems": 13, "items": _kind("action", ["action"], action=ACTION)}},
    },
    "text-message": _kind(
        "text", ["text"], text={"type": "string", "minLength": 1, "maxLength": 5000}, quickReply={"$ref": "#/$defs/quick"}
    ),
    "flex": _kind(
        "flex", ["altText", "contents"], altText={"type": "string", "minLength": 1, "maxLength": 1500},
        contents=_of(["bubble", "carousel"]), quickReply={"$ref": "#/$defs/quick"},
    ),
    "coupon": _kind("coupon", ["couponId"], couponId={"type": "string", "minLength": 1}, quickReply={"$ref": "#/$defs/quick"}),
}  # fmt: skip


def problems_of_messages(messages: Sequence[Any]) -> list[str]:
    """What LINE's reference says against messages; cards in one carousel must be of one width."""
    found = [
        f"{number}.{'.'.join(map(str, one.instance_path))} {one.message}"
        for number, message in enumerate(messages)
        for one in _validator().iter_errors(message)
    ]
    return found or [
        f"{number} cards of several widths" for number, one in enumerate(messages) if len(_widths(one)) > 1
    ]


def _widths(message: Mapping[str, Any]) -> set[str]:
    cards = message.get("contents", {}).get("contents", []) if message["type"] == "flex" else []
    return {card.get("size", "mega") for card in cards if card["type"] == "bubble"}


@lru_cache
def _validator() -> Any:
    return jsonschema_rs.Draft202012Validator({"$defs": DEFINED, **_of(["text-message", "flex", "coupon"])})
