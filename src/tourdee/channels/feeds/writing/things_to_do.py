"""Google Things to do: one shard of a ProductFeed, a whole snapshot."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tourdee.shop.models import Shop, Tour

from ..queries.rows import Row, page_of, text_of
from ..queries.tours import LANGUAGES, texts, usual_price

SATANG_A_BAHT = 100
NANOS_A_SATANG = 10_000_000
FEATURES = {"included": "TEXT_FEATURE_INCLUSION", "excluded": "TEXT_FEATURE_EXCLUSION"}


def things_to_do(shop: Shop, rows: Iterable[Row], nonce: int) -> Iterator[str]:
    """A product a piece. ``nonce`` names the snapshot: the same items, the same number."""
    metadata = {
        "shard_id": 0,
        "total_shards_count": 1,
        "processing_instruction": "PROCESS_AS_SNAPSHOT",
        "nonce": nonce,
    }
    yield f'{{"feed_metadata": {json.dumps(metadata)},\n"products": ['
    for place, row in enumerate(rows):
        yield f"{',' if place else ''}\n{json.dumps(_product(shop, row), ensure_ascii=False)}"
    yield "\n]}\n"


def _product(shop: Shop, row: Row) -> dict[str, Any]:
    tour = row.item
    assert isinstance(tour, Tour)
    pictures = [row.values["image_link"], *row.more_pictures]
    return {
        "id": row.values["id"],
        "title": _both(tour, "name"),
        "description": texts({"th": row.values["description"], "en": text_of(tour, "description", "en")}),
        "product_features": [one for name, kind in FEATURES.items() for one in _features(tour, name, kind)],
        "options": [_option(shop, tour, row)],
        "related_media": [{"url": url, "type": "MEDIA_TYPE_PHOTO"} for url in pictures],
        "operator": _operator(shop),
        "inventory_types": ["INVENTORY_TYPE_OPERATOR_DIRECT"],
        "confirmation_type": "CONFIRMATION_TYPE_INSTANT",
        "fulfillment_type": {"mobile": True, "print_at_home": True, "pickup": False},
        **_rating(tour),
    }


def _both(item: Any, name: str) -> dict[str, Any]:
    return texts({code: text_of(item, name, code) for code in LANGUAGES})


def _features(tour: Tour, name: str, kind: str) -> list[dict[str, Any]]:
    """A line each; the English of a line stands at the same place of the English text."""
    thai, english = (getattr(tour, f"{name}_{code}").splitlines() for code in LANGUAGES)
    pairs = [(line, english[place] if place < len(english) else "") for place, line in enumerate(thai)]
    return [
        {"feature_type": kind, "value": texts({"th": th.strip(), "en": en.strip()})} for th, en in pairs if th.strip()
    ]


def _option(shop: Shop, tour: Tour, row: Row) -> dict[str, Any]:
    price = usual_price(tour)
    assert price  # a row without one is left out
    return {
        "id": row.values["option_id"],
        "title": texts({"th": price.name_th, "en": price.name_en}),
        "landing_page": {
            "url": row.values["landing_page"],
            "localized_url": [{"language_code": "en", "url": page_of(tour, shop, "en")}],
        },
        "duration_sec": tour.minutes * 60,
        "cancellation_policy": {"refund_conditions": [_tier(one) for one in tour.tiers.all() if one.refund_percent]},
        "price_options": [{"id": price.id, "title": price.name_en or price.name_th, "price": _money(price.satang)}],
        "meeting_point": {"description": _both(tour, "meeting_point")},
    }


def _tier(tier: Any) -> dict[str, int]:
    return {
        "min_duration_before_start_time_sec": tier.hours_before * 3600,
        "refund_percent": tier.refund_percent,
    }


def _money(amount: int) -> dict[str, Any]:
    baht, satang = divmod(amount, SATANG_A_BAHT)
    return {"currency_code": "THB", "units": baht, "nanos": satang * NANOS_A_SATANG}


def _operator(shop: Shop) -> dict[str, Any]:
    return {"google_business_profile_name": _both(shop, "name"), "phone_number": shop.phone}


def _rating(tour: Any) -> dict[str, Any]:
    if not tour.voices:
        return {}
    return {"rating": {"average_value": round(tour.mean, 2), "rating_count": tour.voices}}
