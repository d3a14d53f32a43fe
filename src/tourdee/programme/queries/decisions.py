"""Who passes: the figures of each learner, what is missing, and what was decided."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from tourdee.learn import queries as learn
from tourdee.people.models import User

from ..models import Certificate, Cohort, Decision, Enrolment
from .attendance import course_minutes, hours_of_all, in_hours, percent
from .rules import PassRule, pass_rule_of

HOURS, POST_TEST, MISSIONS = "hours", "post_test", "missions"


@dataclass(frozen=True)
class Figures:
    """How a learner stands. ``post_test_percent`` is None before the first post-test."""

    minutes: int
    course_minutes: int
    hours_percent: int
    post_test_percent: int | None
    missions_done: int
    missions_required: int

    @property
    def hours(self) -> Decimal:
        return in_hours(self.minutes)

    @property
    def course_hours(self) -> Decimal:
        return in_hours(self.course_minutes)

    def missing(self, rule: PassRule) -> list[str]:
        """What the rule asks for and is not there: hours, post_test, missions. Nothing missing: passed."""
        lacks = {
            HOURS: self.hours_percent < rule.hours_percent,
            POST_TEST: rule.post_test_percent > 0 and (self.post_test_percent or 0) < rule.post_test_percent,
            MISSIONS: rule.wants_missions and self.missions_done < self.missions_required,
        }
        return [name for name, lacking in lacks.items() if lacking]

    def as_json(self) -> dict[str, Any]:
        """The copy that is kept with a decision."""
        return asdict(self)


@dataclass(frozen=True)
class DecisionLine:
    """A learner on the desk: the figures of today, what is missing, and what was decided before."""

    enrolment: Enrolment
    figures: Figures
    missing: list[str]
    decision: Decision | None
    certificate: Certificate | None

    @property
    def passes(self) -> bool:
        """What the rule says today."""
        return not self.missing

    @property
    def is_outdated(self) -> bool:
        """Decided, but the rule says otherwise today, and no certificate stands in the way of deciding again."""
        return self.decision is not None and self.certificate is None and self.decision.passed != self.passes


@dataclass(frozen=True)
class DecisionDesk:
    """All learners of a cohort under the rule of the cohort."""

    cohort: Cohort
    rule: PassRule
    lines: list[DecisionLine]

    @property
    def to_decide(self) -> int:
        """How many are undecided or outdated."""
        return sum(line.decision is None or line.is_outdated for line in self.lines)

    @property
    def passed(self) -> int:
        return sum(line.decision is not None and line.decision.passed for line in self.lines)

    @property
    def failed(self) -> int:
        return sum(line.decision is not None and not line.decision.passed for line in self.lines)


def decision_desk(cohort: Cohort) -> DecisionDesk:
    """Everybody with a seat, by seat number (twelve queries at most, however many learners)."""
    active = Enrolment.objects.filter(cohort=cohort, is_active=True).select_related("user", "decision")
    return desk_of(cohort, list(active.order_by("seat_number")))


def desk_of(cohort: Cohort, enrolments: Sequence[Enrolment]) -> DecisionDesk:
    """The same for some of them."""
    rule = pass_rule_of(cohort)
    figures = figures_of(cohort, enrolments)
    valid = Certificate.objects.filter(enrolment__in=enrolments, revoked_at__isnull=True)
    certificates = {one.enrolment_id: one for one in valid}
    lines = [
        DecisionLine(one, figures[one.pk], figures[one.pk].missing(rule), decision_of(one), certificates.get(one.pk))
        for one in enrolments
    ]
    return DecisionDesk(cohort, rule, lines)


def standing_of(enrolment: Enrolment) -> DecisionDesk:
    """How one learner stands: the rule of the cohort and their line of the desk."""
    return desk_of(enrolment.cohort, [enrolment])


def not_passed(user: User) -> Enrolment | None:
    """The person's newest seat for which it was decided that they have not passed."""
    decided = Enrolment.objects.filter(user=user, is_active=True, decision__passed=False)
    return decided.select_related("application", "cohort", "decision").order_by("-decision__decided_at").first()


def figures_of(cohort: Cohort, enrolments: Sequence[Enrolment]) -> dict[int, Figures]:
    """The figures by the enrolment's row id. A post-test counts from the day on which the cohort's first seat was
    given, so one of an earlier course does not count."""
    users = [one.user for one in enrolments]
    minutes = hours_of_all(enrolments)
    whole = course_minutes(cohort)
    tests = learn.post_test_percents(users, _first_seat_at(cohort))
    missions = learn.missions_done(users)
    return {
        one.pk: Figures(
            minutes=minutes[one.pk],
            course_minutes=whole,
            hours_percent=percent(minutes[one.pk], whole),
            post_test_percent=tests.get(one.user_id),
            missions_done=missions[one.user_id].done,
            missions_required=missions[one.user_id].required,
        )
        for one in enrolments
    }


def decision_of(enrolment: Enrolment) -> Decision | None:
    """What was decided about this learner, if anything."""
    return getattr(enrolment, "decision", None)


def _first_seat_at(cohort: Cohort) -> datetime | None:
    return cohort.enrolments.order_by("at").values_list("at", flat=True).first()
