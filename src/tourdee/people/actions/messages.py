"""Messages to a person by e-mail, or by SMS to who has none. For listeners: never inside the transaction told of."""

from typing import Any

from django.utils import translation

from tourdee.core import mail

from ..models import User
from ..sms import send_sms


def tell(*, user: User, subject: Any, template: str, sms: Any, context: dict[str, Any]) -> None:
    """Send ``template`` (plain text) to the person's e-mail, else the short ``sms`` to their telephone. Both may be
    lazy texts: they are said in the person's own language.

    Closed and forgotten accounts are told nothing. Raises what the mail server or gateway raises; the worker retries.
    """
    if not user.is_active:
        return
    if user.email:
        mail.send(to=user.email, subject=subject, template=template, context=context, language=user.language)
    elif user.phone:
        with translation.override(user.language):
            send_sms(to=user.phone, text=str(sms))
