"""Mountains, rice fields, orchards and villages."""

from __future__ import annotations

from ..canvas import Canvas
from ..geometry import Stage, dice, ridge
from ..palette import CORAL, CREAM, INK, MARIGOLD, ROSE, SAFFRON, TEAL, darker, lighter, mix
from ..shapes import boats, houses, land, people, plants, sky, temples, wares
from ..shapes import water as sea
from ..shapes.faces import Look
from ..shapes.people import Pose


def rice_terrace_homestay(c: Canvas, s: Stage) -> None:
    """Terraces below a stilt house in the hills."""
    sky.sky(c, s, 420)
    land.range_of_hills(c, s, 430, 300, 3)
    plants.thicket(c, s.rng, 440, 90, s.light)
    land.terraces(c, s, 430, 860)
    plants.tree(c, s.rng, 1060, 500, 260, s.light)
    plants.palm(c, s.rng, 560, 480, 290, 40, s.light)
    houses.stilt_house(c, 815, 560, 400, s.light)
    plants.banana(c, s.rng, 1010, 590, 190, s.light)
    plants.bush(c, s.rng, 640, 580, 120, s.light, ROSE)
    people.person(c, 465, 756, 225, people.FARMER, Pose(right=people.WAVE, facing=0.4))
    people.person(c, 335, 735, 205, people.VENDOR, Pose(right=people.HOLD, left=people.HOLD))
    wares.basket(c, 335, 640, 66)
    plants.foreground_leaves(c, 1250, 950, 360, s.light, flip=True)


def mountain_sunrise(c: Canvas, s: Stage) -> None:
    """A sea of mist at sunrise, watched from a ridge."""
    sky.sky(c, s, 600, sun=(s.pick(700, 640, 760, 700), s.pick(270, 250, 290, 240)))
    for i in range(4):
        _misty_ridge(c, s, 500 + 66 * i, 190 - 22 * i, i / 3)
    for i in range(14):
        row = i // 7
        sky.cloud(c, s.rng, -40 + (i % 7) * 215 + 90 * row, 690 + 62 * row + s.rng.uniform(-16, 16), 215, s.light)
    sky.birds(c, s.rng, 420, 240, s.light)
    land.meadow(c, s, 735)
    for x, h in ((70, 330), (1130, 380), (1010, 220)):
        _pine(c, s, x, 800, h)
    people.person(c, 470, 792, 235, people.TRAVELLER, Pose(right=people.WAVE))
    people.person(c, 355, 796, 250, people.HILL, Pose(right=people.FORWARD, facing=0.5))
    people.person(c, 585, 792, 240, people.TRAVELLER_MAN, Pose(facing=-0.4))
    for x in (150, 700, 820, 930):
        plants.bush(c, s.rng, x, 890, 130, s.light, s.pick(ROSE, MARIGOLD, CREAM, CORAL))


def _misty_ridge(c: Canvas, s: Stage, base: float, height: float, near: float) -> None:
    """One ridge that sinks into bright mist."""
    tone = mix(s.light.far, s.light.mid, near)
    fill = c.vertical((0, tone), (0.45, mix(tone, s.light.mist, 0.35)), (1, s.light.mist))
    c.path(ridge(s.rng, base, height, 8, base + 150), fill)
    sky.mist(c, base + 20, 110, s.light, 0.75)


def _pine(c: Canvas, s: Stage, x: float, y: float, h: float) -> None:
    """A hill pine."""
    c.rect(x - h * 0.02, y - h * 0.3, h * 0.04, h * 0.3, "#6b3f2a")
    for i in range(5):
        half, top = h * (0.25 - 0.035 * i), y - h * (0.34 + 0.16 * i)
        peak, waist, foot = (f"{top + h * share:.1f}" for share in (-0.1, 0.09, 0.16))
        d = f"M{x:.1f} {peak}Q{x + half * 0.5:.1f} {waist} {x + half:.1f} {foot}Q{x:.1f} {waist} {x - half:.1f} {foot}"
        c.path(f"{d}Q{x - half * 0.5:.1f} {waist} {x:.1f} {peak}Z", s.light.leaf[2 if i % 2 == 0 else 1])


def bicycle_orchard(c: Canvas, s: Stage) -> None:
    """Cycling on a lane through fruit orchards beside a canal."""
    sky.sky(c, s, 430)
    plants.thicket(c, s.rng, 440, 110, s.light)
    land.meadow(c, s, 450)
    for x, y, h in ((110, 560, 380), (330, 520, 270), (1090, 570, 400), (900, 520, 280), (640, 500, 210)):
        plants.tree(c, s.rng, x, y, h, s.light)
        _fruits(c, s, x, y, h)
    land.road(c, s, 690, 470)
    plants.banana(c, s.rng, 1010, 700, 260, s.light)
    plants.banana(c, s.rng, 130, 720, 270, s.light)
    _cyclist(c, 780, 690, 0.62, people.TRAVELLER, TEAL)
    _cyclist(c, 470, 800, 1.0, people.GUIDE_MAN, CORAL)
    for x in (60, 1020, 1150):
        plants.bush(c, s.rng, x, 890, 190, s.light, s.pick(CORAL, ROSE, MARIGOLD, CREAM))


def _fruits(c: Canvas, s: Stage, x: float, y: float, h: float) -> None:
    """Ripe fruit in a tree."""
    tone = s.pick(SAFFRON, "#e8543f", MARIGOLD, "#d6456b")
    for _ in range(12):
        wares.fruit(c, x + s.rng.uniform(-0.26, 0.26) * h, y - s.rng.uniform(0.5, 0.82) * h, h * 0.026, tone)


def _cyclist(c: Canvas, x: float, y: float, scale: float, look: Look, colour: str) -> None:
    """Someone on a bicycle with a basket of flowers."""
    with c.at(x, y, scale):
        c.ellipse(0, 8, 175, 14, "#2a1533", opacity=0.2)
        for wx in (-104, 104):
            c.circle(wx, -66, 66, "none", stroke="#3a2a35", stroke_width=9)
            c.circle(wx, -66, 57, "none", stroke=CREAM, stroke_width=3, opacity=0.6)
            c.line(
                f"M{wx - 44} -104L{wx + 44} -28M{wx + 44} -104L{wx - 44} -28M{wx} -124V-8M{wx - 58} -66h116",
                "#6a5a66",
                1.6,
            )
        c.line("M-104 -66L-40 -150L66 -156L0 -62L-104 -66M-48 -166L0 -62M66 -156L104 -66", colour, 10)
        c.line("M66 -156L56 -200L84 -206", "#4b3a3a", 8)
        c.ellipse(-52, -172, 32, 10, INK)
        with c.at(-48, -62, 1.12):
            people.person(
                c,
                0,
                0,
                300,
                look,
                Pose(left=((14, -150), (-74, -132)), right=((64, -152), (106, -134)), legs="ride", facing=0.5, lean=6),
            )
        wares.heaped_basket(c, dice("basket"), 118, -178, 84, CORAL)


def community_village(c: Canvas, s: Stage) -> None:
    """A riverside village with its temple, neighbours at the landing."""
    sky.sky(c, s, 430)
    land.range_of_hills(c, s, 440, 240, 3)
    temples.chedi(c, 600, 450, 250, s.light)
    plants.thicket(c, s.rng, 470, 110, s.light)
    land.meadow(c, s, 490, 8)
    for x, y, w in ((190, 600, 360), (560, 570, 270), (985, 610, 400)):
        houses.stilt_house(c, x, y, w, s.light)
    plants.palm(c, s.rng, 380, 600, 360, 30, s.light)
    plants.palm(c, s.rng, 770, 590, 330, -40, s.light)
    land.ground(c, s, 640)
    for i, look in enumerate((people.AUNTIE, people.UNCLE, people.GUIDE_WOMAN, people.YOUNG, people.FARMER)):
        pose = Pose(right=people.WAVE if i in (2, 4) else people.DOWN, left=people.HOLD if i == 0 else people.DOWN)
        people.person(c, 330 + 135 * i, 790 - 12 * (i % 2), 265 if i != 3 else 215, look, pose)
    wares.heaped_basket(c, s.rng, 205, 742, 130)
    wares.heaped_basket(c, s.rng, 1000, 750, 120, SAFFRON)
    plants.bush(c, s.rng, 60, 880, 200, s.light, ROSE)
    plants.bush(c, s.rng, 1140, 880, 210, s.light, MARIGOLD)


def shop_cover_river(c: Canvas, s: Stage) -> None:
    """A wide calm river with houses, palms and one boat."""
    sky.sky(c, s, 470)
    land.range_of_hills(c, s, 480, 200, 3)
    plants.thicket(c, s.rng, 490, 110, s.light)
    for x, h, lean in ((120, 330, 40), (250, 270, -30), (960, 350, -50), (1090, 300, 40)):
        plants.palm(c, s.rng, x, 500, h, lean, s.light)
    houses.stilt_house(c, 330, 520, 290, s.light)
    houses.stilt_house(c, 860, 524, 330, s.light)
    sea.water(c, s, 505, sun_x=600)
    c.rect(-200, 505, 2000, 70, c.vertical((0, s.light.leaf[2], 0.5), (1, s.light.leaf[2], 0)))
    people.person(c, 600, 745, 215, people.VENDOR, Pose(legs="none", right=people.FORWARD))
    boats.sampan(c, 600, 690, 420, s.light)
    wares.heaped_basket(c, s.rng, 500, 672, 90)
    boats.sampan(c, 600, 690, 420, s.light)
    sea.ripples(c, 600, 732, 160, s.light.glint)
    _lotus(c, s)


def _lotus(c: Canvas, s: Stage) -> None:
    """Lotus pads and flowers near the viewer."""
    for i in range(9):
        x, y = -10 + i * 152 + s.rng.uniform(-30, 30), 815 + s.rng.uniform(-14, 56)
        w = s.rng.uniform(70, 110)
        c.ellipse(x, y, w, w * 0.26, s.light.leaf[2])
        c.ellipse(x - 4, y - 4, w * 0.94, w * 0.22, s.light.leaf[1])
        c.line(f"M{x:.0f} {y:.0f}l{w * 0.7:.0f} -8M{x:.0f} {y:.0f}l{-w * 0.6:.0f} 9", s.light.leaf[0], 2.5, opacity=0.6)
        if i % 2 == 0:
            _lotus_flower(c, x + 30, y - 34, w * 0.5)


def _lotus_flower(c: Canvas, x: float, y: float, r: float) -> None:
    """A pink lotus."""
    with c.at(x, y, r / 50):
        c.line("M0 10L-6 40", "#4d8a1d", 5)
        for turn, tone in ((-62, "#e58aa0"), (62, "#e58aa0"), (-34, "#f2a7b5"), (34, "#f2a7b5"), (0, "#fbd0d3")):
            with c.at(0, 12, 1, turn):
                c.path("M0 0C-22 -16 -18 -44 0 -62C18 -44 22 -16 0 0Z", tone)


def shop_cover_mountain(c: Canvas, s: Stage) -> None:
    """Blue ranges, a hill village and a field of flowers."""
    sky.sky(c, s, 480)
    land.range_of_hills(c, s, 520, 380, 4)
    sky.birds(c, s.rng, 300, 180, s.light)
    temples.chedi(c, 875, 545, 230, s.light, pale=True)
    plants.thicket(c, s.rng, 560, 100, s.light)
    land.meadow(c, s, 594)
    houses.stilt_house(c, 330, 640, 330, s.light)
    houses.stilt_house(c, 600, 622, 220, s.light)
    plants.tree(c, s.rng, 1070, 640, 300, s.light)
    for row in range(5):
        y = 690 + row * row * 11 + row * 8
        for i in range(24 - 3 * row):
            x = -20 + i * (54 + 9 * row) + s.rng.uniform(-12, 12)
            tone = ("#f4a6a0", MARIGOLD, CORAL, CREAM, "#c58ad0")[(i + row * 2) % 5]
            c.line(f"M{x:.0f} {y}v{16 + 6 * row}", darker(s.light.leaf[1], 0.2), 2.5)
            plants.flower(c, x, y + s.rng.uniform(-7, 7), 5 + 2.4 * row, lighter(tone, 0.1))
