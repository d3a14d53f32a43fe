"""The three ways of news at LINE: which one is taken, and that each of them reaches everybody once and costs what was said."""

from datetime import timedelta

import pytest

from tourdee.core.calling import Unavailable

from .. import play, play_crowd
from ..actions import news_parts, sending_news
from ..actions.figures import ask_for_friends, ask_how_it_went
from ..actions.followers import leave, meet, stop_news
from ..actions.narrowcasts import READY_WITHIN, TOLD_WITHIN, clear_groups
from ..client import Progress
from ..models import AudienceGroup, Broadcast, BroadcastPart, Connection, Follower, PlayAudience, PlayCall
from ..queries.quota import meter_of
from ..queries.ways import Way, way_to_send
from .faults import Killed
from .test_news import agreed, news_for

AUDIENCE, WAY = Broadcast.Audience, Broadcast.Way

DECISIONS = [
    # everybody, known, silent, friends -> kind, why, people, unknown, silent
    ((True, 3, 0, 3), ("broadcast", "all", 3, 0, 0)),
    ((True, 3, 0, 10), ("broadcast", "friends", 10, 7, 0)),
    ((True, 5, 0, 3), ("broadcast", "all", 5, 0, 0)),  # somebody came since LINE counted
    ((True, 0, 0, 200), ("broadcast", "friends", 200, 200, 0)),  # connected today
    ((True, 0, 0, 0), ("broadcast", "all", 0, 0, 0)),
    ((True, 3, 0, None), ("multicast", "uncounted", 3, 0, 0)),
    ((True, 600, 1, 700), ("multicast", "silent", 600, 0, 1)),
    ((True, 600, 1, None), ("multicast", "silent", 600, 0, 1)),
    ((False, 49, 0, 700), ("multicast", "small", 49, 0, 0)),
    ((False, 50, 0, 700), ("narrowcast", "group", 50, 0, 0)),
    ((False, 50, 9, None), ("narrowcast", "group", 50, 0, 0)),
    ((False, 0, 0, 0), ("multicast", "small", 0, 0, 0)),
]


@pytest.mark.parametrize(("asked", "wanted"), DECISIONS)
def test_the_way_is_chosen_by_who_is_meant_and_who_said_stop(asked, wanted):
    everybody, known, silent, friends = asked
    assert way_to_send(everybody=everybody, known=known, silent=silent, friends=friends) == Way(
        WAY(wanted[0]), *wanted[1:]
    )


# ------------------------------------------------------------------ a shop with followers
@pytest.fixture
def people(shop, connection, at) -> list[Follower]:
    """Sixty followers who have bought nothing; LINE is connected."""
    rows = [
        Follower(shop=shop, user_id=f"U{number:032x}", name=f"คนที่ {number}", followed_at=at, seen_at=at)
        for number in range(60)
    ]
    return Follower.objects.bulk_create(rows)


@pytest.fixture
def work(clock, at):
    """``work(minutes)``: the worker, every five seconds; what is due is done."""

    def for_minutes(minutes: int, *, start=at) -> None:
        for second in range(0, minutes * 60, 5):
            moment = start + timedelta(seconds=second)
            clock(moment)
            sending_news.begin_due(moment)
            sending_news.send_parts_due(moment)
            if not Broadcast.objects.filter(state__in=Broadcast.OPEN).exists():
                return

    return for_minutes


def counted(at) -> None:
    assert ask_for_friends(at) == 1


def to_group(shop, owner, at, **more) -> Broadcast:
    return agreed(news_for(shop, owner, at, AUDIENCE.NOT_BOUGHT), owner, at, shown=60, **more)


def to_all(shop, owner, at, *, shown=60, **more) -> Broadcast:
    return agreed(news_for(shop, owner, at), owner, at, shown=shown, **more)


def calls() -> list[tuple[str, int]]:
    return [(call.kind, len(call.to)) for call in PlayCall.objects.all()]


def outcome(news) -> tuple[str, str, int, int]:
    news.refresh_from_db()
    return (news.way, news.state, news.sent, news.failed)


@pytest.fixture
def wire(monkeypatch):
    """``wire(end, fault)``: the next call to an address with that end is lost, late (its answer is lost) or kills the worker."""
    faults: list[tuple[str, str]] = []
    twin = play.exchange

    def exchange(method, url, *, headers, data=None):
        fault = faults.pop(0)[1] if faults and faults[0][0] in url else ""
        if fault == "lost":
            raise Unavailable("no route")
        answer = twin(method, url, headers=headers, data=data)
        if fault:
            raise Killed if fault == "killed" else Unavailable("timed out")
        return answer

    monkeypatch.setattr(play, "exchange", exchange)
    return lambda end, fault: faults.append((end, fault))


# ------------------------------------------------------------------ everybody
def test_everybody_gets_one_broadcast(shop, owner, people, at, work):
    counted(at)
    news = to_all(shop, owner, at)
    work(1)
    assert outcome(news) == ("broadcast", "sent", 60, 0)
    assert calls() == [("broadcast", 60)]
    assert meter_of(shop, at).used == 60
    assert news.request_id == PlayCall.objects.get().request_id


def test_friends_whom_only_line_knows_are_counted_before_and_paid_for(shop, owner, people, at, work):
    counted(at)
    Connection.objects.update(friends=75)
    news = to_all(shop, owner, at, shown=75)
    work(1)
    assert outcome(news) == ("broadcast", "sent", 75, 0)
    assert meter_of(shop, at).used == 75


def test_a_shop_that_knows_nobody_yet_reaches_the_friends_it_has(shop, owner, connection, at, work):
    Connection.objects.update(friends=20, friends_on=at.date())
    news = to_all(shop, owner, at, shown=20)
    work(1)
    assert outcome(news) == ("broadcast", "sent", 20, 0)


def test_one_who_said_stop_turns_everybody_into_parts(shop, owner, people, at, work):
    counted(at)
    stop_news(follower=people[0], at=at)
    news = to_all(shop, owner, at)
    work(1)
    assert outcome(news) == ("multicast", "sent", 59, 0)
    assert people[0].user_id not in PlayCall.objects.get().to


def test_who_says_stop_after_it_began_is_left_out_too(shop, owner, people, at, work):
    counted(at)
    news = to_all(shop, owner, at)
    sending_news.begin_due(at)
    stop_news(follower=people[0], at=at)
    work(1)
    assert outcome(news) == ("multicast", "sent", 59, 0)


def test_more_friends_than_were_agreed_are_not_paid_for(shop, owner, people, at, work):
    counted(at)
    news = to_all(shop, owner, at, send_at=at + timedelta(hours=1))
    Connection.objects.update(friends=61)
    work(1, start=at + timedelta(hours=1))
    assert outcome(news) == ("multicast", "sent", 60, 0)


def test_a_broadcast_over_the_quota_is_not_begun(shop, owner, people, at, work):
    counted(at)
    news = to_all(shop, owner, at)
    news_parts.count_paid(shop=shop, number=241, at=at)
    work(1)
    assert outcome(news) == ("broadcast", "stopped", 0, 0)
    assert (news.why, calls()) == (news_parts.WHY["quota"], [])


@pytest.mark.parametrize("fault", ["lost", "late", "killed"])
def test_a_broadcast_goes_out_once_whatever_happens(shop, owner, people, at, work, wire, fault):
    counted(at)
    news = to_all(shop, owner, at)
    wire("/message/broadcast", fault)
    if fault == "killed":
        with pytest.raises(Killed):
            work(1)
    work(5)
    assert (outcome(news), calls()) == (("broadcast", "sent", 60, 0), [("broadcast", 60)])
    assert news.request_id == PlayCall.objects.get().request_id  # LINE tells it also of what it took before


# ------------------------------------------------------------------ a group at LINE
def test_a_group_of_fifty_and_more_is_made_at_line_filled_and_waited_for(shop, owner, people, at, work):
    news = to_group(shop, owner, at)
    sending_news.begin_due(at)
    for step, wanted in enumerate([0, 60]):
        sending_news.send_parts_due(at + timedelta(seconds=step * 5))
        assert len(PlayAudience.objects.get().people) == wanted
    assert calls() == []
    work(2, start=at + timedelta(seconds=10))
    assert outcome(news) == ("narrowcast", "sent", 60, 0)
    assert calls() == [("narrowcast", 60)]
    assert meter_of(shop, at).used == 60


def test_the_group_goes_again_when_the_news_are_over(shop, owner, people, at, work):
    to_group(shop, owner, at)
    assert clear_groups(at) == 0
    work(2)
    assert clear_groups(at) == 1
    assert not AudienceGroup.objects.exists()
    assert not PlayAudience.objects.exists()


@pytest.mark.parametrize("step", ["/message/narrowcast", "/progress/narrowcast"])
@pytest.mark.parametrize("fault", ["lost", "late", "killed"])
def test_a_narrowcast_goes_out_once_whatever_happens(shop, owner, people, at, work, wire, step, fault):
    news = to_group(shop, owner, at)
    wire(step, fault)
    if fault == "killed":
        with pytest.raises(Killed):
            work(2)
    work(5)
    assert (outcome(news), calls()) == (("narrowcast", "sent", 60, 0), [("narrowcast", 60)])


def test_a_worker_killed_after_the_group_was_made_makes_another_and_sends_once(shop, owner, people, at, work, wire):
    news = to_group(shop, owner, at)
    wire("/audienceGroup/upload", "killed")
    with pytest.raises(Killed):
        work(1)
    work(5)
    assert (outcome(news), calls()) == (("narrowcast", "sent", 60, 0), [("narrowcast", 60)])


def test_who_says_stop_while_the_group_is_made_ready_is_left_out(shop, owner, people, at, work):
    news = to_group(shop, owner, at)
    sending_news.begin_due(at)
    sending_news.send_parts_due(at)
    stop_news(follower=people[7], at=at)
    work(5, start=at + timedelta(seconds=5))
    assert outcome(news) == ("multicast", "sent", 59, 0)
    assert calls() == [("multicast", 59)]
    assert people[7].user_id not in PlayCall.objects.get().to


def test_a_group_that_line_finds_too_small_is_written_to_in_parts(shop, owner, people, at, work, monkeypatch):
    monkeypatch.setattr(play, "FEWEST_IN_NARROWCAST", 61)
    news = to_group(shop, owner, at)
    work(2)
    assert outcome(news) == ("multicast", "sent", 60, 0)
    assert calls() == [("narrowcast", 0), ("multicast", 60)]


def test_a_group_that_is_never_ready_is_written_to_in_parts(shop, owner, people, at, work, monkeypatch):
    monkeypatch.setattr(play_crowd, "GROUP_TAKES", timedelta(days=9))
    news = to_group(shop, owner, at)
    work(1)
    assert outcome(news) == ("narrowcast", "sending", 0, 0)
    work(1, start=at + READY_WITHIN + timedelta(minutes=1))
    assert outcome(news) == ("multicast", "sent", 60, 0)


def test_fewer_than_fifty_since_the_yes_are_not_made_a_group(shop, owner, people, at, work):
    for one in people[:11]:
        leave(shop=shop, user_id=one.user_id, at=at)
    news = to_group(shop, owner, at)
    work(1)
    assert (outcome(news), PlayAudience.objects.count()) == (("multicast", "sent", 49, 0), 0)


def test_who_joined_after_the_yes_is_not_in_the_group(shop, owner, people, at, work):
    news = to_group(shop, owner, at, send_at=at + timedelta(hours=1))
    meet(shop=shop, user_id="U" + "8" * 32, at=at)
    work(2, start=at + timedelta(hours=1))
    assert (outcome(news), calls()) == (("narrowcast", "sent", 60, 0), [("narrowcast", 60)])


@pytest.mark.parametrize(
    ("told", "wanted", "why"),
    [
        (Progress("succeeded", sent=58, failed=2), ("sent", 58, 2), ""),
        (Progress("succeeded", sent=99, failed=9), ("sent", 60, 0), ""),
        (Progress("failed", error=1), ("sent", 0, 60), "failed"),
        (Progress("failed", error=3), ("sent", 60, 0), "untold"),
    ],
)  # fmt: skip
def test_what_line_tells_of_a_narrowcast_is_shown(shop, owner, people, at, work, monkeypatch, told, wanted, why):
    monkeypatch.setattr("tourdee.channels.line.client.Line.narrowcast_progress", lambda *_all: told)
    news = to_group(shop, owner, at)
    work(2)
    assert outcome(news)[1:] == wanted
    assert news.why == news_parts.WHY.get(why, "")


def test_a_narrowcast_of_which_line_never_tells_counts_as_sent_to_all(shop, owner, people, at, work, monkeypatch):
    monkeypatch.setattr(play, "NARROWCAST_TAKES", timedelta(days=9))
    news = to_group(shop, owner, at)
    work(1)
    assert outcome(news) == ("narrowcast", "sending", 0, 0)
    work(1, start=at + TOLD_WITHIN + timedelta(minutes=2))
    assert (outcome(news), news.why) == (("narrowcast", "sent", 60, 0), news_parts.WHY["untold"])
    assert meter_of(shop, at).used == 60


def test_a_narrowcast_over_the_quota_is_not_asked_for(shop, owner, people, at, work):
    news = to_group(shop, owner, at)
    sending_news.begin_due(at)
    sending_news.send_parts_due(at)
    news_parts.count_paid(shop=shop, number=241, at=at)
    work(2, start=at + timedelta(seconds=5))
    assert (outcome(news)[1:], calls()) == (("stopped", 0, 0), [])


def test_once_asked_the_quota_stops_nothing_any_more(shop, owner, people, at, work, wire):
    """LINE may have taken it: asking again with the same key is the only way to know."""
    news = to_group(shop, owner, at)
    wire("/message/narrowcast", "late")
    work(1)
    part = BroadcastPart.objects.get()
    assert part.asked_at is not None
    news_parts.count_paid(shop=shop, number=300, at=at)
    work(5, start=at + timedelta(minutes=1))
    assert outcome(news)[1:] == ("sent", 60, 0)


# ------------------------------------------------------------------ figures
@pytest.mark.parametrize(("everybody", "wanted"), [(True, (48, 15)), (False, (48, 15))])
def test_who_saw_it_is_asked_by_the_request(shop, owner, people, at, work, clock, everybody, wanted):
    counted(at)
    news = to_all(shop, owner, at) if everybody else to_group(shop, owner, at)
    work(2)
    ask_how_it_went(at + timedelta(days=1))
    news.refresh_from_db()
    assert (news.seen, news.tapped) == wanted


# ------------------------------------------------------------------ the page
def test_the_page_says_the_way_and_why(shop, owner, people, at, client_of):
    news, page = news_for(shop, owner, at), client_of(owner)
    address = f"/my/line/news/{news.public_id}/"
    assert "เพราะ LINE ยังไม่ได้บอกว่ามีเพื่อนทั้งหมดกี่คน" in page.get(address).content.decode()
    counted(at)
    Connection.objects.update(friends=70)
    shown = page.get(address)
    assert "ในนี้มี 10 คนที่ติดตามร้านมาก่อนเชื่อมต่อ" in shown.content.decode()
    assert (shown.context["people"], shown.context["after"]) == (70, 230)
    stop_news(follower=people[0], at=at)
    assert "เพราะมี 1 คนขอไม่รับข่าว" in page.get(address).content.decode()


def test_the_page_tells_why_it_failed_in_the_readers_language(shop, owner, people, at, client_of):
    news = to_group(shop, owner, at)
    Broadcast.objects.filter(pk=news.pk).update(state="stopped", why=news_parts.WHY["quota"])
    address, page = f"/my/line/news/{news.public_id}/", client_of(owner)
    assert "ข้อความเสียเงินของเดือนนี้หมดแล้ว ส่วนที่เหลือไม่ได้ส่ง" in page.get(address).content.decode()
    assert "used up. The rest was not sent." in page.get(f"/en{address}").content.decode()


def test_what_waits_says_when_it_goes_out_and_shows_no_results(shop, owner, people, at, client_of):
    news = to_group(shop, owner, at, send_at=at + timedelta(days=2))
    page = client_of(owner).get(f"/my/line/news/{news.public_id}/").content.decode()
    assert "ข่าวนี้จะส่งเองวันที่ 25 พ.ย. 2569 เวลา 12.00 น." in page
    assert "ผลการส่ง" not in page
