"""Pictures of cards are JPEGs that LINE takes: no side longer than 1024 pixels, however the telephone was held."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from tourdee.core.pictures import store_public
from tourdee.core.tests.pictures_made import photo


@pytest.mark.parametrize(
    ("taken", "shown"),
    [((1600, 1200), (800, 600)), ((1200, 1600), (768, 1024)), ((900, 2700), (341, 1024)), ((300, 300), (300, 300))],
)
def test_no_side_is_longer_than_line_takes(taken, shown, db):
    stored = store_public(io.BytesIO(photo(size=taken)), "shop/x")
    answer = Client().get(reverse("line_picture", args=[stored.path]))
    with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as picture:
        assert (picture.format, picture.size) == ("JPEG", shown)


def test_a_foreign_name_is_not_found(db):
    assert Client().get(reverse("line_picture", args=["shop/x/other"])).status_code == 404
