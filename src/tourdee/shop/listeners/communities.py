"""Who leaves a community takes the shop out of its page."""

from tourdee.events import CommunityLeft, listens

from ..actions.communities import leave_community


@listens(CommunityLeft)
def take_shop_out(happened: CommunityLeft) -> None:
    """Of that community only."""
    leave_community(user=happened.user, community=happened.community)
