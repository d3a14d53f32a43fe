"""Water: sea and river surfaces, glints, reflections and ripples."""

from __future__ import annotations

from collections.abc import Callable

from ..canvas import Canvas
from ..geometry import Stage
from ..palette import darker, mix


def water(c: Canvas, s: Stage, top: float, bottom: float = 1000, sun_x: float | None = None) -> None:
    """A sheet of water with light on it."""
    light = s.light
    fill = c.vertical(light.water[0], mix(light.water[1], light.sky[1], 0.3), light.water[1])
    c.rect(-200, top, 2000, bottom - top, fill)
    if sun_x is not None:
        beam = c.vertical((0, light.glint, 0.75), (1, light.glint, 0))
        c.path(f"M{sun_x - 40} {top}L{sun_x + 40} {top}L{sun_x + 190} {bottom}"
               f"L{sun_x - 190} {bottom}Z", beam, opacity=0.45)  # fmt: skip
    glints(c, s, top + 8, bottom, 70)


def glints(c: Canvas, s: Stage, top: float, bottom: float, count: int) -> None:
    """Short bright and deep strokes that grow towards the viewer."""
    light, rng = s.light, s.rng
    bright: list[str] = []
    deep: list[str] = []
    for i in range(count):
        t = rng.random() ** 1.5
        x, y = rng.uniform(-60, 1660), top + (bottom - top) * t
        reach = 12 + 70 * t * rng.uniform(0.5, 1.2)
        stroke = f"M{x:.0f} {y:.0f}q{reach / 2:.0f} {-2 - 5 * t:.1f} {reach:.0f} 0"
        (bright if i % 3 else deep).append(stroke)
    c.line("".join(deep), darker(light.water[1], 0.12), 4.5, opacity=0.28)
    c.line("".join(bright), light.glint, 3, opacity=0.55)


def reflection(c: Canvas, y: float, paint: Callable[[], None], opacity: float = 0.26,
               squash: float = 0.55) -> None:  # fmt: skip
    """Paint something upside down below the waterline y."""
    with c.group(f"translate(0 {y * (1 + squash):.1f}) scale(1 {-squash})", opacity=opacity):
        paint()


def ripples(c: Canvas, x: float, y: float, w: float, colour: str, opacity: float = 0.6) -> None:
    """Rings around something floating."""
    for i, grow in enumerate((1.0, 1.18, 1.4)):
        c.line(f"M{x - w * grow:.1f} {y + 7 * i:.1f}q{w * grow:.1f} {16 + 6 * i} "
               f"{2 * w * grow:.1f} 0", colour, 4 - i, opacity=opacity - 0.16 * i)  # fmt: skip
