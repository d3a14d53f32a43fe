"""A tour like another: half-day and whole day, by van and by boat, differ in a few lines only."""

from django.db import transaction

from tourdee.core.ids import public_id

from ..models import Tour

PARTS = ("prices", "tiers", "private_prices", "extras", "pickups", "questions")
LONGEST_NAME = 160


@transaction.atomic
def copy_tour(*, tour: Tour) -> Tour:
    """A draft that says and asks the same. Pictures and dates are its own, so it has none yet."""
    copy = Tour.objects.get(pk=tour.pk)
    copy.pk, copy.public_id, copy._state.adding = None, public_id(), True
    copy.status, copy.published_at, copy.version = Tour.Status.DRAFT, None, 1
    copy.name_th, copy.name_en = _marked(tour.name_th, "(สำเนา)"), _marked(tour.name_en, "(copy)")
    copy.save()
    for part in PARTS:
        _copy_part(tour, part, copy)
    return copy


def _marked(name: str, mark: str) -> str:
    return f"{name[: LONGEST_NAME - len(mark) - 1]} {mark}" if name else ""


def _copy_part(tour: Tour, part: str, copy: Tour) -> None:
    for row in getattr(tour, part).all():
        if not getattr(row, "is_active", True):
            continue
        row.pk, row.tour, row._state.adding = None, copy, True
        if hasattr(row, "public_id"):
            row.public_id = public_id()
        row.save()
