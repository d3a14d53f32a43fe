"""The community among whose shops a shop is shown."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee.core.audit import record
from tourdee.people.models import Community, User

from ..models import Shop
from ..queries.communities import communities_for
from .versions import shop_itself_changed


class NotAMember(Exception):
    """Only who belongs to a community sells in its name."""

    @property
    def message(self) -> str:
        return _("You do not belong to this community. Ask its leader to add you.")


@transaction.atomic
def show_in_community(*, shop: Shop, community: Community | None, by: User, at: datetime) -> None:
    """Show the shop, and what it sells, on the page of a community of its owner; ``None``: of no community. The same
    again changes nothing. Raises NotAMember."""
    if community is not None and community not in communities_for(shop):
        raise NotAMember
    if not Shop.objects.filter(pk=shop.pk).exclude(community=community).update(community=community):
        return
    shop_itself_changed(shop.pk)
    where = f"อยู่ในหน้าชุมชน {community.name_th}" if community else "ไม่อยู่ในหน้าชุมชนใด"
    record("shop.community", subject=shop, text=f"{shop.name_th} {where}", at=at, actor=by)


@transaction.atomic
def leave_community(*, user: str, community: str) -> None:
    """Who belongs to a community no longer sells in its name no longer. Safe to repeat."""
    theirs = Shop.objects.filter(owner__public_id=user, community__public_id=community)
    for shop in theirs:
        Shop.objects.filter(pk=shop.pk).update(community=None)
        shop_itself_changed(shop.pk)
