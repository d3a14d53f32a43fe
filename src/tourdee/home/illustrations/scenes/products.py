"""Things community shops sell, set on a table in soft light."""

from __future__ import annotations

import math

from ..canvas import Canvas
from ..geometry import Stage
from ..palette import BRICK, CORAL, CREAM, INDIGO, MARIGOLD, ROSE, SAFFRON, TEAL, darker, lighter, mix
from ..shapes import plants, textiles, wares
from ..shapes.sky import shafts


def _studio(c: Canvas, s: Stage, tone: str, table: float = 590, wood: str = "#c08552") -> None:
    """A plain warm wall, leaf shadows, a wooden table."""
    tone = s.pick(tone, "#f3cfa6", "#8fdcc4", "#f0c0b4")
    wall = mix(lighter(tone, 0.55), s.light.glow, 0.18)
    c.rect(-200, -100, 2000, 900, c.radial(lighter(wall, 0.6), wall, darker(wall, 0.14), cx=0.36, cy=0.3, r=0.75))
    with c.group(opacity=0.16):
        for x, turn in ((-40, 20), (-20, 42), (20, -4)):
            with c.at(x, 40, 1, turn):
                plants.banana_leaf(c, 520, darker(tone, 0.35), s.light)
    c.rect(-200, table - 40, 2000, 44, c.vertical((0, "#2a1533", 0), (1, "#2a1533", 0.1)))
    wares.tabletop(c, table, wood)
    shafts(c, 300, -60, s.light, 0.2)


def _mat(c: Canvas, s: Stage, x: float = 600, y: float = 770, length: float = 780) -> None:
    """Banana leaves laid on the table."""
    c.ellipse(x, y + 20, length * 0.5, 44, "#2a1533", opacity=0.2)
    with c.group(f"translate({x - length * 0.52:.1f} {y + 10}) scale(1 .42)"):
        plants.banana_leaf(c, length, s.light.leaf[2], s.light, 0.05)
    with c.group(f"translate({x + length * 0.52:.1f} {y - 16}) scale(-1 .42)"):
        plants.banana_leaf(c, length * 0.94, mix(s.light.leaf[1], s.light.leaf[2], 0.4), s.light, 0.05)


def indigo_cloth(c: Canvas, s: Stage) -> None:
    """Indigo cloth hung and folded, with a dye pot."""
    _studio(c, s, "#9db7cf")
    blues = ("#2a3a86", INDIGO, "#3f5aa8", "#22306b")
    c.line("M190 96H1010", "#8a5a2c", 16)
    for i in range(3):
        tone = blues[(i + s.variant) % 4]
        textiles.hanging(c, 240 + 250 * i, 100, 220, 430 - 50 * (i % 2), tone, (CREAM, "#bcd3f0", "#8fb0e0"))
    _mat(c, s, 620, 790, 700)
    textiles.folded(c, 480, 800, 400, blues[:3], (CREAM, "#bcd3f0"))
    wares.pot(c, 850, 800, 220, "#8f5a3c", CREAM)
    c.ellipse(850, 586, 62, 13, "#1b2560")
    for i in range(5):
        wares.leaf(c, 250 + 12 * i, 812, 84, s.light.leaf[1], -150 + 32 * i)


def silk_scarf(c: Canvas, s: Stage) -> None:
    """A silk scarf draped over a wooden stand."""
    tones = s.pick(("#c2185b", MARIGOLD), (TEAL, "#fde7b8"), ("#7b2d8e", ROSE), (CORAL, CREAM))
    _studio(c, s, lighter(tones[0], 0.6))
    c.rect(588, 150, 24, 620, c.across("#d79a5c", "#8a4d24"), rx=8)
    c.ellipse(600, 786, 170, 30, "#8a4d24")
    c.ellipse(600, 776, 170, 28, "#c98549")
    c.line("M330 158H870", "#a5602c", 24)
    for x in (322, 878):
        c.circle(x, 158, 20, "#c98549")
    _drape(c, 478, 152, 220, 540, tones, -1)
    _drape(c, 732, 152, 210, 450, (tones[0], tones[1]), 1)
    textiles.roll(c, 270, 800, 260, 44, lighter(tones[0], 0.2), tones[1])
    textiles.roll(c, 930, 806, 240, 40, tones[1], tones[0])
    for x, y in ((410, 846), (780, 840), (830, 858)):
        plants.flower(c, x, y, 16, CREAM)


def _drape(c: Canvas, x: float, y: float, w: float, h: float, tones: tuple[str, str], side: int) -> None:
    """One falling end of the scarf, with folds, pattern and fringe."""
    left, right = x - w / 2, x + w / 2
    d = (f"M{left} {y + 10}Q{x} {y - 26} {right} {y + 8}C{right + 34} {y + h * .4:.0f} {right - 30} {y + h * .7:.0f} "
         f"{right + 18 * side} {y + h}Q{x} {y + h + 34} {left + 18 * side} {y + h}"
         f"C{left - 36} {y + h * .7:.0f} {left + 28} {y + h * .35:.0f} {left} {y + 10}Z")  # fmt: skip
    fringe = "".join(f"M{left + 18 * side + w * (k + 0.5) / 18:.0f} {y + h + 6}q4 20 -2 40" for k in range(18))
    c.line(fringe, tones[1], 3.4)
    with c.clip(d):
        c.rect(left - 50, y - 40, w + 100, h + 90, tones[0])
        textiles.pattern(c, left - 50, y + h * 0.62, w + 100, h * 0.42, tones[0], (tones[1], CREAM))
        for k in range(8):
            textiles.diamonds(c, left - 40, y + 40 + k * h * 0.072, w + 80, 13, lighter(tones[0], 0.4), opacity=0.7)
        for k in range(5):
            shade = c.across((0, "#2a1533", 0.32), (0.35, "#ffffff", 0.3), (0.7, "#ffffff", 0), (1, "#2a1533", 0.2))
            c.rect(left - 30 + k * (w + 60) / 5, y - 40, (w + 60) / 5, h + 100, shade)


def dried_banana(c: Canvas, s: Stage) -> None:
    """Sun-dried bananas on a bamboo tray, a fresh hand beside it."""
    _studio(c, s, "#f3d18a")
    _mat(c, s)
    _hand_of_bananas(c, 600, 412)
    c.ellipse(600, 716, 330, 96, "#2a1533", opacity=0.22)
    c.ellipse(600, 700, 330, 96, c.across("#ecd096", "#d3a55e", "#a9763a"))
    c.ellipse(600, 692, 296, 80, "#c9985a")
    c.line("".join(f"M{330 + 36 * k} 692q18 -14 36 0" for k in range(15)), "#f0d9a5", 4, opacity=0.5)
    for i in range(15):
        angle = i * 2.4
        reach = 64 * math.sqrt(i)
        _dried(
            c, 600 + math.cos(angle) * reach, 672 + math.sin(angle) * reach * 0.26 - (15 - i) * 2.4, (i * 37) % 50 - 25
        )

    _pouch(c, 300, 780, 290, SAFFRON)
    _pouch(c, 905, 788, 250, CORAL)


def _dried(c: Canvas, x: float, y: float, turn: float) -> None:
    """One honey-brown dried banana."""
    with c.at(x, y, 1.12, turn):
        c.ellipse(0, 14, 56, 10, "#2a1533", opacity=0.2)
        c.path(
            "M-58 -4Q-30 -30 26 -22Q58 -16 56 2Q40 20 -10 16Q-50 16 -58 -4Z",
            c.vertical("#d98a35", "#a8561c", "#7c3a12"),
        )
        c.line("M-40 -6Q-10 -18 34 -10", "#f2bd6b", 5, opacity=0.75)


def _hand_of_bananas(c: Canvas, x: float, y: float) -> None:
    """A hand of ripe bananas."""
    for k in (-2, 2, -1, 1, 0):
        with c.at(x, y, 1.5, k * 19):
            c.path("M-14 -30Q-52 60 -18 150Q-8 168 6 160Q-2 80 20 -22Z", c.across("#fbd85a", "#f2b90f", "#c78d10"))
            c.line("M-14 10Q-30 70 -12 136", "#fff0a8", 5, opacity=0.7)
            c.circle(-6, 162, 6, "#6b4a1c")
    c.path(f"M{x - 40} {y - 22}Q{x} {y - 60} {x + 40} {y - 22}L{x + 20} {y + 4}H{x - 20}Z", "#8a9a2a")
    c.path(f"M{x - 16} {y - 36}l4 -60h24l4 60Z", "#6b8012")


def _pouch(c: Canvas, x: float, y: float, h: float, tone: str) -> None:
    """A kraft-paper pouch with a cloth band and a leaf for a label."""
    w = h * 0.68
    c.ellipse(x, y, w * 0.56, h * 0.05, "#2a1533", opacity=0.25)
    sides = f"M{x - w * 0.46:.0f} {y - h:.0f}H{x + w * 0.46:.0f}L{x + w * 0.5:.0f} {y - 8:.0f}"
    paper = c.across("#e9c79a", "#d6a870", "#b3814a")
    c.path(f"{sides}Q{x:.0f} {y + 14:.0f} {x - w * 0.5:.0f} {y - 8:.0f}Z", paper)
    c.rect(x - w * 0.46, y - h, w * 0.92, h * 0.1, darker("#d6a870", 0.2))
    c.rect(x - w * 0.48, y - h * 0.62, w * 0.96, h * 0.34, tone)
    textiles.diamonds(c, x - w * 0.46, y - h * 0.59, w * 0.92, h * 0.05, CREAM)
    textiles.diamonds(c, x - w * 0.46, y - h * 0.31, w * 0.92, h * 0.05, CREAM)
    c.circle(x, y - h * 0.45, h * 0.12, CREAM)
    wares.leaf(c, x - h * 0.07, y - h * 0.4, h * 0.16, "#4d7c0f", -38)


def herbal_balm(c: Canvas, s: Stage) -> None:
    """Jars of balm among lemongrass, lime and flowers."""
    _studio(c, s, "#b9dcc0")
    _mat(c, s)
    for i in range(8):
        wares.leaf(c, 600, 640, 330 - 20 * (i % 2), s.light.leaf[i % 3], -170 + 23 * i)
    wares.jar(c, 420, 770, 280, "#b7c95a", "#a5602c")
    wares.jar(c, 780, 774, 260, "#e8a23c", "#a5602c")
    wares.jar(c, 600, 800, 320, "#6fb58a", "#8a4d24")
    for x, r in ((270, 46), (330, 38)):
        wares.fruit(c, x, 800, r, "#7fae2e")
    for x, y in ((905, 800), (960, 816)):
        c.path(f"M{x - 46} {y}q10 -40 50 -34q44 6 46 34q-10 22 -48 20q-40 0 -48 -20Z", c.vertical("#f2b04a", "#c97a1c"))
        c.ellipse(x + 44, y + 2, 14, 18, "#f59e0b")
    for i in range(5):
        c.line(f"M{860 + 14 * i} 850L{1010 + 14 * i} 640", ("#dbe7a5", "#a8c95a")[i % 2], 12)
    for x, y in ((480, 838), (520, 856), (705, 846), (742, 832)):
        plants.flower(c, x, y, 17, s.pick(CREAM, ROSE, MARIGOLD, CREAM))


def bamboo_basket(c: Canvas, s: Stage) -> None:
    """Hand-woven bamboo baskets of several shapes."""
    _studio(c, s, "#d9dba8")
    _mat(c, s, 600, 800, 820)
    for x, y, w, depth, tone in ((360, 440, 250, 0.95, "#d8a862"), (860, 480, 270, 0.75, "#b9803f")):
        c.ellipse(x, y + w * depth, w * 0.4, 22, "#2a1533", opacity=0.25)
        c.line(f"M{x - w * 0.46:.0f} {y}Q{x} {y - w * 1.1:.0f} {x + w * 0.46:.0f} {y}", darker(tone, 0.2), 17)
        c.line(f"M{x - w * 0.46:.0f} {y}Q{x} {y - w * 1.1:.0f} {x + w * 0.46:.0f} {y}", lighter(tone, 0.35), 5)
        wares.basket(c, x, y, w, tone, depth)
    c.ellipse(600, 796, 200, 28, "#2a1533", opacity=0.25)
    wares.basket(c, 600, 560, 430, "#e6bf7c", 0.54)
    textiles.zigzag(c, 425, 690, 350, 34, s.pick(CORAL, TEAL, INDIGO, BRICK))
    for i in range(9):
        plants.flower(c, 440 + 40 * i, 548 - 24 * (i % 2), 24, (CORAL, CREAM, ROSE, MARIGOLD)[(i + s.variant) % 4])
    wares.basket(c, 930, 780, 150, "#c9985a", 0.4)
    wares.basket(c, 265, 790, 140, "#e6bf7c", 0.4)
