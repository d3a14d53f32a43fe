"""Colours of the demo pictures: the house palette and the light of each time of day."""

from __future__ import annotations

from dataclasses import dataclass

TEAL = "#0f766e"
LAGOON = "#2dd4bf"
SAFFRON = "#f59e0b"
MARIGOLD = "#fbbf24"
CORAL = "#e76f51"
ROSE = "#f4a6a0"
CREAM = "#fff7ed"
LEAF = "#4d7c0f"
JUNGLE = "#166534"
INDIGO = "#312e81"
WOOD = "#92400e"
INK = "#2b1d1a"
BRICK = "#b4472e"
SAND = "#f3dcae"

SKIN_TONES = ("#e3ad82", "#d3976a", "#c58757", "#dca277")


def _channels(colour: str) -> tuple[int, int, int]:
    """Split a #rrggbb colour into its three channels."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: str, second: str, amount: float) -> str:
    """Blend two colours; amount 0 gives the first, 1 gives the second."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * amount):02x}" for a, b in pairs)


def lighter(colour: str, amount: float = 0.25) -> str:
    """A colour with some warm cream in it."""
    return mix(colour, CREAM, amount)


def darker(colour: str, amount: float = 0.25) -> str:
    """A colour with some deep violet-brown in it (softer than black)."""
    return mix(colour, "#2a1533", amount)


@dataclass(frozen=True)
class Light:
    """One time of day: every colour that changes with the sun."""

    sky: tuple[str, str, str]
    sun: str
    glow: str
    cloud: str
    far: str
    mid: str
    near: str
    mist: str
    water: tuple[str, str]
    glint: str
    leaf: tuple[str, str, str]
    ground: tuple[str, str]
    stone: str
    tint: str
    tint_opacity: float
    lamps: bool = False


DAY = Light(
    sky=("#56b8dd", "#a6dfea", "#fff3de"), sun="#fffbe8", glow="#fff0bf", cloud="#fffaf0",
    far="#9fcfc9", mid="#5aa89a", near="#1f7d66", mist="#eef8ec",
    water=("#8fe3d4", "#0d8b84"), glint="#f0fffb",
    leaf=("#9cc443", "#4d8a1d", "#166534"), ground=("#f8e2b4", "#dcae6c"),
    stone="#e9d8c0", tint=MARIGOLD, tint_opacity=0.05,
)  # fmt: skip
GOLDEN = Light(
    sky=("#ee9558", "#fabd6c", "#fff1cf"), sun="#fffdf0", glow="#ffdf80", cloud="#fff0d0",
    far="#dcb08a", mid="#a59a68", near="#5c7a3c", mist="#fff0cd",
    water=("#fbd794", "#23877d"), glint="#fff8dc",
    leaf=("#c3bb3a", "#71871a", "#2f5f26"), ground=("#fbdc9f", "#d1944e"),
    stone="#efcfa4", tint="#f59e0b", tint_opacity=0.1,
)  # fmt: skip
DUSK = Light(
    sky=("#5a4fa8", "#d97f9b", "#ffc994"), sun="#fff0c8", glow="#ffae85", cloud="#f7b6ae",
    far="#b088b4", mid="#79659f", near="#45507f", mist="#f9c6b4",
    water=("#f6b195", "#3d4690"), glint="#ffe6c9",
    leaf=("#8aa651", "#447a52", "#22544f"), ground=("#eab793", "#a8705f"),
    stone="#e2b7ab", tint="#d9607a", tint_opacity=0.06, lamps=True,
)  # fmt: skip
DAWN = Light(
    sky=("#86b4d6", "#f3c3b8", "#ffe9c4"), sun="#fff6de", glow="#ffd3a3", cloud="#ffeadf",
    far="#bcc0d6", mid="#86a9b6", near="#43827a", mist="#fff0e2",
    water=("#fde2cb", "#2b9c98"), glint="#ffffff",
    leaf=("#a3c06a", "#56893f", "#22654a"), ground=("#f7dcb6", "#cf9f74"),
    stone="#ead1bf", tint="#f4a6a0", tint_opacity=0.08,
)  # fmt: skip
NIGHT = Light(
    sky=("#191a50", "#37328a", "#94538f"), sun="#fff4d1", glow="#b9a5e8", cloud="#5a4a9a",
    far="#4a3f8a", mid="#37347a", near="#262a62", mist="#8f6aa8",
    water=("#6d5aa8", "#1b2260"), glint="#ffd98a",
    leaf=("#3f7a5c", "#275a54", "#163c48"), ground=("#8a5c66", "#4a3560"),
    stone="#9a7f96", tint=INDIGO, tint_opacity=0.1, lamps=True,
)  # fmt: skip
TWILIGHT = Light(
    sky=("#2b2f7c", "#8a5aa6", "#f39a7c"), sun="#fff0cf", glow="#f7a58f", cloud="#9c6aa8",
    far="#6a5aa0", mid="#4c4790", near="#333a72", mist="#d78fa0",
    water=("#d98f95", "#2a3278"), glint="#ffdca0",
    leaf=("#5a8a5c", "#31645a", "#1b434e"), ground=("#a8706c", "#5f4268"),
    stone="#b08f9a", tint="#5b2f86", tint_opacity=0.08, lamps=True,
)  # fmt: skip

DAYLIGHT = (DAY, GOLDEN, DUSK, DAWN)
INDOORS = (DAY, GOLDEN, DAWN, DAY)
EVENING = (NIGHT, TWILIGHT, DUSK, NIGHT)
