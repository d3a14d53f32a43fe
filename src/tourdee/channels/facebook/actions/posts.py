"""A seller writes a post, schedules it, calls it back, tries it again, or says that it was pasted by hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.people.models import User
from tourdee.shop.actions.listings import record_listing
from tourdee.shop.models import Product, Shop, Tour

from ..models import Page, Post
from ..queries.comments import CHANNEL
from ..queries.posts import MOST_PICTURES
from ..queries.reasons import words
from ..queries.texts import Item, why_not

STATE = Post.State
FURTHEST = timedelta(days=180)


class CannotPost(Exception):
    """``why``: a word of reasons.py, or past, far, not_connected, on_its_way."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    @property
    def message(self) -> str:
        own = {
            "past": _("This time is over already. Please choose a later one."),
            "far": _("Please choose a day within the next 180 days."),
            "not_connected": _("Connect your page first, or post by hand with the ready text."),
            "on_its_way": _("This post is on its way to Facebook just now. Please look again in a minute."),
        }
        return own.get(self.why) or words(self.why)


@dataclass(frozen=True, kw_only=True)
class Written:
    """What the seller wrote. Without ``publish_at`` it goes out now."""

    body: str
    pictures: list[str]
    language: str = "th"
    publish_at: datetime | None = None


@transaction.atomic
def make_post(*, shop: Shop, item: Item, written: Written, by: User, key: str, at: datetime) -> Post:
    """Post it now, or at the time chosen; the worker sends it. The same key again is the same post. Raises CannotPost."""
    _check(shop, item, written, at)
    of = {"tour": item} if isinstance(item, Tour) else {"product": item}
    post, _new = Post.objects.get_or_create(
        shop=shop, key=key,
        defaults={**_columns(item, written, at), "made_by": by, "created_at": at, "state": STATE.SCHEDULED, **of},
    )  # fmt: skip
    return post


@transaction.atomic
def change_post(*, post: Post, written: Written, at: datetime) -> None:
    """Other words, another time. What failed or was called back goes out again. Raises CannotPost."""
    _check(post.shop, post.item, written, at)
    columns = _columns(post.item, written, at) | {"state": STATE.SCHEDULED, "why": "", "tries": 0}
    open_ones = Post.objects.filter(pk=post.pk).exclude(state=STATE.PUBLISHED)
    waiting = open_ones.exclude(state=STATE.SCHEDULED, asked_at__isnull=False)
    if not waiting.update(**columns):
        raise CannotPost("on_its_way")


@transaction.atomic
def call_back(*, post: Post) -> None:
    """Not now: it becomes a draft. Raises CannotPost once it is on its way."""
    waiting = Post.objects.filter(pk=post.pk, state=STATE.SCHEDULED, asked_at__isnull=True)
    if not waiting.update(state=STATE.DRAFT, publish_at=None, try_at=None):
        raise CannotPost("on_its_way")


@transaction.atomic
def try_again(*, post: Post, at: datetime) -> None:
    """What failed goes out once more; an earlier try is looked for first. Raises CannotPost."""
    _check(post.shop, post.item, Written(body=post.body, pictures=[]), at)
    failed = Post.objects.filter(pk=post.pk, state=STATE.FAILED)
    failed.update(state=STATE.SCHEDULED, publish_at=at, try_at=at, tries=0, why="")


@transaction.atomic
def throw_away(*, post: Post) -> bool:
    """A draft, or one that failed. ``False``: it is something else by now."""
    return Post.objects.filter(pk=post.pk, state__in=[STATE.DRAFT, STATE.FAILED]).delete()[0] > 0


@transaction.atomic
def say_posted(*, shop: Shop, item: Item, body: str, address: str, by: User, key: str, at: datetime) -> Post:
    """The seller pasted it on Facebook by hand and shows where it stands. Raises CannotPost."""
    if why := why_not(item, at):
        raise CannotPost(why)
    of = {"tour": item} if isinstance(item, Tour) else {"product": item}
    post, new = Post.objects.get_or_create(
        shop=shop, key=key,
        defaults={"body": body, "made_by": by, "created_at": at, "state": STATE.PUBLISHED, "published_at": at,
                  "address": address, "by_hand": True, **of},
    )  # fmt: skip
    if new:
        tell_published(post, at)
    return post


def tell_published(post: Post, at: datetime) -> None:
    """In the transaction of the change: the shop's listings know, and whoever counts posts."""
    link = post.address if post.address.startswith("https://") else ""
    record_listing(item=post.item, channel=CHANNEL, at=at, outside_id=post.outside_id, link=link, by=post.made_by)
    events.publish(
        events.PostPublished(
            user=post.made_by.public_id, shop=post.shop.public_id, channel=CHANNEL, address=post.address
        )
    )


def _check(shop: Shop, item: Item, written: Written, at: datetime) -> None:
    if why := why_not(item, at):
        raise CannotPost(why)
    page = Page.objects.filter(shop=shop).first()
    if page is None or not page.may_post:
        raise CannotPost("not_connected")
    if written.publish_at and written.publish_at <= at:
        raise CannotPost("past")
    if written.publish_at and written.publish_at > at + FURTHEST:
        raise CannotPost("far")


def _columns(item: Tour | Product, written: Written, at: datetime) -> dict[str, object]:
    own = set(item.pictures.values_list("public_id", flat=True))
    chosen = [name for name in written.pictures if name in own]
    when = written.publish_at or at
    return {
        "body": written.body, "pictures": chosen[:MOST_PICTURES], "language": written.language, "publish_at": when,
        "try_at": when,
    }  # fmt: skip
