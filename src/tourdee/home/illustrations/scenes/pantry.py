"""Things to taste: hill coffee and coconut sugar."""

from __future__ import annotations

import math

from ..canvas import Canvas
from ..geometry import Stage
from ..palette import BRICK, CREAM, TEAL, darker, lighter
from ..shapes import land, plants, sky, wares
from .products import _mat, _pouch


def hill_coffee(c: Canvas, s: Stage) -> None:
    """Coffee from the hills: cup, cherries, beans, ranges behind."""
    sky.sky(c, s, 520)
    land.range_of_hills(c, s, 560, 330, 3)
    plants.thicket(c, s.rng, 600, 110, s.light)
    wares.tabletop(c, 620)
    _branch(c, s)
    _pouch(c, 828, 800, 370, TEAL)
    c.ellipse(500, 732, 270, 46, "#2a1533", opacity=0.25)
    c.ellipse(500, 716, 258, 42, c.across("#fff7ed", "#e6d3b8", "#b79b7c"))
    c.line("M640 596q94 -14 82 46q-16 44 -112 46", lighter(BRICK, 0.15), 24)
    wares.bowl(c, 500, 570, 330, BRICK, "#4a2a18")
    c.ellipse(500, 574, 120, 26, "#7a4a2a", opacity=0.7)
    c.path("M500 594q-60 -16 -34 -34q22 -8 34 8q12 -16 34 -8q26 18 -34 34Z", "#e9c9a0")
    wares.steam(c, 490, 540, 230, 0.55)
    for i in range(16):
        _bean(c, 310 + (i * 61) % 400 + s.rng.uniform(-24, 24), 800 + s.rng.uniform(-14, 50), (i * 53) % 180)


def _bean(c: Canvas, x: float, y: float, turn: float) -> None:
    """A roasted bean."""
    with c.at(x, y, 1, turn):
        c.ellipse(0, 0, 20, 14, c.radial("#8a5230", "#54301a", cx=0.35, cy=0.3, r=0.8))
        c.line("M-16 0Q0 6 16 -1", "#2f1a0e", 3)


def _branch(c: Canvas, s: Stage) -> None:
    """A branch of coffee cherries across the top corner."""
    c.line("M-20 250Q150 300 330 440", "#6b4a2a", 13)
    for i in range(6):
        x, y = 20 + 54 * i, 262 + 5 * i * i + 14 * i
        wares.leaf(c, x, y, 170, s.light.leaf[2], -58 + 8 * i)
        wares.leaf(c, x, y, 150, s.light.leaf[1], 74 + 6 * i)
        for k in range(3):
            tone = ("#d7261e", "#b81f2c", "#f08a2c")[(i + k) % 3]
            wares.fruit(c, x + 22 * k - 14, y + 16 + 12 * (k % 2), 19, tone)


def coconut_sugar(c: Canvas, s: Stage) -> None:
    """Palm-sugar cakes, coconuts and a clay pot under the palms."""
    sky.sky(c, s, 540)
    land.range_of_hills(c, s, 560, 180, 2)
    plants.thicket(c, s.rng, 590, 120, s.light)
    for x, h, lean in ((150, 520, 60), (1010, 560, -70), (1160, 420, 20), (520, 330, -30)):
        plants.palm(c, s.rng, x, 640, h, lean, s.light)
    wares.tabletop(c, 620)
    _mat(c, s, 600, 790, 800)
    wares.pot(c, 820, 770, 330, "#a5583a", CREAM)
    _coconut(c, 330, 700, 120)
    _half_coconut(c, 440, 770, 110)
    wares.basket(c, 600, 690, 250, "#e6bf7c", 0.42)
    for i in range(12):
        angle, reach = i * 2.4, 29 * math.sqrt(i)
        _cake(c, 600 + math.cos(angle) * reach, 672 + math.sin(angle) * reach * 0.2 - (12 - i) * 5, 46)
    for x, y in ((690, 838), (770, 846), (250, 838)):
        _cake(c, x, y, 52)


def _cake(c: Canvas, x: float, y: float, r: float) -> None:
    """A round cake of palm sugar."""
    tone = "#d9a45c"
    c.ellipse(x, y + r * 0.32, r, r * 0.4, "#2a1533", opacity=0.14)
    c.path(f"M{x - r:.1f} {y:.1f}v{r * .26:.1f}a{r:.1f} {r * .4:.1f} 0 0 0 {2 * r:.1f} 0v{-r * .26:.1f}Z",
           c.across(lighter(tone, 0.2), darker(tone, 0.25)))  # fmt: skip
    c.ellipse(x, y, r, r * 0.4, c.across(lighter(tone, 0.55), lighter(tone, 0.15)))
    c.ellipse(x, y, r * 0.6, r * 0.22, "none", stroke=darker(tone, 0.12), stroke_width=2.4, opacity=0.7)


def _coconut(c: Canvas, x: float, y: float, r: float) -> None:
    """A young green coconut."""
    c.ellipse(x, y + r * 0.95, r * 0.8, r * 0.16, "#2a1533", opacity=0.22)
    c.ellipse(x, y, r * 0.9, r, c.radial("#cfe08a", "#8fbf3a", "#4d7c1a", cx=0.36, cy=0.3, r=0.8))
    c.path(f"M{x - r * .26:.0f} {y - r * .94:.0f}Q{x:.0f} {y - r * 1.2:.0f} {x + r * .26:.0f} {y - r * .94:.0f}"
           f"Q{x:.0f} {y - r * .8:.0f} {x - r * .26:.0f} {y - r * .94:.0f}Z", "#8a6a2a")  # fmt: skip


def _half_coconut(c: Canvas, x: float, y: float, r: float) -> None:
    """A brown coconut cut open."""
    c.ellipse(x, y + r * 0.6, r * 0.8, r * 0.14, "#2a1533", opacity=0.22)
    c.path(
        f"M{x - r} {y - r * 0.2}A{r} {r * 0.86} 0 0 0 {x + r} {y - r * 0.2}Z", c.across("#a5713c", "#7c4a22", "#54301a")
    )
    c.ellipse(x, y - r * 0.2, r, r * 0.34, "#6b3f1c")
    c.ellipse(x, y - r * 0.2, r * 0.92, r * 0.29, CREAM)
    c.ellipse(x, y - r * 0.16, r * 0.7, r * 0.19, c.vertical("#e6dccb", "#fffaf2"))
