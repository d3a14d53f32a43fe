"""The pictures of a tour or product: added, ordered, described, deleted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee.core import pictures
from tourdee.core.pictures import StoredPicture

from ..models import Picture, Product, Tour
from .publishing import must_stay_publishable, tell_pictures
from .versions import product_changed, tour_changed

MOST_PICTURES = 12


class TooManyPictures(Exception):
    """More than a page can show."""

    @property
    def message(self) -> str:
        return _("At most %(most)s pictures. Delete one first.") % {"most": MOST_PICTURES}


def add_pictures(*, item: Tour | Product, uploads: Sequence[Any], at: datetime) -> int:
    """Keep pictures, in the order in which they were chosen, behind those that there are. All are on disk before a row
    names them. Raises TooManyPictures, core.pictures.BadPicture."""
    if item.pictures.count() + len(uploads) > MOST_PICTURES:
        raise TooManyPictures
    folder = f"{item._meta.model_name}s/{item.public_id}"
    stored: list[StoredPicture] = []
    try:
        stored.extend(pictures.store_public(upload, folder) for upload in uploads)
        return _keep(item, stored)
    except BaseException:
        for one in stored:
            pictures.discard(one.path)
        raise


@transaction.atomic
def _keep(item: Tour | Product, stored: list[StoredPicture]) -> int:
    type(item).objects.select_for_update().get(pk=item.pk)
    there = item.pictures.count()
    if there + len(stored) > MOST_PICTURES:
        raise TooManyPictures
    for place, one in enumerate(stored, start=there):
        item.pictures.create(path=one.path, width=one.width, height=one.height, position=place)
    _changed(item)
    if isinstance(item, Product) and item.status == Product.Status.PUBLISHED and stored:
        tell_pictures(item)
    return len(stored)


@transaction.atomic
def describe_picture(*, picture: Picture, alt_th: str, alt_en: str) -> None:
    """What the picture shows, for people who do not see it."""
    Picture.objects.filter(pk=picture.pk).update(alt_th=alt_th, alt_en=alt_en)
    _changed(_item_of(picture))


@transaction.atomic
def move_picture(*, picture: Picture, to: Literal["front", "up", "down"]) -> None:
    """One place earlier or later, or to the front, where it becomes the cover."""
    item = _item_of(picture)
    type(item).objects.select_for_update().get(pk=item.pk)
    order = list(item.pictures.order_by("position", "id"))
    place = next(number for number, one in enumerate(order) if one.pk == picture.pk)
    order.insert({"front": 0, "up": max(0, place - 1), "down": place + 1}[to], order.pop(place))
    for number, one in enumerate(order):
        Picture.objects.filter(pk=one.pk).update(position=number)
    _changed(item)


@transaction.atomic
def delete_picture(*, picture: Picture, at: datetime) -> None:
    """Delete a picture and its files. Raises NotReady for the last one of something public."""
    item, path = _item_of(picture), picture.path
    Picture.objects.filter(pk=picture.pk).delete()
    _changed(item)
    must_stay_publishable(type(item).objects.get(pk=item.pk), at)
    transaction.on_commit(lambda: pictures.discard(path))


def _item_of(picture: Picture) -> Tour | Product:
    item = picture.tour or picture.product
    assert item is not None, "a picture belongs to a tour or a product"
    return item


def _changed(item: Tour | Product) -> None:
    if isinstance(item, Tour):
        tour_changed(item)
    else:
        product_changed(item)
