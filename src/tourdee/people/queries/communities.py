"""Communities as the public, their members and their leaders see them."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from ..models import Community, CommunityMember, User


def communities_shown(*, words: str = "", province: int | None = None) -> QuerySet[Community]:
    """Every community with ``member_count`` (those who said yes), by Thai name; narrowed by words and province."""
    found = Community.objects.annotate(member_count=Count("members", filter=Q(members__is_confirmed=True)))
    if words:
        found = found.filter(Q(name_th__icontains=words) | Q(name_en__icontains=words))
    if province:
        found = found.filter(province=province)
    return found.order_by("name_th", "id")


def communities_of(user: User) -> list[CommunityMember]:
    """The person's communities, those they lead first."""
    mine = user.communities.filter(is_confirmed=True).select_related("community")
    return list(mine.order_by("-is_leader", "community__name_th"))


def invitations_of(user: User) -> list[CommunityMember]:
    """Communities whose leader added the person, who has not answered yet."""
    return list(user.communities.filter(is_confirmed=False).select_related("community").order_by("id"))


def led_communities(user: User) -> QuerySet[Community]:
    """The communities whose pages this person may edit; for them no others exist."""
    return Community.objects.filter(members__user=user, members__is_leader=True, members__is_confirmed=True)


def may_edit(user: User | AnonymousUser, community: Community) -> bool:
    """Whether the person leads the community."""
    return isinstance(user, User) and led_communities(user).filter(pk=community.pk).exists()


def confirmed_members(community: Community) -> list[User]:
    """The people who belong to a community, leaders first."""
    chosen = User.objects.filter(communities__community=community, communities__is_confirmed=True, is_active=True)
    return list(chosen.order_by("-communities__is_leader", "name", "id"))


def members_for_leader(community: Community) -> list[CommunityMember]:
    """Everybody whom a leader may see and remove: leaders first, those who have not answered last.

    The latter stand in the order in which they were added: an order by name would tell who has an account.
    """
    everybody = list(community.members.select_related("user").order_by("id"))
    confirmed = [member for member in everybody if member.is_confirmed]
    confirmed.sort(key=lambda member: (not member.is_leader, member.user.name))
    return confirmed + [member for member in everybody if not member.is_confirmed]
