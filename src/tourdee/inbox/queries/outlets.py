"""Where items are listed, by the slug that stands in ``Listing.channel``: the picture of "which item is where" needs a name and a remedy
for each. One channel may have several outlets (Shopee, Lazada); it says so in its ``channel.py``: a constant ``OUTLETS``. One that says
nothing is an outlet itself."""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

from tourdee.core.dates import bangkok_day
from tourdee.shop.models import Product, Shop, Tour
from tourdee.shop.queries.listings import Place, WhereLine, where
from tourdee.shop.queries.storefront.on_sale import products_on_sale, tours_on_sale

from .channels import Channel, channels

ASK_THERE = _("Look there and put it right by hand.")


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """``remedy``: one line that says what brings it up to date. ``push``: the name of an address without arguments to
    which a POST does it at once; empty where there is none."""

    slug: str
    title: Any
    url_name: str
    url_args: tuple[str, ...] = ()
    remedy: Any = ASK_THERE
    push: str = ""

    @property
    def url(self) -> str:
        return reverse(self.url_name, args=self.url_args)


@dataclass(frozen=True)
class Standing:
    """One item at one outlet, with all its kinds there. ``outlet`` is ``None`` where its channel was taken out of the
    settings."""

    channel: str
    outlet: Outlet | None
    places: list[Place]

    @property
    def title(self) -> Any:
        return self.outlet.title if self.outlet else self.channel

    @property
    def differing(self) -> list[Place]:
        return [place for place in self.places if place.differences]

    @property
    def is_refused(self) -> bool:
        return any("refused" in place.differences for place in self.places)

    @property
    def told_at(self) -> datetime:
        """When any kind was last told."""
        return max(place.listing.told_at for place in self.places)

    @property
    def link(self) -> str:
        """Where it can be seen there, if that is known."""
        return next((place.listing.link for place in self.places if place.listing.link), "")


@dataclass(frozen=True)
class Line:
    """An item, and where it stands; where it differs first. ``by_itself``: channels that sell it just as the shop does."""

    line: WhereLine
    standings: list[Standing]
    by_itself: list[Channel]


def outlets() -> dict[str, Outlet]:
    """All there are, in the order of the settings."""
    found: dict[str, Outlet] = {}
    own = {one.slug: one for one in channels()}
    for name in settings.CHANNELS:
        slug = name.rsplit(".")[-1]
        said = getattr(import_module(f"{name}.channel"), "OUTLETS", None) if _speaks(name) else None
        if said is None and slug in own:
            said = [Outlet(slug=slug, title=own[slug].title, url_name=own[slug].url_name)]
        found |= {one.slug: one for one in said or ()}
    return found


def _speaks(name: str) -> bool:
    return module_has_submodule(import_module(name), "channel")


def lines_of(shop: Shop, at: datetime) -> list[Line]:
    """Everything that is on sale or stands somewhere, what differs first. Six queries at most, and what the channels need to say
    whether they sell everything; two more where one does."""
    known, all_of_it = outlets(), [one for one in channels() if one.shows_all(shop)]
    sold = _sold(shop, at) if all_of_it else set()
    found = [Line(line, _standings(line, known), all_of_it if line.item in sold else []) for line in where(shop)]
    return sorted(found, key=lambda one: not one.line.differs)


def _standings(line: WhereLine, known: dict[str, Outlet]) -> list[Standing]:
    by_channel: dict[str, list[Place]] = {}
    for place in line.places:
        by_channel.setdefault(place.listing.channel, []).append(place)
    found = [Standing(channel, known.get(channel), places) for channel, places in by_channel.items()]
    return sorted(found, key=lambda one: not one.differing)


def _sold(shop: Shop, at: datetime) -> set[Tour | Product]:
    """What may be bought today: a tour without its licence may not."""
    return {*tours_on_sale(bangkok_day(at)).filter(shop=shop), *products_on_sale().filter(shop=shop)}
