"""Every call of the client, once: for whoever holds them against LINE's contract."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from ..client import Line
from ..flex.parts import text

NOI = "U" + "1" * 32
KEYS = [UUID(f"0190f2a4-0000-7000-8000-{number:012d}") for number in range(4)]
JPEG = b"\xff\xd8\xff" + b"0" * 20
MENU = {
    "size": {"width": 2500, "height": 843}, "selected": True, "name": "menu", "chatBarText": "เมนู",
    "areas": [{"bounds": {"x": 0, "y": 0, "width": 833, "height": 843}, "action": {"type": "postback", "data": "a=tours"}}],
}  # fmt: skip
COUPON = {
    "title": "ลด 10%", "startTimestamp": 1764115200, "endTimestamp": 1766707200, "timezone": "ASIA_BANGKOK",
    "visibility": "UNLISTED", "maxUseCountPerTicket": 1, "acquisitionCondition": {"type": "normal"},
    "reward": {"type": "discount", "priceInfo": {"type": "percentage", "percentage": 10}},
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What the server must know before it is asked. A server that keeps nothing knows everything."""

    reply_token: str = "token"
    picture: str = "m1"
    audience: int = 1
    request: str = "f70dd685-499a-4231-a441-f24b8d4fba21"


CALLS: dict[str, Callable[[Line, Known], object]] = {
    "bot": lambda line, _known: line.bot(),
    "set_webhook": lambda line, _known: line.set_webhook("https://tourdee.example/line/abc/"),
    "webhook_is_on": lambda line, _known: line.webhook_is_on(),
    "test_webhook": lambda line, _known: line.test_webhook(),
    "quota": lambda line, _known: line.quota(),
    "profile": lambda line, _known: line.profile(NOI),
    "content": lambda line, known: line.content(known.picture),
    "reply": lambda line, known: line.reply(known.reply_token, [text("ได้เลยค่ะ")]),
    "push": lambda line, _known: line.push(NOI, [text("ยืนยันแล้ว")], retry_key=KEYS[0]),
    "multicast": lambda line, _known: line.multicast([NOI], [text("ข่าว")], unit="news_1", retry_key=KEYS[1]),
    "broadcast": lambda line, _known: line.broadcast([text("ข่าว")], retry_key=KEYS[2]),
    "narrowcast": lambda line, known: line.narrowcast(
        [text("ข่าว")], audience=known.audience, most=50, retry_key=KEYS[3]
    ),
    "narrowcast_progress": lambda line, known: line.narrowcast_progress(known.request),
    "make_audience": lambda line, _known: line.make_audience("news_1"),
    "add_to_audience": lambda line, known: line.add_to_audience(known.audience, [NOI]),
    "audience_status": lambda line, known: line.audience_status(known.audience),
    "delete_audience": lambda line, known: line.delete_audience(known.audience),
    "friends": lambda line, _known: line.friends("20261125"),
    "seen_of": lambda line, known: line.seen_of(known.request),
    "seen": lambda line, _known: line.seen("news_1", "20261101", "20261126"),
    "make_menu": lambda line, _known: line.make_menu(MENU),
    "put_menu_picture": lambda line, _known: line.put_menu_picture("richmenu-1", JPEG),
    "show_menu": lambda line, _known: line.show_menu("richmenu-1"),
    "delete_menu": lambda line, _known: line.delete_menu("richmenu-1"),
    "make_coupon": lambda line, _known: line.make_coupon(COUPON),
    "close_coupon": lambda line, _known: line.close_coupon("coupon-1"),
}


def methods_of_the_client() -> set[str]:
    """Everything that it can be asked for."""
    return {name for name, _method in inspect.getmembers(Line, inspect.isfunction) if not name.startswith("_")}
