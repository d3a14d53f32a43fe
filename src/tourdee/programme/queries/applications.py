"""Questions about applications."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from tourdee.core.crypto import CannotUnseal, keyed_hash, unseal
from tourdee.people.models import User

from ..models import Application, Cohort
from .cohorts import cohorts_seen_by

CITIZEN_ID_PURPOSE = "programme.citizen_id"
SORTS = {
    "newest": ("-submitted_at", "-id"),
    "oldest": ("submitted_at", "id"),
    "name": ("name", "id"),
    "province": ("province", "name", "id"),
}


@dataclass(frozen=True, kw_only=True)
class ApplicationSearch:
    """What an officer looks for. Empty fields do not narrow; an unknown sort is the default one."""

    words: str = ""
    status: str = ""
    audience_group: str = ""
    province: int | None = None
    sort: str = "oldest"


def applications_of(user: User) -> list[Application]:
    """All that this person applied for, the newest first."""
    return list(own_applications(user).order_by("-submitted_at"))


def own_applications(user: User) -> QuerySet[Application]:
    """The person's own applications, and nobody else's."""
    return Application.objects.filter(user=user).select_related("cohort__programme__office")


def application_to(cohort: Cohort, user: User) -> Application | None:
    """This person's application to this cohort, if there is one."""
    return Application.objects.filter(cohort=cohort, user=user).first()


def applications_seen_by(user: User) -> QuerySet[Application]:
    """Applications to the cohorts of this officer's offices; no others exist for them."""
    return with_flags(
        Application.objects.filter(cohort__in=cohorts_seen_by(user).order_by().values("pk")).select_related(
            "cohort__programme__office"
        )
    )


def applications_matching(cohort: Cohort, search: ApplicationSearch) -> QuerySet[Application]:
    """The applications of a cohort that the officer looks for. Thirteen digits find a citizen id by its hash."""
    found = with_flags(Application.objects.filter(cohort=cohort))
    if search.words:
        found = found.filter(_by_words(search.words))
    if search.status:
        found = found.filter(status=search.status)
    if search.audience_group:
        found = found.filter(audience_group=search.audience_group)
    if search.province:
        found = found.filter(province=search.province)
    return found.order_by(*SORTS.get(search.sort, SORTS["oldest"]))


def with_flags(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Adds ``shares_citizen_id``: another account applied to the same cohort with the same citizen id."""
    others = Application.objects.filter(cohort=OuterRef("cohort"), citizen_id_hash=OuterRef("citizen_id_hash")).exclude(
        pk=OuterRef("pk")
    )
    return applications.annotate(shares_citizen_id=Exists(others.exclude(citizen_id_hash="")))


def sharing_citizen_id(application: Application) -> list[Application]:
    """The other applications to the same cohort with the same citizen id."""
    if not application.citizen_id_hash:
        return []
    same = Application.objects.filter(cohort=application.cohort, citizen_id_hash=application.citizen_id_hash)
    return list(same.exclude(pk=application.pk))


def citizen_id_hash(citizen_id: str) -> str:
    """By which a citizen id is found without being stored in the clear."""
    return keyed_hash(CITIZEN_ID_PURPOSE, citizen_id)


def citizen_id_of(application: Application) -> str:
    """The thirteen digits. Only for a view that writes who looked; everything else shows the masked form."""
    return unseal(application.citizen_id_sealed) if application.citizen_id_sealed else ""


def masked_citizen_id(application: Application) -> str:
    """``x-xxxx-xxxxx-12-3``: the last three digits, enough to compare with a card in the hand; else empty."""
    try:
        digits = citizen_id_of(application)
    except CannotUnseal:
        return "?"
    return f"x-xxxx-xxxxx-{digits[10:12]}-{digits[12]}" if digits else ""


def _by_words(words: str) -> Q:
    digits = "".join(character for character in words if character.isdecimal())
    if len(digits) == 13:
        return Q(citizen_id_hash=citizen_id_hash(digits))
    by = (
        Q(name__icontains=words) | Q(email__icontains=words) | Q(public_id__iexact=words) | Q(works_as__icontains=words)
    )
    return by | Q(phone__contains=digits.lstrip("0")) if len(digits) >= 4 else by
