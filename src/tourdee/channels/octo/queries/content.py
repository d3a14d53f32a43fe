"""Words about a tour as the standard writes them (octo/content), in the page's language."""

from typing import Any

from tourdee.core.templatetags.tourdee import lines, local
from tourdee.shop.models import PriceCategory, Tour
from tourdee.shop.queries.storefront.words import cancellation_terms


def tour_content(tour: Tour) -> dict[str, Any]:
    """What a product says about itself. Pictures are left out: the standard knows JPEG and PNG, the shop keeps WebP."""
    return {
        "title": local(tour, "name"),
        "shortDescription": local(tour, "summary"),
        "description": local(tour, "description"),
        "features": _features(tour),
        "faqs": [],
        "media": [],
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


def unit_content(unit: PriceCategory) -> dict[str, Any]:
    """What a price category says about itself."""
    return {"title": local(unit, "name"), "shortDescription": "", "features": []}
