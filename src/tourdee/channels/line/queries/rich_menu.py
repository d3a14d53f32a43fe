"""The menu below the chat: where its tiles lie, what they do, and its picture, drawn here.

LINE takes a JPEG or PNG of 800 to 2500 pixels' width, at least 250 high and 1.45 times as wide as high, of at most 1 MB;
areas must lie within it.
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import override

from tourdee.core import pdf
from tourdee.shop.models import Shop

from ..flex.parts import Json
from ..models import RichMenu, Tile
from .screens.menu import tile_name, tile_tap

WIDTH = 2500
ROW = 843
ACROSS = 3
MOST_BYTES = 1_000_000
TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "rich_menu.typ"
SPRITE = Path(pdf.__file__).resolve().parent / "static" / "core" / "icons.svg"
DESIGN = 1  # a new look makes new pictures
ICONS = {
    Tile.TOURS: "route",
    Tile.DATES: "calendar",
    Tile.GOODS: "shopping-bag",
    Tile.ORDERS: "ticket",
    Tile.COUPONS: "tag",
    Tile.PERSON: "message-circle",
}


@dataclass(frozen=True)
class Colours:
    """``strong`` is the first tile's; all pairs of ink and fill have a contrast of 4.5 or more."""

    ground: str
    tile: str
    ink: str
    strong: str


LOOKS = {
    RichMenu.Look.TEAL: Colours("#d7ebe8", "#ffffff", "#0f6b64", "#0f6b64"),
    RichMenu.Look.SAFFRON: Colours("#fdebc8", "#ffffff", "#8a4b05", "#9a5406"),
    RichMenu.Look.INDIGO: Colours("#dfe3f7", "#ffffff", "#33409a", "#33409a"),
    RichMenu.Look.ROSE: Colours("#fbe0e6", "#ffffff", "#a1244b", "#a1244b"),
}


@dataclass(frozen=True)
class Area:
    """A tile and where it lies, in pixels."""

    tile: str
    x: int
    y: int
    width: int
    height: int

    @property
    def name(self) -> str:
        """What stands on it."""
        return tile_name(self.tile)


def areas(tiles: list[str]) -> list[Area]:
    """Three in a row; whole pixels that fill the picture without a gap."""
    edges = [WIDTH * column // ACROSS for column in range(ACROSS + 1)]
    return [
        Area(
            tile, edges[place % ACROSS], ROW * (place // ACROSS), edges[place % ACROSS + 1] - edges[place % ACROSS], ROW
        )
        for place, tile in enumerate(tiles)
    ]


def height_of(tiles: list[str]) -> int:
    """Pixels: one row or two."""
    return ROW * ((len(tiles) + ACROSS - 1) // ACROSS)


@override("th")  # everybody sees one and the same menu
def as_line_wants(menu: RichMenu) -> Json:
    """What is sent before the picture: the size, and what a tap on each area does."""
    return {
        "size": {"width": WIDTH, "height": height_of(menu.tiles)},
        "selected": True,
        "name": f"tourdee-{digest_of(menu)[:20]}",
        "chatBarText": menu.bar,
        "areas": [
            {
                "bounds": {"x": area.x, "y": area.y, "width": area.width, "height": area.height},
                "action": tile_tap(area.tile),
            }
            for area in areas(menu.tiles)
        ],
    }


@override("th")
def digest_of(menu: RichMenu) -> str:
    """Of everything that is drawn or does something: equal digests, equal menus."""
    told = [DESIGN, menu.look, menu.tiles, menu.bar, [tile_name(tile) for tile in menu.tiles]]
    return hashlib.blake2b(json.dumps(told, ensure_ascii=False).encode(), digest_size=16).hexdigest()


def menu_of(shop: Shop) -> RichMenu:
    """The shop's menu; drawn as most shops want it until it is changed."""
    return RichMenu.objects.filter(shop=shop).first() or RichMenu(shop=shop)


def is_live(menu: RichMenu) -> bool:
    """Whether what is shown at LINE is what the seller sees here."""
    return menu.state == RichMenu.State.LIVE and menu.digest == digest_of(menu)


@override("th")
def picture_of(menu: RichMenu) -> bytes:
    """The JPEG, below 1 MB. About half a second."""
    import pyvips

    drawn = pdf.png(TEMPLATE, _drawing(menu), ppi=72, files=_icons(menu))
    picture = pyvips.Image.new_from_buffer(drawn, "").flatten(background=255)
    for quality in (88, 75, 60):
        jpeg = bytes(picture.jpegsave_buffer(Q=quality, keep="none", optimize_coding=True))
        if len(jpeg) <= MOST_BYTES:
            break
    return jpeg


def _drawing(menu: RichMenu) -> dict[str, Any]:
    look = LOOKS[RichMenu.Look(menu.look)]
    tiles = [
        {
            **asdict(area), "name": tile_name(area.tile), "icon": area.tile,
            "fill": look.tile if place else look.strong, "ink": look.ink if place else "#ffffff",
        }
        for place, area in enumerate(areas(menu.tiles))
    ]  # fmt: skip
    return {
        "width": WIDTH, "height": height_of(menu.tiles), "ground": look.ground, "tiles": tiles,
        "language": "th",
    }  # fmt: skip


def _icons(menu: RichMenu) -> dict[str, bytes]:
    look = LOOKS[RichMenu.Look(menu.look)]
    return {
        f"{tile}.svg": _icon(ICONS[Tile(tile)], look.ink if place else "#ffffff")
        for place, tile in enumerate(menu.tiles)
    }


@lru_cache(maxsize=64)
def _icon(name: str, colour: str) -> bytes:
    """One of the sprite's icons as a file of its own."""
    found = re.search(rf'<symbol id="{name}"([^>]*)>(.*?)</symbol>', SPRITE.read_text("utf-8"), re.DOTALL)
    assert found, name
    head = found[1].replace("currentColor", colour)
    return f'<svg xmlns="http://www.w3.org/2000/svg"{head}>{found[2]}</svg>'.encode()
