"""Rows that serve every room: the audit log, dated settings, handled events, signs of life."""

from django.db import models


class _AuditLines(models.QuerySet["AuditLine"]):
    def update(self, **kwargs: object) -> int:
        raise RuntimeError("Audit lines are never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise RuntimeError("Audit lines are never deleted.")


class AuditLine(models.Model):
    """One readable line for every change of money, seats, attendance, a mark, a certificate or a role.

    Written in the transaction of the change itself. Never changed, never deleted: ``save`` of an old line refuses.
    """

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=40, blank=True, help_text="public id of who did it; empty: the system")
    actor_name = models.CharField(max_length=200, blank=True)
    act = models.CharField(max_length=60, db_index=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    text = models.TextField()
    data = models.JSONField(default=dict)

    objects = _AuditLines.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk:
            raise RuntimeError("An audit line is never changed.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise RuntimeError("An audit line is never deleted.")


class AuditSeal(models.Model):
    """Some audit lines that follow each other, under a keyed hash that begins with the seal before: who changes, adds or takes
    away a line past the program breaks it, and cannot make it anew without the installation's key."""

    first_line = models.BigIntegerField(unique=True)
    last_line = models.BigIntegerField()
    lines = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()


class DatedSetting(models.Model):
    """A rule or rate that changes over the years (pass rule, VAT): its value, from when, and where it comes from."""

    key = models.CharField(max_length=60)
    valid_from = models.DateField()
    value = models.JSONField()
    source = models.TextField(help_text="where the figure comes from; shown beside it")
    confirmed = models.BooleanField(default=False, help_text="an officer has checked the source")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "valid_from"], name="one_value_per_key_and_day")]


class HandledEvent(models.Model):
    """That a listener has already acted on an event: the reason why a repeated delivery changes nothing."""

    event_id = models.CharField(max_length=40)
    listener = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event_id", "listener"], name="a_listener_hears_an_event_once")]


class SignOfLife(models.Model):
    """When a process last said that it is alive (the worker, for /healthz)."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
