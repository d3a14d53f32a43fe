"""Addresses of pages, for tests that read what stands on them."""

from django.urls import reverse
from django.utils.translation import override


def english(name: str, *args: str) -> str:
    """The English page: its words are those of the code, whether or not translations are compiled."""
    with override("en"):
        return reverse(name, args=args)
