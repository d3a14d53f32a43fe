"""News to followers: written, agreed to, and cut into parts that are sent one by one (``sending_news``)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee.core.audit import record
from tourdee.people.models import User
from tourdee.shop.models import Product, Shop, Tour, Voucher

from ..models import Broadcast, BroadcastPart, Tag
from ..queries.audiences import audience_of
from ..queries.ways import FEWEST_IN_NARROWCAST, way_for

STATE, WAY = Broadcast.State, Broadcast.Way
PART = 500  # people in one call
LONGEST_AHEAD = timedelta(days=60)


class CannotSend(Exception):
    """Nothing is sent. ``reason``: begun, nobody, more, quota, past, far. ``people`` and ``left`` where they matter."""

    def __init__(self, reason: str, *, people: int = 0, left: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.people, self.left = reason, people, left

    @property
    def message(self) -> str:
        words = {
            "begun": _("This news has been sent or stopped already."),
            "nobody": _("Nobody is in this group yet, so there is nobody to write to."),
            "more": _("The group has changed: it is %(people)d people now. Please look again."),
            "quota": _(
                "This needs %(people)d paid messages, but only %(left)d are left this month. Choose a smaller group."
            ),
            "past": _("This moment is over. Please choose a later one, or send it now."),
            "far": _("Please choose a day within the next 60 days."),
        }
        return words[self.reason] % {"people": self.people, "left": self.left}


@dataclass(frozen=True, kw_only=True)
class News:
    """What a seller writes, and to whom. ``about`` and ``about_goods`` (one of them at most) narrow who bought or looked at
    something; ``days``: not seen for."""

    text: str
    audience: str
    tag: Tag | None = None
    about: Tour | None = None
    about_goods: Product | None = None
    days: int = 60
    tour: Tour | None = None
    voucher: Voucher | None = None


@transaction.atomic
def write_news(*, shop: Shop, news: News, by: User, at: datetime) -> Broadcast:
    """A draft; nothing is sent."""
    return Broadcast.objects.create(shop=shop, made_by=by, created_at=at, **_columns(news))


@transaction.atomic
def change_news(*, broadcast: Broadcast, news: News) -> Broadcast:
    """Other words or other people, while it is a draft. Raises CannotSend."""
    if not Broadcast.objects.filter(pk=broadcast.pk, state=STATE.DRAFT).update(**_columns(news)):
        raise CannotSend("begun")
    broadcast.refresh_from_db()
    return broadcast


def _columns(news: News) -> dict[str, object]:
    return {name: getattr(news, name) for name in news.__dataclass_fields__}


@transaction.atomic
def agree_to_send(
    *, broadcast: Broadcast, shown_people: int, left: int | None, send_at: datetime | None, by: User, at: datetime
) -> Broadcast:  # fmt: skip
    """The seller has seen how many paid messages it takes and says yes. ``left`` is what the month still has (``None``: no
    limit is known), ``send_at`` empty for now. Raises CannotSend."""
    people = way_for(broadcast, at).people
    _check(people, shown_people, left, send_at, at)
    agreed = Broadcast.objects.filter(pk=broadcast.pk, state=STATE.DRAFT)
    if not agreed.update(state=STATE.SCHEDULED, people=people, send_at=send_at or at):
        raise CannotSend("begun")
    record(
        "line.news_agreed", subject=broadcast.shop, at=at, actor=by,
        text=f"ตกลงส่งข่าวทาง LINE ถึง {people} คน ของ {broadcast.shop.name_th}",
    )  # fmt: skip
    broadcast.refresh_from_db()
    return broadcast


def _check(people: int, shown: int, left: int | None, send_at: datetime | None, at: datetime) -> None:
    if not people:
        raise CannotSend("nobody")
    if people > shown:
        raise CannotSend("more", people=people)
    if left is not None and people > left:
        raise CannotSend("quota", people=people, left=left)
    if send_at is not None and send_at <= at:
        raise CannotSend("past")
    if send_at is not None and send_at > at + LONGEST_AHEAD:
        raise CannotSend("far")


@transaction.atomic
def stop_news(*, broadcast: Broadcast, by: User, at: datetime) -> bool:
    """Before it has begun. ``False``: it has, or was stopped."""
    waiting = Broadcast.objects.filter(pk=broadcast.pk, state__in=[STATE.DRAFT, STATE.SCHEDULED])
    return waiting.update(state=STATE.STOPPED, send_at=broadcast.send_at or at, ended_at=at) > 0


@transaction.atomic
def begin_news(*, broadcast: Broadcast, at: datetime) -> bool:
    """Decide on the way, and freeze whom it goes to, never more than was agreed. ``False``: it is not its time, or it has begun."""
    due = Broadcast.objects.filter(pk=broadcast.pk, state=STATE.SCHEDULED, send_at__lte=at)
    if not due.update(state=STATE.SENDING, started_at=at):
        return False
    broadcast.refresh_from_db()
    people = list(audience_of(broadcast, at).values_list("user_id", flat=True)[: broadcast.people])
    way = _way_within(broadcast, len(people), at)
    Broadcast.objects.filter(pk=broadcast.pk).update(way=way)
    if way == WAY.MULTICAST:
        _cut(broadcast, people, at)
    else:
        BroadcastPart.objects.create(broadcast=broadcast, number=1, followers=people, try_at=at)
    return True


def _way_within(broadcast: Broadcast, people: int, at: datetime) -> Broadcast.Way:
    """As it stands now, within what was agreed: LINE knows no limit for all friends, and no small groups."""
    way = way_for(broadcast, at)
    over = way.kind == WAY.BROADCAST and way.people > broadcast.people
    few = way.kind == WAY.NARROWCAST and people < FEWEST_IN_NARROWCAST
    return WAY.MULTICAST if over or few else way.kind


def _cut(broadcast: Broadcast, people: list[str], at: datetime) -> None:
    BroadcastPart.objects.bulk_create(
        BroadcastPart(broadcast=broadcast, number=number, followers=people[begin : begin + PART], try_at=at)
        for number, begin in enumerate(range(0, len(people), PART), start=1)
    )
    if not people:
        Broadcast.objects.filter(pk=broadcast.pk, state=STATE.SENDING).update(state=STATE.SENT, ended_at=at)


@transaction.atomic
def send_in_parts(*, part: BroadcastPart, at: datetime) -> None:
    """Another way did not come to it and has reached nobody: the same people are written to in parts, under new keys."""
    waiting = BroadcastPart.objects.filter(pk=part.pk, state=BroadcastPart.State.WAITING)
    if waiting.delete()[0]:
        Broadcast.objects.filter(pk=part.broadcast_id).update(way=WAY.MULTICAST, request_id="")
        _cut(part.broadcast, part.followers, at)
