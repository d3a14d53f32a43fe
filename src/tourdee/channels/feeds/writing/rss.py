"""RSS 2.0 with Google's ``g:`` names, which Meta reads too."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

NAMESPACE = "http://base.google.com/ns/1.0"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="{}">\n<channel>\n'
FOOT = "</channel>\n</rss>\n"
# Signs that no XML may hold, not even escaped; one of them makes the whole file unreadable.
FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def rss(title: str, link: str, rows: Iterable[tuple[dict[str, str], list[str]]]) -> Iterator[str]:
    """A channel with an item for each row, a piece at a time: its values, and its further pictures."""
    yield HEAD.format(NAMESPACE) + _tag("title", title) + _tag("link", link) + _tag("description", title)
    for values, pictures in rows:
        tags = [_tag(f"g:{name}", value) for name, value in values.items()]
        tags += [_tag("g:additional_image_link", picture) for picture in pictures]
        yield f"<item>\n{''.join(tags)}</item>\n"
    yield FOOT


def _tag(name: str, value: str) -> str:
    return f"<{name}>{escape(value.translate(FORBIDDEN))}</{name}>\n"
