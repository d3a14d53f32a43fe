"""Whose papers are in order, what is missing, and what waits for a check."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from tourdee.core.prepared import Prepared

from ..models import Business, Paper
from .rules import number_looks_right

KIND = Paper.Kind
TYPE = Business.Kind
WARN_DAYS = (60, 30)  # before the end of a paper


@dataclass(frozen=True)
class Ask:
    """That a rule asks a paper of a kind of business. ``required`` is false where the rule itself is only of low
    confidence: such a paper is recommended and its absence blocks nothing."""

    kind: str
    rule: str
    required: bool = True


@dataclass(frozen=True)
class MissingPaper:
    """A paper that the rules ask for and that is not accepted and in force. ``state`` says how far it is:
    ``none``, ``submitted``, ``refused`` or ``expired``."""

    kind: str
    rule: str
    required: bool
    state: str

    @property
    def label(self) -> str:
        return str(Paper.Kind(self.kind).label)


ASKED_BY_KIND = {
    TYPE.NATURAL: Ask(KIND.COMMERCIAL_REGISTRATION, "REG-001"),
    TYPE.GROUP: Ask(KIND.COMMERCIAL_REGISTRATION, "REG-001"),
    TYPE.COMMUNITY_ENTERPRISE: Ask(KIND.COMMUNITY_ENTERPRISE_REGISTRATION, "REG-003", required=False),
    TYPE.COMPANY: Ask(KIND.COMPANY_REGISTRATION, "REG-002"),
}
ASKED_OF_GUIDES = Ask(KIND.GUIDE_LICENCE, "TOUR-006")


def papers_asked(business: Business) -> list[Ask]:
    """Which papers the rules ask of this kind of business. The tour licence is not among them: it is asked of a tour
    (``tour_licence_of``), since goods and workshops need none."""
    asked = [ASKED_BY_KIND[TYPE(business.kind)]]
    return [ASKED_OF_GUIDES, *asked] if business.is_guide else asked


def missing_papers(business: Business, on: date) -> list[MissingPaper]:
    """The papers asked of this business that are not accepted and in force on that day. One query."""
    papers = list(business.papers.all())
    missing = []
    for ask in papers_asked(business):
        state = _state([paper for paper in papers if paper.kind == ask.kind], on)
        if state != "in_force":
            missing.append(MissingPaper(ask.kind, ask.rule, ask.required, state))
    return missing


def _state(papers: list[Paper], on: date) -> str:
    if any(paper.in_force(on) for paper in papers):
        return "in_force"
    statuses = {paper.status for paper in papers}
    if Paper.Status.SUBMITTED in statuses:
        return "submitted"
    newest = max(papers, key=lambda paper: paper.submitted_at, default=None)
    if newest is None:
        return "none"
    return "refused" if newest.status == Paper.Status.REFUSED else "expired"


def papers_complete(business: Business, on: date) -> bool:
    """Every required paper is accepted and in force, and at least one paper was checked at all."""
    if any(paper.required for paper in missing_papers(business, on)):
        return False
    return any(paper.in_force(on) for paper in business.papers.all())


LICENCES = Prepared(
    lambda business: Paper.objects.filter(business=business, kind=KIND.TOUR_LICENCE, status=Paper.Status.ACCEPTED),
    business=1,
)


def tour_licence_of(business: Business, on: date) -> Paper | None:
    """The accepted tour-business licence in force on that day (TOUR-001); without it no tour may be sold."""
    licence = next((paper for paper in LICENCES.objects(business=business.pk) if paper.in_force(on)), None)
    if licence is not None:
        licence.business = business
    return licence


def business_of(user: Any) -> Business | None:
    """The business that this person sells as; people have one."""
    return Business.objects.filter(owner=user).prefetch_related("papers").order_by("id").first()


def may_see(user: Any, paper: Paper, *, officer: bool) -> bool:
    """A paper is seen by its owner and by officers, by nobody else."""
    return officer or paper.business.owner_id == user.pk


def kinds_of_papers(business: Business) -> list[str]:
    """Which papers this business may send: those the rules ask for, then the licences it might have besides."""
    asked = [ask.kind for ask in papers_asked(business)]
    return [*asked, *(kind for kind in (KIND.TOUR_LICENCE, KIND.GUIDE_LICENCE) if kind not in asked)]


def papers_waiting() -> int:
    """How many papers wait for an officer."""
    return Paper.objects.filter(status=Paper.Status.SUBMITTED).count()


def papers_by_status() -> dict[str, int]:
    """How many papers there are of each status, for the desk's tabs."""
    counted = dict(Paper.objects.order_by().values_list("status").annotate(Count("id")))
    return {status: counted.get(status, 0) for status in Paper.Status.values}


def papers_on_desk(status: str, words: str = "") -> QuerySet[Paper]:
    """Papers of a status for the officer's desk: those that wait longest first, the checked ones newest first."""
    found = Paper.objects.filter(status=status).select_related("business", "business__owner", "checked_by")
    for word in words.split()[:5]:
        found = found.filter(Q(number__icontains=word) | Q(business__name__icontains=word))
    return found.order_by(*(["submitted_at", "id"] if status == Paper.Status.SUBMITTED else ["-checked_at", "-id"]))


def same_number_elsewhere(paper: Paper) -> list[Paper]:
    """Papers of other businesses with the same number, which an officer must know before accepting."""
    others = Paper.objects.filter(kind=paper.kind, number=paper.number).exclude(business=paper.business_id)
    return list(others.exclude(status=Paper.Status.REFUSED).select_related("business"))


def doubts_about_number(paper: Paper) -> bool:
    """Whether the number does not look like others of its kind. A doubt is shown; it refuses nothing."""
    return not number_looks_right(paper.kind, paper.number)


def days_left(paper: Paper, on: date) -> int | None:
    """Days until the paper ends, when that is within the first warning (60 days); else ``None``."""
    if paper.expires_on is None or not paper.in_force(on):
        return None
    days = (paper.expires_on - on).days
    return days if days <= max(WARN_DAYS) else None


def papers_to_warn(on: date, days: int) -> list[Paper]:
    """Accepted papers that end within so many days, whose owner was not told at this distance and has sent no newer
    one of the kind."""
    ending = Paper.objects.filter(
        status=Paper.Status.ACCEPTED, expires_on__gte=on, expires_on__lte=on + timedelta(days=days)
    ).exclude(warned_days__gt=0, warned_days__lte=days)
    return [paper for paper in ending.select_related("business__owner") if not _renewed(paper)]


def _renewed(paper: Paper) -> bool:
    newer = Paper.objects.filter(business=paper.business_id, kind=paper.kind, expires_on__gt=paper.expires_on)
    return newer.exclude(status=Paper.Status.REFUSED).exists()
