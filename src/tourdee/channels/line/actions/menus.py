"""The menu below the chat: changed here, then asked to be put up at LINE (``worker`` does it, outside any request)."""

from datetime import datetime

from django.db import transaction

from tourdee import events
from tourdee.shop.models import Shop

from ..models import RichMenu

STATE = RichMenu.State


@transaction.atomic
def change_menu(*, shop: Shop, look: str, tiles: list[str], bar: str) -> RichMenu:
    """Another look. What is live at LINE stays until ``put_up``."""
    menu, _new = RichMenu.objects.update_or_create(shop=shop, defaults={"look": look, "tiles": tiles, "bar": bar})
    return menu


@transaction.atomic
def ask_to_put_up(*, shop: Shop) -> RichMenu:
    """It is to be shown below the chat. Asked twice, it is done once."""
    menu, _new = RichMenu.objects.get_or_create(shop=shop)
    RichMenu.objects.filter(pk=menu.pk).update(state=STATE.SENDING, problem="", tries=0, try_at=None)
    menu.refresh_from_db()
    return menu


@transaction.atomic
def note_live(*, menu: RichMenu, outside_id: str, digest: str, at: datetime) -> None:
    """It is up at LINE under this id."""
    RichMenu.objects.filter(pk=menu.pk).update(
        state=STATE.LIVE, outside_id=outside_id, digest=digest, live_at=at, problem=""
    )
    events.publish(events.RichMenuLive(user=menu.shop.owner.public_id, shop=menu.shop.public_id))


@transaction.atomic
def note_refused(*, menu: RichMenu, why: str) -> None:
    """LINE did not take it; ``why`` is for the seller to read."""
    RichMenu.objects.filter(pk=menu.pk).update(state=STATE.FAILED, problem=why[:200])
