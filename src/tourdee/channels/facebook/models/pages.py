"""The Facebook Page to which a shop is connected."""

from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id, secret_token
from tourdee.shop.models import Shop


class Page(models.Model):
    """A shop's connection, a step at a time: the keys were typed, they were found to work, Facebook has called our address, it was
    asked to tell us. ``token`` and ``app_secret`` are sealed and never shown again; ``hint`` is the end of the token. A row with
    a ``try_at`` is due to be looked at by the worker."""

    class Trouble(models.TextChoices):
        """Why the last look failed."""

        KEYS = "keys"
        PERMISSION = "permission"
        UNAVAILABLE = "unavailable"
        TAKEN = "taken"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, related_name="facebook_page")
    page_id = models.CharField(
        max_length=40, blank=True, help_text="what Facebook calls it; empty until the keys worked"
    )
    name = models.CharField(max_length=200, blank=True)
    token = models.TextField(blank=True, help_text="sealed; empty: not connected")
    app_secret = models.TextField(blank=True, help_text="sealed")
    hint = models.CharField(max_length=4, blank=True)
    verify_token = models.CharField(max_length=40, default=secret_token, help_text="what Facebook shows us once")
    keys_at = models.DateTimeField(null=True, blank=True, help_text="when the keys were found to work")
    called_at = models.DateTimeField(null=True, blank=True, help_text="when Facebook showed the verify token")
    subscribed_at = models.DateTimeField(null=True, blank=True, help_text="when it was asked to tell of comments")
    connected_at = models.DateTimeField(null=True, blank=True, help_text="when all of it was done")
    heard_at = models.DateTimeField(null=True, blank=True, help_text="when it last told us anything")
    trouble = models.CharField(max_length=12, choices=Trouble.choices, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page_id"], condition=~Q(page_id=""), name="a_page_belongs_to_one_shop"),
            models.CheckConstraint(
                condition=Q(connected_at__isnull=True) | ~Q(page_id="") & ~Q(token=""), name="connected_with_keys"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.page_id

    @property
    def may_post(self) -> bool:
        """The keys work; what Facebook tells us is not needed for posting."""
        return self.keys_at is not None and bool(self.token)
