"""The market and its search: 10,000 tours on sale, 100,000 things to find."""

import statistics
import time
from itertools import chain
from itertools import product as pairs
from typing import Any

from django.db import connection
from django.utils import timezone

from bench.calm import calm_rounds
from bench.data import WORDS

ITEMS, PARTS, A_TAB = 100_000, 8, 8
PLACES = [
    "อัมพวา", "กระบี่", "ปาย", "เชียงคาน", "เกาะยาว", "บ้านน้ำเชี่ยว", "แม่กำปอง", "สุโขทัย", "เบตง", "น่าน", "ระนอง", "ตรัง",
    "พัทลุง", "สงขลา", "อุบล", "โขงเจียม", "เขาหลัก", "ชุมพร", "จันทบุรี", "ตราด",
]  # fmt: skip
THINGS = [
    "พายเรือ", "ดำน้ำ", "ปั่นจักรยาน", "ดูนก", "เดินป่า", "ทำอาหาร", "ปั้นดิน", "ทอผ้า", "นวดแผนไทย", "ตกหมึก", "กาแฟ", "ชา", "ผ้าคราม",
    "ขนมไทย", "น้ำผึ้ง", "ข้าวหอมมะลิ", "ปลาแห้ง", "สมุนไพร", "ตะกร้าสาน", "ไหมแพรวา",
]  # fmt: skip
ASKED = (
    [f"{thing} {place}" for thing, place in pairs(THINGS[:10], PLACES[:8])]
    + THINGS
    + PLACES
    + WORDS
    + ["ชา", "boat", "รถ", "ลหมอก"]
)


def fill_search() -> None:
    """Rows that are found: the tours that ``data.fill`` made, and goods up to ITEMS."""
    from tourdee.shop.actions.search import index_missing
    from tourdee.shop.models import Product, SearchEntry, Shop, Variant

    index_missing()
    shops = list(Shop.objects.all())
    number = ITEMS - SearchEntry.objects.count()
    letters = connection.vendor == "postgresql"
    for start in range(0, number, 5000):
        rows = Product.objects.bulk_create(
            Product(shop=shops[place % len(shops)], name_th=_name(place), description_th=_about(place), status="published",
                    published_at=timezone.now())
            for place in range(start, min(start + 5000, number))
        )  # fmt: skip
        Variant.objects.bulk_create(Variant(product=row, price_satang=35000, stock=5) for row in rows)
        SearchEntry.objects.bulk_create(_entry(row, place, letters) for place, row in enumerate(rows, start))


def _entry(row: Any, number: int, letters: bool) -> Any:
    """What the acts would write, without cutting a text whose words we put together ourselves."""
    from tourdee.shop.actions.search import grams_of
    from tourdee.shop.models import SearchEntry
    from tourdee.shop.models.search import marker, sign

    words, text = f"{marker('product')} {_text(row)}", f"{sign('product')} {_text(row)}"
    return SearchEntry(
        product=row, kind="product", is_listed=True, province=10 + number % 80, from_satang=10000 + number % 90000,
        published_at=row.published_at, title_words=f"{marker('product')} {row.name_th}", words=words,
        text=text, grams=grams_of(text) if letters else "",
    )  # fmt: skip


def _text(row: Any) -> str:
    return f"{row.name_th} {row.description_th}"


def _name(number: int) -> str:
    return f"{THINGS[number % 20]} {PLACES[number // 20 % 20]} {number}"


def _about(number: int) -> str:
    return " ".join(WORDS[(number * 7 + step * 5) % len(WORDS)] for step in range(6))


def figures() -> dict[str, Any]:
    """Milliseconds until all that the market's first tab shows of what was searched for is known: tours and products."""
    from tourdee.shop.queries.storefront import MarketFilters, market_products, market_tours, product_cards, tour_cards

    at = timezone.now()

    def ask(text: str) -> None:
        filters = MarketFilters(text=text)
        product_cards(market_products(filters, first=A_TAB)[:A_TAB])
        tour_cards(market_tours(filters, at, first=A_TAB)[:A_TAB], at)

    def ask_some(number: int) -> list[float]:
        taken = []
        for text in ASKED[number % PARTS :: PARTS]:
            start = time.perf_counter()
            ask(text)
            taken.append((time.perf_counter() - start) * 1000)
        return taken

    ask("เรือ")
    rounds, tried = calm_rounds(ask_some, wanted=3 * PARTS, tries=6 * PARTS)
    taken = list(chain.from_iterable(rounds))
    return {
        "search_p50_ms": round(statistics.median(taken), 2),
        "search_p95_ms": round(statistics.quantiles(taken, n=20)[-1], 2),
        "search_items": ITEMS,
        "search_rounds": len(rounds),
        "search_tried": tried,
    }
