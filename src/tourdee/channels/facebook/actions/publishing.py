"""Posts go out: the worker's part. What may stand on Facebook already is looked for before it is sent a second time."""

import logging
import time
from datetime import datetime, timedelta

from django.db import transaction

from tourdee.core.calling import Refused, Unavailable
from tourdee.core.jpeg import as_jpeg
from tourdee.shop.actions import waiting
from tourdee.shop.actions.sharing import short_link_of

from ..graph import Found, Graph
from ..models import Page, Post
from ..queries.pages import NoKeys, graph_of, page_of
from ..queries.posts import pictures_of, short_address, text_of
from ..queries.reasons import word_of
from ..queries.texts import why_not
from .pages import note_refused_keys
from .posts import tell_published

logger = logging.getLogger(__name__)
STATE = Post.State
PATIENCE = 20  # seconds for the pictures of a post in one turn: the worker has other work, and must say that it lives
SOON = timedelta(seconds=5)  # until a post's other pictures
MOST_TRIES = 9  # half an hour in all
SETTLES = timedelta(minutes=3)  # a post whose answer was lost may need so long until it is seen


class PicturesLeft(Exception):
    """This turn's time is over. Nothing is wrong: the next one goes on."""


def publish_due(at: datetime) -> int:
    """Send the posts whose time has come. Returns how many were looked at."""
    rows = Post.objects.filter(state=STATE.SCHEDULED)
    posts = waiting.due(
        rows.select_related("shop__owner", "shop__business", "tour__operator", "product", "made_by"), at
    )
    for post in posts:
        _followed(post, at)
    return len(posts)


def _followed(post: Post, at: datetime) -> None:
    """One that fails must not keep the others waiting."""
    page = page_of(post.shop)
    try:
        _send(post, page, at)
    except PicturesLeft:
        Post.objects.filter(pk=post.pk, try_at=post.try_at).update(try_at=at + SOON, tries=0)
    except NoKeys:
        _fail(post, "keys")
    except Refused as no:
        _fail(post, word_of(no.code))
        if page and word_of(no.code) == "keys":
            note_refused_keys(page=page)
    except Unavailable as trouble:
        logger.warning("Facebook post %s: %s", post.public_id, trouble)
        _later(post, at)
    except Exception:
        logger.exception("Facebook post %s could not be followed", post.public_id)
        _later(post, at)


def _send(post: Post, page: Page | None, at: datetime) -> None:
    if page is None or not page.may_post:
        raise NoKeys
    graph = graph_of(page)
    if post.asked_at:
        if found := graph.find_post(page.page_id, post.marker):
            return _stands(post, found, at)
        if at < post.asked_at + SETTLES:
            return _later(post, at)
    if why := why_not(post.item, at):
        return _fail(post, why)
    photos = _photos(post, page, graph)
    if _begin(post, at):
        text = text_of(post, page, short_address(short_link_of(post.item)), at)
        _stands(post, graph.add_post(page.page_id, text=text, photos=photos), at)
    return None


def _photos(post: Post, page: Page, graph: Graph) -> list[str]:
    """Each picture is handed over once; nobody sees them before the post. One whose file is gone is left out. Raises PicturesLeft where
    a slow line has taken the turn's time."""
    until, began = time.monotonic() + PATIENCE, False
    for picture in pictures_of(post):
        jpeg = None if picture.public_id in post.media else as_jpeg(picture.path)
        if jpeg and began and time.monotonic() > until:
            raise PicturesLeft
        if jpeg:
            post.media[picture.public_id] = graph.add_photo(page.page_id, jpeg)
            Post.objects.filter(pk=post.pk).update(media=post.media)
            began = True
    return [post.media[name] for name in post.pictures if name in post.media]


def _begin(post: Post, at: datetime) -> bool:
    """Written before Facebook is asked. ``False``: the seller called it back a moment ago."""
    return Post.objects.filter(pk=post.pk, state=STATE.SCHEDULED, try_at=post.try_at).update(asked_at=at) == 1


@transaction.atomic
def _stands(post: Post, found: Found, at: datetime) -> None:
    """It is on the page; told once."""
    columns = {"outside_id": found.outside_id[:120], "address": found.address[:500], "published_at": at}
    mine = Post.objects.filter(pk=post.pk, state=STATE.SCHEDULED)
    if mine.update(state=STATE.PUBLISHED, why="", try_at=None, **columns):
        post.refresh_from_db()
        tell_published(post, at)


def _fail(post: Post, why: str) -> None:
    Post.objects.filter(pk=post.pk, state=STATE.SCHEDULED).update(state=STATE.FAILED, why=why, try_at=None)


def _later(post: Post, at: datetime) -> None:
    if post.tries >= MOST_TRIES:
        _fail(post, "unavailable")
    else:
        waiting.put_off(post, at)
