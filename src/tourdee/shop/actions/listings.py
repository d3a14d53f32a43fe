"""Keeping account of where else an item is offered. Channels call this; what it says is shown by queries/listings.py."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tourdee import events
from tourdee.core.audit import Actor, record

from ..models import Listing, Product, Shop, Tour, Variant
from ..queries.listings import figures_of

Item = Tour | Product | Variant
State = Listing.State


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a channel was told: price in satang and pieces, each ``None`` where it has no such field."""

    price_satang: int | None = None
    stock: int | None = None


@transaction.atomic
def record_listing(
    *, item: Item, channel: str, at: datetime, outside_id: str = "", link: str = "", told: Told | None = None,
    by: Actor | None = None,
) -> Listing:  # fmt: skip
    """The item stands in the channel now. Without ``told``, the channel was told what the shop itself says at this
    moment. Telling again renews the row; an empty ``outside_id`` or ``link`` keeps the one that is known."""
    was_there = _of_whole(item, channel).filter(state=State.LISTED).exists()
    told = told or Told(**dict(zip(("price_satang", "stock"), figures_of(item), strict=True)))
    known = {name: value for name, value in (("outside_id", outside_id), ("link", link)) if value}
    columns = {"state": State.LISTED, "why": "", "told_at": at, "price_satang": told.price_satang, "stock": told.stock}
    listing = _write(item, channel, columns | known)
    if not was_there:
        record("item.listed", subject=listing, text=f"ลงขาย {_name(item)} ที่ {channel}", at=at, actor=by)
        _tell(item, channel)
    return listing


@transaction.atomic
def record_refusal(*, item: Item, channel: str, why: str, at: datetime) -> Listing:
    """The channel does not take the item, for a reason in its own words."""
    return _write(item, channel, {"state": State.REFUSED, "why": why[:300], "told_at": at})


@transaction.atomic
def forget_refusal(*, product: Product, channel: str) -> None:
    """A product that was refused as a whole is taken now, kind by kind."""
    Listing.objects.filter(product=product, variant=None, channel=channel, state=State.REFUSED).delete()


@transaction.atomic
def remove_listing(*, item: Item, channel: str, at: datetime, by: Actor | None = None) -> bool:
    """The item stands in the channel no more. A product is removed with all its kinds. ``False``: it was not there."""
    field = _field(item)
    rows = Listing.objects.filter(**{field: item}, channel=channel).exclude(state=State.REMOVED)
    first = rows.first()
    if first is None:
        return False
    rows.update(state=State.REMOVED, why="", told_at=at)
    record("item.unlisted", subject=first, text=f"เลิกขาย {_name(item)} ที่ {channel}", at=at, actor=by)
    return True


def _write(item: Item, channel: str, columns: dict[str, Any]) -> Listing:
    whole = _whole(item)
    variant = item if isinstance(item, Variant) else None
    place: dict[str, Any] = {_field(whole): whole, "channel": channel}
    if isinstance(whole, Product):
        place["variant"] = variant
    listing, _made = Listing.objects.update_or_create(**place, defaults=columns, create_defaults=columns | _shop(whole))
    return listing


def _shop(whole: Tour | Product) -> dict[str, Shop]:
    return {"shop": whole.shop}


def _tell(item: Item, channel: str) -> None:
    """A mission counts the channels in which one and the same item stands."""
    whole = _whole(item)
    listed = Listing.objects.filter(**{_field(whole): whole}, state=State.LISTED)
    number = listed.order_by().values("channel").distinct().count()
    user = whole.shop.owner.public_id
    events.publish(events.ItemListed(user=user, item=whole.public_id, channel=channel, channels=number))


def _of_whole(item: Item, channel: str) -> Any:
    whole = _whole(item)
    return Listing.objects.filter(**{_field(whole): whole}, channel=channel)


def _whole(item: Item) -> Tour | Product:
    return item.product if isinstance(item, Variant) else item


def _field(item: Item) -> str:
    return type(item).__name__.lower()


def _name(item: Item) -> str:
    return str(_whole(item))
