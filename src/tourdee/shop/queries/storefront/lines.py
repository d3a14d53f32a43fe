"""Lines that several pages print."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from tourdee.core.dates import short_date

from ...models import Picture


@dataclass(frozen=True, slots=True)
class PictureLine:
    """One picture of a gallery."""

    path: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """What one buyer said."""

    name: str
    stars: int
    text: str
    date: str


def picture_line(picture: Picture, fallback: str) -> PictureLine:
    """A picture with its words in the page's language; ``fallback`` where nobody described it."""
    return PictureLine(picture.path, words(picture.alt_th, picture.alt_en) or fallback, picture.width, picture.height)


def review_lines(reviews: Any) -> list[ReviewLine]:
    """Reviews as they are printed."""
    language = get_language() or "th"
    return [ReviewLine(row.name, row.stars, row.text, short_date(row.at, language)) for row in reviews]


def words(thai: str, english: str) -> str:
    """The one of two texts that is the page's language, Thai where there is no English."""
    return thai if (get_language() or "th").startswith("th") else english or thai
