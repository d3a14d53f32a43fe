"""Charts as SVG, drawn here: readable on a telephone, by a screen reader and on paper, with no script and no style.

Labels are horizontal and stand above their bars, so long Thai words never turn or overlap. Every bar and line says its
value. With ``palette=True`` colours and typeface are written into the drawing, for typst and other readers that do not
know tourdee.css. A table with the same figures belongs beside each chart.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from hashlib import blake2s

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

WIDTH = 360  # viewBox units, about the pixels of a telephone
FONT = 18
BASELINE = 22  # below the top, so that a tone above a vowel is not cut off
LABEL_HEIGHT, BAR_HEIGHT, GAP = 30, 20, 12
DIGIT, LETTER = 10.2, 10.6  # average advance in units
TEXT_COLOUR, MUTED_COLOUR, LINE_COLOUR = "#1c2b2a", "#55706d", "#c6d6d4"
COLOURS = ("#0f766e", "#e8890c", "#c2563a", "#4d7c0f", "#6d4aa8", "#64748b")
LEADING_VOWELS = "เแโใไ"  # they belong to the letter after them
WITH_ITS_MARKS = re.compile(r".[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0300-\u036f]*$", re.DOTALL)
Show = Callable[[int], str]
Pairs = Sequence[tuple[str, int]]


def bar_chart(
    title: str, rows: Pairs, *, unit: str = "", show: Show | None = None, palette: bool = False
) -> SafeString:
    """Horizontal bars, one a row of ``(label, value)``. ``show`` turns a value into words (``show=baht``)."""
    return _bars(title, rows, unit, show, palette, funnel=False)


def funnel_chart(
    title: str, rows: Pairs, *, unit: str = "", show: Show | None = None, palette: bool = False
) -> SafeString:
    """Steps of a way, widest first: centred bars with value and share of the first step."""
    return _bars(title, rows, unit, show, palette, funnel=True)


def line_chart(
    title: str,
    rows: Sequence[tuple[str, *tuple[int, ...]]],
    *,
    names: Sequence[str] = ("",),
    unit: str = "",
    show: Show | None = None,
    palette: bool = False,
) -> SafeString:
    """One or two lines over time: ``(label, value)`` or ``(label, first, second)`` a row; ``names`` tell two apart."""
    if len(names) > 2:
        raise ValueError("A line chart takes at most two lines; more cannot be told apart.")
    words = _words(unit, show)
    pen = _Pen(palette)
    said = "; ".join(f"{row[0]} {', '.join(words(value) for value in row[1:])}" for row in rows)
    if not rows:
        return _drawing(title, said, _nothing(pen), 60, palette)
    return _drawing(title, said, *_lines(pen, rows, names, words), palette)


# ------------------------------------------------------------------ bars
def _bars(title: str, rows: Pairs, unit: str, show: Show | None, palette: bool, *, funnel: bool) -> SafeString:
    words = _words(unit, show)
    pen = _Pen(palette)
    shown = [_share(words(value), value, rows[0][1]) if funnel else words(value) for _label, value in rows]
    said = "; ".join(f"{label} {text}" for (label, _value), text in zip(rows, shown, strict=True))
    if not rows:
        return _drawing(title, said, _nothing(pen), 60, palette)
    highest = max(1, *(value for _label, value in rows))
    room = WIDTH if funnel else WIDTH - max(map(_advance, shown)) - 10
    drawn, top = [], 0.0
    for (label, value), text in zip(rows, shown, strict=True):
        width = max(2.0, room * max(0, value) / highest)
        drawn.append(_bar(pen, label, text, width, top, funnel=funnel))
        top += LABEL_HEIGHT + BAR_HEIGHT + GAP
    return _drawing(title, said, "".join(drawn), top - GAP + 4, palette)


def _bar(pen: "_Pen", label: str, text: str, width: float, top: float, *, funnel: bool) -> str:
    """The label above, the bar below; the value at the bar's end, in a funnel at the label's end."""
    across = (WIDTH - width) / 2 if funnel else 0
    room = WIDTH - (_advance(text) + 12 if funnel else 0)
    bar = pen.shape(
        f'<rect x="{across:.1f}" y="{top + LABEL_HEIGHT:.1f}" width="{width:.1f}" height="{BAR_HEIGHT}" rx="3"'
    )
    place = (
        pen.text(WIDTH, top + BASELINE, text, "end") if funnel else pen.text(width + 8, top + LABEL_HEIGHT + 16, text)
    )
    return pen.text(0, top + BASELINE, shortened(label, room)) + bar + place


def _share(text: str, value: int, first: int) -> str:
    return f"{text} · {round(100 * value / first)}%" if first > 0 else text


# ------------------------------------------------------------------ lines
def _lines(pen: "_Pen", rows: Sequence[tuple], names: Sequence[str], words: Show) -> tuple[str, float]:
    """The drawing and its height: legend, value lines, the lines themselves, as many labels below as have room."""
    top, height = (44.0 if any(names) else 16.0), 190.0
    highest = _nice(max(1, *(value for row in rows for value in row[1:])))
    left = max(_advance(words(value)) for value in (0, highest // 2, highest)) + 8
    step = (WIDTH - left - 12) / max(1, len(rows) - 1)
    drawn = _grid(pen, left, top, height, highest, words)
    for number in range(len(rows[0]) - 1):
        points = [
            (left + step * place, top + height * (1 - max(0, row[number + 1]) / highest))
            for place, row in enumerate(rows)
        ]
        drawn += pen.line(points, number)
    drawn += _legend(pen, names) + _below(pen, [row[0] for row in rows], left, step, top + height + 26)
    return drawn, top + height + 36


def _grid(pen: "_Pen", left: float, top: float, height: float, highest: int, words: Show) -> str:
    drawn = ""
    for value in (0, highest // 2, highest):
        y = top + height * (1 - value / highest)
        drawn += pen.rule(left, y, WIDTH, "axis" if value == 0 else "gridline")
        drawn += pen.text(left - 8, min(y + 6, top + height), words(value), "end") if value or highest else ""
    return drawn


def _below(pen: "_Pen", labels: Sequence[str], left: float, step: float, y: float) -> str:
    """The first label, the last and those between that leave each other room."""
    widest = max(map(_advance, labels)) + 14
    every = max(1, -(-int(widest) // max(1, int(step))))
    kept = [
        place for place in range(0, len(labels), every) if place == len(labels) - 1 or len(labels) - 1 - place >= every
    ]
    drawn = ""
    for place in [*kept, *([len(labels) - 1] if len(labels) > 1 and len(labels) - 1 not in kept else [])]:
        half = _advance(labels[place]) / 2
        drawn += pen.text(min(max(left + step * place, half), WIDTH - half), y, labels[place], "middle")
    return drawn


def _legend(pen: "_Pen", names: Sequence[str]) -> str:
    drawn, x = "", 0.0
    for number, name in enumerate(names):
        if name:
            drawn += pen.line([(x, 16), (x + 26, 16)], number) + pen.text(x + 36, BASELINE, name)
            x += 54 + _advance(name)
    return drawn


def _nice(value: int) -> int:
    """The next round number: 1, 2, 4, 6, 8 or 10 times a power of ten."""
    power = 10 ** (len(str(value)) - 1)
    return next(factor * power for factor in (1, 2, 4, 6, 8, 10) if factor * power >= value)


# ------------------------------------------------------------------ pen and paper
class _Pen:
    """Draws with classes for pages, with colours as well for paper."""

    def __init__(self, palette: bool) -> None:
        self.palette = palette

    def text(self, x: float, y: float, text: str, anchor: str = "start") -> str:
        ink = f' fill="{TEXT_COLOUR}" font-family="Sarabun" font-size="{FONT}"' if self.palette else ""
        return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{ink}>{escape(text)}</text>'

    def shape(self, beginning: str) -> str:
        ink = f' fill="{COLOURS[0]}"' if self.palette else ""
        return f'{beginning} class="c1"{ink}/>'

    def rule(self, x: float, y: float, end: float, css: str) -> str:
        ink = f' stroke="{MUTED_COLOUR if css == "axis" else LINE_COLOUR}"' if self.palette else ""
        return f'<path class="{css}" d="M{x:.1f} {y:.1f}H{end:.1f}"{ink}/>'

    def line(self, points: Sequence[tuple[float, float]], number: int) -> str:
        """A line with a dot at its end; the second line is dashed, so that colour is not all that tells them apart."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dash = ' stroke-dasharray="7 5"' if number else ""
        ink = f' fill="none" stroke="{COLOURS[number]}" stroke-width="3"' if self.palette else ""
        dot_ink = f' fill="{COLOURS[number]}"' if self.palette else ""
        x, y = points[-1]
        dot = f'<circle class="c{number + 1}" cx="{x:.1f}" cy="{y:.1f}" r="4"{dot_ink}/>'
        return f'<polyline class="l{number + 1}" points="{path}"{dash}{ink}/>{dot}'


def _drawing(title: str, said: str, drawn: str, height: float, palette: bool) -> SafeString:
    name = f"chart-{blake2s(f'{title}{said}'.encode(), digest_size=4).hexdigest()}"
    size = f' width="{WIDTH}" height="{height:.0f}"' if palette else ""
    return SafeString(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH} {height:.0f}"{size} role="img" '
        f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{escape(title)}</title>'
        f'<desc id="{name}-d">{escape(said)}</desc>{drawn}</svg>'
    )


def _nothing(pen: _Pen) -> str:
    return pen.text(WIDTH / 2, 36, _("No figures yet"), "middle")


def _words(unit: str, show: Show | None) -> Show:
    return show or (lambda value: f"{value:,} {unit}".strip())


def _advance(text: str) -> float:
    """About how wide a text is in units: Thai vowels above and below take no room."""
    return sum(0 if unicodedata.category(c) in {"Mn", "Me", "Cf"} else DIGIT if c.isdigit() else LETTER for c in text)


def shortened(text: str, room: float) -> str:
    """The text cut with … where it would not fit, never between a letter and its marks."""
    if _advance(text) <= room:
        return text
    while text and (_advance(text) > room - LETTER or text[-1] in LEADING_VOWELS):
        text = WITH_ITS_MARKS.sub("", text)
    return f"{text.rstrip()}…"
