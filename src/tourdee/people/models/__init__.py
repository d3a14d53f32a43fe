"""Who there is: people, the organisations and communities they belong to, what they agreed to, what proves them."""

from .accounts import Membership, Organisation, User, UserManager
from .codes import Budget, OneTimeCode
from .communities import Community, CommunityMember
from .privacy import Consent, ErasureRequest, PrivacyNotice

__all__ = [
    "Budget",
    "Community",
    "CommunityMember",
    "Consent",
    "ErasureRequest",
    "Membership",
    "OneTimeCode",
    "Organisation",
    "PrivacyNotice",
    "User",
    "UserManager",
]
