"""Letters by e-mail. ``post`` puts one into the outbox, in the caller's own transaction; ``send`` speaks with the mail server at
once and is for codes, whose reader waits in front of the page: never call it inside a transaction."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from .delivery import once_more_later


def post(*, to: str, subject: Any, template: str, context: dict[str, Any], language: str) -> None:
    """Write the letter now and leave it to the worker: it goes once what it tells of is committed, and if that is rolled back, it
    never goes. An act that is repeated as a whole leaves one letter. Renders like ``send``."""
    send_letter.enqueue(to, *_written(subject, template, context, language))


def send(*, to: str, subject: Any, template: str, context: dict[str, Any], language: str) -> None:
    """Render ``<template>.txt`` in the receiver's language and send it. Raises what the mail server raises.

    Templates are plain text (``{% autoescape off %}``) and know ``site_url`` for absolute links. A line break in the
    subject, which could add headers, becomes a space.
    """
    _hand_over(to, *_written(subject, template, context, language))


@task()
def send_letter(to: str, subject: str, body: str, attempt: int = 1) -> str:
    """Hand a letter of the outbox to the mail server; what it does not take is tried again with growing pauses."""
    try:
        _hand_over(to, subject, body)
    except Exception:
        return once_more_later(send_letter, attempt, to, subject, body)
    return "sent"


def _written(subject: Any, template: str, context: dict[str, Any], language: str) -> tuple[str, str]:
    with translation.override(language):
        body = render_to_string(f"{template}.txt", {**context, "site_url": settings.SITE_URL, "language": language})
        return " ".join(str(subject).split()), body.strip() + "\n"


def _hand_over(to: str, subject: str, body: str) -> None:
    EmailMessage(subject=subject, body=body, to=[to]).send()
