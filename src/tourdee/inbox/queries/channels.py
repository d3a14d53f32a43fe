"""Through which channels a shop can sell, and how far it is with each.

A channel says who it is in its ``channel.py``: a constant ``CHANNEL``. It is found by the channel's line in the settings, so
a channel that is taken out is gone from here too, and nothing else asks for it by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

from tourdee.shop.models import Shop

CONNECTED, PRACTICE, NOT_CONNECTED = "connected", "practice", "not connected"
STOREFRONT = "storefront"


@dataclass(frozen=True)
class State:
    """How far a shop is with a channel: ``kind`` is one of the three above (practice: a twin plays the service), and
    ``next_step`` one line that says what to do now."""

    kind: str
    next_step: Any


@dataclass(frozen=True, kw_only=True)
class Channel:
    """What the rest needs to know of a channel. ``slug`` is the name of its folder, and that of ``Conversation.channel``;
    ``url_name`` is its page for sellers, without arguments. ``shows_all``: whether everything that the shop sells can be bought there
    too, always as the shop itself says it; such a channel is told nothing of single items."""

    slug: str
    title: Any
    about: Any
    icon: str
    url_name: str
    state: Callable[[Shop], State]
    shows_all: Callable[[Shop], bool] = lambda _shop: False


@dataclass(frozen=True)
class Window:
    """A channel as one shop sees it."""

    channel: Channel
    state: State


@dataclass(frozen=True)
class Sign:
    """How a conversation's channel is shown in lists."""

    title: Any
    icon: str


OWN_SHOP = Sign(_("Your shop's page"), "building-store")


def channels() -> list[Channel]:
    """Those of the settings that have a page of their own, in the order of the settings."""
    found = [name for name in settings.CHANNELS if module_has_submodule(import_module(name), "channel")]
    return [import_module(f"{name}.channel").CHANNEL for name in found]


def windows_of(shop: Shop) -> list[Window]:
    """All channels and how far the shop is with each."""
    return [Window(channel, channel.state(shop)) for channel in channels()]


def signs() -> dict[str, Sign]:
    """The sign of every channel by its slug, the storefront's among them."""
    return {STOREFRONT: OWN_SHOP} | {one.slug: Sign(one.title, one.icon) for one in channels()}


def sign_of(slug: str) -> Sign:
    """The sign of a channel; one that was taken out shows its slug."""
    return signs().get(slug, Sign(slug, "message"))
