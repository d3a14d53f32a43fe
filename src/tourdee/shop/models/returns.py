"""Goods that come back, and what is owed for them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tourdee.core.ids import public_id

from .order_lines import OrderLine
from .orders import Order


class Return(models.Model):
    """A buyer asks to send goods back. Each change of ``status`` is one conditional UPDATE; one return of an order is
    open at a time."""

    class Status(models.TextChoices):
        ASKED = "asked"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        RECEIVED = "received"
        WITHDRAWN = "withdrawn"

    class Reason(models.TextChoices):
        BROKEN = "broken"
        WRONG = "wrong"
        NOT_AS_DESCRIBED = "not_as_described"
        UNWANTED = "unwanted"

    OPEN = (Status.ASKED, Status.ACCEPTED)
    SELLERS_FAULT = (Reason.BROKEN, Reason.WRONG, Reason.NOT_AS_DESCRIBED)

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="returns")
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.ASKED)
    reason = models.CharField(max_length=16, choices=Reason.choices)
    words = models.TextField(blank=True)
    picture = models.CharField(max_length=200, blank=True, help_text="path below the private folder")
    answer = models.TextField(blank=True, help_text="the seller's words: where to send it, or why not")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    refund_satang = models.PositiveBigIntegerField(default=0, help_text="owed because of it")

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(status__in=["asked", "accepted"]), name="one_open_return_of_an_order"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "refused", "received"]) | Q(decided_at__isnull=False),
                name="a_return_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status="received", received_at__isnull=False)
                | (~Q(status="received") & Q(received_at__isnull=True, refund_satang=0)),
                name="only_what_came_back_is_refunded",
            ),
        ]


class ReturnLine(models.Model):
    """So many pieces of a line; ``damaged`` of them were not fit to be sold again."""

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="returned")
    quantity = models.PositiveIntegerField()
    damaged = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["of", "line"], name="a_line_stands_once_in_a_return"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1) & Q(damaged__lte=F("quantity")), name="no_more_damaged_than_sent_back"
            ),
        ]
