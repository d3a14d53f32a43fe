"""Names of those who write by Messenger: the webhook tells an id alone, so the worker asks once. Nothing waits for a name."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from tourdee.core.calling import Refused, Unavailable
from tourdee.core.text import clean_line, without_hostile
from tourdee.inbox.actions import name_customer
from tourdee.shop.actions import waiting

from ..models import Page, Stranger
from ..queries.comments import CHANNEL
from ..queries.pages import NoKeys, graph_of
from ..queries.people import contact_of_person

logger = logging.getLogger(__name__)
MOST_TRIES = 4
LONGEST = 120  # signs of a name in the inbox
ASKED_AGAIN = timedelta(days=7)  # somebody without a name who still writes


def ask_for_name(*, page: Page, person: str, at: datetime) -> None:
    """Let the worker ask what this person is called, unless it was asked of late."""
    Stranger.objects.get_or_create(page=page, person=person, defaults={"came_at": at, "try_at": at})


def learn_names_due(at: datetime) -> int:
    """The worker's part. Returns how many were looked at."""
    strangers = waiting.due(Stranger.objects.select_related("page__shop__owner"), at)
    for stranger in strangers:
        _followed(stranger, at)
    return len(strangers)


def _followed(stranger: Stranger, at: datetime) -> None:
    try:
        name = graph_of(stranger.page).name_of(stranger.person)
    except (NoKeys, Refused):
        _settled(stranger)
    except Unavailable as trouble:
        logger.warning("Facebook name of %s: %s", stranger.pk, trouble)
        _settled(stranger) if stranger.tries >= MOST_TRIES else waiting.put_off(stranger, at)
    else:
        _named(stranger, clean_line(without_hostile(name), LONGEST))


@transaction.atomic
def _named(stranger: Stranger, name: str) -> None:
    if name:
        contact = contact_of_person(stranger.person)
        name_customer(shop=stranger.page.shop, channel=CHANNEL, contact=contact, name=name)
    _settled(stranger)


def _settled(stranger: Stranger) -> None:
    Stranger.objects.filter(pk=stranger.pk).update(try_at=None)


def forget_strangers(at: datetime) -> int:
    """Asked long ago: whoever is still nameless and writes again is asked for again."""
    return Stranger.objects.filter(try_at__isnull=True, came_at__lt=at - ASKED_AGAIN).delete()[0]
