"""Communities: made and kept by their leaders."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from tourdee import events
from tourdee.core import audit

from ..addresses import Address
from ..models import Community, CommunityMember, User
from .accounts import person_with
from .budgets import BudgetSpent, spend
from .slugs import free_slug

LED_AT_MOST = 3
ADDED_A_DAY = 40


class CannotChangeCommunity(Exception):
    """Base of the refusals below."""


class TooManyCommunities(CannotChangeCommunity):
    """One person leads at most three communities."""


class TooManyAdded(CannotChangeCommunity):
    """A leader adds at most forty people a day."""


class MemberAlready(CannotChangeCommunity):
    """This address was added before."""


class LastLeader(CannotChangeCommunity):
    """A community is never left without a leader."""


@dataclass(frozen=True)
class CommunityPage:
    """What a leader writes about the community. ``picture``: path of a stored picture, empty for none."""

    name_th: str
    name_en: str
    province: int
    story_th: str
    story_en: str
    picture: str


@transaction.atomic
def create_community(*, page: CommunityPage, by: User, at: datetime) -> Community:
    """A new community with its first leader. Raises TooManyCommunities."""
    if by.communities.filter(is_leader=True).count() >= LED_AT_MOST:
        raise TooManyCommunities
    community = Community.objects.create(slug=free_slug(Community, page.name_en), **vars(page))
    CommunityMember.objects.create(community=community, user=by, is_leader=True)
    audit.record("create_community", subject=community, actor=by, at=at, text=f"{by} founded {community}")
    return community


@transaction.atomic
def edit_community(*, community: Community, page: CommunityPage) -> None:
    """Write the page anew. Its address stays, because it may be printed somewhere."""
    for field, value in vars(page).items():
        setattr(community, field, value)
    community.save(update_fields=list(vars(page)))


@transaction.atomic
def add_community_member(
    *, community: Community, address: Address, by: User, language: str, at: datetime
) -> CommunityMember:
    """Add whoever has this address; they count once they say yes. Raises TooManyAdded, MemberAlready.

    The leader learns nothing about the address: known and unknown ones look the same until the person answers.
    """
    try:
        spend(what="community member", subject=by.public_id, limit=ADDED_A_DAY, window=timedelta(days=1), at=at)
    except BudgetSpent as full:
        raise TooManyAdded from full
    user = person_with(address=address, language=language, proved=False).user
    try:
        with transaction.atomic():
            return CommunityMember.objects.create(
                community=community, user=user, is_confirmed=False, added_as=address.value
            )
    except IntegrityError as problem:
        raise MemberAlready from problem


@transaction.atomic
def answer_invitation(*, member: CommunityMember, yes: bool) -> None:
    """Join the community that a leader added the person to, or not. Safe to repeat."""
    waiting = CommunityMember.objects.filter(pk=member.pk, is_confirmed=False)
    if yes:
        waiting.update(is_confirmed=True)
    else:
        waiting.delete()


@transaction.atomic
def remove_community_member(*, member: CommunityMember, by: User, at: datetime) -> None:
    """Take somebody off the list, or leave. Raises LastLeader."""
    others = CommunityMember.objects.select_for_update().filter(
        community=member.community, is_leader=True, is_confirmed=True
    )
    if member.is_leader and not [other for other in others if other.pk != member.pk]:
        raise LastLeader
    member.delete()
    audit.record(
        "remove_community_member", subject=member.community, actor=by, at=at,
        text=f"{member.user} no longer belongs to {member.community}",
    )  # fmt: skip
    events.publish(events.CommunityLeft(user=member.user.public_id, community=member.community.public_id))


@transaction.atomic
def set_leader(*, member: CommunityMember, leads: bool, by: User, at: datetime) -> None:
    """Let a member edit the page too, or no longer. Raises LastLeader."""
    leaders = CommunityMember.objects.select_for_update().filter(
        community=member.community, is_leader=True, is_confirmed=True
    )
    if not leads and not [other for other in leaders if other.pk != member.pk]:
        raise LastLeader
    changed = CommunityMember.objects.filter(pk=member.pk, is_confirmed=True).exclude(is_leader=leads)
    if changed.update(is_leader=leads):
        done = "leads" if leads else "no longer leads"
        text = f"{member.user} {done} {member.community}"
        audit.record("set_leader", subject=member.community, actor=by, at=at, text=text)
