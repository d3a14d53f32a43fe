"""How a person can sign in."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet

from ..models import User


def passkeys_of(user: User) -> int:
    """How many passkeys the person has."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count()


def has_authenticator_app(user: User) -> bool:
    """Whether an authenticator app is set up."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def linked_services(user: User) -> set[str]:
    """``line``, ``facebook``: what the person linked."""
    return set(SocialAccount.objects.filter(user=user).values_list("provider", flat=True))


def outside_accounts(service: str) -> QuerySet[SocialAccount]:
    """Who signs in by it: ``uid`` is the service's own id of them, ``user`` the person."""
    return SocialAccount.objects.filter(provider=service)


def outside_id(user: User, service: str) -> str:
    """The id by which LINE or Facebook knows a person who signs in with it; empty where they do not. Shown to nobody."""
    found = SocialAccount.objects.filter(user=user, provider=service).values_list("uid", flat=True).first()
    return str(found or "")
