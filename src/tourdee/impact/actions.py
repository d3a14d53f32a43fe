"""Asking learners after the course, and recording what they answer."""

from calendar import monthrange
from datetime import date, datetime

from django.db import transaction

from tourdee.core.audit import record
from tourdee.core.dates import bangkok_day
from tourdee.events import FollowUpDue, publish
from tourdee.people.models import User
from tourdee.programme.models import Decision

from .models import FollowUp

MONTHS = (3, 6, 12)  # usual practice of offices; the dates are not fixed by a rule that was found


@transaction.atomic
def plan_follow_ups(*, at: datetime) -> int:
    """A follow-up at 3, 6 and 12 months for everybody who passed, from the day on which it is due. Returns how many are
    new; a second call adds none. Who has several new ones, because the course was long ago, is told of the last only."""
    rows = _missing(bangkok_day(at))
    FollowUp.objects.bulk_create(rows, ignore_conflicts=True)  # another worker may have been quicker
    mine = FollowUp.objects.filter(public_id__in=[row.public_id for row in rows])
    new = list(mine.select_related("enrolment__user").order_by("enrolment_id", "months"))
    for row in {row.enrolment_id: row for row in new}.values():
        publish(FollowUpDue(user=row.enrolment.user.public_id, follow_up=row.public_id))
    return len(new)


def _missing(today: date) -> list[FollowUp]:
    """What is due by today and not yet there, for those who kept their seat and passed."""
    known = set(FollowUp.objects.values_list("enrolment_id", "months"))
    passed = Decision.objects.filter(passed=True, enrolment__is_active=True, enrolment__cohort__ends_on__lt=today)
    due = [
        FollowUp(enrolment_id=enrolment, months=months, due_on=months_after(ended, months))
        for enrolment, ended in passed.order_by("pk").values_list("enrolment_id", "enrolment__cohort__ends_on")
        for months in MONTHS
        if (enrolment, months) not in known
    ]
    return [row for row in due if row.due_on <= today]


@transaction.atomic
def answer_follow_up(
    *, follow_up: FollowUp, answer: str, income_satang: int | None, note: str, by: User, at: datetime
) -> None:
    """Record an answer, the learner's own or what was said on the telephone. A later answer replaces it."""
    FollowUp.objects.filter(pk=follow_up.pk).update(
        answer=answer, income_satang=income_satang, note=note, answered_at=at, recorded_by=by
    )
    text = f"ติดตามผล {follow_up.months} เดือน: {follow_up.enrolment.name} {FollowUp.Answer(answer).value}"
    record("follow_up.answered", subject=follow_up, text=text, at=at, actor=by, data={"answer": answer})


@transaction.atomic
def forget_words(*, user: User) -> int:
    """Let go of what a person said in their own words; the answers stay, as counts without a name. Returns how many."""
    return FollowUp.objects.filter(enrolment__user=user).exclude(note="").update(note="")


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
