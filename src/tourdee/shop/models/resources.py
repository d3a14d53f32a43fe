"""Guides, vans and boats: what a departure needs and what can't be in two places."""

from django.db import models
from django.db.models import F, Q

from tourdee.core.ids import public_id

from .shops import Shop
from .tours import Departure, Tour


class Resource(models.Model):
    """A guide, a van, a boat. ``buffer_minutes`` is kept free before and after each use: to come, to clean, to rest."""

    class Kind(models.TextChoices):
        GUIDE = "guide"
        VAN = "van"
        BOAT = "boat"
        OTHER = "other"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="resources")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.GUIDE)
    name = models.CharField(max_length=120)
    seats = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="no departure takes more guests than that"
    )
    buffer_minutes = models.PositiveSmallIntegerField(default=30)
    is_active = models.BooleanField(default=True)
    tours = models.ManyToManyField(Tour, related_name="resources", blank=True)

    class Meta:
        ordering = ["kind", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["shop", "name"], name="one_resource_per_name"),
            models.CheckConstraint(condition=Q(seats__isnull=True) | Q(seats__gte=1), name="resource_seats_somebody"),
        ]

    def __str__(self) -> str:
        return self.name


class ResourceUse(models.Model):
    """A resource is with a departure from then till then, buffers included. Two uses of one resource never overlap: a
    trigger of the database refuses the second (migration ``nothing_in_two_places``), whoever writes it."""

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="uses")
    departure = models.ForeignKey(Departure, on_delete=models.CASCADE, related_name="uses")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "departure"], name="a_resource_once_a_departure"),
            models.CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="a_use_takes_time"),
        ]
        indexes = [models.Index(fields=["resource", "from_at"], name="uses_of_a_resource")]
