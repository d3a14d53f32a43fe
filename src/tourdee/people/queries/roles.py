"""Who works for whom, as what, and with which proof."""

from typing import Any

from allauth.mfa.models import Authenticator

from ..models import Membership, Organisation, User

OFFICER = Membership.Role.OFFICER
INSTRUCTOR = Membership.Role.INSTRUCTOR


def is_officer(user: Any) -> bool:
    """Whether the person works for an office."""
    return bool(user.is_authenticated) and OFFICER in user.roles


def is_instructor(user: Any) -> bool:
    """Whether the person teaches for a partner."""
    return bool(user.is_authenticated) and INSTRUCTOR in user.roles


def organisations_of(user: User, role: str) -> list[Organisation]:
    """Where the person has this role, by Thai name."""
    return list(Organisation.objects.filter(memberships__user=user, memberships__role=role).order_by("name_th"))


def offices_of(user: User) -> list[Organisation]:
    """The organisations whose programmes this officer may see; no others exist for them."""
    return organisations_of(user, OFFICER)


def people_in(organisation: Organisation, role: str) -> list[User]:
    """The active people who have this role in an organisation, by name (an office's officers, a team's instructors)."""
    chosen = User.objects.filter(memberships__organisation=organisation, memberships__role=role, is_active=True)
    return list(chosen.order_by("name", "id"))


def memberships_of(user: User) -> list[Membership]:
    """A person's roles with their organisations."""
    return list(user.memberships.select_related("organisation").order_by("role", "organisation__name_th"))


def needs_second_factor(user: User) -> bool:
    """Officers and the host."""
    return user.is_host or is_officer(user)


def offices() -> list[Organisation]:
    """The offices of this installation, by Thai name."""
    return list(Organisation.objects.filter(kind=Organisation.Kind.OFFICE).order_by("name_th"))


def has_second_factor(user: User) -> bool:
    """A passkey or an authenticator app is set up."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
