"""Cloth: hanging, folded and rolled, with Thai patterns; yarn; the loom."""

from __future__ import annotations

from ..canvas import Canvas, number
from ..palette import CREAM, WOOD, darker, lighter


def diamonds(c: Canvas, x: float, y: float, w: float, size: float, colour: str, **attrs: float) -> None:
    """A row of woven diamonds."""
    count = max(int(w // (size * 1.15)), 1)
    step = w / count
    d = "".join(
        f"M{number(x + step * (i + .5))} {number(y - size / 2)}l{number(size / 2)} {number(size / 2)}"
        f"l{number(-size / 2)} {number(size / 2)}l{number(-size / 2)} {number(-size / 2)}Z" for i in range(count)
    )  # fmt: skip
    c.path(d, colour, **attrs)


def zigzag(c: Canvas, x: float, y: float, w: float, size: float, colour: str) -> None:
    """A woven zigzag line."""
    count = max(int(w // size), 2)
    step = w / count / 2
    c.line(f"M{number(x)} {number(y)}" + f"l{step:.2f} {-size / 2:.1f}l{step:.2f} {size / 2:.1f}" * count, colour,
           max(size * 0.16, 2))  # fmt: skip


def pattern(c: Canvas, x: float, y: float, w: float, h: float, ground: str, accents: tuple[str, ...]) -> None:
    """Bands of diamonds, zigzags and stripes filling a box."""
    c.rect(x, y, w, h, ground)
    size = min(w, h) * 0.13
    band, kind = y + size, 0
    while band < y + h - size * 0.4:
        tone = accents[kind % len(accents)]
        if kind % 3 == 0:
            c.rect(x, band - size * 0.75, w, size * 1.5, darker(ground, 0.25), opacity=0.6)
            diamonds(c, x, band, w, size, tone)
            diamonds(c, x, band, w, size * 0.45, ground)
        elif kind % 3 == 1:
            zigzag(c, x, band + size * 0.25, w, size * 0.8, tone)
        else:
            c.rect(x, band - size * 0.3, w, size * 0.16, tone)
            c.rect(x, band + size * 0.1, w, size * 0.3, tone, opacity=0.7)
        band += size * 1.75
        kind += 1


def hanging(c: Canvas, x: float, y: float, w: float, h: float, ground: str, accents: tuple[str, ...]) -> None:
    """A length of cloth over a pole, with folds and a fringe."""
    hem = f"M{x} {y}H{x + w}V{y + h}" + "".join(
        f"q{number(-w / 8)} {14 if k % 2 else -10} {number(-w / 4)} 0" for k in range(4)) + "Z"  # fmt: skip
    c.path(f"M{x + 10} {y + 10}h{w}v{h}h{-w}Z", "#2a1533", opacity=0.12)
    with c.clip(hem):
        pattern(c, x, y, w, h + 16, ground, accents)
        for k in range(4):
            fx = x + w * k / 4
            fold = c.across((0, "#2a1533", 0.28), (0.4, "#ffffff", 0.2), (1, "#2a1533", 0.05))
            c.rect(fx, y, w / 4, h + 20, fold)
    fringe = "".join(f"M{number(x + w * (k + 0.5) / 16)} {y + h}v{20 + 5 * (k % 2)}" for k in range(16))
    c.line(fringe, lighter(ground, 0.35), 3, opacity=0.85)


def folded(c: Canvas, x: float, y: float, w: float, colours: tuple[str, ...], accents: tuple[str, ...]) -> None:
    """A stack of folded cloths whose bottom centre is (x, y)."""
    thick = w * 0.15
    c.ellipse(x, y, w * 0.55, w * 0.05, "#2a1533", opacity=0.25)
    for i, colour in enumerate(colours):
        top = y - thick * (i + 1)
        left = x - w / 2 + (i % 2) * w * 0.03
        c.rect(
            left, top, w, thick * 0.96, c.vertical(lighter(colour, 0.3), colour, darker(colour, 0.3)), rx=thick * 0.45
        )
        c.line(f"M{left + w * 0.06:.1f} {top + thick * 0.5:.1f}h{w * 0.86:.1f}", darker(colour, 0.35), 2.5, opacity=0.5)
        diamonds(c, left + w * 0.1, top + thick * 0.28, w * 0.8, thick * 0.3, accents[i % len(accents)], opacity=0.9)


def roll(c: Canvas, x: float, y: float, w: float, r: float, colour: str, accent: str) -> None:
    """A rolled cloth lying on (x, y), its end to the right."""
    c.ellipse(x, y + r, w * 0.52, r * 0.24, "#2a1533", opacity=0.22)
    c.rect(x - w / 2, y - r, w, 2 * r, c.vertical(lighter(colour, 0.4), colour, darker(colour, 0.35)), rx=r * 0.3)
    for k in (0.12, 0.3, 0.5, 0.68):
        c.rect(x - w / 2 + w * k, y - r, w * 0.05, 2 * r, accent, opacity=0.65)
    c.ellipse(x + w / 2, y, r * 0.42, r, darker(colour, 0.15))
    c.ellipse(x + w / 2, y, r * 0.26, r * 0.62, "none", stroke=lighter(colour, 0.5), stroke_width=2.5)
    c.ellipse(x + w / 2, y, r * 0.1, r * 0.24, lighter(colour, 0.5))


def skein(c: Canvas, x: float, y: float, h: float, colour: str) -> None:
    """A twisted skein of yarn hanging from (x, y)."""
    w = h * 0.2
    c.path(f"M{x:.1f} {y:.1f}C{x - w * 1.6:.1f} {y + h * .3:.1f} {x - w * 1.2:.1f} {y + h:.1f} {x:.1f} {y + h:.1f}"
           f"C{x + w * 1.2:.1f} {y + h:.1f} {x + w * 1.6:.1f} {y + h * .3:.1f} {x:.1f} {y:.1f}Z",
           c.across(lighter(colour, 0.35), colour, darker(colour, 0.25)))  # fmt: skip
    lines = "".join(
        f"M{x:.1f} {y + 6:.1f}q{k * w * 0.42:.1f} {h * 0.5:.1f} {k * w * 0.1:.1f} {h * 0.92:.1f}" for k in range(-2, 3)
    )
    c.line(lines, lighter(colour, 0.45), 2, opacity=0.6)
    c.rect(x - w * 0.72, y + h * 0.34, w * 1.44, h * 0.07, CREAM, rx=3)


def spool(c: Canvas, x: float, y: float, h: float, colour: str) -> None:
    """A wooden spool of thread standing on y."""
    c.ellipse(x, y, h * 0.4, h * 0.08, "#2a1533", opacity=0.2)
    c.rect(x - h * 0.36, y - h * 0.16, h * 0.72, h * 0.16, WOOD, rx=4)
    c.rect(
        x - h * 0.28,
        y - h * 0.86,
        h * 0.56,
        h * 0.72,
        c.across(lighter(colour, 0.4), colour, darker(colour, 0.3)),
        rx=8,
    )
    lines = "".join(
        f"M{x - h * 0.27:.1f} {y - h * (0.24 + 0.12 * k):.1f}l{h * 0.54:.1f} {-h * 0.05:.1f}" for k in range(5)
    )
    c.line(lines, darker(colour, 0.25), 1.8, opacity=0.6)
    c.rect(x - h * 0.36, y - h, h * 0.72, h * 0.16, lighter(WOOD, 0.2), rx=4)


def loom(c: Canvas, x: float, y: float, w: float, ground: str, accents: tuple[str, ...]) -> None:
    """A wooden floor loom from the front, cloth in the making; feet on y."""
    h = w * 1.04
    left, right, top = x - w / 2, x + w / 2, y - h
    for px in (left, right):
        c.rect(px - 14, top, 28, h, c.across("#c98549", "#8a4d24", "#6f3b1c"), rx=4)
    c.rect(left - 30, top - 6, w + 60, 26, c.vertical("#d79a5c", "#8a4d24"), rx=6)
    warp = "".join(
        f"M{number(left + 30 + k * (w - 60) / 34)} {number(y - h * 0.58)}V{number(y - h * 0.4)}" for k in range(35)
    )
    cords = "".join(
        f"M{number(px)} {number(top + 18)}V{number(y - h * 0.6)}"
        for px in (left + 60, left + 72, right - 72, right - 60)
    )
    c.line(cords, "#e8d2a6", 4)
    c.line(warp, CREAM, 2, opacity=0.8)
    c.rect(left + 6, y - h * 0.6, w - 12, 18, "#b9743f", rx=5)
    c.rect(left + 6, y - h * 0.54, w - 12, 12, "#a5602c", rx=5)
    pattern(c, left + 24, y - h * 0.46, w - 48, h * 0.3, ground, accents)
    c.rect(left - 18, y - h * 0.18, w + 36, 30, c.vertical("#d79a5c", "#8a4d24"), rx=14)
    c.rect(left + 6, y - h * 0.49, w - 12, 16, "#8a4d24", rx=5)
