"""Pass or not: the rule applied to the figures, with a copy of both."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tourdee import events
from tourdee.people.models import User

from .. import queries
from ..models import Cohort, Decision, Enrolment
from .history import write_line

SENTENCES = {
    True: _("%(name)s passed: %(hours)s %% of the hours, post-test %(test)s %%, missions %(missions)s"),
    False: _("%(name)s did not pass: %(hours)s %% of the hours, post-test %(test)s %%, missions %(missions)s"),
}


class HasCertificate(Exception):
    """A valid certificate stands on this decision; revoke it before deciding again."""


@transaction.atomic
def decide(*, enrolment: Enrolment, by: User, at: datetime) -> Decision:
    """Apply the cohort's rule to one learner. The same figures under the same rule change nothing.

    Raises HasCertificate.
    """
    desk = queries.desk_of(enrolment.cohort, _held(enrolment.cohort, pk=enrolment.pk))
    line = desk.lines[0]
    if line.certificate:
        raise HasCertificate(line.certificate.number)
    _decide(line, desk.rule, by, at)
    return Decision.objects.get(enrolment=enrolment)


@transaction.atomic
def decide_all(*, cohort: Cohort, by: User, at: datetime) -> int:
    """Apply the rule to everybody with a seat; who holds a certificate is left alone. Returns how many changed."""
    desk = queries.desk_of(cohort, _held(cohort, is_active=True))
    return sum(_decide(line, desk.rule, by, at) for line in desk.lines if line.certificate is None)


def _held(cohort: Cohort, **which: object) -> list[Enrolment]:
    """The learners, held until the end, so that no certificate is issued on a decision that is just changing. They are
    read after they are held: what another process has just decided is seen."""
    rows = Enrolment.objects.filter(cohort=cohort, **which)
    held = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    read = Enrolment.objects.filter(pk__in=held).select_related("user", "decision")
    return list(read.order_by("seat_number"))


def _decide(line: queries.DecisionLine, rule: queries.PassRule, by: User, at: datetime) -> bool:
    values = {"passed": line.passes, "rule": rule.as_json(), "figures": line.figures.as_json()}
    known = line.decision
    if known and all(getattr(known, name) == value for name, value in values.items()):
        return False
    values |= {"decided_by": by, "decided_at": at}
    if known:  # nobody else writes it: the learner's row is held
        Decision.objects.filter(pk=known.pk).update(**values)
    else:
        Decision.objects.create(enrolment=line.enrolment, **values)
    figures = line.figures
    write_line(
        "decision.made",
        about=line.enrolment,
        by=by,
        at=at,
        name=line.enrolment.name,
        hours=figures.hours_percent,
        test="-" if figures.post_test_percent is None else figures.post_test_percent,
        missions=f"{figures.missions_done}/{figures.missions_required}",
        passed=line.passes,
        text=SENTENCES[line.passes],
    )
    user, enrolment = line.enrolment.user.public_id, line.enrolment.public_id
    events.publish(events.LearnerDecided(user=user, enrolment=enrolment, passed=line.passes))
    return True
