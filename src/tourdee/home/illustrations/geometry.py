"""Paths: smooth curves through points, ridges, blobs, and the stage a scene is painted on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from .canvas import number
from .palette import Light

Point = tuple[float, float]
T = TypeVar("T")


@dataclass(frozen=True)
class Stage:
    """What a scene is painted with: the light, the dice and which of the four pictures it is."""

    light: Light
    rng: Random
    variant: int

    def pick(self, *choices: T) -> T:
        """The choice for this variant (the first ones repeat)."""
        return choices[self.variant % len(choices)]


def dice(seed: str) -> Random:
    """Dice that always roll the same for a name, so that a picture never changes."""
    return Random(seed)  # noqa: S311 - decoration, not secrecy


def xy(point: Point) -> str:
    """A point as path text."""
    return f"{number(point[0])} {number(point[1])}"


def smooth(points: Sequence[Point], closed: bool = False, tension: float = 6) -> str:
    """A soft curve through every point."""
    count = len(points)
    pieces = [f"M{xy(points[0])}"]
    for i in range(count if closed else count - 1):
        before = points[(i - 1) % count] if closed or i else points[i]
        start, end = points[i], points[(i + 1) % count]
        after = points[(i + 2) % count] if closed or i + 2 < count else end
        one = (start[0] + (end[0] - before[0]) / tension, start[1] + (end[1] - before[1]) / tension)
        two = (end[0] - (after[0] - start[0]) / tension, end[1] - (after[1] - start[1]) / tension)
        pieces.append(f"C{xy(one)} {xy(two)} {xy(end)}")
    return "".join(pieces) + ("Z" if closed else "")


def polygon(points: Sequence[Point]) -> str:
    """A straight-edged closed shape."""
    return "M" + "L".join(xy(p) for p in points) + "Z"


def blob(rng: Random, x: float, y: float, rx: float, ry: float, wobble: float = 0.12,
         count: int = 9) -> str:  # fmt: skip
    """A rounded organic shape."""
    points = []
    for i in range(count):
        angle = 2 * math.pi * i / count
        reach = 1 + rng.uniform(-wobble, wobble)
        points.append((x + math.cos(angle) * rx * reach, y + math.sin(angle) * ry * reach))
    return smooth(points, closed=True)


def ridge(rng: Random, base: float, height: float, count: int, floor: float,
          left: float = -60, right: float = 1260) -> str:  # fmt: skip
    """A hilly skyline closed down to the floor."""
    step = (right - left) / count
    points = []
    for i in range(count + 1):
        lift = height * (0.35 + 0.65 * rng.random()) if i % 2 else height * 0.45 * rng.random()
        jitter = rng.uniform(-0.2, 0.2) * step
        points.append((left + i * step + (jitter if 0 < i < count else 0), base - lift))
    return smooth(points) + f"L{number(right)} {number(floor)}L{number(left)} {number(floor)}Z"


def between(first: Point, second: Point, t: float) -> Point:
    """The point a share of the way along."""
    return first[0] + (second[0] - first[0]) * t, first[1] + (second[1] - first[1]) * t


def on_curve(start: Point, bend: Point, end: Point, t: float) -> Point:
    """A point on a quadratic curve."""
    return between(between(start, bend, t), between(bend, end, t), t)
