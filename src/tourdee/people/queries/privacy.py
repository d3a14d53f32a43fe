"""The privacy notice in force, who agreed to what, and what is known about a person."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from tourdee.core.crypto import seal, unseal
from tourdee.core.own_data import told_of
from tourdee.core.prepared import Prepared

from ..models import Consent, PrivacyNotice, User

ACCOUNT = "account"  # the purpose under which somebody with an account agrees


@dataclass(frozen=True)
class KnownAs:
    """By what others may have written a person down: addresses that they have proved, and ``outside`` ids by service. Empty where
    there is none."""

    email: str
    phone: str
    outside: dict[str, str]

    def sealed(self) -> str:
        """To be carried by an event: it waits in the database after the person is forgotten."""
        return seal(json.dumps(asdict(self)))

    @classmethod
    def unsealed(cls, text: str) -> "KnownAs":
        """What ``sealed`` wrote; nothing where nothing was carried."""
        return cls(**json.loads(unseal(text))) if text else cls("", "", {})


NEWEST_NOTICE = Prepared(lambda: PrivacyNotice.objects.order_by("-published_at", "-id")[:1])


def notice_in_force() -> PrivacyNotice | None:
    """The newest published privacy notice."""
    return NEWEST_NOTICE.first()


def notices() -> list[PrivacyNotice]:
    """All published versions, newest first."""
    return list(PrivacyNotice.objects.order_by("-published_at", "-id"))


def agreed_to_newest(user: User) -> bool:
    """Whether the person agreed to the notice in force; true as well while none is published."""
    notice = notice_in_force()
    return notice is None or Consent.objects.filter(user=user, notice=notice, purpose=ACCOUNT).exists()


def consents_of(user: User) -> list[Consent]:
    """What a person agreed to, newest first."""
    return list(user.consents.select_related("notice").order_by("-at", "-id"))


def purposes_of(user: User) -> set[str]:
    """The purposes for which a person agreed to the notice in force."""
    notice = notice_in_force()
    return set(user.consents.filter(notice=notice).values_list("purpose", flat=True)) if notice else set()


def known_as(user: User) -> KnownAs:
    """By what others may have written them down."""
    outside = dict(SocialAccount.objects.filter(user=user).values_list("provider", "uid"))
    return KnownAs((user.email or "").lower(), str(user.phone or "") if user.phone_verified else "", outside)


def my_data(user: User) -> dict[str, Any]:
    """Everything that is known about a person, in plain values (PDPA s.30 and s.31): this room's part, then every other room's."""
    return {
        "account": _account(user),
        "roles": [
            {"organisation": role.organisation.name_th, "role": role.role}
            for role in user.memberships.select_related("organisation").order_by("id")
        ],
        "communities": [
            {"community": place.community.name_th, "leader": place.is_leader, "confirmed": place.is_confirmed}
            for place in user.communities.select_related("community").order_by("id")
        ],
        "consents": [
            {"notice": given.notice.version, "purpose": given.purpose, "at": given.at.isoformat()}
            for given in consents_of(user)
        ],
        "sign_in_methods": _sign_in_methods(user),
        "erasure_requests": [
            {"asked_at": asked.asked_at.isoformat(), "outcome": asked.outcome, "reason": asked.reason}
            for asked in user.erasure_requests.order_by("id")
        ],
        **told_of(user),
    }


def _account(user: User) -> dict[str, Any]:
    return {
        "id": user.public_id,
        "name": user.name,
        "email": user.email,
        "phone": user.phone,
        "phone_verified": user.phone_verified,
        "language": user.language,
        "host": user.is_host,
        "joined_at": user.joined_at.isoformat(),
        "last_signed_in_at": user.last_login.isoformat() if user.last_login else None,
    }


def _sign_in_methods(user: User) -> list[dict[str, str]]:
    keys = Authenticator.objects.filter(user=user).order_by("id")
    linked = SocialAccount.objects.filter(user=user).order_by("id")
    return [
        *({"kind": str(key.type), "added_at": key.created_at.isoformat()} for key in keys),
        *({"kind": account.provider, "added_at": account.date_joined.isoformat()} for account in linked),
    ]
