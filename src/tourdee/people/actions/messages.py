"""Messages to a person by e-mail, or by SMS to who has none. They go by the outbox: once what they tell of is committed."""

from typing import Any

from django.utils import translation
from django_tasks import task

from tourdee.core import mail
from tourdee.core.delivery import once_more_later

from ..models import User
from ..sms import send_sms
from .codes import gets_sms


def tell(*, user: User, subject: Any, template: str, sms: Any, context: dict[str, Any]) -> None:
    """Send ``template`` (plain text) to the person's e-mail, else the short ``sms`` to their telephone. Both may be
    lazy texts: they are said in the person's own language.

    Closed and forgotten accounts are told nothing.
    """
    if not user.is_active:
        return
    if user.email:
        mail.post(to=user.email, subject=subject, template=template, context=context, language=user.language)
    elif user.phone:
        with translation.override(user.language):
            post_sms(to=user.phone, text=str(sms))


def post_sms(*, to: str, text: str) -> bool:
    """Leave a text message to the worker, in the caller's transaction; like ``mail.post``. ``False``, and nothing is
    left, where the number is none that SMS goes to: whoever types foreign numbers into forms must not cost us money."""
    if not gets_sms(to):
        return False
    send_text.enqueue(to, text)
    return True


@task()
def send_text(to: str, text: str, attempt: int = 1) -> str:
    """Hand a text message of the outbox to the gateway; what it does not take is tried again with growing pauses."""
    try:
        send_sms(to=to, text=text)
    except Exception:
        return once_more_later(send_text, attempt, to, text)
    return "sent"
