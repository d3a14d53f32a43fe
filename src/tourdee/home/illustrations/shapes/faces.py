"""Heads: round friendly faces, hair, hats."""

from __future__ import annotations

from dataclasses import dataclass

from ..canvas import Canvas
from ..palette import CORAL, CREAM, INK, SKIN_TONES, TEAL, darker, lighter

STRAW = "#e3bd72"


@dataclass(frozen=True)
class Look:
    """How a person looks and dresses."""

    skin: str = SKIN_TONES[0]
    hair: str = INK
    style: str = "short"
    hat: str = ""
    top: str = TEAL
    bottom: str = "#7c2d5a"
    hem: str = "#fbbf24"
    sash: str = ""
    flower: str = ""


def head(c: Canvas, x: float, y: float, r: float, look: Look, facing: float = 0) -> None:
    """A head centred on (x, y); facing -1 looks left, 1 looks right."""
    with c.at(x, y, r / 100):
        ear = darker(look.skin, 0.12)
        for side in (-1, 1):
            c.ellipse(side * 90 - facing * 6, 14, 15, 20, ear)
        tones = (lighter(look.skin, 0.28), look.skin, darker(look.skin, 0.1))
        oval = "M-87 -14C-92 -88 92 -88 87 -14C88 52 46 104 0 104C-46 104 -88 52 -87 -14Z"
        c.path(oval, c.radial(*tones, cx=0.42, cy=0.42, r=0.7))
        _features(c, facing * 16, look)
        _hair_front(c, look)
        if look.flower:
            _blossom(c, look.flower)
        HATS.get(look.hat, _no_hat)(c)


def back_of_head(c: Canvas, x: float, y: float, r: float, look: Look) -> None:
    """The hair that falls behind; paint it before the shoulders."""
    with c.at(x, y, r / 100):
        _hair_back(c, look)


def _features(c: Canvas, dx: float, look: Look) -> None:
    """Eyes, brows, nose, cheeks and a smile."""
    for side in (-1, 1):
        ex = side * 35 + dx
        c.ellipse(side * 52 + dx, 42, 17, 12, CORAL, opacity=0.3)
        c.ellipse(ex, 12, 8.5, 11, "#2a1a18")
        c.circle(ex + 3, 8, 3, "#ffffff")
        c.line(f"M{ex - 14} {6}q14 -13 28 0", "#2a1a18", 3.6)
        c.line(f"M{ex - 16} {-17 + 2 * (side > 0)}q16 -10 32 0", look.hair, 5, opacity=0.85)
    c.line(f"M{dx - 6} 34q7 7 14 -1", darker(look.skin, 0.38), 4)
    c.path(f"M{dx - 25} 53Q{dx} 61 {dx + 25} 53Q{dx + 15} 79 {dx} 79Q{dx - 15} 79 {dx - 25} 53Z", "#a8383a")
    c.path(f"M{dx - 21} 55Q{dx} 62 {dx + 21} 55Q{dx + 15} 67 {dx} 67Q{dx - 15} 67 {dx - 21} 55Z", "#fffaf2")


def _hair_back(c: Canvas, look: Look) -> None:
    """Hair behind the face."""
    if look.style == "bun":
        c.circle(34, -104, 40, look.hair)
        c.circle(26, -112, 14, lighter(look.hair, 0.2), opacity=0.6)
        c.ellipse(0, -22, 100, 84, look.hair)
    elif look.style == "long":
        c.path("M-100 -10C-112 -122 112 -122 100 -10C112 70 104 130 84 186Q0 150 -84 186C-104 130 -112 70 -100 -10Z",
               look.hair)  # fmt: skip
    elif look.style == "bob":
        c.path("M-104 0C-112 -124 112 -124 104 0Q110 70 86 96Q0 70 -86 96Q-110 70 -104 0Z", look.hair)
    elif look.style == "tail":
        c.path("M70 -40Q150 -10 118 120Q104 150 92 176Q98 90 60 20Z", look.hair)
        c.ellipse(0, -18, 100, 88, look.hair)
    else:
        c.path("M-97 10C-108 -116 108 -116 97 10Q60 -20 -97 10Z", look.hair)


def _hair_front(c: Canvas, look: Look) -> None:
    """The fringe, parted to one side."""
    if look.style == "short":
        d = "M-98 4C-112 -128 112 -132 98 4Q92 -30 70 -48Q20 -30 -34 -52Q-76 -40 -86 -22Q-92 -10 -98 4Z"
    elif look.style == "bob":
        d = "M-100 22C-112 -124 112 -124 100 22Q92 -14 80 -34Q0 -54 -80 -34Q-92 -14 -100 22Z"
    else:
        d = "M-98 30C-112 -122 112 -122 98 30Q94 -22 50 -46Q10 -64 -24 -66Q-44 -40 -78 -20Q-92 0 -98 30Z"
    c.path(d, look.hair)
    c.line("M-54 -76Q-18 -100 30 -92", lighter(look.hair, 0.4), 7, opacity=0.4)


def _blossom(c: Canvas, colour: str) -> None:
    """A flower tucked above the ear."""
    for dx, dy in ((0, -13), (12, -4), (8, 10), (-8, 10), (-12, -4)):
        c.circle(-84 + dx, -26 + dy, 11, colour)
    c.circle(-84, -26, 8, "#fbbf24")


def _no_hat(c: Canvas) -> None:
    """Nothing on the head."""


def _ngop(c: Canvas) -> None:
    """The palm-leaf ngop: a tall basket crown and a wide flared brim."""
    c.path("M-168 -26C-110 -66 -86 -110 -66 -142Q0 -168 66 -142C86 -110 110 -66 168 -26Q0 -68 -168 -26Z",
           c.across(lighter(STRAW, 0.4), STRAW, darker(STRAW, 0.22)))  # fmt: skip
    c.path("M-168 -26Q0 -68 168 -26Q0 -42 -168 -26Z", darker(STRAW, 0.5), opacity=0.75)
    lines = "M-44 -150Q-72 -90 -110 -48M-16 -156Q-28 -100 -40 -58M16 -156Q28 -100 40 -58M44 -150Q72 -90 110 -48"
    c.line(lines, darker(STRAW, 0.3), 3, opacity=0.6)
    c.line("M-92 -102Q0 -128 92 -102", darker(STRAW, 0.3), 4, opacity=0.5)


def _wide(c: Canvas) -> None:
    """A soft brimmed hat with a band."""
    c.ellipse(0, -52, 150, 30, c.across(lighter(STRAW, 0.35), darker(STRAW, 0.18)))
    c.path("M-86 -56C-84 -140 -50 -152 0 -150C50 -152 84 -140 86 -56Q0 -36 -86 -56Z",
           c.across(lighter(STRAW, 0.45), STRAW, darker(STRAW, 0.15)))  # fmt: skip
    c.line("M-84 -68Q0 -46 84 -68", CORAL, 15)


def _cap(c: Canvas) -> None:
    """A guide's cap."""
    c.path("M-100 -26C-108 -138 108 -138 100 -26Q0 -58 -100 -26Z", c.across(lighter(TEAL, 0.2), TEAL))
    c.path("M-92 -34Q10 -72 150 -22Q120 -8 60 -22Q-20 -36 -92 -34Z", darker(TEAL, 0.15))


def _scarf(c: Canvas) -> None:
    """A cloth wound round the head."""
    c.path("M-104 -14C-118 -138 118 -138 104 -14Q60 -56 0 -58Q-60 -56 -104 -14Z",
           c.across("#e9634a", CORAL, "#b4472e"))  # fmt: skip
    c.line("M-96 -44Q0 -96 96 -44M-84 -76Q0 -118 84 -76", CREAM, 5, opacity=0.6)
    c.path("M84 -60q44 -22 54 8q-26 18 -50 8Z", CORAL)


HATS = {"ngop": _ngop, "wide": _wide, "cap": _cap, "scarf": _scarf}
