"""Temples: tiered roofs with naga tips, chedi, gold details."""

from __future__ import annotations

from ..canvas import Canvas
from ..palette import BRICK, CREAM, JUNGLE, MARIGOLD, SAFFRON, Light, darker, lighter, mix

GOLD = "#f2b632"


def _gable(w: float, h: float) -> str:
    """A tall gable with sweeping concave sides, standing on y=0."""
    return (f"M0 {-h:.1f}C{w * .1:.1f} {-h * .62:.1f} {w * .3:.1f} {-h * .22:.1f} {w * .54:.1f} 0"
            f"L{-w * .54:.1f} 0C{-w * .3:.1f} {-h * .22:.1f} {-w * .1:.1f} {-h * .62:.1f} 0 {-h:.1f}Z")  # fmt: skip


def _bargeboard(c: Canvas, w: float, h: float, size: float) -> None:
    """Gold edges with naga heads at the eaves and a chofa at the peak."""
    for side in (-1, 1):
        c.line(f"M0 {-h:.1f}C{side * w * .1:.1f} {-h * .62:.1f} {side * w * .3:.1f} {-h * .22:.1f} "
               f"{side * w * .54:.1f} 0", GOLD, size)  # fmt: skip
        x = side * w * 0.54
        c.path(f"M{x - side * size:.1f} {size * .5:.1f}C{x + side * size:.1f} {size * 1.1:.1f} "
               f"{x + side * size * 2.6:.1f} {-size * .3:.1f} {x + side * size * 2.3:.1f} "
               f"{-size * 3.3:.1f}C{x + side * size * 1.5:.1f} {-size * 1.5:.1f} "
               f"{x:.1f} {-size * 1.2:.1f} {x - side * size:.1f} {-size * .8:.1f}Z", GOLD)  # fmt: skip
        for k in (0.3, 0.5, 0.7, 0.88):
            px, py = side * w * 0.54 * k**1.25, -h * (1 - k) ** 1.35
            c.path(f"M{px - size * .7:.1f} {py:.1f}q{size * .3:.1f} {-size * 1.6:.1f} "
                   f"{side * size * .9 + size * .7:.1f} {-size * 1.7:.1f}"
                   f"q{-side * size * .1:.1f} {size:.1f} {size * .4:.1f} {size * 1.9:.1f}Z", GOLD)  # fmt: skip
    c.path(f"M{-size * .7:.1f} {-h + size:.1f}C{-size * .6:.1f} {-h - size * 2:.1f} {size * 1.6:.1f} "
           f"{-h - size * 2.4:.1f} {size * .5:.1f} {-h - size * 5:.1f}C{size * 3:.1f} "
           f"{-h - size * 2.6:.1f} {size * 1.2:.1f} {-h - size:.1f} {size * .7:.1f} {-h + size:.1f}Z",
           GOLD)  # fmt: skip


def roof_tier(c: Canvas, w: float, h: float, tile: str, edge: str) -> None:
    """One roof gable: tiles, green border, gold naga edges."""
    c.path(_gable(w, h), edge)
    with c.group("translate(0 -3) scale(.9 .9)"):
        c.path(_gable(w, h), c.vertical(lighter(tile, 0.3), tile, darker(tile, 0.2)))
    _bargeboard(c, w, h, max(w * 0.028, 4))


def pediment(c: Canvas, w: float, h: float) -> None:
    """Carved gold on red inside the front gable."""
    with c.group("translate(0 -4) scale(.7 .66)"):
        c.path(_gable(w, h), c.vertical("#d9502f", "#9c2f24"))
        for turn, reach in ((-62, 0.36), (62, 0.36), (-34, 0.44), (34, 0.44), (0, 0.62)):
            with c.at(0, -h * 0.06, reach * h / 100, turn):
                c.path("M0 0C-26 -26 -22 -66 0 -100C22 -66 26 -26 0 0Z", GOLD)
                c.path("M0 -10C-11 -30 -10 -52 0 -74C10 -52 11 -30 0 -10Z", "#9c2f24", opacity=0.8)
        for k in (-0.36, -0.26, 0.26, 0.36):
            c.circle(k * w, -h * 0.06, w * 0.022, GOLD, opacity=0.9)


def viharn(c: Canvas, x: float, y: float, w: float, light: Light) -> None:
    """A temple hall seen from the front, three roofs stacked."""
    tile = mix("#d9662b", light.tint, 0.15)
    edge = mix(JUNGLE, light.tint, 0.12)
    wall = mix(CREAM, light.tint, light.tint_opacity * 1.8)
    with c.at(x, y, w / 400):
        c.rect(-190, -26, 380, 26, darker(wall, 0.18))
        c.rect(-170, -44, 340, 20, darker(wall, 0.1))
        c.rect(-150, -190, 300, 148, c.across(wall, wall, darker(wall, 0.16)))
        for dx, dy, tw, th in ((0, -330, 190, 150), (0, -262, 270, 168), (0, -180, 380, 190)):
            with c.at(dx, dy):
                roof_tier(c, tw, th, tile, edge)
        with c.at(0, -180):
            pediment(c, 380, 190)
        c.rect(-168, -180, 336, 14, GOLD)
        c.rect(-160, -166, 320, 14, darker(wall, 0.35), opacity=0.35)
        _facade(c, wall)


def _facade(c: Canvas, wall: str) -> None:
    """Columns, door and windows, naga stairs."""
    for side in (-1, 1):
        c.path(f"M{side * 82 - 20} -52v-64q20 -44 40 0v64Z", BRICK)
        c.path(f"M{side * 82 - 12} -56v-56q12 -28 24 0v56Z", GOLD, opacity=0.75)
    c.path("M-34 -44v-92q34 -62 68 0v92Z", GOLD)
    c.path("M-25 -44v-86q25 -48 50 0v86Z", c.vertical("#b4472e", "#7f2a20"))
    c.line("M0 -44v-108", GOLD, 3)
    for px in (-150, -122, -50, 50, 122, 150):
        c.rect(px - 8, -168, 16, 126, c.across(lighter(wall, 0.6), darker(wall, 0.2)))
        c.rect(px - 11, -170, 22, 9, GOLD)
    for i, half in enumerate((66, 56, 46)):
        c.rect(-half, -14 - i * 14, half * 2, 14, lighter(wall, 0.4 - 0.15 * i))
    for side in (-1, 1):
        c.line(f"M{side * 52} -46L{side * 80} -6q{side * 10} 0 {side * 9} -16", GOLD, 7)


def chedi(c: Canvas, x: float, y: float, h: float, light: Light, pale: bool = False) -> None:
    """A bell-shaped chedi, gold or whitewashed."""
    base = mix(CREAM if pale else GOLD, light.tint, light.tint_opacity * 1.6)
    fill = c.across(lighter(base, 0.55), base, darker(base, 0.32))
    with c.at(x, y, h / 500):
        for i, half in enumerate((150, 130, 112)):
            c.rect(-half, -32 * (i + 1), 2 * half, 33, fill)
            c.rect(-half, -32 * (i + 1), 2 * half, 6, lighter(base, 0.6), opacity=0.6)
        for i, half in enumerate((98, 90, 83)):
            c.rect(-half, -114 - 16 * i, 2 * half, 17, fill, rx=8)
        c.path("M-78 -144C-70 -190 -66 -250 -44 -272Q0 -292 44 -272C66 -250 70 -190 78 -144Z", fill)
        c.path("M-58 -150C-54 -190 -52 -235 -36 -262Q-24 -220 -30 -150Z", "#ffffff", opacity=0.3)
        c.rect(-30, -302, 60, 24, fill)
        for i in range(9):
            c.ellipse(0, -310 - i * 12, 27 - 2.6 * i, 8, fill)
        c.path("M-5 -412L0 -500L5 -412Z", fill)
        c.circle(0, -486, 6, MARIGOLD if pale else SAFFRON)
        c.line("M-74 -160Q0 -140 74 -160", BRICK if pale else SAFFRON, 9, opacity=0.8)


def temple_wall(c: Canvas, y: float, light: Light) -> None:
    """A low whitewashed wall with an orange coping."""
    wall = mix(CREAM, light.tint, light.tint_opacity * 2)
    c.rect(-100, y, 1900, 62, c.vertical(wall, darker(wall, 0.2)))
    c.rect(-100, y - 12, 1900, 16, mix("#d9662b", light.tint, 0.2))
    c.line("M" + "M".join(f"{k * 130 - 60} {y + 22}v22" for k in range(15)), darker(wall, 0.3), 20,
           opacity=0.35)  # fmt: skip
