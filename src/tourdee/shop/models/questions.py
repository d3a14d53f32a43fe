"""What a seller asks the guests of a tour, and what they answered."""

from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id

from .orders import Order
from .tours import Tour


class Question(models.Model):
    """One question, to each guest or once per booking. Answers of kind ``ID_NUMBER`` are kept encrypted."""

    class Kind(models.TextChoices):
        TEXT = "text"
        CHOICE = "choice"
        YES_NO = "yes_no"
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
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]


class Answer(models.Model):
    """What one guest said (``guest`` from 1) or what was said for the booking (0). An id number stands in ``sealed``,
    encrypted, until its retention ends (``erased_at``); then only that it was given is known."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    guest = models.PositiveSmallIntegerField(default=0)
    value = models.CharField(max_length=500, blank=True)
    sealed = models.TextField(blank=True)
    last_signs = models.CharField(max_length=4, blank=True, help_text="of an id number, to tell which it is")
    answered_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["guest", "id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "question", "guest"], name="a_guest_answers_once"),
            models.CheckConstraint(condition=Q(sealed="") | Q(value=""), name="an_id_number_is_never_readable"),
        ]
