"""What is in an order."""

from django.db import models
from django.db.models import Q

from .options import Extra, PickupPoint
from .orders import Order
from .products import Variant
from .tours import Departure, PriceCategory


def _one_thing_each() -> Q:
    """Each kind of line names exactly its own things."""
    names = {"departure", "category", "extra", "pickup", "variant"}
    own = {
        "seats": {"departure", "category"},
        "private": {"departure"},
        "extra": {"departure", "extra"},
        "pickup": {"departure", "pickup"},
        "goods": {"variant"},
    }
    allowed = Q()
    for kind, has in own.items():
        allowed |= Q(kind=kind, **{f"{name}__isnull": name not in has for name in sorted(names)})
    return allowed


class OrderLine(models.Model):
    """One thing of an order, its name and price frozen. Of a departure: seats in a price category, the whole of it
    for one party (``seats``: its people), an extra, or a pick-up (``quantity``: the people who are fetched). Else pieces
    of a variant."""

    class Kind(models.TextChoices):
        SEATS = "seats"
        PRIVATE = "private"
        EXTRA = "extra"
        PICKUP = "pickup"
        GOODS = "goods"

    GUESTS = (Kind.SEATS, Kind.PRIVATE)  # the lines that people come with

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    departure = models.ForeignKey(Departure, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.SEATS)
    category = models.ForeignKey(PriceCategory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    extra = models.ForeignKey(Extra, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    pickup = models.ForeignKey(PickupPoint, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    variant = models.ForeignKey(Variant, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    name_th = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    quantity = models.PositiveIntegerField()
    seats = models.PositiveIntegerField(default=0, help_text="what it takes from the departure's counter")
    guide_language = models.CharField(max_length=5, blank=True, help_text="in which these guests want to be guided")
    unit_price_satang = models.PositiveBigIntegerField()
    discount_satang = models.PositiveBigIntegerField(default=0, help_text="this line's share of the order's discount")
    tiers = models.JSONField(default=list, help_text="[[hours before, per cent back], …] as agreed when ordering")
    checked_in_at = models.DateTimeField(null=True, blank=True, help_text="when the first of them came")
    arrived = models.PositiveIntegerField(default=0, help_text="how many of them have come")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=_one_thing_each(), name="line_is_one_thing"),
            models.CheckConstraint(
                condition=Q(discount_satang__lte=models.F("quantity") * models.F("unit_price_satang")),
                name="line_discount_within_its_price",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="line_has_a_quantity"),
            models.CheckConstraint(
                condition=Q(arrived__lte=models.F("quantity")) | Q(kind="private", arrived__lte=models.F("seats")),
                name="no_more_come_than_were_booked",
            ),
            models.CheckConstraint(
                condition=Q(arrived=0, checked_in_at__isnull=True) | Q(arrived__gte=1, checked_in_at__isnull=False),
                name="who_came_has_a_time",
            ),
        ]

    @property
    def total_satang(self) -> int:
        return self.quantity * self.unit_price_satang

    @property
    def missing(self) -> int:
        """How many of them have not come yet."""
        return self.people - self.arrived

    @property
    def net_satang(self) -> int:
        """What it costs after its share of the discount."""
        return self.total_satang - self.discount_satang

    @property
    def people(self) -> int:
        """How many guests come with this line."""
        return {self.Kind.SEATS: self.quantity, self.Kind.PRIVATE: self.seats}.get(self.Kind(self.kind), 0)
