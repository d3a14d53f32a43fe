"""Who this channel is, for the page of all channels."""

from django.utils.translation import gettext_lazy as _

from tourdee.inbox.queries.channels import CONNECTED, NOT_CONNECTED, PRACTICE, Channel, State
from tourdee.inbox.queries.outlets import Outlet
from tourdee.shop.models import Shop

from .keys import MARKETPLACES
from .models import MyShop, Template
from .myshop import CHANNEL as LINE_SHOPPING
from .myshop import mode


def state(shop: Shop) -> State:
    """Connected once LINE SHOPPING has answered, or the seller has uploaded a filled file."""
    if MyShop.objects.filter(shop=shop, seen_at__isnull=False).exists():
        return State(PRACTICE if mode() == "console" else CONNECTED, "")
    if Template.objects.filter(shop=shop, listed_at__isnull=False).exists():
        return State(CONNECTED, "")
    return State(NOT_CONNECTED, _("Bring the file that you downloaded from the marketplace; it is filled in for you."))


CHANNEL = Channel(
    slug="marketplaces", title=_("Marketplaces"),
    about=_("Your products as a filled file for Shopee, Lazada and TikTok Shop; LINE SHOPPING follows price and stock by itself."),
    icon="shopping-bag", url_name="my_marketplaces", state=state,
)  # fmt: skip
OUTLETS = [
    *(
        Outlet(
            slug=one.slug, title=one.name, url_name="my_marketplaces",
            remedy=_("Make the file anew, upload it there, and say so here."),
        )
        for one in MARKETPLACES.values()
    ),
    Outlet(
        slug=LINE_SHOPPING, title="LINE SHOPPING", url_name="my_line_shopping", push="look_in_line",
        remedy=_("It follows by itself within a minute."),
    ),
]  # fmt: skip
