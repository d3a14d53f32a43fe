"""Accounts: made when an address is first proved, changed by their owners, ended."""

from dataclasses import dataclass
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from tourdee import events
from tourdee.core import audit

from ..addresses import Address
from ..models import User


class AddressTaken(Exception):
    """Another account has this address."""


@dataclass(frozen=True)
class Found:
    """Whose address it is, and whether the account was made just now."""

    user: User
    is_new: bool


@transaction.atomic
def person_with(*, address: Address, language: str, proved: bool) -> Found:
    """The account with this address; made when there is none. ``proved``: a code sent there was typed back."""
    fresh = {"language": language, "password": make_password(None)}
    if address.kind == "email":
        user, is_new = User.objects.get_or_create(email=address.value, defaults=fresh)
    else:
        user, is_new = User.objects.get_or_create(phone=address.value, defaults={**fresh, "phone_verified": proved})
    if proved and address.kind == "phone" and not user.phone_verified:
        user.phone_verified = True
        user.save(update_fields=["phone_verified"])
    return Found(user, is_new)


@transaction.atomic
def change_profile(*, user: User, name: str, language: str) -> None:
    """How a person is called, and in which language messages come."""
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])


@transaction.atomic
def change_contact(*, user: User, address: Address, at: datetime) -> None:
    """Replace the e-mail or telephone by one that was just proved. Ends all sessions. Raises AddressTaken."""
    former = str(getattr(user, address.kind) or "")
    setattr(user, address.kind, address.value)
    user.phone_verified = user.phone_verified or address.kind == "phone"
    try:
        with transaction.atomic():
            user.save(update_fields=[address.kind, "phone_verified"])
    except IntegrityError as problem:
        user.refresh_from_db(fields=["email", "phone", "phone_verified"])
        raise AddressTaken from problem
    end_sessions(user=user)
    audit.record("change_contact", subject=user, actor=user, at=at, text=f"{user} changed the {address.kind}")
    events.publish(events.SecurityChanged(user=user.public_id, change=address.kind, former=former))


@transaction.atomic
def end_sessions(*, user: User) -> None:
    """Sign the person out everywhere: sessions carry the hash of the mark that is replaced here."""
    user.password = make_password(None)
    user.save(update_fields=["password"])


@transaction.atomic
def sign_out_everywhere(*, user: User, at: datetime) -> None:
    """The person's own wish, after a lost phone perhaps."""
    end_sessions(user=user)
    audit.record("sign_out_everywhere", subject=user, actor=user, at=at, text=f"{user} signed out everywhere")


@transaction.atomic
def unlink(*, user: User, provider: str, at: datetime) -> None:
    """Forget the person's accounts at LINE or Facebook. Safe to repeat."""
    if SocialAccount.objects.filter(user=user, provider=provider).delete()[0]:
        note_security_change(user=user, change="unlinked", at=at)


@transaction.atomic
def note_security_change(*, user: User, change: str, at: datetime) -> None:
    """A passkey, an app, a LINE or Facebook account came or went: one audit line, one message to its owner."""
    audit.record(f"security_{change}", subject=user, actor=user, at=at, text=f"{user}: {change}")
    events.publish(events.SecurityChanged(user=user.public_id, change=change))
