"""Wares: baskets, bowls, fruit, pots, jars, steam."""

from __future__ import annotations

import math
from random import Random

from ..canvas import Canvas
from ..palette import BRICK, CREAM, LEAF, MARIGOLD, SAFFRON, WOOD, darker, lighter

STRAW = "#dfb268"
FRUIT = ("#f59e0b", "#e8543f", "#9cc443", "#f7c948", "#d6456b", "#6b9b2f")


def basket(c: Canvas, x: float, y: float, w: float, colour: str = STRAW, depth: float = 0.5) -> None:
    """A woven basket whose rim is centred on (x, y)."""
    h = w * depth
    body = (f"M{x - w / 2:.1f} {y:.1f}Q{x - w * .44:.1f} {y + h:.1f} {x - w * .28:.1f} {y + h:.1f}"
            f"H{x + w * .28:.1f}Q{x + w * .44:.1f} {y + h:.1f} {x + w / 2:.1f} {y:.1f}Z")  # fmt: skip
    c.path(body, c.across(lighter(colour, 0.35), colour, darker(colour, 0.3)))
    with c.clip(body):
        rows = []
        for k in range(1, 6):
            ry = y + h * k / 6
            rows.append(f"M{x - w / 2:.1f} {ry:.1f}q{w / 2:.1f} {h * 0.12:.1f} {w:.1f} 0")
        c.line("".join(rows), darker(colour, 0.35), max(w * 0.012, 1.2), opacity=0.55)
        ribs = "".join(f"M{x + w * k / 12:.1f} {y:.1f}L{x + w * k / 17:.1f} {y + h:.1f}" for k in range(-6, 7))
        c.line(ribs, lighter(colour, 0.5), max(w * 0.016, 1.4), opacity=0.5)
    c.ellipse(x, y, w / 2, w * 0.11, darker(colour, 0.4))
    c.line(f"M{x - w / 2:.1f} {y:.1f}q{w / 2:.1f} {w * 0.22:.1f} {w:.1f} 0", lighter(colour, 0.3), w * 0.045)


def fruit_heap(c: Canvas, rng: Random, x: float, y: float, w: float, colour: str = "") -> None:
    """A rounded heap of fruit standing on y."""
    r = w * 0.11
    for row, count in enumerate((6, 5, 4, 2)):
        for i in range(count):
            fx = x + (i - (count - 1) / 2) * r * 1.6 + rng.uniform(-2, 2)
            tone = colour or rng.choice(FRUIT)
            fruit(c, fx, y - r * 0.4 - row * r * 1.15, r, tone)


def fruit(c: Canvas, x: float, y: float, r: float, colour: str) -> None:
    """One round fruit with soft light."""
    c.circle(x, y, r, c.radial(lighter(colour, 0.45), colour, darker(colour, 0.22), cx=0.38, cy=0.34, r=0.72))
    c.line(f"M{x:.1f} {y - r * 0.8:.1f}q{r * 0.2:.1f} {-r * 0.4:.1f} {r * 0.5:.1f} {-r * 0.4:.1f}", LEAF, r * 0.16)


def heaped_basket(c: Canvas, rng: Random, x: float, y: float, w: float, colour: str = "") -> None:
    """A basket full of fruit."""
    c.ellipse(x, y + w * 0.4, w * 0.42, w * 0.06, "#2a1533", opacity=0.18)
    c.ellipse(x, y, w / 2, w * 0.11, darker(STRAW, 0.4))
    fruit_heap(c, rng, x, y + w * 0.04, w * 0.86, colour)
    h = w * 0.4
    body = f"M{x - w / 2:.1f} {y:.1f}q{w * 0.05:.1f} {h:.1f} {w * 0.2:.1f} {h:.1f}h{w * 0.6:.1f}q{w * 0.15:.1f} 0 {w * 0.2:.1f} {-h:.1f}Q{x:.1f} {y + w * 0.2:.1f} {x - w / 2:.1f} {y:.1f}Z"  # noqa: E501  (one path)
    c.path(body, c.across(lighter(STRAW, 0.35), STRAW, darker(STRAW, 0.3)))
    rows = "".join(f"M{x - w * (.47 - .03 * k):.1f} {y + h * (.2 + .26 * k):.1f}q{w * (.47 - .03 * k):.1f} "
                   f"{w * .17:.1f} {w * (.94 - .06 * k):.1f} 0" for k in range(3))  # fmt: skip
    c.line(rows, darker(STRAW, 0.35), max(w * 0.014, 1.4), opacity=0.5)


def bowl(c: Canvas, x: float, y: float, w: float, colour: str, inside: str) -> None:
    """A bowl with something in it; (x, y) is the middle of the rim."""
    c.ellipse(x, y + w * 0.42, w * 0.34, w * 0.06, "#2a1533", opacity=0.2)
    c.path(f"M{x - w / 2:.1f} {y:.1f}C{x - w * .46:.1f} {y + w * .34:.1f} {x - w * .24:.1f} {y + w * .42:.1f} "
           f"{x:.1f} {y + w * .42:.1f}S{x + w * .46:.1f} {y + w * .34:.1f} {x + w / 2:.1f} {y:.1f}Z",
           c.across(lighter(colour, 0.45), colour, darker(colour, 0.25)))  # fmt: skip
    c.ellipse(x, y, w / 2, w * 0.14, lighter(colour, 0.5))
    c.ellipse(x, y + w * 0.01, w * 0.44, w * 0.11, inside)
    c.ellipse(x - w * 0.1, y - w * 0.02, w * 0.2, w * 0.035, lighter(inside, 0.5), opacity=0.6)


def steam(c: Canvas, x: float, y: float, h: float, opacity: float = 0.5) -> None:
    """Rising curls of steam."""
    for i, dx in enumerate((-0.16, 0.02, 0.2)):
        sx = x + dx * h
        top = h * (0.8 + 0.2 * (i == 1))
        c.line(f"M{sx:.1f} {y:.1f}c{-h * .14:.1f} {-top * .3:.1f} {h * .16:.1f} {-top * .5:.1f} 0 {-top:.1f}",
               CREAM, h * 0.055, opacity=opacity * (1 if i == 1 else 0.6))  # fmt: skip


def jar(c: Canvas, x: float, y: float, h: float, colour: str, lid: str = WOOD) -> None:
    """A glass jar standing on y."""
    w = h * 0.62
    c.ellipse(x, y, w * 0.56, h * 0.06, "#2a1533", opacity=0.22)
    c.rect(
        x - w / 2, y - h * 0.82, w, h * 0.82, c.across(lighter(colour, 0.55), colour, darker(colour, 0.2)), rx=w * 0.16
    )
    c.rect(x - w * 0.4, y - h * 0.74, w * 0.12, h * 0.62, "#ffffff", rx=w * 0.06, opacity=0.5)
    c.rect(x - w * 0.46, y - h, w * 0.92, h * 0.2, c.across(lighter(lid, 0.4), lid, darker(lid, 0.25)), rx=w * 0.07)
    c.ellipse(x, y - h * 0.38, w * 0.3, w * 0.3, CREAM, opacity=0.9)
    leaf(c, x, y - h * 0.26, h * 0.26, LEAF, -90)


def leaf(c: Canvas, x: float, y: float, length: float, colour: str, turn: float = 0) -> None:
    """A single pointed leaf from (x, y)."""
    with c.at(x, y, length / 100, turn):
        c.path("M0 0C20 -34 70 -34 100 0C70 34 20 34 0 0Z", colour)
        c.path("M0 0C20 -34 70 -34 100 0Z", lighter(colour, 0.22))
        c.line("M4 0H94M30 0l16 -16M50 0l16 -15M30 0l16 16M50 0l16 15", darker(colour, 0.25), 2.4, opacity=0.6)


def pot(c: Canvas, x: float, y: float, h: float, colour: str = BRICK, band: str = "") -> None:
    """A clay pot with a narrow neck, standing on y."""
    with c.at(x, y, h / 100):
        c.ellipse(0, 0, 36, 6, "#2a1533", opacity=0.22)
        c.path("M-24 0C-52 -22 -54 -58 -20 -74L-20 -84Q-28 -90 -30 -98L30 -98Q28 -90 20 -84L20 -74C54 -58 52 -22 24 0Z",
               c.across(lighter(colour, 0.4), colour, darker(colour, 0.35)))  # fmt: skip
        c.ellipse(0, -98, 30, 6.5, darker(colour, 0.45))
        c.line("M-22 -80Q0 -74 22 -80", darker(colour, 0.3), 3, opacity=0.7)
        c.line("M-43 -46Q0 -34 43 -46", band or darker(colour, 0.3), 4 if band else 2.5, opacity=0.85)
        if band:
            c.line("M-42 -38l7 7l8 -5l8 8l9 -6l9 7l9 -7l9 6l8 -8l8 5l7 -7", band, 2.4)


def wok(c: Canvas, x: float, y: float, w: float, food: str = SAFFRON) -> None:
    """A wok on a clay stove, food in it; the stove stands at y + 0.5 w."""
    c.path(f"M{x - w * .3:.1f} {y + w * .12:.1f}h{w * .6:.1f}l{-w * .07:.1f} {w * .38:.1f}h{-w * .46:.1f}Z",
           c.across("#d98a66", "#b9623f", "#8a4028"))  # fmt: skip
    mouth = f"v{-w * 0.1:.1f}q{w * 0.12:.1f} {-w * 0.13:.1f} {w * 0.24:.1f} 0v{w * 0.1:.1f}Z"
    c.path(f"M{x - w * 0.12:.1f} {y + w * 0.5:.1f}{mouth}", c.vertical("#5a1f14", "#e8632c", MARIGOLD))
    c.path(f"M{x - w / 2:.1f} {y:.1f}Q{x:.1f} {y + w * .6:.1f} {x + w / 2:.1f} {y:.1f}Z",
           c.across("#6a5a66", "#3b2f3d", "#241c2c"))  # fmt: skip
    c.ellipse(x, y, w / 2, w * 0.1, "#4a3d4c")
    for i in range(14):
        angle = i * 2.4
        reach = w * 0.034 * math.sqrt(i) * 2.4
        tone = (food, lighter(food, 0.4), "#8fbf3a", "#e8543f")[i % 4]
        c.ellipse(x + math.cos(angle) * reach, y - w * 0.02 + math.sin(angle) * reach * 0.2, w * 0.06, w * 0.035, tone)
    c.line(f"M{x - w / 2:.1f} {y:.1f}l{-w * .1:.1f} {-w * .04:.1f}M{x + w / 2:.1f} {y:.1f}l{w * .1:.1f} {-w * .04:.1f}",
           WOOD, w * 0.05)  # fmt: skip


def tabletop(c: Canvas, y: float, colour: str = "#b9743f") -> None:
    """A wooden table edge to edge from y down."""
    c.rect(-200, y, 2000, 1000 - y, c.vertical(lighter(colour, 0.4), colour, darker(colour, 0.3)))
    grain = "".join(
        f"M{-150 + 90 * (k % 5)} {y + 30 + 26 * k + k * k:.0f}q500 {14 - 4 * (k % 4)} 1700 0" for k in range(9)
    )
    c.line(grain, darker(colour, 0.35), 2.4, opacity=0.28)
    c.rect(-200, y - 4, 2000, 7, lighter(colour, 0.6), opacity=0.7)
