"""How this channel stands on the seller's page of channels."""

from django.utils.translation import gettext_lazy as _

from tourdee.inbox.queries.channels import CONNECTED, NOT_CONNECTED, PRACTICE, Channel, State
from tourdee.shop.models import Shop

from .graph import mode
from .queries.comments import open_orders_in_comments
from .queries.pages import page_of


def state_of(shop: Shop) -> State:
    """The kind, and what to do now."""
    page = page_of(shop)
    if page is None or not page.may_post:
        return State(NOT_CONNECTED, _("Connect your page step by step, or post by hand."))
    if page.trouble == "keys":
        return State(NOT_CONNECTED, _("Facebook no longer accepts the key. Connect again."))
    kind = PRACTICE if mode() == "console" else CONNECTED
    if open_orders_in_comments(shop):
        return State(kind, _("Orders wait in your comments."))
    if not shop.facebook_posts.exists():
        return State(kind, _("Post your first item."))
    return State(kind, _("Posts and comments work. Post when something new is on sale."))


CHANNEL = Channel(
    slug="facebook",
    title=_("Facebook Page"),
    about=_("Posts with pictures, comments that become orders, and Messenger."),
    icon="brand-facebook",
    url_name="my_facebook",
    state=state_of,
)
