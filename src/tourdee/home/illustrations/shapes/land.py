"""Land: mountain ranges, limestone islands, terraces, beaches and paths."""

from __future__ import annotations

import math
from random import Random

from ..canvas import Canvas
from ..geometry import Point, Stage, blob, ridge, smooth
from ..palette import Light, darker, lighter, mix
from .sky import mist

WIDE = 2000


def range_of_hills(c: Canvas, s: Stage, base: float, height: float, layers: int = 3) -> None:
    """Ranges one behind the other, each veiled by mist."""
    light = s.light
    for i in range(layers):
        t = i / max(layers - 1, 1)
        colour = mix(light.far, light.near, t) if i else light.far
        y = base - height * 0.42 * (1 - t)
        fill = c.vertical((0, colour), (1, mix(colour, light.mist, 0.75 - 0.4 * t)))
        path = ridge(s.rng, y, height * (0.95 - 0.45 * t), 5 + 2 * i, base + 90, right=1700)
        c.path(path, fill)
        mist(c, y + 4, 90, light, 0.4)


def _cliff(rng: Random, w: float, h: float) -> list[Point]:
    """The outline of a limestone tower standing on y=0."""
    top = rng.uniform(-0.12, 0.12)
    left = [(-0.52, 0.0), (-0.49, 0.3), (-0.44, 0.58), (-0.33, 0.83), (top - 0.12, 0.97)]
    right = [(top + 0.12, 0.96), (0.34, 0.78), (0.42, 0.5), (0.5, 0.24), (0.52, 0.0)]
    return [((x + rng.uniform(-0.035, 0.035)) * w, -y * h * (1 + rng.uniform(-0.03, 0.03))) for x, y in left + right]


def karst(c: Canvas, s: Stage, x: float, y: float, w: float, h: float, depth: float = 0) -> None:
    """A limestone island; depth 0 is near, 1 is far and pale."""
    rng, light = s.rng, s.light
    rock = mix(mix(light.stone, light.near, 0.12), light.far, depth)
    leaf = mix(light.leaf[2], light.far, depth * 0.85)
    outline = smooth(_cliff(rng, w, h), tension=5) + "Z"
    with c.at(x, y):
        c.path(outline, c.across(lighter(rock, 0.35), rock, mix(rock, light.near, 0.55)))
        with c.clip(outline):
            _streaks(c, rng, w, h, rock)
            _greenery(c, rng, w, h, leaf, mix(light.leaf[1], light.far, depth * 0.85))
            c.rect(-w, -h * 0.3, 2 * w, h * 0.32,
                   c.vertical((0, light.mist, 0), (1, light.mist, 0.25 + 0.5 * depth)))  # fmt: skip
        if depth < 0.4:
            c.ellipse(0, 1, w * 0.54, 8, darker(rock, 0.45), opacity=0.6)


def _streaks(c: Canvas, rng: Random, w: float, h: float, rock: str) -> None:
    """Water stains down the cliff face."""
    for i in range(9):
        sx = (-0.42 + i * 0.105 + rng.uniform(-0.03, 0.03)) * w
        top = -h * rng.uniform(0.45, 0.75)
        c.line(f"M{sx:.1f} {top:.1f}q{rng.uniform(-8, 8):.1f} {h * 0.15:.1f} 2 {h * 0.36:.1f}",
               darker(rock, 0.3) if i % 3 else lighter(rock, 0.6), w * rng.uniform(0.012, 0.035),
               opacity=0.42)  # fmt: skip


def _greenery(c: Canvas, rng: Random, w: float, h: float, dark: str, mid: str) -> None:
    """Forest on the shoulders and the crown."""
    spots = [(-0.46, 0.42), (0.44, 0.36), (-0.4, 0.72), (0.38, 0.68), (-0.2, 0.92), (0.18, 0.92),
             (0.0, 1.0), (0.05, 0.8), (-0.48, 0.1), (0.46, 0.08), (0.2, 0.5)]  # fmt: skip
    for px, py in spots:
        for _ in range(3):
            bx, by = (px + rng.uniform(-0.1, 0.1)) * w, -(py + rng.uniform(-0.05, 0.05)) * h
            size = w * rng.uniform(0.07, 0.13)
            c.path(blob(rng, bx, by, size, size * 0.8, 0.16, 8), dark)
            c.path(blob(rng, bx - size * 0.22, by - size * 0.28, size * 0.6, size * 0.42, 0.2, 6), mid,
                   opacity=0.85)  # fmt: skip


def terraces(c: Canvas, s: Stage, top: float, bottom: float, steps: int = 11) -> None:
    """Rice terraces curving down the slope, some flooded and shining."""
    light, rng = s.light, s.rng
    wave = rng.uniform(0, 3)
    for i in range(steps):
        t = i / (steps - 1)
        y = top + (bottom - top) * t**1.35
        swing = 14 + 36 * t
        points: list[Point] = [(-80 + 145 * k, y + math.sin(k * 0.75 + wave + i * 0.35) * swing)
                  for k in range(14)]  # fmt: skip
        curve = smooth(points)
        flooded = i % 4 == 2
        colour = mix(light.leaf[0], light.leaf[1], 0.25 + 0.5 * ((i * 5) % 4) / 3)
        paint = c.across(light.water[0], lighter(light.sky[1], 0.35), mix(*light.water, 0.35))
        c.path(curve + "L1900 1000L-80 1000Z", paint if flooded else colour)
        c.line(curve, lighter(light.leaf[0], 0.35), 4 + 5 * t, opacity=0.9)
        c.line(smooth([(x, py + 7 + 9 * t) for x, py in points]), light.leaf[2], 5 + 6 * t,
               opacity=0.55)  # fmt: skip
        if not flooded:
            _rice(c, rng, points, 22 + 46 * t, light)


def _rice(c: Canvas, rng: Random, points: list[Point], below: float, light: Light) -> None:
    """Rows of young rice."""
    strokes = []
    for x, y in points:
        for k in range(4):
            px, py = x + k * 36 + rng.uniform(-8, 8), y + below + rng.uniform(-12, 12)
            strokes.append(f"M{px:.0f} {py:.0f}l-4 -13m5 13l0 -16m1 16l5 -12")
    c.line("".join(strokes), lighter(light.leaf[0], 0.2), 2.6, opacity=0.65)


def ground(c: Canvas, s: Stage, y: float, wobble: float = 14) -> None:
    """Warm earth from y down."""
    light = s.light
    points = [(-80 + 220 * k, y + s.rng.uniform(-wobble, wobble)) for k in range(10)]
    c.path(smooth(points) + "L1900 1010L-80 1010Z", c.vertical(light.ground[0], light.ground[1]))


def meadow(c: Canvas, s: Stage, y: float, wobble: float = 20) -> None:
    """Grass from y down, light at the edge."""
    light, rng = s.light, s.rng
    points = [(-80 + 220 * k, y + rng.uniform(-wobble, wobble)) for k in range(10)]
    c.path(smooth(points) + "L1900 1010L-80 1010Z", c.vertical(light.leaf[0], light.leaf[1]))
    blades = []
    for _ in range(90):
        gx = rng.uniform(-40, 1650)
        gy = y + 30 + rng.random() ** 1.6 * (890 - y)
        blades.append(f"M{gx:.0f} {gy:.0f}q-2 -9 -6 -14m7 14q0 -9 3 -17")
    c.line("".join(blades), light.leaf[2], 2.4, opacity=0.35)


def road(c: Canvas, s: Stage, x: float, top: float, bottom: float = 920) -> None:
    """A path that winds from the viewer into the picture."""
    fill = c.vertical(lighter(s.light.ground[0], 0.3), s.light.ground[1])
    d = (f"M{x - 14} {top}C{x - 160} {top + 90} {x + 60} {top + 170} {x - 250} {bottom}"
         f"L{x + 230} {bottom}C{x + 290} {top + 170} {x + 10} {top + 90} {x + 16} {top}Z")  # fmt: skip
    c.path(d, fill)
