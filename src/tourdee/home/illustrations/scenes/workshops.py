"""People making things: cooking, weaving, pottery."""

from __future__ import annotations

from ..canvas import Canvas
from ..geometry import Stage
from ..palette import BRICK, CORAL, CREAM, INDIGO, LEAF, MARIGOLD, ROSE, SAFFRON, TEAL, darker, lighter
from ..shapes import houses, land, people, plants, sky, textiles, wares
from ..shapes.people import Pose


def _view(c: Canvas, s: Stage, x: float, y: float, w: float, h: float) -> None:
    """A window with hills, a palm and the sky."""
    scale = max(w / 1200, h / 880)
    with c.clip(f"M{x} {y}h{w}v{h}h{-w}Z"), c.at(x + w / 2 - 640 * scale, y, scale):
        sky.sky(c, s, 620)
        land.range_of_hills(c, s, 640, 320, 3)
        plants.palm(c, s.rng, 930, 900, 640, -60, s.light)
        land.meadow(c, s, 690)
        plants.banana(c, s.rng, 250, 980, 480, s.light)
    houses.window_frame(c, x, y, w, h)


def cooking_class(c: Canvas, s: Stage) -> None:
    """Two cooks at a long table full of herbs."""
    houses.room(c, s)
    _view(c, s, 360, 150, 480, 330)
    for i, tone in enumerate((TEAL, CORAL, MARIGOLD)):
        wares.pot(c, 950 + 92 * i, 300, 96, tone, CREAM)
        wares.jar(c, 80 + 84 * i, 300, 96, ("#b9c46a", "#d9803f", "#b4472e")[i])
    for x in (40, 905):
        c.rect(x, 300, 262, 16, "#8a4d24", rx=4)
    sky.shafts(c, 480, -60, s.light, 0.26)
    people.person(
        c, 420, 690, 560, people.AUNTIE, Pose(right=people.FORWARD, left=people.HOLD, legs="none", facing=0.5)
    )
    people.person(
        c, 775, 690, 545, people.TRAVELLER, Pose(left=people.FORWARD, right=people.HOLD, legs="none", facing=-0.5)
    )
    _aprons(c)
    wares.tabletop(c, 640)
    _table_food(c, s)


def _aprons(c: Canvas) -> None:
    """Aprons over the cooks' clothes."""
    for x, tone in ((420, CREAM), (775, "#f3c3a0")):
        c.path(f"M{x - 50} 545q50 26 100 0l14 120h-128Z", tone, opacity=0.95)
        c.line(f"M{x - 46} 548L{x - 30} 484M{x + 46} 548L{x + 30} 484", tone, 9)


def _table_food(c: Canvas, s: Stage) -> None:
    """Wok, mortar, herbs and fruit on the table."""
    wares.wok(c, 600, 636, 270, "#e8a83c")
    wares.steam(c, 600, 625, 170, 0.6)
    wares.pot(c, 265, 770, 130, "#9a8577")
    c.line("M270 650L318 560", "#8a4d24", 24)
    wares.bowl(c, 430, 772, 120, "#9fe0d4", "#c9302c")
    wares.bowl(c, 905, 760, 140, CREAM, "#e39a3c")
    for i in range(5):
        c.path(
            f"M{1000 + 24 * i} {790 - 6 * i}q26 26 60 -4q-20 34 -52 30q-12 -10 -8 -26Z", ("#d7261e", "#3f8a2a")[i % 2]
        )
    for i in range(6):
        wares.leaf(c, 640 + 34 * i, 818 + 8 * (i % 2), 70, s.light.leaf[i % 2], -60 + 22 * i)
    for i in range(3):
        wares.fruit(c, 130 + 52 * i, 800 + 10 * (i % 2), 30, "#8fbf3a")
    for i in range(4):
        c.line(f"M{500 + 10 * i} {835 + 6 * i}L{660 + 10 * i} {792 + 6 * i}", ("#cfe08a", "#a8c95a")[i % 2], 9)


def weaving_workshop(c: Canvas, s: Stage) -> None:
    """A weaver at her loom among hanging cloths and yarn."""
    houses.room(c, s, 690)
    _view(c, s, 40, 190, 220, 310)
    cloths = ((CORAL, (CREAM, MARIGOLD)), (INDIGO, (CREAM, "#9fe0d4")), (TEAL, (MARIGOLD, CREAM)))
    c.line("M830 118H1220", "#8a4d24", 14)
    for i, (ground, accents) in enumerate(cloths):
        textiles.hanging(c, 850 + 124 * i, 122, 112, 330 - 30 * (i % 2), ground, accents)
    people.person(c, 590, 700, 540, people.WEAVER, Pose(left=people.LAP, right=people.FORWARD, legs="none"))
    textiles.loom(c, 590, 850, 560, s.pick("#a33a4a", TEAL, INDIGO, CORAL), (MARIGOLD, CREAM, ROSE))
    for i, tone in enumerate((SAFFRON, CORAL, INDIGO)):
        textiles.spool(c, 120 + 84 * i, 838, 96, tone)
    for i, tone in enumerate((MARIGOLD, CORAL, TEAL, "#8a4a8f")):
        textiles.skein(c, 380 + 140 * i, 40, 170, tone)
    c.line("M350 40H850", "#8a4d24", 12)
    wares.heaped_basket(c, s.rng, 1040, 740, 190, "#f0d9b5")
    sky.shafts(c, 330, -60, s.light, 0.22)


def pottery_workshop(c: Canvas, s: Stage) -> None:
    """A potter at the wheel, shelves of red clay jars."""
    houses.room(c, s, 670)
    _view(c, s, 440, 130, 330, 280)
    for row, y in enumerate((270, 430)):
        for side in (0, 1):
            x = 60 + 780 * side
            c.rect(x, y, 320, 18, c.vertical("#c98549", "#8a4d24"), rx=4)
            for i in range(3):
                tone = (BRICK, "#c9683f", "#8f5a3c")[(i + row + side) % 3]
                wares.pot(c, x + 60 + 100 * i, y, 100 + 16 * ((i + row) % 2), tone, CREAM if (i + side) % 2 else "")
    people.person(
        c,
        560,
        800,
        600,
        people.UNCLE,
        Pose(left=((64, -136), (-26, -150)), right=((62, -140), (66, -96)), legs="sit", facing=0.4),
    )
    _wheel(c, 690, 640)
    wares.pot(c, 215, 850, 230, "#c9683f", CREAM)
    wares.pot(c, 350, 860, 150, BRICK)
    wares.pot(c, 1040, 850, 250, BRICK, MARIGOLD)
    wares.pot(c, 915, 862, 140, "#8f5a3c", CREAM)
    sky.shafts(c, 520, -60, s.light, 0.24)


def _wheel(c: Canvas, x: float, y: float) -> None:
    """A turning wheel with a wet pot growing on it."""
    c.path(f"M{x - 100} {y + 40}h200l26 170h-252Z", c.across("#c07a40", "#8a4d24"))
    c.ellipse(x, y + 40, 132, 30, "#5f4a44")
    c.ellipse(x, y + 32, 124, 26, "#9a8072")
    wares.pot(c, x, y + 34, 150, "#b9785a")
    for side in (-1, 1):
        c.line(f"M{x + side * 70} {y - 8}l{-side * 12} -34", "#cf925f", 26)
    for k in range(4):
        c.line(
            f"M{x - 46 + 5 * k} {y - 10 - 18 * k}q{46 - 5 * k} 16 {92 - 10 * k} 0",
            darker("#b9785a", 0.2),
            2.5,
            opacity=0.5,
        )
    c.line(f"M{x - 118} {y + 44}q110 30 210 4", lighter(LEAF, 0.8), 3, opacity=0.5)
