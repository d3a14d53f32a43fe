"""What an import of a roster would do, row by row, without doing it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tourdee.core.text import comparison_key
from tourdee.people.models import User

from ..models import Answers, Application, Cohort
from .applications import citizen_id_hash

NEW, SEAT, SAME, BAD = "new", "seat", "same", "bad"


@dataclass(frozen=True)
class RosterLine:
    """One row of the file: as the office wrote it (``number`` as in the sheet), as read, and what would happen.

    ``outcome``: ``new`` application and seat, ``seat`` for one that is there already, ``same``: nothing to do, ``bad``.
    """

    number: int
    name: str
    citizen_id: str
    answers: Answers | None = None
    problems: tuple[str, ...] = ()
    outcome: str = BAD
    application: Application | None = None

    def with_problem(self, text: str) -> "RosterLine":
        """The same row, refused with one more reason."""
        return replace(self, problems=(*self.problems, text), outcome=BAD)


def roster_plan(cohort: Cohort, lines: Sequence[RosterLine]) -> list[RosterLine]:
    """The rows with their outcome. Looks at the file itself, the cohort's applications and its free seats."""
    known = _Known(cohort, lines)
    return _within_seats(cohort, [_planned(line, known) for line in _without_doubles(lines)])


def is_importable(plan: Sequence[RosterLine]) -> bool:
    """All or nothing: whether no row is bad."""
    return bool(plan) and all(line.outcome != BAD for line in plan)


class _Known:
    """The applications of the cohort that the rows could mean, by citizen id and by phone (two queries)."""

    def __init__(self, cohort: Cohort, lines: Sequence[RosterLine]) -> None:
        answers = [line.answers for line in lines if line.answers]
        hashes = [citizen_id_hash(one.citizen_id) for one in answers]
        applications = Application.objects.filter(cohort=cohort).select_related("user")
        self.by_hash: dict[str, list[Application]] = {}
        for one in applications.filter(citizen_id_hash__in=hashes):
            self.by_hash.setdefault(one.citizen_id_hash, []).append(one)
        users = User.objects.filter(phone__in=[one.phone for one in answers])
        self.by_phone = {str(one.user.phone): one for one in applications.filter(user__in=users)}


def _without_doubles(lines: Sequence[RosterLine]) -> list[RosterLine]:
    ids = Counter(line.answers.citizen_id for line in lines if line.answers)
    phones = Counter(line.answers.phone for line in lines if line.answers)
    checked = []
    for line in lines:
        if line.answers and ids[line.answers.citizen_id] > 1:
            line = line.with_problem(_("This citizen ID stands in the file more than once."))
        if line.answers and phones[line.answers.phone] > 1:
            line = line.with_problem(_("This phone number stands in the file more than once."))
        checked.append(line)
    return checked


def _planned(line: RosterLine, known: _Known) -> RosterLine:
    if line.problems or line.answers is None:
        return line
    same_id = known.by_hash.get(citizen_id_hash(line.answers.citizen_id), [])
    if len(same_id) > 1:
        return line.with_problem(_("Two applications in this cohort have this citizen ID. Decide about them first."))
    if not same_id:
        if line.answers.phone in known.by_phone:
            return line.with_problem(_("This phone number belongs to another person in this cohort."))
        return replace(line, outcome=NEW)
    return _like(line, line.answers, same_id[0])


def _like(line: RosterLine, answers: Answers, found: Application) -> RosterLine:
    """The person has applied to this cohort before."""
    if comparison_key(found.name) != comparison_key(answers.name):
        return line.with_problem(_("This citizen ID is in this cohort already, with another name."))
    if answers.phone not in {found.phone, found.user.phone}:
        return line.with_problem(_("This person is in this cohort already, with another phone number."))
    if found.status == Application.Status.SEATED:
        return replace(line, outcome=SAME, application=found)
    if found.status in {Application.Status.SUBMITTED, Application.Status.WAITING}:
        return replace(line, outcome=SEAT, application=found)
    status = found.get_status_display()
    return line.with_problem(
        _("This person's application stands at: %(status)s. Change that first.") % {"status": status}
    )


def _within_seats(cohort: Cohort, plan: list[RosterLine]) -> list[RosterLine]:
    """Rows beyond the free seats are bad: nobody is put on the waiting list by a file."""
    left, checked = cohort.seats_left, []
    for line in plan:
        if line.outcome in {NEW, SEAT}:
            left -= 1
            if left < 0:
                line = line.with_problem(_("The cohort is full: it has %(seats)s seats.") % {"seats": cohort.seats})
        checked.append(line)
    return checked
