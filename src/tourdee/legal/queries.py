"""Questions about papers: what a business has, what is missing, and how it may sell lawfully. Nothing here writes."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from .models import Business, OperatorAgreement, Paper

KIND = Paper.Kind
TYPE = Business.Kind


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


@dataclass(frozen=True)
class Way:
    """One lawful way to earn (TOUR-002). ``open`` says whether this business can go it today."""

    key: str
    rule: str
    open: bool
    title: str
    text: str


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


def tour_licence_of(business: Business, on: date) -> Paper | None:
    """The accepted tour-business licence in force on that day (TOUR-001); without it no tour may be sold."""
    licences = business.papers.filter(kind=KIND.TOUR_LICENCE, status=Paper.Status.ACCEPTED)
    return next((paper for paper in licences if paper.in_force(on)), None)


def partners_of(business: Business, on: date) -> list[OperatorAgreement]:
    """The active agreements under which licensed operators sell this guide's tours; only those whose licence is in
    force on that day."""
    agreements = (
        business.agreements_as_guide.filter(status=OperatorAgreement.Status.ACTIVE)
        .select_related("operator")
        .prefetch_related("operator__papers")
        .order_by("operator__name")
    )
    return [agreement for agreement in agreements if _has_tour_licence(agreement.operator, on)]


def _has_tour_licence(business: Business, on: date) -> bool:
    return any(paper.kind == KIND.TOUR_LICENCE and paper.in_force(on) for paper in business.papers.all())


def lawful_ways(business: Business, on: date) -> list[Way]:
    """All lawful ways to earn with guiding and community goods (TOUR-002), each with whether it is open now."""
    own, partner = tour_licence_of(business, on) is not None, bool(partners_of(business, on))
    return [
        Way("own_licence", "TOUR-003", own, _("Your own tour-business licence"),
            _("Apply for the local-area class. One Thai person of 20 or older may apply; no company is needed.")),
        Way("partner", "TOUR-008", partner, _("Sell under a licensed partner"),
            _("A licensed operator is the seller, receives the money and gives you a job order. You lead the tour.")),
        Way("profile", "TOUR-002", True, _("Your profile and enquiries"),
            _("Show who you are and where you guide, without price or booking. Visitors write to you.")),
        Way("workshop", "TOUR-002", True, _("A workshop at your own place"),
            _("Cooking, weaving, dyeing: guests come to you, you take them nowhere. You may sell it at once.")),
        Way("goods", "REG-001", True, _("Community products"),
            _("Sell what you and your community make. No tour licence is needed.")),
    ]  # fmt: skip
