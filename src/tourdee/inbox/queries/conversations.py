"""A seller's conversations: the list, one of them, and how many wait."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum

from tourdee.core.text import order_thai
from tourdee.people.models import User
from tourdee.shop.models import Order, Shop

from ..models import Conversation, Message
from .channels import Sign, signs
from .words import how_long

OPEN, UNREAD, WAITING, MINE, DONE = "", "unread", "waiting", "mine", "done"
SHOWN = (OPEN, UNREAD, WAITING, MINE, DONE)
LONGEST_SEARCH = 80
FIT = 5


@dataclass(frozen=True)
class Asked:
    """What the seller wants to see: one of ``SHOWN``, a channel, words."""

    show: str = OPEN
    channel: str = ""
    words: str = ""


@dataclass(frozen=True)
class Line:
    """A conversation as a line of the list. ``waits`` is empty where nobody waits; ``why_failed`` where the newest message went out,
    or came in."""

    talk: Conversation
    sign: Sign
    waits: str
    newest: str
    newest_by: str
    why_failed: str


def conversations_of(user: User) -> QuerySet[Conversation]:
    """Those of the own shop, with shop and order."""
    return Conversation.objects.filter(shop__owner=user).select_related("shop__owner", "order", "assigned_to")


def listed(user: User, asked: Asked) -> QuerySet[Conversation]:
    """What was asked for, newest first; who waits longest stands first where those who wait were asked for. Each with
    ``newest_text``, ``newest_by`` and ``newest_why`` (it failed)."""
    newest = Message.objects.filter(conversation=OuterRef("pk")).exclude(by=Message.By.NOTE).order_by("-at", "-pk")
    talks = conversations_of(user).filter(_shown(asked.show, user)).annotate(
        newest_text=Subquery(newest.values("text")[:1]), newest_by=Subquery(newest.values("by")[:1]),
        newest_why=Subquery(newest.values("why_failed")[:1]),
    )  # fmt: skip
    if asked.channel:
        talks = talks.filter(channel=asked.channel)
    if words := asked.words.replace("\0", "").strip()[:LONGEST_SEARCH]:
        talks = talks.filter(_about(words))
    return talks.order_by("waiting_since", "id") if asked.show == WAITING else talks


def _shown(show: str, user: User) -> Q:
    shown: dict[str, Q] = {
        UNREAD: Q(unread__gt=0),
        WAITING: Q(waiting_since__isnull=False, done_at__isnull=True),
        MINE: Q(assigned_to=user, done_at__isnull=True),
        DONE: Q(done_at__isnull=False),
    }
    return shown.get(show, Q(done_at__isnull=True))


def _about(words: str) -> Q:
    """By name, by what was said, by the order's number; Thai in either order of its marks."""
    spellings = {words, order_thai(words)}
    said, name = Q(), Q()
    for one in spellings:
        said |= Q(text__icontains=one)
        name |= Q(name__icontains=one)
    told = Message.objects.filter(said, conversation=OuterRef("pk"))
    return name | Q(order__code__istartswith=words) | Q(Exists(told))


def lines(talks: Iterable[Conversation], at: datetime) -> list[Line]:
    """How a page of ``listed`` is shown."""
    known = signs()
    return [
        Line(
            talk, known.get(talk.channel, Sign(talk.channel, "message")),
            how_long(talk.waiting_since, at) if talk.waiting_since else "",
            getattr(talk, "newest_text", "") or "", getattr(talk, "newest_by", "") or "",
            getattr(talk, "newest_why", "") or "",
        )
        for talk in talks
    ]  # fmt: skip


def unread_messages(user: User) -> int:
    """How many messages nobody has opened. One query."""
    return Conversation.objects.filter(shop__owner=user).aggregate(number=Sum("unread"))["number"] or 0


def waiting_conversations(user: User) -> int:
    """How many customers wait for an answer. One query."""
    return Conversation.objects.filter(_shown(WAITING, user), shop__owner=user).count()


def messages_of(talk: Conversation, most: int) -> list[Message]:
    """The newest ``most``, oldest first. One query."""
    newest = talk.messages.select_related("author").order_by("-at", "-pk")[:most]
    return list(newest)[::-1]


def orders_that_fit(talk: Conversation) -> list[Order]:
    """Orders of the shop that are probably this customer's: under the same name, or the same address. One query."""
    alike = Q(buyer_name__iexact=talk.name) if talk.name else Q(pk__in=())
    if talk.contact:
        alike |= Q(buyer_email__iexact=talk.contact) | Q(buyer_phone=talk.contact)
    return list(Order.objects.filter(alike, shop=talk.shop).order_by("-placed_at")[:FIT])


def order_of(shop: Shop, code: str) -> Order | None:
    """An order of this shop by the number that people say."""
    return Order.objects.filter(shop=shop, code=code.strip().upper()).first()
