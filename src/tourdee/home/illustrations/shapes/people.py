"""People: simple figures who stand, sit, work, paddle and wave."""

from __future__ import annotations

from dataclasses import dataclass

from ..canvas import Canvas
from ..geometry import Point, between, xy
from ..palette import CORAL, CREAM, INK, MARIGOLD, ROSE, SAFFRON, SKIN_TONES, TEAL, darker, lighter
from .faces import Look, back_of_head, head

Arm = tuple[Point, Point]

DOWN: Arm = ((54, -150), (50, -104))
WAVE: Arm = ((72, -178), (82, -250))
LAP: Arm = ((52, -146), (22, -112))
FORWARD: Arm = ((58, -160), (92, -138))
UP: Arm = ((62, -176), (40, -232))
HOLD: Arm = ((56, -146), (30, -152))


@dataclass(frozen=True)
class Pose:
    """Where the arms are, how the legs are, which way the face looks."""

    left: Arm = DOWN
    right: Arm = DOWN
    legs: str = "stand"
    facing: float = 0
    lean: float = 0


GUIDE_WOMAN = Look(style="tail", top=TEAL, bottom="#6b4423", hem="#6b4423", skin=SKIN_TONES[0])
GUIDE_MAN = Look(style="short", top=SAFFRON, bottom="#31435c", hem="#31435c", skin=SKIN_TONES[1], hat="cap")
FARMER = Look(style="short", hat="ngop", top="#27417a", bottom="#3b3a5c", hem="#3b3a5c", sash=CORAL, skin=SKIN_TONES[2])
AUNTIE = Look(style="bun", top=ROSE, bottom="#8a2f52", hem=MARIGOLD, skin=SKIN_TONES[3], flower=CREAM)
VENDOR = Look(style="bun", hat="ngop", top="#f28c6a", bottom="#155e63", hem=MARIGOLD, skin=SKIN_TONES[1])
WEAVER = Look(style="bun", top="#3f3a93", bottom="#a33a4a", hem=MARIGOLD, skin=SKIN_TONES[3], flower="#fb7185")
YOUNG = Look(style="bob", top=CREAM, bottom="#2f7f86", hem="#9fe0d4", skin=SKIN_TONES[0])
TRAVELLER = Look(style="long", hat="wide", top=CREAM, bottom="#4a6fa5", hem="#4a6fa5", hair="#5a3522", skin="#f0c29c")
TRAVELLER_MAN = Look(style="short", top="#7fb5a8", bottom="#8a6a45", hem="#8a6a45", hair="#6b4423", skin="#edba93")
UNCLE = Look(style="short", hair="#6b6470", top="#1e3a6e", bottom="#6b3f2a", hem=CORAL, sash=CORAL, skin=SKIN_TONES[2])
HILL = Look(
    style="bun", hat="scarf", top="#2b2c5e", bottom="#26264f", hem="#e11d74", sash="#e11d74", skin=SKIN_TONES[3]
)


def person(c: Canvas, x: float, y: float, h: float, look: Look, pose: Pose | None = None,
           flip: bool = False) -> None:  # fmt: skip
    """A figure of height h standing (or sitting) on (x, y)."""
    pose = pose or Pose()
    with c.at(x, y, h / 300, pose.lean, flip):
        LEGS[pose.legs](c, look)
        drop = 0 if pose.legs in ("stand", "ride") else 78
        with c.group(f"translate(0 {drop})" if drop else ""):
            _upper(c, look, pose)


def _upper(c: Canvas, look: Look, pose: Pose) -> None:
    """Everything above the waist."""
    back_of_head(c, pose.facing * 4, -243, 38, look)
    c.path("M-11 -214h22v26h-22Z", darker(look.skin, 0.14))
    shade = c.across(lighter(look.top, 0.22), look.top, darker(look.top, 0.18))
    c.path("M-16 -203Q-42 -200 -44 -176L-36 -96Q0 -86 36 -96L44 -176Q42 -200 16 -203Q0 -190 -16 -203Z", shade)
    c.path("M-16 -204Q0 -178 16 -204Q0 -194 -16 -204Z", look.skin)
    if look.sash:
        _sash(c, look.sash)
    _arm(c, look, pose.left, -1)
    _arm(c, look, pose.right, 1)
    head(c, pose.facing * 4, -243, 38, look, pose.facing)


def bust(c: Canvas, x: float, y: float, size: float, look: Look, facing: float = 0) -> None:
    """Head and shoulders for a portrait; (x, y) is the middle of the face, size its radius."""
    with c.at(x, y, size / 100):
        back_of_head(c, facing * 6, 0, 100, look)
        c.path("M-40 50V150Q0 190 40 150V50Z", darker(look.skin, 0.06))
        c.path("M-40 80Q0 136 40 80V108Q0 150 -40 108Z", darker(look.skin, 0.3), opacity=0.5)
        shade = c.across(lighter(look.top, 0.1), look.top, darker(look.top, 0.2))
        c.path("M-44 126C-90 146 -170 150 -196 206C-222 262 -232 360 -236 470H236C232 360 222 262 196 206"
               "C170 150 90 146 44 126Q0 178 -44 126Z", shade)  # fmt: skip
        c.path("M-44 124Q0 192 44 124L40 112Q0 160 -40 112Z", look.skin)
        for side in (-1, 1):
            c.line(f"M{side * 146} 280Q{side * 140} 360 {side * 150} 470", darker(look.top, 0.4), 4, opacity=0.5)
        head(c, facing * 6, 0, 100, look, facing)


def _arm(c: Canvas, look: Look, arm: Arm, side: int) -> None:
    """One arm with a short sleeve, and a round hand."""
    shoulder: Point = (side * 35, -184)
    elbow = (side * arm[0][0], arm[0][1])
    hand = (side * arm[1][0], arm[1][1])
    c.line(f"M{xy(shoulder)}L{xy(elbow)}L{xy(hand)}", look.skin, 15)
    cuff = between(shoulder, elbow, 0.72)
    c.line(f"M{xy(shoulder)}L{xy(cuff)}", darker(look.top, 0.1), 22)
    c.circle(hand[0], hand[1], 9.5, lighter(look.skin, 0.08))


def _sash(c: Canvas, colour: str) -> None:
    """A checked pha khao ma over the shoulder."""
    c.path("M-40 -190L-20 -202L40 -112L34 -94L14 -94Z", colour)
    c.line("M-28 -190L26 -100M-20 -198L38 -106M-22 -176l16 -12M-8 -154l16 -12M6 -132l16 -12M18 -112l14 -10",
           CREAM, 2.4, opacity=0.75)  # fmt: skip


def _feet(c: Canvas, look: Look, spread: float) -> None:
    """Two feet in sandals."""
    for side in (-1, 1):
        c.ellipse(side * spread + side * 3, -3, 14, 7, darker(look.skin, 0.08))
        c.line(f"M{side * spread - 7} 1h{20 if side > 0 else 14}", INK, 4, opacity=0.7)


def _standing(c: Canvas, look: Look) -> None:
    """A sarong to the ankles, or trousers when hem and cloth match."""
    c.ellipse(0, 0, 48, 9, "#2a1533", opacity=0.18)
    _feet(c, look, 16)
    shade = c.across(lighter(look.bottom, 0.2), look.bottom, darker(look.bottom, 0.25))
    if look.hem == look.bottom:
        c.path("M-37 -104L-33 -12L-5 -12L0 -70L5 -12L33 -12L37 -104Q0 -92 -37 -104Z", shade)
        return
    c.path("M-37 -104Q-44 -50 -35 -14L35 -14Q44 -50 37 -104Q0 -92 -37 -104Z", shade)
    c.path("M-38 -34Q0 -28 38 -34L35 -14L-35 -14Z", look.hem)
    c.line("M-33 -22l6 -6l6 6l6 -6l6 6l6 -6l6 6l6 -6l6 6l6 -6l6 6l6 -6l6 6", look.bottom, 2.4)
    c.line("M6 -96Q14 -60 8 -36", darker(look.bottom, 0.35), 3, opacity=0.5)


def _sitting(c: Canvas, look: Look) -> None:
    """Sitting on folded legs, Thai style."""
    shade = c.vertical(lighter(look.bottom, 0.18), darker(look.bottom, 0.2))
    c.ellipse(6, 0, 74, 9, "#2a1533", opacity=0.2)
    c.ellipse(62, -9, 15, 8, look.skin)
    c.path("M-36 -26Q-70 -22 -72 -6Q-68 4 0 4Q58 4 66 -8Q60 -26 36 -26Z", shade)
    c.line("M-66 -3Q0 6 58 -6", look.hem, 6)


def _riding(c: Canvas, look: Look) -> None:
    """Legs on pedals, seen from the side."""
    c.line("M-12 -100L30 -62L14 -22", darker(look.bottom, 0.25), 24)
    c.line("M-4 -102L44 -74L34 -8", look.bottom, 24)
    c.ellipse(42, -2, 16, 7, INK)


def _no_legs(c: Canvas, look: Look) -> None:
    """Hidden in a boat or behind a table."""


LEGS = {"stand": _standing, "sit": _sitting, "ride": _riding, "none": _no_legs}
