"""Boats: long-tail boat, market sampan, kayak, fishing boat."""

from __future__ import annotations

from ..canvas import Canvas
from ..palette import CORAL, CREAM, LAGOON, MARIGOLD, SAFFRON, TEAL, WOOD, Light, darker, lighter, mix

HULL = (
    "M-420 -78Q-330 -20 -240 -2Q0 22 250 -14Q350 -40 430 -190"
    "Q398 -66 322 -14Q262 44 80 52Q-180 62 -330 30Q-396 -8 -420 -78Z"
)


def longtail(c: Canvas, x: float, y: float, w: float, light: Light, canopy: bool = True) -> None:
    """A long-tail boat with its prow to the right, ribbons on it, the engine behind."""
    wood = mix("#a5602c", light.tint, light.tint_opacity * 1.6)
    with c.at(x, y, w / 860):
        c.ellipse(-20, 54, 400, 20, darker(light.water[1], 0.4), opacity=0.4)
        _engine(c)
        c.path("M-400 -58Q-250 -8 0 0Q240 -2 330 -40L300 -8Q100 24 -200 14Q-360 0 -400 -58Z",
               darker(wood, 0.5))  # fmt: skip
        if canopy:
            _canopy(c)
        c.path(HULL, c.vertical(lighter(wood, 0.32), wood, darker(wood, 0.35)))
        _stripes(c)
        _ribbons(c)


def _engine(c: Canvas) -> None:
    """The engine on its pivot and the long shaft."""
    c.line("M-372 -70L-560 44", "#5a4a52", 9)
    c.path("M-556 30l-30 -2l10 22l-16 16l34 -8Z", "#5a4a52")
    c.rect(-404, -112, 66, 46, "#4b5563", rx=10)
    c.rect(-396, -126, 40, 18, CORAL, rx=6)
    c.line("M-346 -98L-276 -122", "#4b3a3a", 7)


def _canopy(c: Canvas) -> None:
    """A striped cloth roof on slim posts."""
    for px in (-230, -110, 20, 140):
        c.line(f"M{px} 0V-142", WOOD, 7)
    c.path("M-262 -132Q-60 -188 172 -140L166 -122Q-60 -160 -256 -114Z", TEAL)
    c.path("M-262 -134Q-60 -200 172 -142Q-60 -168 -262 -134Z", lighter(LAGOON, 0.3))
    fringe = "".join(f"M{-250 + 26 * k} {-116 - 34 * (1 - ((k - 8) / 8) ** 2):.0f}v13" for k in range(17))
    c.line(fringe, CREAM, 5)


def _stripes(c: Canvas) -> None:
    """Painted bands along the hull."""
    c.line("M-410 -62Q-330 -4 -240 12Q0 34 254 0Q350 -28 420 -160", MARIGOLD, 7)
    c.line("M-392 -34Q-320 12 -230 26Q0 46 250 16Q318 0 352 -40", TEAL, 6, opacity=0.85)
    c.line("M-372 -8Q-300 34 -120 44", CREAM, 3, opacity=0.5)


def _ribbons(c: Canvas) -> None:
    """Ribbons and a jasmine garland tied round the prow."""
    for i, (colour, reach) in enumerate(((CORAL, 0), (MARIGOLD, 8), ("#e11d74", 16), (LAGOON, 24))):
        px, py = 409 - 9 * i, -132 + 13 * i
        c.line(f"M{px - 12} {py - 6}L{px + 9} {py + 5}", colour, 12)
        c.path(f"M{px} {py}C{px + 18} {py + 34} {px - 16} {py + 66} {px + 14 - reach} {py + 108}"
               f"L{px - 4 - reach} {py + 110}C{px - 30} {py + 66} {px + 2} {py + 34} {px - 10} {py}Z",
               colour, opacity=0.95)  # fmt: skip
    for k in range(9):
        t = k / 8
        c.circle(372 - 4 * k + 40 * t * t, -70 + 84 * t - 40 * t * t, 7, CREAM if k % 3 else SAFFRON)


def sampan(c: Canvas, x: float, y: float, w: float, light: Light) -> None:
    """A small paddled market boat; load it at y - 20."""
    wood = mix("#9c5a2b", light.tint, light.tint_opacity * 1.6)
    with c.at(x, y, w / 400):
        c.ellipse(0, 44, 190, 14, darker(light.water[1], 0.4), opacity=0.4)
        c.path("M-212 -40Q0 26 212 -40L190 -16Q0 30 -190 -16Z", darker(wood, 0.5))
        c.path("M-214 -42Q-190 30 -110 42Q0 52 110 42Q190 30 214 -42Q170 2 0 8Q-170 2 -214 -42Z",
               c.vertical(lighter(wood, 0.25), wood, darker(wood, 0.3)))  # fmt: skip
        c.line("M-206 -30Q-160 12 0 18Q160 12 206 -30", lighter(wood, 0.45), 5, opacity=0.7)


def kayak(c: Canvas, x: float, y: float, w: float, colour: str, light: Light) -> None:
    """A sit-on kayak seen from the side, prow right."""
    with c.at(x, y, w / 400):
        c.ellipse(0, 30, 190, 12, darker(light.water[1], 0.45), opacity=0.4)
        c.path("M-205 -22Q-130 4 0 4Q130 4 212 -26Q180 34 90 36L-90 36Q-180 32 -205 -22Z",
               c.vertical(lighter(colour, 0.35), colour, darker(colour, 0.25)))  # fmt: skip
        c.path("M-198 -12Q0 36 204 -16Q160 20 0 22Q-150 20 -198 -12Z", CREAM, opacity=0.6)


def kolae(c: Canvas, x: float, y: float, w: float, light: Light) -> None:
    """A small painted fishing boat pulled up or at anchor."""
    hull = mix(TEAL, light.tint, light.tint_opacity)
    with c.at(x, y, w / 400):
        c.path("M-210 -70Q-190 -20 -150 -16Q0 4 150 -16Q190 -22 214 -76Q200 30 120 42L-120 42Q-200 30 -210 -70Z",
               c.vertical(lighter(hull, 0.3), darker(hull, 0.2)))  # fmt: skip
        c.line("M-204 -46Q-190 2 -140 6Q0 24 140 6Q190 0 206 -48", MARIGOLD, 8)
        c.line("M-190 -14Q-170 24 -120 26Q0 38 130 26", CORAL, 7)
        for k in range(5):
            c.circle(-100 + 50 * k, 18 + 6 * (1 - ((k - 2) / 2) ** 2), 5, CREAM)
