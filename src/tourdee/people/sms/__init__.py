"""Text messages through one interface. Which sender is used says the setting ``SMS_SENDER`` (a class)."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class CannotSendSms(Exception):
    """The gateway did not take the message; it may be tried again."""


class SmsSender(Protocol):
    """What a sender can do. ``to`` is E.164. Raises CannotSendSms."""

    def send(self, *, to: str, text: str) -> None: ...


def send_sms(*, to: str, text: str) -> None:
    """Send one text message. Never inside a transaction. Raises CannotSendSms."""
    sender: SmsSender = import_string(settings.SMS_SENDER)()
    sender.send(to=to, text=text)
