"""Sending a code from a page: one act, and the words for each refusal."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import actions
from ..addresses import Address
from ..models import User
from .browser import language_of_page, network_of


def send(request: HttpRequest, address: Address, purpose: str, user: User | None = None) -> actions.SentCode | str:
    """The code that was sent, or why none was, in the page's language: the same words for every address."""
    try:
        return actions.send_code(
            address=address,
            purpose=purpose,
            user=user,
            network=network_of(request),
            language=language_of_page(),
            at=timezone.now(),
        )
    except actions.TooManyCodes as full:
        minutes = max(1, round((full.until - timezone.now()).total_seconds() / 60))
        text = ngettext(
            "Too many codes were asked for. Please try again in %(minutes)d minute.",
            "Too many codes were asked for. Please try again in %(minutes)d minutes.",
            minutes,
        )
        return text % {"minutes": minutes}
    except actions.NotAMobileNumber:
        return _("We can send codes to Thai mobile numbers only. Please use your e-mail instead.")
    except actions.CannotSendCode:
        return _("The code could not be sent just now. Please try again in a minute.")


def refusal(refused: actions.CodeRefused) -> str:
    """What to do after a wrong code."""
    if refused.left == 0:
        return _("This code is no longer good. Please ask for a new one.")
    text = ngettext(
        "This code is not right. You can try %(left)d more time.",
        "This code is not right. You can try %(left)d more times.",
        refused.left,
    )
    return text % {"left": refused.left}
