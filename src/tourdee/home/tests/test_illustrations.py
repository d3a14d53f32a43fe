"""The drawn demo pictures: well-formed, clean, repeatable, different from each other."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tourdee.home.illustrations import SCENES, VARIANTS, as_jpeg, as_webp, draw, title_of

SVG = "{http://www.w3.org/2000/svg}"
SIZES = ((1200, 900), (800, 450), (600, 600))
WANTED = {
    "longtail_boat_karst", "floating_market", "temple_old_town", "rice_terrace_homestay",
    "mangrove_kayak", "night_street_food", "mountain_sunrise", "bicycle_orchard", "cooking_class",
    "weaving_workshop", "pottery_workshop", "indigo_cloth", "silk_scarf", "dried_banana",
    "herbal_balm", "bamboo_basket", "hill_coffee", "coconut_sugar", "beach_snorkel",
    "guide_portrait_woman", "guide_portrait_man", "weaver_portrait", "community_village",
    "shop_cover_river", "shop_cover_mountain", "hero_first_sale",
}  # fmt: skip


def test_every_wanted_scene_is_there() -> None:
    """The names that demo data and templates use."""
    assert set(SCENES) >= WANTED
    assert len(SCENES) == len(set(SCENES))


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("variant", range(VARIANTS))
def test_scene_is_clean_svg(scene: str, variant: int) -> None:
    """Well-formed at several sizes, titled, without script, style or text."""
    for width, height in SIZES:
        root = ElementTree.fromstring(draw(scene, width=width, height=height, variant=variant))
        assert (root.tag, root.get("width"), root.get("height")) == (
            f"{SVG}svg", str(width), str(height),
        )  # fmt: skip
    tags = {element.tag for element in root.iter()}
    assert not tags & {f"{SVG}{name}" for name in ("script", "style", "text", "image", "foreignObject")}
    assert not any("style" in element.attrib for element in root.iter())
    assert root.findtext(f"{SVG}title") == title_of(scene)


@pytest.mark.parametrize("scene", SCENES)
def test_every_paint_used_is_defined(scene: str) -> None:
    """No reference to a gradient or clip that is not in the document."""
    root = ElementTree.fromstring(draw(scene))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    used = {
        value[5:-1] for element in root.iter() for value in element.attrib.values()
        if value.startswith("url(#")
    }  # fmt: skip
    assert len(ids) == len(set(ids))
    assert used <= set(ids)


@pytest.mark.parametrize("scene", SCENES)
def test_same_picture_every_time_and_variants_differ(scene: str) -> None:
    """Drawing is deterministic; the four variants are four pictures."""
    pictures = [draw(scene, variant=variant) for variant in range(VARIANTS)]
    assert pictures == [draw(scene, variant=variant) for variant in range(VARIANTS)]
    assert len(set(pictures)) == VARIANTS


def test_ids_of_two_pictures_do_not_clash() -> None:
    """Two pictures can stand in one page."""
    one, two = (
        {e.get("id") for e in ElementTree.fromstring(draw(name)).iter() if e.get("id")}
        for name in ("silk_scarf", "hill_coffee")
    )
    assert not one & two


def test_unknown_scene_is_an_error() -> None:
    """A wrong name is not silently another picture."""
    with pytest.raises(KeyError):
        draw("nowhere")


@pytest.mark.parametrize(("width", "height"), [(1200, 900), (640, 360), (400, 400)])
def test_raster_has_the_asked_size(width: int, height: int) -> None:
    """WebP and JPEG files come out at the size written in the SVG."""
    pyvips = pytest.importorskip("pyvips")
    svg = draw("longtail_boat_karst", width=width, height=height)
    webp, jpeg = as_webp(svg), as_jpeg(svg)
    assert webp[:4] == b"RIFF"
    assert webp[8:12] == b"WEBP"
    assert jpeg[:2] == b"\xff\xd8"
    for data in (webp, jpeg):
        image = pyvips.Image.new_from_buffer(data, "")
        assert (image.width, image.height, image.bands) == (width, height, 3)


def test_a_full_size_webp_stays_light() -> None:
    """Pages with several pictures must load on a phone."""
    pytest.importorskip("pyvips")
    assert len(as_webp(draw("floating_market"))) < 110_000
