"""Portraits of guides and makers, and the landing page's wide picture."""

from __future__ import annotations

from dataclasses import replace

from ..canvas import Canvas
from ..geometry import Stage
from ..palette import CORAL, CREAM, INDIGO, LAGOON, MARIGOLD, ROSE, SAFFRON, TEAL, darker, lighter
from ..shapes import boats, houses, land, people, plants, sky, temples, textiles, wares
from ..shapes import water as sea
from ..shapes.people import Pose


def guide_portrait_woman(c: Canvas, s: Stage) -> None:
    """A woman guide by the sea."""
    sky.sky(c, s, 560)
    land.karst(c, s, 130, 600, 260, 380, 0.45)
    land.karst(c, s, 1050, 610, 300, 430, 0.3)
    land.karst(c, s, 880, 590, 140, 190, 0.8)
    sea.water(c, s, 586, sun_x=600)
    boats.longtail(c, 1010, 660, 330, s.light)
    look = replace(people.GUIDE_WOMAN, flower=CREAM)
    people.bust(c, 600, 366, 160, look, 0.15)
    _collar(c, 600, lighter(TEAL, 0.25))
    _lanyard(c, 600)
    plants.foreground_leaves(c, -40, 960, 360, s.light)


def guide_portrait_man(c: Canvas, s: Stage) -> None:
    """A man guide in front of a temple and hills."""
    sky.sky(c, s, 560)
    land.range_of_hills(c, s, 600, 300, 3)
    temples.chedi(c, 1000, 640, 440, s.light)
    plants.thicket(c, s.rng, 660, 170, s.light)
    plants.palm(c, s.rng, 180, 720, 520, -50, s.light)
    land.meadow(c, s, 690)
    people.bust(c, 600, 366, 160, people.GUIDE_MAN, -0.15)
    _collar(c, 600, lighter(SAFFRON, 0.35))
    _sash(c, 600)
    plants.foreground_leaves(c, 1250, 970, 340, s.light, flip=True)


def weaver_portrait(c: Canvas, s: Stage) -> None:
    """A weaver among her cloths."""
    houses.room(c, s, 760)
    c.line("M-40 60H1300", "#8a4d24", 18)
    grounds = (CORAL, TEAL, INDIGO, "#a33a4a", SAFFRON, "#3f5aa8")
    for i in range(5):
        tone = grounds[(i + s.variant) % 6]
        textiles.hanging(c, 0 + 245 * i, 64, 226, 560 + 50 * (i % 2), tone, (CREAM, MARIGOLD, ROSE))
    sky.shafts(c, 420, -60, s.light, 0.25)
    c.glow(600, 360, 460, s.light.glow, 0.5)
    people.bust(c, 600, 376, 158, people.WEAVER, 0.1)
    _sabai(c, 600)
    for i, tone in enumerate((MARIGOLD, CORAL, TEAL)):
        textiles.spool(c, 50 + 92 * i, 880, 120, tone)


def _collar(c: Canvas, x: float, tone: str) -> None:
    """A shirt collar and placket."""
    for side in (-1, 1):
        c.path(f"M{x + side * 62} 556L{x + side * 104} 592L{x + side * 30} 690L{x} 636Z", tone)
    c.line(f"M{x} 650V920", darker(tone, 0.35), 4, opacity=0.5)
    for k in range(3):
        c.circle(x, 716 + 74 * k, 9, CREAM)


def _lanyard(c: Canvas, x: float) -> None:
    """A guide's badge on a ribbon, with a small face for a photograph."""
    c.line(f"M{x - 84} 590Q{x - 60} 690 {x + 80} 722M{x + 84} 590Q{x + 100} 680 {x + 80} 722", CORAL, 13)
    c.rect(x + 26, 712, 108, 130, CREAM, rx=12)
    c.rect(x + 40, 728, 80, 64, LAGOON, rx=8)
    c.circle(x + 80, 758, 18, "#e3ad82")
    c.rect(x + 44, 806, 72, 9, "#e0c9a6", rx=4)
    c.rect(x + 44, 822, 48, 8, "#e0c9a6", rx=4)


def _sash(c: Canvas, x: float) -> None:
    """A checked pha khao ma round the neck."""
    for side in (-1, 1):
        d = f"M{x + side * 66} 552L{x + side * 138} 590L{x + side * 168} 910H{x + side * 70}L{x + side * 42} 690Z"
        with c.clip(d):
            c.rect(x - 200, 500, 400, 420, "#c2412d")
            for k in range(10):
                c.rect(x - 200 + 44 * k, 500, 15, 420, CREAM, opacity=0.5)
                c.rect(x - 200, 500 + 44 * k, 400, 15, CREAM, opacity=0.5)
            c.rect(x + side * 112 - 60, 500, 40, 420, "#2a1533", opacity=0.12)


def _sabai(c: Canvas, x: float) -> None:
    """A woven shoulder cloth from one shoulder across."""
    d = f"M{x - 296} 680Q{x - 270} 610 {x - 130} 600L{x + 190} 910H{x - 40}Z"
    with c.clip(d), c.at(x - 220, 600, 1, -44):
        textiles.pattern(c, -260, -120, 420, 700, "#c2185b", (MARIGOLD, CREAM, "#f4a6a0"))
    c.line(f"M{x - 130} 600L{x + 190} 910", MARIGOLD, 6, opacity=0.8)
    for k in range(15):
        t = (k - 7) / 7
        c.circle(x + 78 * t, 572 + 70 * (1 - t * t), 9.5, MARIGOLD if k % 2 else CREAM)


def hero_first_sale(c: Canvas, s: Stage) -> None:
    """A guide shows the shop on her phone; sea, islands, boat and a small stall."""
    sky.sky(c, s, 540, sun=(1010, 170))
    sky.cloud(c, s.rng, 1420, 130, 150, s.light)
    for x, w, h, depth in ((90, 190, 230, 0.9), (690, 180, 210, 0.95), (1130, 240, 270, 0.9), (1560, 260, 300, 0.85)):
        land.karst(c, s, x, 556, w, h, depth)
    sky.mist(c, 470, 110, s.light, 0.8)
    sky.birds(c, s.rng, 700, 170, s.light)
    sea.water(c, s, 552, sun_x=1010)
    land.karst(c, s, 860, 590, 210, 350, 0.35)
    land.karst(c, s, 1400, 605, 270, 460, 0.2)
    people.person(c, 1010, 726, 170, people.UNCLE, Pose(right=people.WAVE, legs="none"))
    people.person(c, 1100, 722, 150, people.TRAVELLER, Pose(right=people.WAVE, legs="none"))
    boats.longtail(c, 1090, 700, 620, s.light)
    sea.ripples(c, 1090, 740, 240, s.light.glint)
    _beach(c, s)
    _little_stall(c, s)
    people.bust(c, 640, 442, 132, replace(people.GUIDE_WOMAN, flower=CREAM), 0.25)
    _shirt(c, 640)
    _raised_arm(c)
    _phone(c, 860, 548)
    plants.foreground_leaves(c, 1640, 950, 360, s.light, flip=True)


def _beach(c: Canvas, s: Stage) -> None:
    """Sand sweeping in from the left, a palm over it."""
    c.path("M-60 700Q300 690 640 780T1700 850V1000H-60Z", s.light.glint, opacity=0.7)
    c.path("M-60 716Q300 704 640 796T1700 866V1000H-60Z", c.vertical(*s.light.ground))
    plants.palm(c, s.rng, 60, 760, 560, 70, s.light)
    plants.palm(c, s.rng, 470, 730, 380, -40, s.light)


def _little_stall(c: Canvas, s: Stage) -> None:
    """The community's stall with baskets, cloth and its keeper."""
    people.person(c, 265, 740, 310, people.AUNTIE, Pose(right=people.WAVE, left=people.HOLD, legs="none"))
    houses.stall(c, 270, 840, 400)
    textiles.hanging(c, 96, 500, 60, 120, INDIGO, (CREAM, MARIGOLD))
    wares.heaped_basket(c, s.rng, 160, 664, 84, SAFFRON)
    wares.heaped_basket(c, s.rng, 385, 664, 84, "#e8543f")
    wares.jar(c, 236, 696, 60, "#b7c95a")
    textiles.folded(c, 308, 698, 76, (CORAL, TEAL), (CREAM, MARIGOLD))


def _shirt(c: Canvas, x: float) -> None:
    """The guide's collar and ribbon badge."""
    with c.at(x, 140, 0.825):
        _collar(c, 0, lighter(TEAL, 0.25))
        _lanyard(c, 0)


def _raised_arm(c: Canvas) -> None:
    """The arm that holds the phone up, elbow out to the side."""
    skin = people.GUIDE_WOMAN.skin
    c.line("M940 868L918 660", darker(skin, 0.06), 62)
    c.line("M934 830L918 660", lighter(skin, 0.08), 48)
    c.line("M850 744L930 886", darker(TEAL, 0.14), 104)
    c.line("M886 786L938 880", darker(TEAL, 0.06), 44)
    c.line("M890 862Q932 838 972 852", darker(TEAL, 0.3), 5, opacity=0.6)
    c.circle(908, 640, 46, skin)


def _phone(c: Canvas, x: float, y: float) -> None:
    """A phone with a shop page: picture, goods, a green button with a tick."""
    with c.at(x, y, 1.15, 7):
        c.glow(0, 0, 210, "#fff3c4", 0.7)
        c.rect(-72, -140, 144, 270, "#23303a", rx=22)
        c.rect(-63, -128, 126, 246, CREAM, rx=14)
        with c.clip("M-54 -118h108v78h-108Z"):
            c.rect(-54, -118, 108, 78, c.vertical("#7cc9dc", "#fff0d2"))
            c.path("M-54 -60Q-34 -112 -14 -62Q10 -100 30 -60L54 -56V-40H-54Z", TEAL)
            c.circle(30, -98, 10, MARIGOLD)
        for i, tone in enumerate((CORAL, MARIGOLD, INDIGO, ROSE)):
            px, py = -54 + 57 * (i % 2), -30 + 50 * (i // 2)
            c.rect(px, py, 51, 44, lighter(tone, 0.55), rx=7)
            wares.pot(c, px + 25, py + 40, 34, tone) if i % 2 else wares.basket(c, px + 25, py + 18, 34, tone)
        c.rect(-54, 76, 108, 30, "#16a34a", rx=15)
        c.line("M-11 91l8 8l16 -16", "#ffffff", 5)
        for k in range(4):
            c.line(f"M62 {30 + 19 * k}q14 1 16 1", "#e3ad82", 17)
