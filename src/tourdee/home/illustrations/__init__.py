"""Demo pictures drawn in code: warm Thai scenes as SVG, and as WebP or JPEG.

``draw("floating_market", variant=2)`` gives a complete SVG document. The same name, size and
variant always give the same picture; the four variants of a scene show one place at different
times of day and from different sides, so that a tour can have several pictures of it.
"""

from __future__ import annotations

from .canvas import Canvas
from .catalogue import CATALOGUE
from .geometry import Stage, dice
from .raster import as_jpeg, as_webp
from .scenes import Scene

SCENES: tuple[str, ...] = tuple(CATALOGUE)
VARIANTS = 4

__all__ = ["SCENES", "VARIANTS", "as_jpeg", "as_webp", "draw", "title_of"]


def draw(scene: str, *, width: int = 1200, height: int = 900, variant: int = 0) -> str:
    """The scene as an SVG document that fills the asked size (cropped around its centre)."""
    chosen = CATALOGUE[scene]
    variant %= VARIANTS
    canvas = Canvas(f"{scene}-{variant}".replace("_", "-"), chosen.width)
    light = chosen.lights[variant % len(chosen.lights)]
    chosen.paint(canvas, Stage(light, dice(f"{scene}:{variant}"), variant))
    canvas.rect(-200, -100, 2000, 1200, light.tint, opacity=light.tint_opacity)
    return canvas.document(chosen.title, width, height, _camera(chosen, variant))


def title_of(scene: str) -> str:
    """What the scene shows, in Thai (also the picture's title and a fair alternative text)."""
    return CATALOGUE[scene].title


def _camera(scene: Scene, variant: int) -> str:
    """Where the viewer stands: mirrored or closer, always filling the frame."""
    zoom = scene.zooms[variant % len(scene.zooms)]
    steps = ""
    if scene.mirrored[variant % len(scene.mirrored)]:
        steps = f"translate({scene.width} 0) scale(-1 1) "
    if zoom != 1:
        x, y = scene.focus
        steps += f"translate({x * (1 - zoom):.1f} {y * (1 - zoom):.1f}) scale({zoom})"
    return steps.strip()
