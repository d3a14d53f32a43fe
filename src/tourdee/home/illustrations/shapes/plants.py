"""Plants: coconut palms, banana, trees, foliage, flowers, mangrove."""

from __future__ import annotations

import math
from random import Random

from ..canvas import Canvas
from ..geometry import Point, blob, on_curve, polygon
from ..palette import CORAL, MARIGOLD, WOOD, Light, darker, lighter, mix


def _frond(c: Canvas, tip: Point, droop: float, colour: str, rib: str) -> None:
    """One feathered palm leaf from the origin."""
    bend = (tip[0] * 0.5, tip[1] * 0.5 - droop)
    upper: list[Point] = [(0, 0)]
    lower: list[Point] = []
    length = math.hypot(*tip)
    for i in range(1, 12):
        t = i / 12
        px, py = on_curve((0, 0), bend, tip, t)
        width = length * 0.2 * math.sin(math.pi * min(t * 0.9 + 0.12, 1))
        upper.append((px, py - width * 0.22))
        lean = math.copysign(width * 0.45, tip[0])
        lower.append((px + lean, py + width))
        lower.append((px + lean * 0.2 + tip[0] / 30, py + width * 0.38))
    c.path(polygon([*upper, tip, *reversed(lower)]), colour)
    c.line(f"M0 0Q{bend[0]:.1f} {bend[1]:.1f} {tip[0]:.1f} {tip[1]:.1f}", rib, 2.4)


def palm(c: Canvas, rng: Random, x: float, y: float, h: float, lean: float, light: Light) -> None:
    """A coconut palm; lean is how far the crown stands from the foot."""
    trunk = mix(WOOD, light.near, 0.3)
    with c.at(x, y):
        bend = (lean * 0.1, -h * 0.55)
        w = h * 0.035
        c.path(f"M{-w * 1.5:.1f} 0Q{bend[0] - w:.1f} {bend[1]:.1f} {lean - w * .7:.1f} {-h:.1f}"
               f"L{lean + w * .7:.1f} {-h:.1f}Q{bend[0] + w * 1.2:.1f} {bend[1]:.1f} {w * 1.6:.1f} 0Z",
               c.across(lighter(trunk, 0.3), darker(trunk, 0.25)))  # fmt: skip
        rings = []
        for i in range(1, 13):
            px, py = on_curve((0, 0), bend, (lean, -h), i / 13)
            rings.append(f"M{px - w:.1f} {py:.1f}q{w:.1f} {w * 0.6:.1f} {2 * w:.1f} 0")
        c.line("".join(rings), darker(trunk, 0.4), 1.8, opacity=0.45)
        with c.at(lean, -h):
            _crown(c, rng, h * 0.44, light)


def _crown(c: Canvas, rng: Random, reach: float, light: Light) -> None:
    """Fronds, back to front, with coconuts."""
    plan = ((168, 0), (12, 0), (205, 0), (-25, 0), (235, 1), (-60, 1), (270, 1), (150, 2), (30, 2),
            (188, 2), (-8, 2))  # fmt: skip
    for angle, tone in plan:
        turn = math.radians(angle + rng.uniform(-7, 7))
        length = reach * rng.uniform(0.86, 1.08)
        tip = (math.cos(turn) * length, math.sin(turn) * length * 0.72 + reach * 0.2)
        colour = light.leaf[2 - tone]
        _frond(c, tip, reach * 0.3, colour, lighter(colour, 0.25))
    for dx, dy in ((-0.06, 0.05), (0.06, 0.06), (0.0, 0.1)):
        c.circle(reach * dx, reach * dy, reach * 0.055, mix("#8a5a1c", light.leaf[1], 0.3))


def banana(c: Canvas, rng: Random, x: float, y: float, h: float, light: Light) -> None:
    """A banana plant with broad arching leaves."""
    with c.at(x, y):
        c.path(f"M{-h * .05:.1f} 0L{-h * .03:.1f} {-h * .5:.1f}L{h * .03:.1f} {-h * .5:.1f}"
               f"L{h * .05:.1f} 0Z", c.across(light.leaf[0], light.leaf[1]))  # fmt: skip
        for i, angle in enumerate((-20, -28, -48, -42, -68, -76)):
            with c.at(0, -h * 0.46, 1, (angle + rng.uniform(-6, 6)) * (-1 if i % 2 else 1), bool(i % 2)):
                banana_leaf(c, h * rng.uniform(0.5, 0.62), light.leaf[2 - (i // 2)], light, 0.34)


def banana_leaf(c: Canvas, length: float, colour: str, light: Light, droop: float = 0.1) -> None:
    """One broad leaf from the origin along +x, its tip bending down."""
    w, end = length * 0.2, length * droop
    rib = f"Q{length * 0.5:.1f} {-w * 0.35:.1f} {length:.1f} {end:.1f}"
    back = f"Q{length * 0.5:.1f} {-w * 0.35:.1f} 0 0Z"
    upper = (f"M0 0C{length * .15:.1f} {-w * 1.5:.1f} {length * .8:.1f} {-w * 1.5 + end * .3:.1f} "
             f"{length:.1f} {end:.1f}")  # fmt: skip
    lower = f"M0 0{rib}C{length * 0.74:.1f} {w * 1.1 + end * 0.7:.1f} {length * 0.2:.1f} {w * 0.9:.1f} 0 0Z"
    c.path(upper + back, mix(colour, light.leaf[0], 0.16))
    c.path(lower, darker(colour, 0.08))
    veins = []
    for i in range(2, 9):
        px, py = on_curve((0, 0), (length * 0.5, -w * 0.35), (length, end), i / 10)
        veins.append(f"M{px:.1f} {py:.1f}l{length * .06:.1f} {-w * .6:.1f}M{px:.1f} {py:.1f}"
                     f"l{length * .03:.1f} {w * .55:.1f}")  # fmt: skip
    c.line("".join(veins), darker(colour, 0.22), 1.3, opacity=0.4)
    c.line("M0 0" + rib, lighter(light.leaf[0], 0.3), max(length * 0.014, 1.6))


def tree(c: Canvas, rng: Random, x: float, y: float, h: float, light: Light) -> None:
    """A round-headed tree in three greens."""
    trunk = mix(WOOD, light.near, 0.35)
    with c.at(x, y):
        c.path(f"M{-h * .05:.1f} 0Q{-h * .01:.1f} {-h * .3:.1f} {-h * .06:.1f} {-h * .6:.1f}"
               f"L{h * .06:.1f} {-h * .6:.1f}Q{h * .02:.1f} {-h * .3:.1f} {h * .06:.1f} 0Z", trunk)  # fmt: skip
        for tone, (dx, dy, size) in zip((2, 2, 2, 1, 1, 0), (
            (-0.2, -0.56, 0.23), (0.21, -0.58, 0.23), (0, -0.7, 0.28),
            (-0.1, -0.68, 0.2), (0.14, -0.72, 0.17), (-0.08, -0.8, 0.13)), strict=True):  # fmt: skip
            c.path(blob(rng, dx * h, dy * h, size * h, size * h * 0.84, 0.12, 11), light.leaf[tone])


def bush(c: Canvas, rng: Random, x: float, y: float, w: float, light: Light,
         bloom: str = "") -> None:  # fmt: skip
    """A low mound of leaves, perhaps in flower."""
    c.ellipse(x, y - 0.1 * w, 0.46 * w, 0.14 * w, light.leaf[2])
    for tone, dx, size in ((2, -0.26, 0.34), (2, 0.26, 0.32), (1, 0.02, 0.36), (0, -0.08, 0.2)):
        lift = 0.12 * w * (2 - tone)
        c.path(blob(rng, x + dx * w, y - size * w * 0.4 - lift, size * w, size * w * 0.66, 0.14, 10),
               light.leaf[tone])  # fmt: skip
    if bloom:
        for _ in range(9):
            flower(c, x + rng.uniform(-0.42, 0.42) * w, y - rng.uniform(0.08, 0.55) * w,
                   w * rng.uniform(0.028, 0.045), bloom)  # fmt: skip


def flower(c: Canvas, x: float, y: float, r: float, colour: str) -> None:
    """A five-petalled flower."""
    for i in range(5):
        turn = 2 * math.pi * i / 5 - 1.5
        c.circle(x + math.cos(turn) * r, y + math.sin(turn) * r, r * 0.78, colour)
    c.circle(x, y, r * 0.5, MARIGOLD if colour != MARIGOLD else CORAL)


def thicket(c: Canvas, rng: Random, y: float, h: float, light: Light, left: float = -60,
            right: float = 1260) -> None:  # fmt: skip
    """A bank of jungle in three tones."""
    c.rect(left, y - h * 0.25, right - left + 500, h * 0.6, light.leaf[2])
    for tone, lift in ((2, 1.0), (1, 0.66), (0, 0.5)):
        x = left
        while x < right:
            size = h * rng.uniform(0.34, 0.58) * (1 if tone else 0.6)
            colour = light.leaf[tone] if tone else mix(light.leaf[0], light.leaf[1], 0.5)
            c.path(blob(rng, x, y - h * lift * 0.5, size, size * 0.8, 0.16, 9), colour)
            x += size * (1.15 if tone else rng.uniform(1.3, 3.6))


def foreground_leaves(c: Canvas, x: float, y: float, size: float, light: Light,
                      flip: bool = False) -> None:  # fmt: skip
    """Dark leaves in a corner that frame the view."""
    with c.at(x, y, 1, 0, flip):
        for turn, reach in ((-78, 0.8), (-56, 1.0), (-34, 1.05), (-14, 0.85)):
            with c.at(0, 0, 1, turn):
                banana_leaf(c, size * reach, darker(light.leaf[2], 0.22), light)


def mangrove(c: Canvas, rng: Random, x: float, y: float, h: float, light: Light) -> None:
    """A mangrove tree on arching stilt roots."""
    bark = darker(mix(WOOD, light.near, 0.35), 0.12)
    with c.at(x, y):
        for reach in (-0.34, -0.22, -0.1, 0.12, 0.24, 0.36):
            c.line(f"M0 {-h * .34:.1f}Q{reach * h * .8:.1f} {-h * .32:.1f} {reach * h:.1f} 8", bark,
                   h * 0.022)  # fmt: skip
        c.line(f"M0 {-h * 0.3:.1f}Q{h * 0.04:.1f} {-h * 0.5:.1f} {-h * 0.03:.1f} {-h * 0.75:.1f}", bark, h * 0.05)
        for tone, dx, dy, size in ((2, -0.2, -0.72, 0.26), (2, 0.2, -0.74, 0.27), (2, 0, -0.86, 0.26),
                                   (1, -0.08, -0.8, 0.2), (1, 0.18, -0.84, 0.16), (0, -0.04, -0.92, .12)):  # fmt: skip
            c.path(blob(rng, dx * h, dy * h, size * h, size * h * 0.66, 0.14, 11), light.leaf[tone])
