"""The report of a cohort or programme: one object, computed once, that screen, XLSX and PDF all show."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tourdee.programme.models import Application

from .learners import LearnerLine, learner_lines
from .scope import Scope


@dataclass(frozen=True)
class FourNumbers:
    """What the ministry publishes of a programme: the plan, who came, who passed, who used it and earned more.

    The shape follows the Department's own report on its 2024 informal-worker project: the second and third as shares of
    the one before, the fourth as a share of those who passed.
    """

    target: int
    attended: int
    passed: int
    earns_more: int

    @property
    def attended_percent(self) -> float:
        return _share(self.attended, self.target)

    @property
    def passed_percent(self) -> float:
        return _share(self.passed, self.attended)

    @property
    def earns_more_percent(self) -> float:
        return _share(self.earns_more, self.passed)


@dataclass(frozen=True)
class GroupLine:
    """Learners of one audience group, province or cohort. Money in satang."""

    key: str
    learners: int
    passed: int
    earns_more: int
    unknown: int
    income_satang: int


@dataclass(frozen=True)
class Report:
    """Everything that the office shows. ``at`` is when it was computed."""

    scope: Scope
    at: datetime
    four: FourNumbers
    funnel: list[tuple[str, int]]
    learners: list[LearnerLine]
    groups: list[GroupLine]
    provinces: list[GroupLine]
    cohorts: list[GroupLine]
    months: list[tuple[date, int]]

    @property
    def income_satang(self) -> int:
        return sum(line.income_satang for line in self.learners)

    @property
    def orders(self) -> int:
        return sum(line.orders for line in self.learners)

    @property
    def unknown(self) -> int:
        """Passed, but neither sales nor an answer: non-response, part of every total."""
        return sum(line.passed and line.is_unknown for line in self.learners)

    @property
    def unknown_percent(self) -> float:
        return _share(self.unknown, self.four.passed)


def report(scope: Scope, at: datetime) -> Report:
    """Compute the report, in a constant number of queries."""
    lines = learner_lines(scope.cohorts)
    return Report(
        scope=scope,
        at=at,
        four=_four(scope, lines),
        funnel=_funnel(scope, lines),
        learners=lines,
        groups=_grouped(lines, lambda line: line.group),
        provinces=_grouped(lines, lambda line: str(line.province)),
        cohorts=_grouped(lines, lambda line: line.cohort.slug),
        months=_months(lines),
    )


def _four(scope: Scope, lines: list[LearnerLine]) -> FourNumbers:
    return FourNumbers(
        target=scope.target,
        attended=sum(line.attended for line in lines),
        passed=sum(line.passed for line in lines),
        earns_more=sum(line.passed and line.earns_more for line in lines),
    )


def _funnel(scope: Scope, lines: list[LearnerLine]) -> list[tuple[str, int]]:
    """From the application to the first sale. Each step counts those who took all the steps before it."""
    applied = Application.objects.filter(cohort__in=scope.cohorts).count()
    steps: list[tuple[str, Callable[[LearnerLine], bool]]] = [
        ("attended", lambda line: line.attended),
        ("passed", lambda line: line.passed),
        ("opened", lambda line: line.uses_it),
        ("published", lambda line: line.published),
        ("sold", lambda line: line.income_satang > 0),
    ]
    funnel, left = [("applied", applied), ("seated", len(lines))], lines
    for name, took in steps:
        left = [line for line in left if took(line)]
        funnel.append((name, len(left)))
    return funnel


def _grouped(lines: Iterable[LearnerLine], key: Callable[[LearnerLine], str]) -> list[GroupLine]:
    """By key, the one with the highest income first."""
    groups: dict[str, list[LearnerLine]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    found = [
        GroupLine(
            key=name,
            learners=len(members),
            passed=sum(line.passed for line in members),
            earns_more=sum(line.passed and line.earns_more for line in members),
            unknown=sum(line.passed and line.is_unknown for line in members),
            income_satang=sum(line.income_satang for line in members),
        )
        for name, members in groups.items()
    ]
    return sorted(found, key=lambda group: (-group.income_satang, -group.learners, group.key))


def _months(lines: Iterable[LearnerLine]) -> list[tuple[date, int]]:
    """Income by month, months without any included between the first and the last."""
    sums: dict[date, int] = {}
    for line in lines:
        for month, satang in line.months.items():
            sums[month] = sums.get(month, 0) + satang
    if not sums:
        return []
    month, last, found = min(sums), max(sums), []
    while month <= last:
        found.append((month, sums.get(month, 0)))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return found


def _share(part: int, whole: int) -> float:
    """Per cent with two decimals, as the ministry prints them; 0 of 0 is 0."""
    return round(100 * part / whole, 2) if whole else 0.0
