"""Words and pictures of a tour and its shop as the standard writes them (octo/content), in the page's language."""

from typing import Any

from tourdee.core.templatetags.tourdee import lines, local
from tourdee.shop.models import Picture, PriceCategory, Shop, Tour
from tourdee.shop.queries.sharing import cover_address, jpeg_address
from tourdee.shop.queries.storefront.words import cancellation_terms


def tour_content(tour: Tour) -> dict[str, Any]:
    """What a product says about itself. ``locations`` stay empty: each needs a latitude and a longitude, which a tour does
    not have; its meeting point is said in words, among ``features``."""
    return {
        "title": local(tour, "name"),
        "shortDescription": local(tour, "summary"),
        "description": local(tour, "description"),
        "features": _features(tour),
        "faqs": [],
        "media": [_media(picture, place) for place, picture in enumerate(tour.pictures.all())],
        "locations": [],
        "categoryLabels": ["classes"] if tour.kind == Tour.Kind.WORKSHOP else ["guided-tours"],
        "durationMinutesFrom": tour.minutes,
        "durationMinutesTo": tour.minutes,
        "commentary": [{"format": "IN_PERSON", "language": language} for language in tour.languages],
    }


def _features(tour: Tour) -> list[dict[str, str]]:
    tiers = [(tier.hours_before, tier.refund_percent) for tier in tour.tiers.all()]
    said = {
        "INCLUSION": lines(local(tour, "included")),
        "EXCLUSION": lines(local(tour, "excluded")),
        "PREARRIVAL_INFORMATION": lines(local(tour, "meeting_point")),
        "ADDITIONAL_INFORMATION": lines(local(tour, "transport")),
        "CANCELLATION_TERM": cancellation_terms(tiers),
    }
    return [{"shortDescription": text, "type": kind} for kind, texts in said.items() for text in texts]


def shop_content(shop: Shop) -> dict[str, Any]:
    """What a supplier says about itself."""
    cover = _jpeg(cover_address(shop), "COVER", None) if shop.cover else None
    return {"shortDescription": local(shop, "story") or None, "media": [cover] if cover else []}


def _media(picture: Picture, place: int) -> dict[str, str | None]:
    """The first picture of a tour is its cover, here as in the shop."""
    return _jpeg(jpeg_address(picture), "GALLERY" if place else "COVER", local(picture, "alt") or None)


def _jpeg(address: str, rel: str, caption: str | None) -> dict[str, str | None]:
    return {"src": address, "type": "image/jpeg", "rel": rel, "title": None, "caption": caption, "copyright": None}


def unit_content(unit: PriceCategory) -> dict[str, Any]:
    """What a price category says about itself."""
    return {"title": local(unit, "name"), "shortDescription": "", "features": []}
