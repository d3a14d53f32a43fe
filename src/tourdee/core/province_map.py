"""The 77 provinces as a drawing: darker where there is more, a link each where there is anything.

Outlines: Natural Earth 1:10m admin-1, public domain, generalised; good for seeing and touching, not for borders.
"""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .provinces import province_name

SHADES = 4


@lru_cache(maxsize=1)
def _outlines() -> tuple[str, dict[int, str]]:
    drawn = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return drawn["viewBox"], {int(code): path for code, path in drawn["paths"].items()}


def province_map(
    title: str, numbers: Mapping[int, int], *, language: str, link: Callable[[int], str], say: Callable[[int], str]
) -> SafeString:
    """The map as SVG. ``numbers`` by province code; ``link`` is where a province leads, ``say`` puts a number in words.
    A list of the same links belongs beside it: small provinces are hard to hit with a thumb."""
    box, outlines = _outlines()
    most = max(numbers.values(), default=0)
    empty = format_html_join(
        "", '<path d="{}"/>', ((path,) for code, path in outlines.items() if not numbers.get(code))
    )
    full = format_html_join(
        "",
        '<a href="{}"><title>{}: {}</title><path class="shade-{}" d="{}"/></a>',
        (
            (link(code), province_name(code, language), say(number), _shade(number, most), outlines[code])
            for code, number in sorted(numbers.items())
            if number and code in outlines
        ),
    )
    return format_html(
        '<svg class="province-map" viewBox="{}" role="group" aria-label="{}"><g class="bare">{}</g>{}</svg>',
        box, title, empty, full,
    )  # fmt: skip


def _shade(number: int, most: int) -> int:
    """1 (few) to SHADES (the most)."""
    return min(SHADES, 1 + (number - 1) * SHADES // max(1, most))
