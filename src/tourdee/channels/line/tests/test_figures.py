"""LINE's figures are asked for again and again: the oldest first, no longer than a turn, after growing pauses where it is silent."""

from datetime import timedelta

import pytest

from tourdee.core.calling import Unavailable
from tourdee.core.tests.secret_watch import HEX
from tourdee.shop.tests.factories import a_shop

from .. import play
from ..actions.connecting import connect
from ..actions.figures import EVERY, LONGEST_PAUSE, ask_for_counts, ask_for_friends, ask_how_it_went
from ..models import Broadcast, Connection, MonthUse

ASK = [ask_for_counts, ask_for_friends]
HALF = timedelta(minutes=30)


@pytest.fixture
def news(shop, owner, connection, at) -> Broadcast:
    """Sent, with figures to ask for."""
    return Broadcast.objects.create(
        shop=shop,
        made_by=owner,
        text="ข่าว",
        state="sent",
        sent=60,
        people=60,
        created_at=at,
        send_at=at,
        started_at=at,
        ended_at=at,
    )


@pytest.fixture
def other(connection, teammate, at) -> Connection:
    """Another shop's, which was asked later."""
    shop = a_shop(teammate, slug="other")
    row = Connection.objects.create(
        shop=shop, keys=connection.keys, bot_id="b", webhook_at=at, kept_at=at,
        friends_due_at=at - HALF, count_due_at=at - HALF,
    )  # fmt: skip
    Connection.objects.filter(pk=connection.pk).update(friends_due_at=at - HALF * 2, count_due_at=at - HALF * 2)
    return row


@pytest.fixture
def silence(monkeypatch) -> list[str]:
    """LINE does not answer. Returns what it was asked."""
    asked = []

    def dead(method, url, **_more):
        asked.append(url)
        raise Unavailable("nothing")

    monkeypatch.setattr(play, "exchange", dead)
    return asked


def hours_of_asking(ask, at, hours: int) -> list[float]:
    """When the worker, which looks every half hour, asks."""
    asked = []
    for number in range(hours * 2):
        before = list(Connection.objects.values_list("friends_due_at", "count_due_at"))
        ask(at + HALF * number)
        if list(Connection.objects.values_list("friends_due_at", "count_due_at")) != before:
            asked.append(number / 2)
    return asked


# ------------------------------------------------------------------ what is told
def test_friends_are_asked_once_a_day(connection, at, monkeypatch):
    monkeypatch.setattr("tourdee.channels.line.client.Line.friends", lambda *_all: 59)
    assert [ask_for_friends(at + EVERY * number) for number in range(4)] == [1, 0, 0, 0]
    assert Connection.objects.get().friends == 59
    assert ask_for_friends(at + timedelta(days=1)) == 1


def test_friends_that_line_has_not_counted_yet_are_asked_for_in_half_an_hour(connection, at, monkeypatch):
    monkeypatch.setattr("tourdee.channels.line.client.Line.friends", lambda *_all: None)
    assert hours_of_asking(ask_for_friends, at, 3) == [0, 0.5, 1, 1.5, 2, 2.5]
    assert Connection.objects.get().friends is None


def test_the_months_count_is_asked_for_every_half_hour(connection, at):
    MonthUse.objects.all().delete()
    assert [ask_for_counts(at + timedelta(minutes=10) * number) for number in range(4)] == [1, 0, 0, 1]
    assert MonthUse.objects.get().told_at == at + HALF


def test_how_news_were_received_is_asked_for_every_six_hours(news, at, monkeypatch):
    monkeypatch.setattr("tourdee.channels.line.client.Line.seen", lambda *_all: (41, 12))
    day = at + timedelta(days=1)
    assert [ask_how_it_went(day + timedelta(hours=number)) for number in range(7)] == [1, 0, 0, 0, 0, 0, 1]
    news.refresh_from_db()
    assert (news.seen, news.tapped, news.counted_at) == (41, 12, day + timedelta(hours=6))


# ------------------------------------------------------------------ a turn
@pytest.mark.parametrize("ask", ASK)
def test_a_turn_that_takes_long_ends_and_the_next_begins_with_who_waits(ask, connection, other, at):
    slow = iter(range(0, 1000, 30)).__next__
    name = "friends_due_at" if ask is ask_for_friends else "count_due_at"
    assert ask(at, clock=slow) == 1
    assert list(Connection.objects.filter(**{f"{name}__gt": at})) == [connection]
    assert ask(at, clock=slow) == 1
    assert Connection.objects.filter(**{f"{name}__gt": at}).count() == 2


# ------------------------------------------------------------------ silence
@pytest.mark.parametrize("ask", ASK)
def test_what_line_does_not_answer_is_asked_after_growing_pauses_up_to_a_day(ask, connection, at, silence):
    assert hours_of_asking(ask, at, 72) == [0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 55.5]
    assert timedelta(days=1) == LONGEST_PAUSE


def test_news_of_which_line_is_silent_are_asked_after_growing_pauses_too(news, at, silence):
    for number in range(48):
        ask_how_it_went(at + HALF * number)
    news.refresh_from_db()
    assert (len(silence), news.count_tries, news.counted_at) == (6, 6, None)


def test_an_answer_that_nobody_understands_keeps_no_other_shop_from_being_asked(connection, other, at, monkeypatch):
    said = iter([RuntimeError("broken"), 59])

    def friends(*_asked):
        if isinstance(answer := next(said), Exception):
            raise answer
        return answer

    monkeypatch.setattr("tourdee.channels.line.client.Line.friends", friends)
    assert ask_for_friends(at) == 1
    assert list(Connection.objects.order_by("pk").values_list("friends", "friends_tries")) == [(None, 1), (59, 0)]


def test_new_keys_are_asked_at_once(connection, shop, owner, at, silence):
    ask_for_friends(at)
    connect(shop=shop, channel_id="1234567890", secret=HEX, token="y" * 100, by=owner, at=at)
    now = Connection.objects.get()
    assert (now.friends_due_at, now.friends_tries, now.count_due_at, now.count_tries) == (None, 0, None, 0)
