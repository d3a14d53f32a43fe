"""Questions about people, their roles and what they agreed to."""

from typing import Any

from .models import Membership, Organisation, PrivacyNotice, User


def is_officer(user: Any) -> bool:
    """Whether the person works for an office."""
    return bool(user.is_authenticated) and user.memberships.filter(role=Membership.Role.OFFICER).exists()


def is_instructor(user: Any) -> bool:
    """Whether the person teaches for a partner."""
    return bool(user.is_authenticated) and user.memberships.filter(role=Membership.Role.INSTRUCTOR).exists()


def offices_of(user: User) -> list[Organisation]:
    """The organisations whose programmes this officer may see; no others exist for them."""
    return list(Organisation.objects.filter(memberships__user=user, memberships__role=Membership.Role.OFFICER))


def needs_second_factor(user: User) -> bool:
    """Officers and the host."""
    return user.is_host or is_officer(user)


def has_second_factor(user: User) -> bool:
    """A passkey or an authenticator app is set up."""
    from allauth.mfa.models import Authenticator

    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def notice_in_force() -> PrivacyNotice | None:
    """The newest published privacy notice."""
    return PrivacyNotice.objects.order_by("-published_at").first()
