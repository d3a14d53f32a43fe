"""Asking learners after the course, and recording what they answer."""

from datetime import date, datetime

from django.db import transaction

from tourdee.core.audit import record
from tourdee.core.dates import bangkok_day
from tourdee.people.models import User
from tourdee.programme.models import Cohort, Decision

from .models import FollowUp

MONTHS = (3, 6, 12)  # usual practice of offices; the dates are not fixed by a rule that was found


@transaction.atomic
def plan_follow_ups(*, at: datetime) -> int:
    """A follow-up at 3, 6 and 12 months for everybody who passed, from the day on which it is due. Returns how many are
    new; a second call adds none."""
    today = bangkok_day(at)
    rows = []
    for cohort in Cohort.objects.exclude(status=Cohort.Status.DRAFT).filter(
        ends_on__lte=_months_before(today, MONTHS[0])
    ):
        passed = Decision.objects.filter(enrolment__cohort=cohort, passed=True).values_list("enrolment_id", flat=True)
        due = [(months, _months_after(cohort.ends_on, months)) for months in MONTHS]
        rows += [
            FollowUp(enrolment_id=enrolment, months=months, due_on=day)
            for enrolment in passed
            for months, day in due
            if day <= today
        ]
    known = set(FollowUp.objects.values_list("enrolment_id", "months"))
    new = [row for row in rows if (row.enrolment_id, row.months) not in known]
    FollowUp.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


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


def _months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def _months_before(day: date, months: int) -> date:
    return _months_after(day, -months)
