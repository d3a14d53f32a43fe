"""What a written message means: a word of the seller's own answers, or one that every shop understands."""

import re

from tourdee.core.text import comparison_key
from tourdee.shop.models import Shop

from ..models import KeywordAnswer, Tile

STOP = ("หยุด", "หยุดรับข่าว", "ยกเลิกรับข่าว", "stop", "unsubscribe")
START = ("เริ่ม", "รับข่าว", "start", "subscribe")
EVERYBODY_KNOWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (Tile.PERSON, ("คุยกับคนขาย", "คุยกับร้าน", "ติดต่อร้าน", "แอดมิน", "talk to us", "human", "admin")),
    (Tile.ORDERS, ("การจองของฉัน", "ออเดอร์", "สถานะ", "จ่ายเงิน", "โอนเงิน", "my booking", "order", "pay")),
    (Tile.COUPONS, ("คูปอง", "ส่วนลด", "โปรโมชั่น", "โปรโมชัน", "coupon", "discount")),
    (Tile.DATES, ("วันว่าง", "มีวันไหน", "ว่างไหม", "รอบไหน", "free date", "available")),
    (Tile.GOODS, ("ของฝาก", "สินค้า", "souvenir", "product")),
    (Tile.TOURS, ("ทัวร์", "ทริป", "เมนู", "ราคา", "จอง", "tour", "trip", "menu", "price", "book")),
)


def key_of(words: str) -> str:
    """How two texts are compared: small letters, no doubled blanks."""
    return comparison_key(words.strip()[:500])


def asks_to_stop(words: str) -> bool:
    """Wants no more news. The whole message, so that “don't stop” does not count."""
    return key_of(words) in {key_of(word) for word in STOP}


def asks_to_start(words: str) -> bool:
    """Wants news again."""
    return key_of(words) in {key_of(word) for word in START}


def answer_to(shop: Shop, words: str) -> KeywordAnswer | None:
    """The seller's own answer whose longest word stands in the message. One query."""
    said = key_of(words)
    found: tuple[int, KeywordAnswer] | None = None
    for answer in KeywordAnswer.objects.filter(shop=shop, is_active=True):
        longest = max((len(word) for word in answer.words if _stands_in(word, said)), default=0)
        if longest and (found is None or longest > found[0]):
            found = (longest, answer)
    return found[1] if found else None


def tile_meant(words: str) -> str:
    """The screen that a common word asks for; empty where none does."""
    said = key_of(words)
    return next((str(tile) for tile, known in EVERYBODY_KNOWS if any(_stands_in(word, said) for word in known)), "")


def _stands_in(word: str, said: str) -> bool:
    """Thai writes no blanks between words; in English “book” does not stand in “Facebook”."""
    if word.isascii():
        return re.search(rf"\b{re.escape(word)}s?\b", said) is not None
    return key_of(word) in said
