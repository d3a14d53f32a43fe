"""LINE in the seller's list of channels."""

from django.utils.translation import gettext_lazy as _

from tourdee.inbox.queries.channels import CONNECTED, NOT_CONNECTED, PRACTICE, Channel, State
from tourdee.shop.models import Shop

from .queries.connections import connection_of, mode


def state_of(shop: Shop) -> State:
    """Connected once every step was checked; under the twin it is practice."""
    connection = connection_of(shop)
    if connection is None or not connection.keys:
        return State(NOT_CONNECTED, _("Connect your LINE Official Account, or practise first."))
    if not connection.works:
        return State(NOT_CONNECTED, _("One step is still missing: look which."))
    if mode() == "console":
        return State(PRACTICE, _("Play the customer in the practice chat, then send news."))
    return State(CONNECTED, _("Put your menu up, answer, send news."))


def shows_all(shop: Shop) -> bool:
    """The chat reads the shop's own rows."""
    connection = connection_of(shop)
    return bool(connection and connection.works)


CHANNEL = Channel(
    slug="line", title=_("LINE"), about=_("Customers look, book, pay and ask in your chat."), icon="brand-line",
    url_name="my_line", state=state_of, shows_all=shows_all,
)  # fmt: skip
