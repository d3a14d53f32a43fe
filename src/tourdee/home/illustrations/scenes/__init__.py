"""The scenes, by group; each group module offers its painters by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..canvas import Canvas
from ..geometry import Stage
from ..palette import DAYLIGHT, Light

Painter = Callable[[Canvas, Stage], None]


@dataclass(frozen=True)
class Scene:
    """A picture that can be drawn: its painter, what it shows, its light and shape."""

    paint: Painter
    title: str
    lights: tuple[Light, ...] = DAYLIGHT
    width: int = 1200
    focus: tuple[float, float] = (600, 690)
    zooms: tuple[float, ...] = (1.0, 1.0, 1.22, 1.1)
    mirrored: tuple[bool, ...] = (False, True, False, True)
