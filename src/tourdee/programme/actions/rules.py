"""The dated rules: the values to begin with, and an office's own."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tourdee.core.models import DatedSetting
from tourdee.people.models import Organisation, User

from .. import queries
from .history import write_line


class RuleExists(Exception):
    """The office has a rule from that day on already. Decisions rest on it, so it is not overwritten."""


@transaction.atomic
def ensure_rules() -> None:
    """The attendance rule and the pass rule that hold until an office sets its own; what is there stays."""
    for key, first in queries.FIRST_VALUES.items():
        DatedSetting.objects.get_or_create(
            key=key,
            valid_from=first.valid_from,
            defaults={"value": first.value, "source": first.source, "confirmed": first.confirmed},
        )


@transaction.atomic
def set_pass_rule(
    *,
    office: Organisation,
    valid_from: date,
    hours_percent: int,
    post_test_percent: int,
    missions: str,
    source: str,
    confirmed: bool,
    by: User,
    at: datetime,
) -> None:
    """The office's own rule for cohorts that begin on that day or later. Decisions made before keep their copy.

    Raises RuleExists.
    """
    value = {"hours_percent": hours_percent, "post_test_percent": post_test_percent, "missions": missions}
    try:
        with transaction.atomic():
            DatedSetting.objects.create(
                key=queries.pass_rule_key(office),
                valid_from=valid_from,
                value=value,
                source=source,
                confirmed=confirmed,
            )
    except IntegrityError as problem:
        raise RuleExists(valid_from.isoformat()) from problem
    write_line(
        "pass_rule.set",
        about=office,
        by=by,
        at=at,
        hours=hours_percent,
        test=post_test_percent,
        missions=missions,
        day=valid_from.isoformat(),
        text=_("Pass rule from %(day)s: %(hours)s %% of the hours, post-test %(test)s %%, missions: %(missions)s"),
    )
