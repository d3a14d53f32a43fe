"""Reviews: one for each thing bought, from the person who bought it, once they have had it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tourdee import events

from ..models import OrderLine, Product, Review, Tour
from ..queries.reviews import may_review
from .conflicts import once_more
from .history import tell
from .holds import locked


class CannotReview(Exception):
    """Not confirmed, not yet taken place or sent, cancelled, or bought by the seller."""

    @property
    def message(self) -> str:
        return _("You can review what you bought after it took place or was sent.")


class ReviewedBefore(Exception):
    """There is a review of this line."""

    @property
    def message(self) -> str:
        return _("You have reviewed this already. Thank you!")


class BadStars(Exception):
    """Not a whole number from 1 to 5."""

    @property
    def message(self) -> str:
        return _("Please choose one to five stars.")


@once_more
@transaction.atomic
def write_review(*, line: OrderLine, stars: int, text: str, name: str, at: datetime) -> Review:
    """The buyer's review of a line of a confirmed order, once. Raises BadStars, CannotReview, ReviewedBefore."""
    if type(stars) is not int or not 1 <= stars <= 5:
        raise BadStars
    order = locked(line.order)
    line = OrderLine.objects.select_related("departure__tour", "variant__product").get(pk=line.pk)
    if not may_review(order, line, at):
        raise CannotReview
    review = _written(line, stars=stars, text=text, name=name, at=at)
    _show(line)
    tell("reviewed", order=order, at=at, stars=stars)
    events.publish(events.ReviewWritten(user=order.shop.owner.public_id, order=order.public_id, stars=stars))
    return review


def _written(line: OrderLine, **said: object) -> Review:
    tour = line.departure.tour if line.departure else None
    product = line.variant.product if line.variant else None
    try:
        with transaction.atomic():
            return Review.objects.create(line=line, tour=tour, product=product, **said)
    except IntegrityError as twice:
        raise ReviewedBefore from twice


def _show(line: OrderLine) -> None:
    """Its page is kept by version and shows the review at once."""
    if line.departure is not None:
        Tour.objects.filter(pk=line.departure.tour_id).update(version=F("version") + 1)
    if line.variant is not None:
        Product.objects.filter(pk=line.variant.product_id).update(version=F("version") + 1)
