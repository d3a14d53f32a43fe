"""Webhooks: kept as they come and answered at once, read by the worker, each exactly once."""

import logging
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import F

from tourdee.shop.actions.waiting import pause

from ..graph import signatures
from ..models import Notice, Page
from ..queries.pages import NoKeys, app_secret_of
from .reading import read

logger = logging.getLogger(__name__)
A_ROUND = 50
MOST_TRIES = 8
KEPT = timedelta(days=30)  # of the digest alone: longer than Facebook repeats itself


@transaction.atomic
def receive_notice(*, page: Page, signature: str, raw: bytes, at: datetime) -> bool:
    """Keep what Facebook tells. ``False``: the same bytes were kept before. Raises signatures.Forged before anything in it is
    looked at."""
    try:
        secret = app_secret_of(page)
    except NoKeys:
        raise signatures.Forged from None
    signatures.check(secret, signature, raw)
    columns = {"body": raw.decode("utf-8", "replace").replace("\0", ""), "came_at": at, "try_at": at}
    _notice, new = Notice.objects.get_or_create(page=page, digest=sha256(raw).hexdigest(), defaults=columns)
    Page.objects.filter(pk=page.pk).update(heard_at=at)
    return new


def read_notices_due(at: datetime) -> int:
    """The worker's part, oldest first. Returns how many were read."""
    due = Notice.objects.filter(read_at__isnull=True, try_at__lte=at).select_related("page__shop__owner")
    return sum(_read_once(notice, at) for notice in due.order_by("pk")[:A_ROUND])


def _read_once(notice: Notice, at: datetime) -> bool:
    """What it tells and that it was read are one transaction. What cannot be read is tried again, and then left for a person."""
    try:
        with transaction.atomic():
            mine = Notice.objects.filter(pk=notice.pk, read_at__isnull=True)
            if not mine.update(read_at=at, body="", try_at=None):
                return False
            read(page=notice.page, body=notice.body, at=at)
    except Exception:
        logger.exception("Facebook notice %s could not be read", notice.pk)
        again = None if notice.tries + 1 >= MOST_TRIES else at + pause(notice.tries + 1)
        Notice.objects.filter(pk=notice.pk).update(tries=F("tries") + 1, try_at=again)
        return False
    return True


def forget_notices(at: datetime) -> int:
    """What was read long ago."""
    return Notice.objects.filter(read_at__lt=at - KEPT).delete()[0]
