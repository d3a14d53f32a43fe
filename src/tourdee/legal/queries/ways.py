"""How a business may sell lawfully, and under whose licence."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ..models import Business, OperatorAgreement, Paper
from .papers import tour_licence_of

AGREEMENT = OperatorAgreement.Status


@dataclass(frozen=True)
class Way:
    """One lawful way to earn (TOUR-002). ``open`` says whether this business can go it today."""

    key: str
    rule: str
    open: bool
    title: str
    text: str


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


def partners_of(business: Business, on: date) -> list[OperatorAgreement]:
    """The active agreements under which licensed operators sell this guide's tours; only those whose licence is in
    force on that day."""
    agreements = (
        business.agreements_as_guide.filter(status=AGREEMENT.ACTIVE)
        .select_related("operator")
        .prefetch_related("operator__papers")
        .order_by("operator__name")
    )
    return [agreement for agreement in agreements if has_tour_licence(agreement.operator, on)]


def sells_under(guide: Business, operator: Business, on: date) -> bool:
    """Whether this operator may be seller and payee of the guide's tours on that day: an active agreement and a licence
    in force."""
    agreed = OperatorAgreement.objects.filter(guide=guide, operator=operator, status=AGREEMENT.ACTIVE).exists()
    return agreed and tour_licence_of(operator, on) is not None


def has_tour_licence(business: Business, on: date) -> bool:
    """As ``tour_licence_of``, from papers that are already loaded."""
    return any(paper.kind == Paper.Kind.TOUR_LICENCE and paper.in_force(on) for paper in business.papers.all())


def operators_to_ask(guide: Business, on: date, words: str = "") -> list[Business]:
    """Licensed operators that take partners and that this guide has not asked yet, of the guide's province first."""
    asked = guide.agreements_as_guide.filter(status__in=[AGREEMENT.ASKED, AGREEMENT.ACTIVE]).values("operator")
    found = Business.objects.filter(takes_partners=True).exclude(owner=guide.owner_id).exclude(pk__in=asked)
    for word in words.split()[:5]:
        found = found.filter(name__icontains=word)
    offering = [one for one in found.prefetch_related("papers").order_by("name", "id") if has_tour_licence(one, on)]
    return sorted(offering, key=lambda one: one.province != guide.province)


def agreements_of(business: Business) -> QuerySet[OperatorAgreement]:
    """Both what this business asked for and what it was asked, newest first."""
    both = OperatorAgreement.objects.filter(guide=business) | OperatorAgreement.objects.filter(operator=business)
    return both.select_related("guide", "operator").order_by("-asked_at", "-id")
