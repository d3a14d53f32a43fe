"""One-time codes that prove an address, and how many of them may be sent."""

from django.db import models
from django.db.models import Q

from .accounts import User

MAX_ATTEMPTS = 5


class OneTimeCode(models.Model):
    """A six-digit code sent to one address for one purpose, asked for by one browser.

    Neither the code nor the browser's secret (``nonce``) is stored, only keyed hashes. Rows go a day after expiry.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in"
        CHANGE_CONTACT = "change_contact"
        PROVE_AGAIN = "prove_again"

    nonce_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    target = models.CharField(max_length=254, help_text="e-mail in lower case, or phone in E.164")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, help_text="who asked, if signed in")
    code_hash = models.CharField(max_length=64)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(attempts__lte=MAX_ATTEMPTS), name="five_attempts_a_code"),
        ]


class Budget(models.Model):
    """How often something was done within one window of time, e.g. codes sent to one address since noon.

    ``key`` is a keyed hash: neither addresses nor IPs are kept. Counted in the database: all processes share it.
    """

    key = models.CharField(max_length=64)
    window_start = models.DateTimeField(db_index=True)
    spent = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window_start"], name="one_count_a_window")]
