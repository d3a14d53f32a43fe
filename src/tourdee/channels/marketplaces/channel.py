"""Who this channel is, for the page of all channels."""

from django.utils.translation import gettext_lazy as _

from tourdee.inbox.queries.channels import CONNECTED, NOT_CONNECTED, Channel, State
from tourdee.shop.models import Shop

from .models import Template


def state(shop: Shop) -> State:
    """Connected once the seller has uploaded a filled file."""
    if Template.objects.filter(shop=shop, listed_at__isnull=False).exists():
        return State(CONNECTED, "")
    return State(NOT_CONNECTED, _("Bring the file that you downloaded from the marketplace; it is filled in for you."))


CHANNEL = Channel(
    slug="marketplaces", title=_("Shopee, Lazada, TikTok Shop"), about=_("Put the same products on the marketplaces."),
    icon="shopping-bag", url_name="my_marketplaces", state=state,
)  # fmt: skip
