"""Parties that wait for seats of a full departure."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id, secret_token

from .order_lines import OrderLine
from .orders import Order
from .tours import Departure

OPEN = Q(offer__isnull=True, left_at__isnull=True)


class WaitingParty(models.Model):
    """A party and its place in the queue. It has had its turn once there is an ``offer``: an order that holds its
    seats for a while, and from then on says what became of them. Who misses the turn may wait again, at the end."""

    class State(models.TextChoices):
        """Derived, never stored, so that it can't disagree with the order."""

        WAITING = "waiting"
        OFFERED = "offered"
        BOOKED = "booked"
        MISSED = "missed"
        LEFT = "left"
        OVER = "over"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    secret = models.CharField(max_length=40, unique=True, default=secret_token, help_text="the party's link")
    departure = models.ForeignKey(Departure, on_delete=models.PROTECT, related_name="waiting")
    wanted = models.JSONField(help_text="[[public id of the price category, people], …], or [['private', people]]")
    people = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=16, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="th")
    source = models.CharField(max_length=64, blank=True, help_text="keyed hash of the network address")
    idempotency_key = models.CharField(max_length=64, unique=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    offer = models.OneToOneField(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="waiting_party")

    class Meta:
        ordering = ["joined_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="a_party_sits"),
            models.UniqueConstraint(
                fields=["departure", "phone"], condition=OPEN & ~Q(phone=""), name="one_place_per_telephone"
            ),
            models.UniqueConstraint(
                fields=["departure", "email"], condition=OPEN & ~Q(email=""), name="one_place_per_address"
            ),
        ]
        indexes = [models.Index(fields=["departure", "joined_at"], condition=OPEN, name="parties_that_wait")]

    def __str__(self) -> str:
        return f"{self.name} × {self.people}"

    @property
    def wants_all(self) -> bool:
        """Whether it is a private party: only a date that nobody else has fits it."""
        return any(name == OrderLine.Kind.PRIVATE for name, _people in self.wanted)

    def fits(self, departure: Departure, free: int) -> bool:
        """Whether the party can have seats while so many are free."""
        return self.seats <= free and (not self.wants_all or free == departure.capacity)

    def state(self, at: datetime) -> str:
        """Where the party stands; asks for ``offer`` and ``departure``."""
        if self.left_at is not None:
            return self.State.LEFT
        if self.offer is None:
            return self.State.WAITING if self.departure.starts_at > at else self.State.OVER
        if self.offer.status in {Order.Status.EXPIRED, Order.Status.CANCELLED}:
            return self.State.MISSED
        if self.offer.status == Order.Status.AWAITING_PAYMENT:
            return self.State.OFFERED if self.offer.expires_at > at else self.State.MISSED
        return self.State.BOOKED
