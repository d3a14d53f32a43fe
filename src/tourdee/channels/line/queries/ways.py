"""Which of LINE's ways news take: to every friend at once, to a group that LINE sends to by itself, or in parts by us."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tourdee.core.dates import bangkok_day
from tourdee.shop.models import Shop

from ..models import Broadcast, Connection, Follower, Silenced
from .audiences import audience_of

FEWEST_IN_NARROWCAST = 50  # LINE refuses a smaller group (error 4 of the progress of a narrowcast)
FRIENDS_KNOWN_FOR = timedelta(days=3)
WAY = Broadcast.Way


@dataclass(frozen=True)
class Way:
    """``people`` is how many paid messages it takes. ``why``: all, friends, silent, uncounted, small, group. ``unknown`` of the
    people are LINE's friends whom we have never met; ``silent`` want no news."""

    kind: Broadcast.Way
    why: str
    people: int
    unknown: int = 0
    silent: int = 0


def way_to_send(*, everybody: bool, known: int, silent: int, friends: int | None) -> Way:
    """``known`` people may be written to and are meant, ``silent`` followers of the shop said stop, ``friends`` is LINE's own count
    (``None``: not told). Everybody at once only where nobody said stop, since LINE would write to those too, and only where
    LINE tells how many that is, since each is paid for."""
    if everybody and friends is not None and not silent:
        return Way(WAY.BROADCAST, "friends" if friends > known else "all", max(known, friends), max(0, friends - known))
    if everybody:
        return Way(WAY.MULTICAST, "silent" if silent else "uncounted", known, silent=silent)
    if known < FEWEST_IN_NARROWCAST:
        return Way(WAY.MULTICAST, "small", known)
    return Way(WAY.NARROWCAST, "group", known)


def way_for(news: Broadcast, at: datetime) -> Way:
    """The way that these news would take now. Four queries."""
    return way_to_send(
        everybody=news.audience == Broadcast.Audience.EVERYONE, known=audience_of(news, at).count(),
        silent=silent_friends(news.shop), friends=friends_at_line(news.shop, at),
    )  # fmt: skip


def silent_friends(shop: Shop) -> int:
    """Who is the shop's friend at LINE and wants no news, those included who are forgotten here. Two queries."""
    known = Follower.objects.filter(shop=shop, stopped_at__isnull=False, left_at__isnull=True)
    return known.count() + Silenced.objects.filter(shop=shop).count()


def friends_at_line(shop: Shop, at: datetime) -> int | None:
    """LINE's own count of the last days; ``None``: it has told none."""
    first = bangkok_day(at - FRIENDS_KNOWN_FOR)
    return Connection.objects.filter(shop=shop, friends_on__gte=first).values_list("friends", flat=True).first()


def way_words(way: Way) -> str:
    """How it is sent and why so, in the reader's language."""
    if way.why == "friends":
        return ngettext(
            "To all friends at once. %(number)d of them followed before this shop was connected, and gets it too.",
            "To all friends at once. %(number)d of them followed before this shop was connected, and get it too.",
            way.unknown,
        ) % {"number": way.unknown}  # fmt: skip
    if way.why == "silent":
        return ngettext(
            "In small parts, because %(number)d follower wants no news: “to all friends at once” would reach them too.",
            "In small parts, because %(number)d followers want no news: “to all friends at once” would reach them too.",
            way.silent,
        ) % {"number": way.silent}  # fmt: skip
    words = {
        "all": _("To all friends at once."),
        "uncounted": _("In small parts, because LINE has not told yet how many friends there are in all."),
        "small": _("In small parts: LINE sends to a group of its own only from %(fewest)d people."),
        "group": _("As a group at LINE, which sends by itself and tells us how many it reached."),
    }  # fmt: skip
    return words[way.why] % {"fewest": FEWEST_IN_NARROWCAST}


def sent_words(news: Broadcast) -> str:
    """How it went out; empty before it began."""
    words = {
        WAY.MULTICAST: _("in small parts"),
        WAY.NARROWCAST: _("as a group at LINE"),
        WAY.BROADCAST: _("to all friends at once"),
    }
    return words[Broadcast.Way(news.way)] if news.started_at else ""
