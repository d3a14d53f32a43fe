"""Who this channel is, for the page of all channels."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tourdee.inbox.queries.channels import CONNECTED, NOT_CONNECTED, Channel, State
from tourdee.shop.models import Shop

from .queries.resellers import is_licensed, resellers_of


def state(shop: Shop) -> State:
    """Connected once an agency has a key that opens something."""
    if any(key.revoked_at is None for one in resellers_of(shop) for key in one.keys.all()):
        return State(CONNECTED, "")
    if is_licensed(shop, timezone.now()):
        return State(NOT_CONNECTED, _("Add the first agency and hand over its key."))
    return State(NOT_CONNECTED, _("Needs your own tour-business licence, checked and in force."))


CHANNEL = Channel(
    slug="octo", title=_("Agencies and booking sites"), about=_("Resellers book your seats from their own system."),
    icon="users-group", url_name="my_resellers", state=state,
)  # fmt: skip
