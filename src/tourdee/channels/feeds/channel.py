"""Who this channel is, for the page of all channels."""

from django.utils.translation import gettext_lazy as _

from tourdee.inbox.queries.channels import CONNECTED, NOT_CONNECTED, Channel, State
from tourdee.inbox.queries.outlets import Outlet
from tourdee.shop.models import Shop

from .models import Feed
from .readers import READERS


def state(shop: Shop) -> State:
    """Connected once the seller says that a reader has the address."""
    if Feed.objects.filter(shop=shop, pasted_at__isnull=False).exists():
        return State(CONNECTED, "")
    return State(NOT_CONNECTED, _("Copy one address and paste it at Facebook or Google."))


CHANNEL = Channel(
    slug="feeds", title=_("Facebook and Google catalogues"), about=_("They fetch your products by themselves, every day."),
    icon="refresh", url_name="my_feeds", state=state,
)  # fmt: skip
OUTLETS = [
    Outlet(
        slug=reader.channel, title=reader.name, url_name="my_feed", url_args=(reader.slug,),
        remedy=_("Nothing to do: it is read at their next visit, mostly within a day."),
    )
    for reader in READERS.values()
]  # fmt: skip
