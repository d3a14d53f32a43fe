"""What may be shown and sold today: published, in an open shop, and, for tours, under a licence in force."""

from datetime import date, datetime, timedelta

from django.db.models import (
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from tourdee.legal.models import OperatorAgreement, Paper

from ...models import Departure, Product, Shop, Tour, Variant
from ..availability import before_cut_off
from ..licences import licences_in_force

HOUR = timedelta(hours=1)


def tours_on_sale(on: date) -> QuerySet[Tour]:
    """Published tours and workshops of open shops that may be sold on that day, by the rule of
    ``queries.licences.may_sell_tour``: a tour needs its seller's licence in force (TOUR-001), whatever is sold under a
    partner needs the partner's and an active agreement (TOUR-008)."""
    open_shops = Tour.objects.filter(status=Tour.Status.PUBLISHED, shop__status=Shop.Status.OPEN)
    licensed = Exists(_licence_of_the_seller(on))
    by_oneself = Q(operator__isnull=True) & (Q(kind=Tour.Kind.WORKSHOP) | licensed)
    return open_shops.filter(by_oneself | (Q(operator__isnull=False) & licensed & Exists(_active_agreement())))


def _active_agreement() -> QuerySet[OperatorAgreement]:
    return OperatorAgreement.objects.filter(
        guide=OuterRef("shop__business"), operator=OuterRef("operator"), status=OperatorAgreement.Status.ACTIVE
    )


def _licence_of_the_seller(on: date) -> QuerySet[Paper]:
    seller = Coalesce(OuterRef("operator_id"), OuterRef("shop__business_id"))
    return licences_in_force(on).filter(business_id=seller)


def products_on_sale() -> QuerySet[Product]:
    """Published products of open shops that have at least one variant to choose."""
    variants = Variant.objects.filter(product=OuterRef("pk"), is_active=True)
    return Product.objects.filter(Exists(variants), status=Product.Status.PUBLISHED, shop__status=Shop.Status.OPEN)


def bookable_departures(at: datetime) -> QuerySet[Departure]:
    """Open departures whose cut-off has not passed, soonest first; sold-out ones too."""
    hours = Cast("tour__cut_off_hours", IntegerField())  # SQLite multiplies a duration by no small integer
    # Without the wrapper round the span SQLite adds a number to a text, and every departure seems bookable.
    span = ExpressionWrapper(hours * Value(HOUR), output_field=DurationField())
    closes_before = ExpressionWrapper(Value(at, DateTimeField()) + span, output_field=DateTimeField())
    opened = Departure.objects.filter(status=Departure.Status.OPEN)
    return opened.filter(before_cut_off(at, closes_before)).order_by("starts_at")
