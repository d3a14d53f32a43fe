"""Where goods go, as it was typed on the basket's page: a postcode, or the name of a sub-district to find it by."""

from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.places import places_named, places_of, read_postcode
from tourdee.core.text import HostileText, clean_line

from ...queries.shipping import HAND_OVER, POST, Delivery

LONGEST_TYPED = 60


@dataclass(frozen=True, slots=True)
class TypedDelivery:
    """What was typed, and what it means. ``found`` are (postcode, name of the place) to choose from where the words fit
    several."""

    delivery: Delivery
    typed: str = ""
    error: str = ""
    found: list[tuple[str, str]] = field(default_factory=list)


def typed_delivery(data: QueryDict, kept: Delivery) -> TypedDelivery:
    """How the goods are to come; what the form does not speak of stays as it was kept."""
    way = data.get("way", "")
    kept = replace(kept, way=way) if way in {POST, HAND_OVER} else kept
    if "found" in data:
        return _by_postcode(kept, data.get("found", ""))
    if "place" not in data or kept.way == HAND_OVER:
        return TypedDelivery(kept, kept.postcode)
    try:
        typed = clean_line(data.get("place", ""), LONGEST_TYPED)
    except HostileText:
        typed = ""
    if not typed:
        return TypedDelivery(replace(kept, postcode=""))
    return _by_postcode(kept, typed) if read_postcode(typed) else _by_name(kept, typed)


def _by_postcode(kept: Delivery, typed: str) -> TypedDelivery:
    postcode = read_postcode(typed)
    if places_of(postcode):
        return TypedDelivery(replace(kept, postcode=postcode), postcode)
    error = _("There is no postcode %(postcode)s. Please check it, or type the name of your sub-district.")
    return TypedDelivery(
        replace(kept, postcode=""), typed[:LONGEST_TYPED], error % {"postcode": postcode or typed[:10]}
    )


def _by_name(kept: Delivery, typed: str) -> TypedDelivery:
    found = places_named(typed)
    postcodes = {place.postcode for place in found}
    if len(postcodes) == 1:
        return _by_postcode(kept, postcodes.pop())
    if found:
        language = get_language() or "th"
        choices = [(place.postcode, place.name(language)) for place in found]
        return TypedDelivery(replace(kept, postcode=""), typed, found=choices)
    error = _("We know no place of this name. Please type the postcode, five digits, for example 50200.")
    return TypedDelivery(replace(kept, postcode=""), typed, error)
