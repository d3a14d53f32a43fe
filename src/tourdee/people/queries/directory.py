"""The host's list of people."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from ..models import ErasureRequest, Membership, User

ROLES = {
    "officer": Q(memberships__role=Membership.Role.OFFICER),
    "instructor": Q(memberships__role=Membership.Role.INSTRUCTOR),
    "host": Q(is_host=True),
    "inactive": Q(is_active=False),
}
ORDERS = {"name": ("name", "id"), "newest": ("-joined_at", "-id"), "last": ("-last_login", "-id")}


@dataclass(frozen=True)
class Directory:
    """What was asked for, cleaned: unknown roles and orders fall back to everybody, by name."""

    words: str = ""
    role: str = ""
    order: str = "name"


def directory(wanted: Directory) -> QuerySet[User]:
    """People by name, e-mail or telephone, with their memberships loaded."""
    found = User.objects.exclude(email__endswith="@erased.invalid")
    if wanted.role in ROLES:
        found = found.filter(ROLES[wanted.role]).distinct()
    for word in wanted.words.split()[:5]:
        digits = word.lstrip("0").replace("-", "")
        by_phone = Q(phone__contains=digits) if len(digits) >= 4 and digits.isascii() and digits.isdigit() else Q()
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word) | by_phone)
    roles = Prefetch("memberships", Membership.objects.select_related("organisation").order_by("role", "id"))
    return found.prefetch_related(roles).order_by(*ORDERS.get(wanted.order, ORDERS["name"]))


def open_erasure_of(user: User) -> ErasureRequest | None:
    """The person's own unanswered request."""
    return user.erasure_requests.filter(outcome=ErasureRequest.Outcome.OPEN).first()


def declined_erasure_of(user: User) -> ErasureRequest | None:
    """The newest answer, where it was no."""
    newest = user.erasure_requests.order_by("-id").first()
    return newest if newest and newest.outcome == ErasureRequest.Outcome.DECLINED else None


def open_erasure_requests() -> QuerySet[ErasureRequest]:
    """Who waits to be forgotten, longest first."""
    waiting = ErasureRequest.objects.filter(outcome=ErasureRequest.Outcome.OPEN)
    return waiting.select_related("user").order_by("asked_at")
