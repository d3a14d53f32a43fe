"""Pictures as JPEG, for services that take no WebP."""

import pytest
from django.urls import reverse

from ..models import Picture, Product, Shop
from ..queries.sharing import cover_address
from .factories import a_product, a_shop


@pytest.fixture
def picture(owner, settings) -> Picture:
    """A picture of a published product, with its file."""
    import pyvips

    path = f"shop/{'a' * 32}-600x600"
    row = Picture.objects.create(product=a_product(a_shop(owner, cover=path)).product, path=path, width=600, height=600)
    file = settings.MEDIA_ROOT / f"{row.path}-1600.webp"
    file.parent.mkdir(parents=True)
    pyvips.Image.black(600, 600, bands=4).write_to_file(str(file))
    return row


def test_a_public_picture_is_served_as_jpeg_for_ever(client, picture):
    answer = client.get(reverse("picture_jpeg", args=[picture.public_id]))
    assert (answer["Content-Type"], answer.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("change", ["draft", "closed", "foreign name", "no file"])
def test_what_is_not_public_or_not_there_is_not_found(client, picture, change):
    if change == "draft":
        Product.objects.update(status=Product.Status.DRAFT)
    elif change == "closed":
        Shop.objects.update(status=Shop.Status.CLOSED)
    elif change == "foreign name":
        Picture.objects.update(path=f"../{picture.path}")
    else:
        Picture.objects.update(path=picture.path.replace("a", "b"))
    assert client.get(reverse("picture_jpeg", args=[picture.public_id])).status_code == 404


def test_an_open_shops_cover_is_served_as_jpeg_and_asked_for_again(client, picture):
    answer = client.get(cover_address(Shop.objects.get()))
    assert (answer["Content-Type"], answer.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert answer["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("change", [{"status": Shop.Status.CLOSED}, {"status": Shop.Status.DRAFT}, {"cover": ""}])
def test_a_cover_that_is_not_public_or_not_there_is_not_found(client, picture, change):
    Shop.objects.update(**change)
    assert client.get(cover_address(Shop.objects.get())).status_code == 404
