"""Temples, streets and the night market."""

from __future__ import annotations

from dataclasses import replace

from ..canvas import Canvas
from ..geometry import Stage
from ..palette import BRICK, CORAL, CREAM, MARIGOLD, ROSE, SAFFRON, TEAL, darker, lighter, mix
from ..shapes import houses, land, people, plants, sky, temples, wares
from ..shapes.faces import Look
from ..shapes.people import Pose


def temple_old_town(c: Canvas, s: Stage) -> None:
    """A temple hall and chedi in an old town, visitors with their guide."""
    sky.sky(c, s, 560)
    land.range_of_hills(c, s, 560, 220, 2)
    plants.thicket(c, s.rng, 590, 150, s.light)
    for x, h in ((70, 420), (1150, 440)):
        plants.tree(c, s.rng, x, 650, h, s.light)
    temples.chedi(c, 935, 640, 480, s.light)
    temples.chedi(c, 205, 640, 270, s.light, pale=True)
    temples.viharn(c, 545, 650, 510, s.light)
    land.ground(c, s, 640, 2)
    _paving(c, s)
    for x in (250, 800):
        plants.bush(c, s.rng, x, 680, 130, s.light, s.pick(ROSE, CREAM, MARIGOLD, CORAL))
    _flags(c)
    people.person(c, 690, 796, 265, people.GUIDE_WOMAN, Pose(left=people.WAVE, facing=0.4))
    people.person(c, 830, 796, 258, people.TRAVELLER, Pose(left=people.HOLD, facing=-0.4))
    people.person(c, 935, 792, 266, people.TRAVELLER_MAN, Pose(facing=-0.5))
    houses.parasol(c, 372, 574, 92, CORAL, 8)
    people.person(c, 330, 770, 225, people.AUNTIE, Pose(left=people.HOLD, right=people.HOLD))
    plants.bush(c, s.rng, 60, 890, 230, s.light, ROSE)
    plants.bush(c, s.rng, 1160, 890, 230, s.light, MARIGOLD)


def _paving(c: Canvas, s: Stage) -> None:
    """Courtyard stones in perspective, leading to the steps."""
    tone = darker(s.light.ground[1], 0.2)
    rows = "".join(f"M-100 {660 + 9 * k + 5 * k * k}H1800" for k in range(1, 7))
    rays = "".join(f"M{545 + 46 * k} 648L{545 + 260 * k} 910" for k in range(-9, 10))
    c.line(rows + rays, tone, 2.2, opacity=0.3)
    c.path("M470 648H620L760 910H330Z", lighter(s.light.ground[0], 0.5), opacity=0.55)


def _flags(c: Canvas) -> None:
    """Long northern tung flags on bamboo poles."""
    for x, tone in ((150, SAFFRON), (1060, CORAL)):
        c.line(f"M{x} 700V360q0 -26 36 -26", "#a5763c", 7)
        c.path(f"M{x + 24} 338h34l-6 210l-11 26l-11 -26Z", c.vertical(tone, lighter(tone, 0.3)))
        for k in range(6):
            c.rect(x + 26, 362 + 32 * k, 29 - k * 0.6, 9, CREAM if k % 2 else MARIGOLD, opacity=0.85)


def night_street_food(c: Canvas, s: Stage) -> None:
    """A lantern-lit street with woks, noodles and happy eaters."""
    sky.sky(c, s, 480, sun=(s.pick(880, 300, 760, 260), 150))
    sky.stars(c, s.rng)
    for i in range(6):
        _shophouse(c, s, -60 + i * 225, 560, 225, i)
    street = mix("#6b4a72", s.light.ground[1], 0.4)
    c.rect(-200, 556, 2000, 500, c.vertical(lighter(street, 0.15), darker(street, 0.35)))
    for x in (250, 600, 950):
        c.ellipse(x, 790, 330, 90, c.radial((0, "#ffcf70", 0.55), (1, "#ffcf70", 0)))
    houses.lantern_string(c, -40, 150, 620, 130, 6)
    houses.lantern_string(c, 580, 130, 1240, 150, 6)
    people.person(c, 560, 640, 150, people.FARMER, Pose(facing=0.5))
    people.person(c, 650, 645, 150, people.AUNTIE, Pose(facing=-0.4))
    _stall(c, s, 290, 770, people.VENDOR, (CORAL, CREAM))
    _stall(c, s, 925, 780, people.GUIDE_MAN, (TEAL, "#fde7b8"))
    eat = Pose(right=people.HOLD, left=people.LAP, legs="none")
    people.person(c, 512, 812, 235, people.TRAVELLER, replace(eat, facing=0.6))
    people.person(c, 702, 812, 240, people.YOUNG, replace(eat, facing=-0.6), flip=False)
    _table(c, 607, 788)


def _shophouse(c: Canvas, s: Stage, x: float, y: float, w: float, index: int) -> None:
    """An old two-storey shophouse with lit windows."""
    tone = mix(("#c97b63", "#5d7f9a", "#c9a25a", "#7d6a9e")[index % 4], s.light.near, 0.38)
    h = 300 + 34 * (index % 3)
    c.rect(x, y - h, w, h, c.vertical(lighter(tone, 0.12), darker(tone, 0.2)))
    c.path(
        f"M{x - 10} {y - h}L{x + 18} {y - h - 44}H{x + w - 18}L{x + w + 10} {y - h}Z", mix(BRICK, s.light.near, 0.45)
    )
    for k in range(3):
        wx = x + 26 + k * (w - 52) / 3
        c.path(f"M{wx} {y - h + 120}v-50q{(w - 92) / 6:.0f} -26 {(w - 92) / 3:.0f} 0v50Z", "#ffd27a")
        c.line(f"M{wx + (w - 92) / 6:.0f} {y - h + 58}v62", darker(tone, 0.4), 4)
    c.rect(x, y - h + 140, w, 10, darker(tone, 0.35))
    c.rect(x + 20, y - 120, w - 40, 120, c.vertical("#ffcf70", "#e39a4a"), opacity=0.85)
    c.line("M" + "M".join(f"{x + 20 + (w - 40) * k / 4:.0f} {y - 120}v120" for k in range(5)), darker(tone, 0.4), 5)


def _stall(c: Canvas, s: Stage, x: float, y: float, look: Look, colours: tuple[str, str]) -> None:
    """A food stall with its cook, wok and bowls."""
    c.glow(x, y - 230, 300, "#ffd27a", 0.55)
    people.person(c, x, y - 92, 330, look, Pose(right=people.FORWARD, left=people.HOLD, legs="none"))
    houses.stall(c, x, y, 400, colours)
    wares.wok(c, x + 100, y - 214, 150)
    wares.steam(c, x + 100, y - 224, 130)
    wares.bowl(c, x - 140, y - 174, 70, CREAM, "#e39a3c")
    wares.bowl(c, x - 68, y - 170, 64, TEAL if colours[0] == CORAL else CORAL, "#d9542f")
    houses.lantern(c, x - 176, y - 330, 20, MARIGOLD)
    houses.lantern(c, x + 176, y - 330, 20, MARIGOLD)


def _table(c: Canvas, x: float, y: float) -> None:
    """A small round table with two bowls of noodles and stools."""
    for dx in (-150, 150):
        c.path(f"M{x + dx - 34} {y + 10}h68l10 66h-88Z", c.across("#e9634a", CORAL, "#b4472e"))
        c.ellipse(x + dx, y + 10, 38, 11, lighter(CORAL, 0.25))
    c.rect(x - 8, y, 16, 76, "#7c4520")
    c.ellipse(x, y + 8, 108, 26, "#7c4520")
    c.ellipse(x, y, 108, 26, c.across("#e3a868", "#c07a40"))
    wares.bowl(c, x - 46, y - 26, 72, CREAM, "#e39a3c")
    wares.bowl(c, x + 46, y - 26, 72, "#9fe0d4", "#d9542f")
    wares.steam(c, x - 46, y - 34, 80)
    wares.steam(c, x + 46, y - 34, 80)
