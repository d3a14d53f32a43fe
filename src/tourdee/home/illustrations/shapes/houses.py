"""Houses, rooms, stalls, umbrellas and lanterns."""

from __future__ import annotations

from ..canvas import Canvas
from ..geometry import Stage
from ..palette import BRICK, CORAL, CREAM, MARIGOLD, TEAL, WOOD, Light, darker, lighter, mix


def stilt_house(c: Canvas, x: float, y: float, w: float, light: Light,
                kalae: bool = True) -> None:  # fmt: skip
    """A wooden house on posts with a steep roof and a veranda."""
    wood = mix("#a9622f", light.tint, light.tint_opacity * 2)
    with c.at(x, y, w / 400):
        c.rect(-150, -112, 300, 104, mix(darker(wood, 0.55), light.leaf[2], 0.45), opacity=0.55)
        for px in (-150, -82, -8, 66, 150):
            c.rect(px - 7, -120, 14, 124, c.across(lighter(wood, 0.15), darker(wood, 0.4)))
        c.rect(-185, -128, 370, 18, darker(wood, 0.25))
        c.rect(-160, -236, 320, 110, c.vertical(wood, darker(wood, 0.22)))
        c.line("M" + "M".join(f"{-140 + 26 * k} -232v102" for k in range(12)), darker(wood, 0.4), 2,
               opacity=0.6)  # fmt: skip
        _windows(c, wood, light)
        _house_roof(c, mix("#8a4b2a", light.tint, 0.15), kalae)
        _stairs(c, wood)


def _windows(c: Canvas, wood: str, light: Light) -> None:
    """Shuttered windows, warm when the lamp is lit, and a railing."""
    glass = "#ffd873" if light.lamps else darker(mix(wood, "#5a2a16", 0.6), 0.25)
    for px in (-116, -32):
        c.rect(px, -210, 44, 56, glass, rx=3)
        c.rect(px - 16, -212, 15, 60, lighter(wood, 0.2))
        c.rect(px + 45, -212, 15, 60, lighter(wood, 0.2))
    c.rect(70, -214, 50, 86, glass, rx=3)
    if light.lamps:
        c.glow(30, -180, 210, "#ffcf70", 0.45)
    c.line("M-183 -158h150M-183 -140h150", lighter(wood, 0.25), 5)
    c.line("M" + "M".join(f"{-178 + 20 * k} -160v30" for k in range(8)), lighter(wood, 0.15), 4)


def _house_roof(c: Canvas, tile: str, kalae: bool) -> None:
    """A sweeping roof with rows of thatch; crossed kalae at the peak."""
    c.path("M-212 -222Q-130 -262 -96 -362L104 -362Q134 -262 212 -222L206 -208L-206 -208Z",
           c.vertical(lighter(tile, 0.28), tile, darker(tile, 0.3)))  # fmt: skip
    for k in range(5):
        y = -338 + 25 * k
        half = 112 + 17 * k
        c.line(f"M{-half} {y}q{half} 9 {2 * half} 0", darker(tile, 0.35), 2.6, opacity=0.5)
    c.line("M-98 -362h204", darker(tile, 0.3), 8)
    if kalae:
        for px in (-98, 106):
            c.line(f"M{px - 12} -342q12 -26 28 -44M{px + 12} -342q-12 -26 -28 -44",
                   darker(tile, 0.35), 6)  # fmt: skip


def _stairs(c: Canvas, wood: str) -> None:
    """Wooden steps up to the door."""
    c.line("M78 -122L52 2M124 -122L104 2", darker(wood, 0.15), 8)
    c.line("M" + "M".join(f"{74 - 4.2 * k:.0f} {-104 + 22 * k}h44" for k in range(5)),
           lighter(wood, 0.2), 7)  # fmt: skip


def awning(c: Canvas, x: float, y: float, w: float, depth: float, colours: tuple[str, str]) -> None:
    """A striped awning with a scalloped hem."""
    stripes = 8
    step = w / stripes
    for i in range(stripes):
        left = x - w / 2 + i * step
        top = x - w * 0.42 + i * step * 0.84
        colour = colours[i % 2]
        c.path(f"M{top:.1f} {y:.1f}h{step * .84 + .6:.1f}L{left + step + .5:.1f} {y + depth:.1f}"
               f"q{-step / 2:.1f} {depth * .42:.1f} {-step:.1f} 0Z",
               c.vertical(lighter(colour, 0.25), darker(colour, 0.08)))  # fmt: skip


def stall(c: Canvas, x: float, y: float, w: float, colours: tuple[str, str] = (CORAL, CREAM)) -> None:
    """A market stall: posts, counter, awning. Wares are set on top at y - 0.32 w."""
    with c.at(x, y, w / 400):
        for px in (-172, 172):
            c.rect(px - 7, -360, 14, 360, c.across("#c98549", "#7c4520"))
        c.rect(-190, -132, 380, 132, c.vertical("#c07a40", "#8a4d24"))
        c.line("M-190 -92h380M-190 -48h380", "#6f3b1c", 3, opacity=0.5)
        c.rect(-202, -146, 404, 20, c.vertical("#e3a868", "#b4713a"), rx=6)
        awning(c, 0, -388, 450, 66, colours)


def parasol(c: Canvas, x: float, y: float, r: float, colour: str, tilt: float = 0) -> None:
    """A paper umbrella with ribs."""
    with c.at(x, y, r / 100, tilt):
        c.rect(-3, -8, 6, 150, WOOD)
        c.path("M-100 0Q-84 -62 0 -76Q84 -62 100 0Q75 -16 50 0Q25 -16 0 0Q-25 -16 -50 0Q-75 -16 -100 0Z",
               c.across(lighter(colour, 0.35), colour, darker(colour, 0.2)))  # fmt: skip
        c.line("M0 -76Q-62 -50 -50 0M0 -76Q-90 -56 -100 0M0 -76V0M0 -76Q62 -50 50 0M0 -76Q90 -56 100 0",
               darker(colour, 0.3), 2, opacity=0.55)  # fmt: skip
        c.line("M-76 -31Q0 -66 76 -31", CREAM, 4, opacity=0.6)
        c.circle(0, -78, 6, WOOD)


def lantern_string(c: Canvas, x1: float, y1: float, x2: float, y2: float, count: int,
                   colours: tuple[str, ...] = (MARIGOLD, CORAL, "#ffe3a0")) -> None:  # fmt: skip
    """Paper lanterns on a slack line, each with its glow."""
    sag = abs(x2 - x1) * 0.12
    c.line(f"M{x1} {y1}Q{(x1 + x2) / 2} {(y1 + y2) / 2 + 2 * sag:.1f} {x2} {y2}", "#3b2a3f", 2.5)
    for i in range(count):
        t = (i + 0.5) / count
        lx = x1 + (x2 - x1) * t
        ly = y1 + (y2 - y1) * t + 4 * sag * t * (1 - t)
        lantern(c, lx, ly, 22, colours[i % len(colours)])


def lantern(c: Canvas, x: float, y: float, r: float, colour: str) -> None:
    """One round paper lantern hanging from (x, y)."""
    c.glow(x, y + r, r * 3.4, lighter(colour, 0.2), 0.5)
    c.rect(x - r * 0.3, y, r * 0.6, r * 0.2, WOOD)
    c.ellipse(x, y + r * 1.05, r, r * 0.9, c.radial(lighter(colour, 0.8), colour))
    c.line(f"M{x:.1f} {y + r * .2:.1f}v{r * 1.7:.1f}M{x - r * .5:.1f} {y + r * .4:.1f}q{-r * .25:.1f} "
           f"{r * .65:.1f} 0 {r * 1.3:.1f}M{x + r * .5:.1f} {y + r * .4:.1f}q{r * .25:.1f} {r * .65:.1f} 0 "
           f"{r * 1.3:.1f}", darker(colour, 0.2), 1.2, opacity=0.5)  # fmt: skip
    c.line(f"M{x:.1f} {y + r * 1.95:.1f}v{r * 0.7:.1f}", BRICK, 3)


def room(c: Canvas, s: Stage, floor: float = 640) -> None:
    """An open wooden pavilion: plank wall, floor boards, warm light."""
    wood = mix("#d29a62", s.light.tint, s.light.tint_opacity * 1.4)
    c.rect(-200, -100, 2000, floor + 110, c.vertical(darker(wood, 0.2), wood, lighter(wood, 0.25)))
    c.line("M" + "M".join(f"{k * 92 - 120} -60V{floor}" for k in range(16)), darker(wood, 0.3), 2.5,
           opacity=0.35)  # fmt: skip
    boards = mix("#b97a45", s.light.tint, s.light.tint_opacity * 1.4)
    c.rect(-200, floor, 2000, 400, c.vertical(lighter(boards, 0.3), darker(boards, 0.2)))
    lines = [f"M-200 {floor + 22 * k + 6 * k * k:.0f}h2000" for k in range(1, 6)]
    c.line("".join(lines), darker(boards, 0.35), 3, opacity=0.4)
    c.rect(-200, floor - 12, 2000, 14, darker(boards, 0.3), opacity=0.6)


def window_frame(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """A wooden frame and shutters around an opening already painted."""
    c.rect(x - 14, y - 14, w + 28, h + 28, "none", stroke="#8a4d24", stroke_width=18, rx=6)
    c.rect(x - 34, y + h + 10, w + 68, 22, c.vertical("#c98549", "#8a4d24"), rx=5)
    c.line(f"M{x + w / 2} {y}v{h}", "#8a4d24", 8, opacity=0.9)


def bunting(c: Canvas, y: float, sag: float = 50) -> None:
    """Small cloth flags across the top."""
    colours = (CORAL, MARIGOLD, TEAL, CREAM)
    c.line(f"M-60 {y}Q600 {y + 2 * sag} 1260 {y}", "#6f3b1c", 3)
    for i in range(18):
        t = (i + 0.5) / 18
        x, fy = -60 + 1320 * t, y + 4 * sag * t * (1 - t)
        c.path(f"M{x - 22:.1f} {fy - 2:.1f}h44l-22 48Z", colours[i % 4], opacity=0.95)
