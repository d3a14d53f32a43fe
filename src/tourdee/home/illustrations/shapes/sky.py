"""Sky: gradient, sun, clouds, birds, stars, mist."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random

from ..canvas import Canvas
from ..geometry import Stage
from ..palette import Light, lighter

WIDE = 2000


def sky(c: Canvas, s: Stage, horizon: float = 560, sun: tuple[float, float] | None = None) -> None:
    """The whole backdrop: gradient, sun with its glow, and a few clouds."""
    light = s.light
    stops = light.sky
    c.rect(-200, -100, WIDE, 1200, light.leaf[2])
    c.rect(-200, -100, WIDE, horizon + 160, c.vertical(*stops))
    x, y = sun or (s.pick(860, 330, 640, 900), s.pick(190, 300, 330, 260))
    c.glow(x, y, 430, light.glow, 0.66)
    c.circle(x, y, 78, light.sun, opacity=0.3)
    c.circle(x, y, 56, light.sun, opacity=0.95)
    for i in range(4):
        cx = (i * 370 + s.rng.uniform(-80, 120) + 140 * s.variant) % 1300 - 50
        cx += 330 if abs(cx - x) < 190 else 0
        cloud(c, s.rng, cx, s.rng.uniform(90, horizon * 0.55), s.rng.uniform(90, 170), light)


def cloud(c: Canvas, rng: Random, x: float, y: float, size: float, light: Light) -> None:
    """A flat-bottomed cloud of soft puffs, brighter on top."""
    fill = c.vertical((0, light.cloud, 0.95), (0.55, light.cloud, 0.7), (1, light.cloud, 0.1))
    across = (-1.0, -0.66, -0.24, 0.24, 0.62, 1.0)
    rise = (0.0, 0.16, 0.34, 0.3, 0.13, 0.0)
    points = [(x + a * size + rng.uniform(-6, 6), y - r * size) for a, r in zip(across, rise, strict=True)]
    pieces = [f"M{points[0][0]:.1f} {y:.1f}"]
    for (x1, y1), (x2, y2) in pairwise(points):
        r = math.hypot(x2 - x1, y2 - y1) * 0.56
        pieces.append(f"A{r:.1f} {r:.1f} 0 0 1 {x2:.1f} {y2:.1f}")
    c.path("".join(pieces) + "Z", fill, opacity=0.8)
    c.ellipse(x + size * 0.1, y + 1, size * 1.15, size * 0.035, light.cloud, opacity=0.3)


def birds(c: Canvas, rng: Random, x: float, y: float, light: Light, count: int = 5) -> None:
    """A small flock far away."""
    for i in range(count):
        bx, by = x + i * 34 + rng.uniform(-10, 10), y + rng.uniform(-22, 22)
        wing = rng.uniform(9, 14)
        c.line(
            f"M{bx - wing:.1f} {by - 4:.1f}q{wing / 2:.1f} -5 {wing:.1f} 4q{wing / 2:.1f} -9 "
            f"{wing:.1f} -4", light.near, 2.4, opacity=0.7,
        )  # fmt: skip


def stars(c: Canvas, rng: Random, count: int = 60, floor: float = 380) -> None:
    """Small warm stars."""
    for _ in range(count):
        c.circle(rng.uniform(-40, 1240), rng.uniform(0, floor), rng.uniform(0.8, 2.4), "#fff3d0",
                 opacity=rng.uniform(0.4, 0.9))  # fmt: skip


def mist(c: Canvas, y: float, height: float, light: Light, opacity: float = 0.7) -> None:
    """A soft band of mist across the picture."""
    fill = c.vertical((0, light.mist, 0), (0.5, light.mist, opacity), (1, light.mist, 0))
    c.rect(-200, y, WIDE, height, fill)


def shafts(c: Canvas, x: float, y: float, light: Light, opacity: float = 0.22) -> None:
    """Slanting beams of light from above the picture."""
    fill = c.vertical((0, lighter(light.glow, 0.4), opacity), (1, light.glow, 0))
    for i, reach in enumerate((0, 150, 320)):
        left = x + reach
        c.path(f"M{left} {y}l{60 + 14 * i} 0l-220 700l-{130 + 30 * i} 0Z", fill)
