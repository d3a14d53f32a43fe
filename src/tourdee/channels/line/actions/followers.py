"""Followers come, go, want news or none, and are put into groups."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee.core.text import clean_line
from tourdee.shop.models import Product, Shop, Tour

from ..models import Follower, Interest, Tag
from ..queries.own import silence_of

MOST_TAGS = 30
REPLY_LIVES = timedelta(seconds=50)  # of sixty: ten are for the way


class TooManyTags(Exception):
    """So many groups that nobody finds one."""

    @property
    def message(self) -> str:
        return _("A shop can have %(most)d groups. Please delete one first.") % {"most": MOST_TAGS}


@transaction.atomic
def meet(*, shop: Shop, user_id: str, at: datetime, name: str = "", language: str = "") -> Follower:
    """The follower of this id, known or new. ``name`` and ``language`` as LINE tells them, where it was asked. Who writes is
    a friend again, whatever order LINE's words came in; who was forgotten and had said stop wants no news still."""
    follower, new = Follower.objects.get_or_create(
        shop=shop, user_id=user_id,
        defaults={"name": name[:120], "language": language[:5] or "th", "followed_at": at, "seen_at": at},
    )  # fmt: skip
    if new:
        return _silent_as_before(follower)
    follower.seen_at, follower.left_at = max(at, follower.seen_at), None
    if name:
        follower.name = name[:120]
    if language:
        follower.language = language[:5]
    follower.save(update_fields=["seen_at", "left_at", "name", "language"])
    return follower


def _silent_as_before(follower: Follower) -> Follower:
    silence = silence_of(follower.shop, follower.user_id)
    if before := silence.first():
        follower.stopped_at = before.stopped_at
        follower.save(update_fields=["stopped_at"])
        silence.delete()
    return follower


@transaction.atomic
def keep_token(*, follower: Follower, token: str, heard_at: datetime) -> None:
    """Nothing answered by itself: a person may, for free, while the token lives."""
    Follower.objects.filter(pk=follower.pk).update(reply_token=token[:64], reply_until=heard_at + REPLY_LIVES)


@transaction.atomic
def take_token(*, follower: Follower, at: datetime) -> str:
    """The token that may be answered with, once; empty where there is none."""
    token = follower.reply_token
    living = Follower.objects.filter(pk=follower.pk, reply_token=token, reply_until__gt=at).exclude(reply_token="")
    return token if living.update(reply_token="") else ""


@transaction.atomic
def leave(*, shop: Shop, user_id: str, at: datetime) -> bool:
    """Blocked or unfollowed: nothing is sent from now on, and what they looked at is forgotten. ``False``: not known, or
    already gone."""
    gone = Follower.objects.filter(shop=shop, user_id=user_id, left_at__isnull=True)
    Interest.objects.filter(follower__in=gone).delete()
    silence_of(shop, user_id).delete()
    return gone.update(left_at=at) > 0


@transaction.atomic
def stop_news(*, follower: Follower, at: datetime) -> bool:
    """No news any more; word of their own orders still comes. ``False``: it was so before."""
    return Follower.objects.filter(pk=follower.pk, stopped_at__isnull=True).update(stopped_at=at) > 0


@transaction.atomic
def want_news(*, follower: Follower) -> bool:
    """News again. ``False``: they had never stopped."""
    return Follower.objects.filter(pk=follower.pk, stopped_at__isnull=False).update(stopped_at=None) > 0


def note_interest(*, follower: Follower, item: Tour | Product, at: datetime) -> None:
    """They looked at the dates of a tour, or at a product. One query."""
    what = "tour" if isinstance(item, Tour) else "product"
    row = Interest(follower=follower, at=at, **{what: item})
    Interest.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["follower", what], update_fields=["at"]
    )  # fmt: skip


@transaction.atomic
def put_tags(*, follower: Follower, names: list[str]) -> list[Tag]:
    """Exactly these groups from now on; one that nobody is in any more goes. Raises TooManyTags, HostileText."""
    wanted = sorted({clean_line(name, 30) for name in names} - {""})
    tags = [Tag.objects.get_or_create(shop=follower.shop, name=name)[0] for name in wanted]
    if Tag.objects.filter(shop=follower.shop).count() > MOST_TAGS:
        raise TooManyTags
    follower.tags.set(tags)
    Tag.objects.filter(shop=follower.shop, followers__isnull=True).delete()
    return tags
