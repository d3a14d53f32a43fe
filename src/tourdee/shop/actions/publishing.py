"""Making a tour or product public, and taking it away again. The gate of the law stands here and at every order."""

from datetime import datetime

from django.db import transaction

from tourdee import events
from tourdee.core.audit import record
from tourdee.core.dates import bangkok_day
from tourdee.core.periodic import each_in_turn
from tourdee.people.models import User

from ..models import Product, Tour
from ..queries.licences import may_sell_tour
from ..queries.publishing import Fault, faults_of
from .versions import product_changed, tour_changed


class NotLawful(Exception):
    """A tour needs a tour-business licence in force, its seller's own or a partner's (TOUR-001, TOUR-002)."""


class NotReady(Exception):
    """Something is missing or not allowed; ``faults`` says what, for the seller to read."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(", ".join(fault.key for fault in faults))
        self.faults = faults


@transaction.atomic
def publish_tour(*, tour: Tour, by: User, at: datetime) -> Tour:
    """Make a tour or workshop public. Publishing a public one changes nothing. Raises NotLawful, NotReady."""
    now = Tour.objects.select_for_update(of=("self",)).select_related("shop__business", "shop__owner", "operator")
    tour = now.get(pk=tour.pk)
    _check(tour, at)
    if not Tour.objects.filter(pk=tour.pk).exclude(status=Tour.Status.PUBLISHED).update(status=Tour.Status.PUBLISHED):
        return tour
    Tour.objects.filter(pk=tour.pk, published_at__isnull=True).update(published_at=at)
    tour_changed(tour)
    record("tour.published", subject=tour, text=f"เปิดขาย {tour.name_th}", at=at, actor=by)
    events.publish(events.TourPublished(user=tour.shop.owner.public_id, shop=tour.shop.public_id, tour=tour.public_id))
    tour.refresh_from_db()
    return tour


@transaction.atomic
def publish_product(*, product: Product, by: User, at: datetime) -> Product:
    """Make a product public. Publishing a public one changes nothing. Raises NotReady."""
    now = Product.objects.select_for_update(of=("self",)).select_related("shop__business", "shop__owner")
    product = now.get(pk=product.pk)
    _check(product, at)
    hidden = Product.objects.filter(pk=product.pk).exclude(status=Product.Status.PUBLISHED)
    if not hidden.update(status=Product.Status.PUBLISHED):
        return product
    Product.objects.filter(pk=product.pk, published_at__isnull=True).update(published_at=at)
    product_changed(product)
    record("product.published", subject=product, text=f"เปิดขาย {product.name_th}", at=at, actor=by)
    tell_pictures(product)
    product.refresh_from_db()
    return product


def tell_pictures(product: Product) -> None:
    """Tell that a product is public with so many pictures; told again when there are more, because a mission counts
    them."""
    shop = product.shop
    events.publish(
        events.ProductPublished(
            user=shop.owner.public_id,
            shop=shop.public_id,
            product=product.public_id,
            pictures=product.pictures.count(),
        )
    )


@transaction.atomic
def hide_tour(*, tour: Tour, by: User | None, at: datetime, why: str = "") -> bool:
    """Take a tour from the market. Orders already placed go on. ``False``: it was not public."""
    if not Tour.objects.filter(pk=tour.pk, status=Tour.Status.PUBLISHED).update(status=Tour.Status.HIDDEN):
        return False
    tour_changed(tour)
    record("tour.hidden", subject=tour, text=f"ซ่อน {tour.name_th} {why}".strip(), at=at, actor=by)
    return True


@transaction.atomic
def hide_product(*, product: Product, by: User, at: datetime) -> bool:
    """Take a product from the market. Orders already placed go on. ``False``: it was not public."""
    if not Product.objects.filter(pk=product.pk, status=Product.Status.PUBLISHED).update(status=Product.Status.HIDDEN):
        return False
    product_changed(product)
    record("product.hidden", subject=product, text=f"ซ่อน {product.name_th}", at=at, actor=by)
    return True


def hide_unlawful_tours(*, at: datetime) -> int:
    """Hide every public tour whose licence or partner agreement is no longer in force. Returns how many."""
    public = Tour.objects.filter(kind=Tour.Kind.TOUR, status=Tour.Status.PUBLISHED)
    rows = public.select_related("shop__business", "operator")
    unlawful = (tour for tour in rows if not may_sell_tour(tour, bangkok_day(at)))
    return each_in_turn(unlawful, lambda tour: hide_tour(tour=tour, by=None, at=at, why="เพราะไม่มีใบอนุญาตที่มีผล"))


def must_stay_publishable(item: Tour | Product, at: datetime) -> None:
    """After a change: what is public stays lawful and complete, or the change is undone. Raises NotLawful, NotReady."""
    if item.status == item.Status.PUBLISHED:
        _check(item, at)


def _check(item: Tour | Product, at: datetime) -> None:
    if isinstance(item, Tour) and not may_sell_tour(item, bangkok_day(at)):
        raise NotLawful
    if faults := faults_of(item):
        raise NotReady(faults)
