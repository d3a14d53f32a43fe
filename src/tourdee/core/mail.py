"""Letters by e-mail, called from listeners and tasks only: never inside the transaction that they tell of."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation


def send(*, to: str, subject: Any, template: str, context: dict[str, Any], language: str) -> None:
    """Render ``<template>.txt`` in the receiver's language and send it. Raises what the mail server raises.

    Templates are plain text (``{% autoescape off %}``) and know ``site_url`` for absolute links. A line break in the
    subject, which could add headers, becomes a space.
    """
    with translation.override(language):
        body = render_to_string(f"{template}.txt", {**context, "site_url": settings.SITE_URL, "language": language})
        heading = " ".join(str(subject).split())
    EmailMessage(subject=heading, body=body.strip() + "\n", to=[to]).send()
