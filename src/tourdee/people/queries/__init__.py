"""Questions about people, their roles, their communities and what they agreed to."""

from .communities import (
    communities_of,
    communities_shown,
    confirmed_members,
    invitations_of,
    led_communities,
    may_edit,
    members_for_leader,
)
from .demo import demo_people
from .directory import Directory, declined_erasure_of, directory, open_erasure_of, open_erasure_requests
from .organisations import organisations_with_people
from .privacy import (
    KnownAs,
    agreed_to_newest,
    consents_of,
    known_as,
    my_data,
    notice_in_force,
    notices,
    purposes_of,
)
from .roles import (
    has_second_factor,
    is_instructor,
    is_officer,
    memberships_of,
    needs_second_factor,
    offices,
    offices_of,
    organisations_of,
    people_in,
)
from .sign_in import has_authenticator_app, linked_services, outside_accounts, passkeys_of

__all__ = [
    "Directory",
    "KnownAs",
    "agreed_to_newest",
    "communities_of",
    "communities_shown",
    "confirmed_members",
    "consents_of",
    "declined_erasure_of",
    "demo_people",
    "directory",
    "has_authenticator_app",
    "has_second_factor",
    "invitations_of",
    "is_instructor",
    "is_officer",
    "known_as",
    "led_communities",
    "linked_services",
    "may_edit",
    "members_for_leader",
    "memberships_of",
    "my_data",
    "needs_second_factor",
    "notice_in_force",
    "notices",
    "offices",
    "offices_of",
    "open_erasure_of",
    "open_erasure_requests",
    "organisations_of",
    "organisations_with_people",
    "outside_accounts",
    "passkeys_of",
    "people_in",
    "purposes_of",
]
