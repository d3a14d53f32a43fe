"""A shop is connected to its page: keys typed, tried by the worker, Facebook's call, the subscription; and let go again."""

import logging
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core import audit
from tourdee.core.calling import Refused, Unavailable
from tourdee.core.crypto import seal
from tourdee.core.ids import secret_token
from tourdee.people.models import User
from tourdee.shop.actions import waiting
from tourdee.shop.models import Shop

from ..models import Page
from ..queries.comments import CHANNEL
from ..queries.pages import NoKeys, graph_of
from ..queries.reasons import word_of

logger = logging.getLogger(__name__)
TROUBLE = Page.Trouble
MOST_TRIES = 6
FORGOTTEN = {
    "page_id": "", "name": "", "token": "", "app_secret": "", "hint": "", "keys_at": None, "called_at": None,
    "subscribed_at": None, "connected_at": None, "heard_at": None, "trouble": "", "try_at": None, "tries": 0,
}  # fmt: skip


class NotConnected(Exception):
    """There are no keys that work."""

    @property
    def message(self) -> str:
        return _("Connect your page first.")


@transaction.atomic
def keep_keys(*, shop: Shop, token: str, app_secret: str, by: User, at: datetime) -> Page:
    """Seal the keys and let the worker try them. New keys begin anew, but what Facebook was told of our address stands."""
    page, _made = Page.objects.get_or_create(shop=shop)
    wanted = {
        "token": seal(token), "app_secret": seal(app_secret), "hint": token[-4:], "keys_at": None, "subscribed_at": None,
        "connected_at": None, "trouble": "", "tries": 0, "try_at": at,
    }  # fmt: skip
    Page.objects.filter(pk=page.pk).update(**wanted)
    audit.record("facebook.keys", subject=page, text=f"{shop}: ใส่กุญแจเพจ …{token[-4:]}", at=at, actor=by)
    page.refresh_from_db()
    return page


@transaction.atomic
def note_call(*, page: Page, verify_token: str, at: datetime) -> bool:
    """Facebook shows the verify token that the seller entered there. ``False``: another one, and nothing changes."""
    if not constant_time_compare(verify_token, page.verify_token):
        return False
    Page.objects.filter(pk=page.pk).update(called_at=at)
    look_again(page=page, at=at)
    return True


def look_again(*, page: Page, at: datetime) -> None:
    """Let the worker try the next step now."""
    Page.objects.filter(pk=page.pk).exclude(token="").update(try_at=at, tries=0, trouble="")


def look_at_pages_due(at: datetime) -> int:
    """The worker's part: try keys, subscribe, and say when all is done. Returns how many were looked at."""
    pages = waiting.due(Page.objects.select_related("shop__owner").exclude(token=""), at)
    for page in pages:
        _looked(page, at)
    return len(pages)


def _looked(page: Page, at: datetime) -> None:
    try:
        _try_next_steps(page, at)
    except Refused as no:
        _stop(page, TROUBLE.KEYS if word_of(no.code) == "keys" else TROUBLE.PERMISSION)
    except NoKeys:
        _stop(page, TROUBLE.KEYS)
    except Unavailable as trouble:
        logger.warning("Facebook page %s: %s", page.public_id, trouble)
        if page.tries >= MOST_TRIES:
            _stop(page, TROUBLE.UNAVAILABLE)
        else:
            waiting.put_off(page, at)
    except IntegrityError:
        _stop(page, TROUBLE.TAKEN)


def _try_next_steps(page: Page, at: datetime) -> None:
    graph = graph_of(page)
    page.page_id, page.name = graph.page()
    with transaction.atomic():
        _same_keys(page).update(
            page_id=page.page_id, name=page.name[:200], keys_at=at, try_at=None, tries=0, trouble=""
        )
    if page.called_at:
        graph.subscribe(page.page_id)
        _connected(page, at)


@transaction.atomic
def _connected(page: Page, at: datetime) -> None:
    """All of it works; told once."""
    _same_keys(page).update(subscribed_at=at)
    if _same_keys(page).filter(connected_at__isnull=True).update(connected_at=at):
        shop = page.shop
        audit.record("facebook.connected", subject=page, text=f"{shop}: เชื่อมต่อเพจ {page.name}", at=at)
        events.publish(
            events.ChannelConnected(user=shop.owner.public_id, shop=shop.public_id, channel=CHANNEL)
        )  # fmt: skip


def _same_keys(page: Page) -> QuerySet[Page]:
    """The row, unless other keys were typed while Facebook was asked."""
    return Page.objects.filter(pk=page.pk, token=page.token)


def _stop(page: Page, trouble: str) -> None:
    _same_keys(page).update(trouble=trouble, try_at=None)


@transaction.atomic
def disconnect(*, page: Page, by: User | None, at: datetime) -> None:
    """Forget the keys. What Facebook still tells is refused, since nothing can be checked any more; posts that wait become drafts.
    Again changes nothing."""
    if not Page.objects.filter(pk=page.pk).exclude(token="").update(verify_token=secret_token(), **FORGOTTEN):
        return
    scheduled = page.shop.facebook_posts.filter(state="scheduled", asked_at__isnull=True)
    scheduled.update(state="draft", publish_at=None, try_at=None)
    text = f"{page.shop}: ยกเลิกการเชื่อมต่อเพจ {page.name}"
    audit.record("facebook.disconnected", subject=page, text=text, at=at, actor=by)


def note_refused_keys(*, page: Page) -> None:
    """While something was sent, Facebook said that the keys are no longer good: the seller sees it on the page."""
    _same_keys(page).update(trouble=TROUBLE.KEYS)
