"""What a person's own data hold of LINE, and what is left of it when they are forgotten."""

import json
from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount

from tourdee.people.actions import ask_erasure, erase_person
from tourdee.people.queries import KnownAs

from ..actions import sending_news
from ..actions.erasing import forget_follower, forget_line_of
from ..actions.followers import leave, meet, stop_news
from ..actions.sending import send
from ..flex.parts import text
from ..models import Broadcast, ChatOrder, Connection, Follower, Outgoing, PlayCall, Silenced
from ..queries.ways import Way, way_for
from .conftest import NOI
from .test_news import agreed, news_for
from .test_purchase import book


def told(client) -> dict:
    return json.loads(client.get("/account/profile/my-data/").content)["line"]


def signs_in_with_line(person, user_id=NOI):
    SocialAccount.objects.create(user=person, provider="line", uid=user_id)


def test_a_seller_is_told_their_connection_without_keys_and_their_news(shop, owner, connection, at, client_of):
    news_for(shop, owner, at)
    found = told(client_of(owner))
    assert [one["name"] for one in found["connection"]] == ["LINE ฝึกซ้อม"]
    assert [one["text"] for one in found["news"]] == ["รอบใหม่วันเสาร์นี้"]
    assert connection.hint not in json.dumps(found)


def test_who_signs_in_with_line_is_told_which_shops_they_follow(shop, noi, stranger, client_of):
    signs_in_with_line(stranger)
    assert [one["shop_name_th"] for one in told(client_of(stranger))["following"]] == ["มะลิทัวร์"]


def test_a_stranger_is_told_nothing(noi, connection, teammate, client_of):
    assert told(client_of(teammate)) == {"connection": [], "answers": [], "news": [], "following": []}


def test_a_forgotten_follower_leaves_the_order_and_nothing_else(
    shop, phone, departure, stranger, officer, at, deliver_events
):
    book(phone, departure)
    signs_in_with_line(stranger)
    other = meet(shop=shop, user_id="U" + "3" * 32, at=at)
    send(shop=shop, to=NOI, messages=[text("x")], key="k", at=at)
    erase_person(request=ask_erasure(user=stranger, at=at), by=officer, at=at)
    deliver_events()
    assert list(Follower.objects.all()) == [other]
    assert (ChatOrder.objects.count(), Outgoing.objects.filter(to=NOI).count(), shop.orders.count()) == (0, 0, 1)


def test_a_forgotten_seller_leaves_no_keys_and_no_followers(shop, owner, connection, noi, officer, at, deliver_events):
    erase_person(request=ask_erasure(user=owner, at=at), by=officer, at=at)
    deliver_events()
    assert (Connection.objects.count(), Follower.objects.count(), Outgoing.objects.count()) == (0, 0, 0)


# ------------------------------------------------------------------ who said stop is left in peace, forgotten or not
@pytest.fixture
def forgotten(shop, connection, noi, stranger, officer, at, deliver_events):
    """Noi said stop, and was forgotten."""
    Connection.objects.update(friends=20, friends_on=at.date())
    stop_news(follower=noi, at=at)
    signs_in_with_line(stranger)
    erase_person(request=ask_erasure(user=stranger, at=at), by=officer, at=at)
    deliver_events()


def way_now(shop, owner, at):
    return way_for(news_for(shop, owner, at), at)


def test_news_to_all_never_reach_a_forgotten_friend_who_said_stop(shop, owner, forgotten, at):
    meet(shop=shop, user_id="U" + "3" * 32, at=at)
    assert way_now(shop, owner, at) == Way(Broadcast.Way.MULTICAST, "silent", 1, silent=1)


def test_a_broadcast_that_had_begun_goes_in_parts(shop, owner, connection, noi, stranger, officer, at, deliver_events):
    Connection.objects.update(friends=20, friends_on=at.date())
    meet(shop=shop, user_id="U" + "3" * 32, at=at)
    news = agreed(news_for(shop, owner, at), owner, at, shown=20)
    sending_news.begin_due(at)
    stop_news(follower=noi, at=at)
    signs_in_with_line(stranger)
    erase_person(request=ask_erasure(user=stranger, at=at), by=officer, at=at)
    deliver_events()
    for second in (0, 5, 10):
        sending_news.send_parts_due(at + timedelta(seconds=second))
    assert [(call.kind, call.to) for call in PlayCall.objects.filter(kind__endswith="cast")] == [
        ("multicast", ["U" + "3" * 32])
    ]
    assert Broadcast.objects.get(pk=news.pk).sent == 1


def test_the_stop_of_who_is_forgotten_names_nobody(shop, forgotten):
    kept = Silenced.objects.get()
    assert (kept.shop, NOI in str(vars(kept)), len(kept.who)) == (shop, False, 64)


def test_who_was_forgotten_and_writes_again_wants_no_news_still(shop, forgotten, at):
    assert meet(shop=shop, user_id=NOI, at=at).stopped_at == at
    assert Silenced.objects.count() == 0


def test_who_was_forgotten_and_leaves_is_no_friend_any_more(shop, owner, forgotten, at):
    leave(shop=shop, user_id=NOI, at=at)
    assert way_now(shop, owner, at).kind == Broadcast.Way.BROADCAST


def test_who_wanted_news_or_had_left_leaves_no_stop(shop, noi, stranger, at):
    forget_follower(known=KnownAs("", "", {"line": NOI}))
    gone = meet(shop=shop, user_id=NOI, at=at)
    stop_news(follower=gone, at=at)
    leave(shop=shop, user_id=NOI, at=at)
    forget_follower(known=KnownAs("", "", {"line": NOI}))
    assert (Follower.objects.count(), Silenced.objects.count()) == (0, 0)


def test_a_forgotten_shop_keeps_nobodys_stop(shop, owner, forgotten):
    forget_line_of(owner=owner.public_id)
    assert Silenced.objects.count() == 0
