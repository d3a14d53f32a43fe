"""A calculation's price is taken over: the page again, with the price filled in and nothing saved."""

from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from ...forms.suggested_price import SuggestedPrice, uncomplaining
from .access import PersonRequest


def taken_over(request: PersonRequest, rows: Any, takes: SuggestedPrice) -> Any:
    """The rows to show after a press on “use this price”."""
    if takes.is_valid():
        return takes.filled()
    messages.error(request, _("This calculation or row is no longer there. Please choose again."))
    return uncomplaining(rows)
