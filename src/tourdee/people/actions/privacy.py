"""The privacy notice and the rights that follow from it."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from tourdee import events
from tourdee.core import audit

from ..models import CommunityMember, Consent, ErasureRequest, Membership, PrivacyNotice, User
from ..queries.privacy import known_as, notice_in_force
from ..shipped_notices import shipped_notices
from .accounts import end_sessions


class NothingToErase(Exception):
    """The request was already answered."""


@transaction.atomic
def publish_shipped_notices() -> list[PrivacyNotice]:
    """Publish the texts that come with this release and are not published yet. Safe to repeat."""
    known = set(PrivacyNotice.objects.values_list("version", flat=True))
    return [
        PrivacyNotice.objects.create(
            version=notice.version, published_at=notice.published_at, text_th=notice.text_th, text_en=notice.text_en
        )
        for notice in shipped_notices()
        if notice.version not in known
    ]


def record_consent(*, purpose: str, at: datetime, user: User | None = None, guest: str = "") -> Consent:
    """That a person, or a guest (named by order or e-mail), agreed to the notice in force for this purpose.

    Once for each person, purpose and version; a guest's word is kept each time.
    """
    notice = notice_in_force() or publish_shipped_notices()[-1]
    if user is None:
        return Consent.objects.create(notice=notice, guest=guest[:120], purpose=purpose, at=at)
    return Consent.objects.get_or_create(notice=notice, user=user, purpose=purpose, defaults={"at": at})[0]


@transaction.atomic
def welcome(*, user: User, name: str, purpose: str, at: datetime) -> None:
    """A new account gets its name and its owner's agreement; an older one agrees to a newer notice."""
    if name:
        user.name = name
        user.save(update_fields=["name"])
    record_consent(purpose=purpose, user=user, at=at)


@transaction.atomic
def ask_erasure(*, user: User, at: datetime) -> ErasureRequest:
    """Ask to be forgotten; the host has thirty days to answer. Asking twice changes nothing."""
    request, is_new = ErasureRequest.objects.get_or_create(
        user=user, outcome=ErasureRequest.Outcome.OPEN, defaults={"asked_at": at}
    )
    if is_new:
        audit.record("ask_erasure", subject=request, actor=user, at=at, text=f"{user} asked to be forgotten")
    return request


@transaction.atomic
def withdraw_erasure(*, user: User, at: datetime) -> None:
    """The person would rather stay. Safe to repeat."""
    request = ErasureRequest.objects.filter(user=user, outcome=ErasureRequest.Outcome.OPEN).first()
    if request and _close(request, ErasureRequest.Outcome.WITHDRAWN, user, "", at):
        audit.record("withdraw_erasure", subject=request, actor=user, at=at, text=f"{user} stays")


@transaction.atomic
def decline_erasure(*, request: ErasureRequest, reason: str, by: User, at: datetime) -> None:
    """Keep the data, with the reason that the law asks to record. Raises NothingToErase."""
    if not _close(request, ErasureRequest.Outcome.DECLINED, by, reason, at):
        raise NothingToErase
    audit.record("decline_erasure", subject=request, actor=by, at=at, text=f"Erasure declined: {reason}")
    events.publish(events.ErasureDeclined(user=request.user.public_id, request=request.public_id))


@transaction.atomic
def erase_person(*, request: ErasureRequest, by: User, at: datetime) -> None:
    """Forget who it was: name, addresses, passkeys, linked accounts, roles. Rooms above hear PersonErased and let go
    of what no law makes them keep; orders and certificates stay, without a way to reach the person.

    Raises NothingToErase.
    """
    if not _close(request, ErasureRequest.Outcome.ERASED, by, "", at):
        raise NothingToErase
    user = request.user
    former = known_as(user).sealed()
    for model in (Membership, CommunityMember, Authenticator, SocialAccount):
        model._default_manager.filter(user=user).delete()
    user.name, user.email, user.phone = "", f"{user.public_id}@erased.invalid", None
    user.phone_verified = user.is_host = user.is_active = False
    user.save()
    end_sessions(user=user)
    audit.record("erase_person", subject=request, actor=by, at=at, text="A person was forgotten on request")
    events.publish(events.PersonErased(user=user.public_id, known_as=former))


def _close(request: ErasureRequest, outcome: str, by: User, reason: str, at: datetime) -> bool:
    still_open = ErasureRequest.objects.filter(pk=request.pk, outcome=ErasureRequest.Outcome.OPEN)
    return still_open.update(outcome=outcome, closed_at=at, closed_by=by, reason=reason) == 1
