"""The menu below the chat: its picture and areas are what LINE takes."""

import pytest
import pyvips

from tourdee.shop.tests.factories import a_shop

from ..actions.menus import ask_to_put_up, change_menu, note_live, note_refused
from ..models import RichMenu, Tile
from ..queries.rich_menu import LOOKS, MOST_BYTES, areas, as_line_wants, digest_of, height_of, is_live, picture_of

THREE = [Tile.TOURS.value, Tile.ORDERS.value, Tile.PERSON.value]


@pytest.mark.parametrize("tiles", [THREE, [str(tile) for tile in Tile]])
def test_the_areas_fill_the_picture_without_a_gap(tiles):
    laid = areas(tiles)
    assert sum(area.width * area.height for area in laid) == 2500 * height_of(tiles)
    assert max(area.x + area.width for area in laid) == 2500
    assert max(area.y + area.height for area in laid) == height_of(tiles)
    assert 2500 / height_of(tiles) >= 1.45


@pytest.mark.parametrize("look", list(RichMenu.Look))
def test_the_picture_has_the_size_of_the_menu_and_is_small_enough(look):
    menu = RichMenu(look=look)
    drawn = picture_of(menu)
    picture = pyvips.Image.new_from_buffer(drawn, "")
    assert (picture.width, picture.height) == (2500, 1686)
    assert drawn.startswith(b"\xff\xd8\xff")
    assert len(drawn) <= MOST_BYTES


def test_every_look_can_be_read():
    """WCAG: 4.5 between words and ground."""
    pairs = [(look.ink, look.tile) for look in LOOKS.values()] + [("#ffffff", look.strong) for look in LOOKS.values()]
    assert [pair for pair in pairs if _contrast(*pair) < 4.5] == []


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_tap_on_a_tile_asks_for_what_stands_on_it():
    asked = as_line_wants(RichMenu(tiles=THREE, bar="เมนูร้าน"))
    assert [area["action"]["data"] for area in asked["areas"]] == ["a=tours", "a=orders", "a=person"]
    assert asked["size"] == {"width": 2500, "height": 843}
    assert asked["chatBarText"] == "เมนูร้าน"


def test_a_menu_is_live_until_it_is_changed(shop, at):
    menu = change_menu(shop=shop, look="teal", tiles=THREE, bar="เมนูร้าน")
    assert ask_to_put_up(shop=shop).state == RichMenu.State.SENDING
    note_live(menu=menu, outside_id="richmenu-1", digest=digest_of(menu), at=at)
    assert is_live(RichMenu.objects.get(shop=shop))
    assert not is_live(change_menu(shop=shop, look="rose", tiles=THREE, bar="เมนูร้าน"))


def test_a_refusal_is_kept_for_the_seller(shop):
    menu = change_menu(shop=shop, look="teal", tiles=THREE, bar="เมนูร้าน")
    note_refused(menu=menu, why="size")
    menu.refresh_from_db()
    assert (menu.state, menu.problem) == (RichMenu.State.FAILED, "size")


def test_the_page_shows_the_own_menu_only(shop, owner, teammate, client_of):
    a_shop(teammate)
    change_menu(shop=shop, look="rose", tiles=THREE, bar="ร้านมะลิ")
    assert "ร้านมะลิ" in client_of(owner).get("/my/line/menu/").content.decode()
    assert "ร้านมะลิ" not in client_of(teammate).get("/my/line/menu/").content.decode()


def test_four_tiles_are_refused_with_what_was_typed(shop, owner, client_of):
    said = {"look": "indigo", "tiles": ["tours", "dates", "goods", "orders"], "bar": "เมนู"}
    page = client_of(owner).post("/my/line/menu/", said)
    assert page.context["form"].errors == {"tiles": ["เลือกให้ครบสามช่อง หรือทั้งหกช่อง"]}
    assert not RichMenu.objects.exists()


def test_the_picture_is_drawn_for_its_owner(shop, owner, client_of):
    page = client_of(owner).get("/my/line/menu/abc.jpg")
    assert (page.status_code, page["Content-Type"], page["Cache-Control"]) == (
        200,
        "image/jpeg",
        "private, max-age=3600",
    )
