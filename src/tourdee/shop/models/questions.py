"""What a seller must know of guests, and what they answered. Numbers of cards and passports are sealed and erased."""

from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id

from .orders import Order
from .tours import Tour


class Question(models.Model):
    """Asked of each guest or once for the booking; before paying, or with the order's link until the start."""

    class Kind(models.TextChoices):
        """``ID_NUMBER``: citizen id or passport, for the insurance; its answers are sealed."""

        TEXT = "text"
        CHOICE = "choice"
        YES_NO = "yes_no"
        DIET = "diet"
        ID_NUMBER = "id_number"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TEXT)
    text_th = models.CharField(max_length=200)
    text_en = models.CharField(max_length=200, blank=True)
    choices_th = models.TextField(blank=True, help_text="one a line")
    choices_en = models.TextField(blank=True, help_text="one a line, in the same order")
    each_guest = models.BooleanField(default=True)
    required = models.BooleanField(default=True)
    before_paying = models.BooleanField(default=False, help_text="else by the order's link, until the start")
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="id_number") | Q(before_paying=False), name="numbers_are_asked_of_who_has_booked"
            )
        ]


class Answer(models.Model):
    """One answer of an order. ``guest``: 0 for the booking, else the number of the guest. It belongs to the tour and not
    to a date: who moves to another date need not answer again. ``value`` of a choice is its Thai text."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    guest = models.PositiveSmallIntegerField(default=0)
    value = models.CharField(max_length=500, blank=True)
    sealed = models.TextField(blank=True, help_text="a number, encrypted (core/crypto.py)")
    last_signs = models.CharField(max_length=4, blank=True, help_text="of a number, to tell which it is")
    answered_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["guest", "question__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "question", "guest"], name="one_answer_per_guest"),
            models.CheckConstraint(condition=Q(sealed="") | Q(value=""), name="a_sealed_number_stands_nowhere_else"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(sealed="", last_signs="", value=""), name="erased_is_gone"
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(erased_at__isnull=True), name="answers_to_erase")]

    @property
    def masked(self) -> str:
        """A number as it may be seen by anybody who sees the booking."""
        return f"•••• {self.last_signs}" if self.last_signs else ""
