"""A shop's page on Facebook: its keys, its door, how far the connection is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from tourdee.core.crypto import CannotUnseal, unseal
from tourdee.shop.models import Shop

from ..graph import Graph, graph_with
from ..models import Page

QUIET = timedelta(days=14)  # no word from Facebook for so long is worth a look


class NoKeys(Exception):
    """The page was disconnected, or its keys were sealed with another secret."""


@dataclass(frozen=True)
class Step:
    """A step of the wizard. ``state``: done, now, waiting (the worker is at it), trouble or later."""

    name: str
    state: str


def page_of(shop: Shop) -> Page | None:
    """The shop's connection, at whatever step."""
    return Page.objects.select_related("shop__owner").filter(shop=shop).first()


def page_at(slug: str) -> Page | None:
    """Whose address Facebook calls; it may know one that the shop had before."""
    there = Page.objects.select_related("shop__owner").exclude(token="")
    return there.filter(shop__slug=slug).first() or there.filter(shop__former_slugs__slug=slug).first()


def app_secret_of(page: Page) -> str:
    """Raises NoKeys."""
    return _opened(page.app_secret)


def graph_of(page: Page) -> Graph:
    """The page's door to Facebook. Raises NoKeys; Unavailable where services are off."""
    return graph_with(token=_opened(page.token), app_secret=_opened(page.app_secret))


def _opened(sealed: str) -> str:
    if not sealed:
        raise NoKeys
    try:
        return unseal(sealed)
    except CannotUnseal:
        raise NoKeys from None


def callback_address(shop: Shop) -> str:
    """What the seller enters at Facebook: where it tells us."""
    return settings.SITE_URL + reverse("facebook_notice", args=[shop.slug])


def is_reachable() -> bool:
    """Whether Facebook can call us at all: it asks for https and a certificate."""
    return settings.SITE_URL.startswith("https://")


def steps_of(page: Page | None) -> list[Step]:
    """Keys, the call, the subscription. One that waits for the worker says so."""
    done = [bool(page and page.keys_at), bool(page and page.called_at), bool(page and page.connected_at)]
    first = done.index(False) if False in done else None
    return [
        Step(name, _state(page, number, done[number], first)) for number, name in enumerate(("keys", "call", "told"))
    ]


def _state(page: Page | None, number: int, done: bool, first: int | None) -> str:
    if done:
        return "done"
    if number != first:
        return "later"
    if page is None or not page.token or number == 1:
        return "now"
    return "trouble" if page.trouble else "waiting"


def has_gone_quiet(page: Page, at: datetime) -> bool:
    """Connected long ago, and nothing was heard since."""
    since = page.heard_at or page.connected_at
    return bool(page.connected_at and since and since < at - QUIET)


def is_connected(shop: Shop) -> bool:
    """For the list of channels."""
    return Page.objects.filter(shop=shop, connected_at__isnull=False).exclude(token="").exists()


def shop_is_open(shop: Any) -> bool:
    """A page is connected to a shop that people can see."""
    return bool(shop and shop.opened_at)
