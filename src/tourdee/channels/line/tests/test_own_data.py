"""What a person's own data hold of LINE, and what is left of it when they are forgotten."""

import json

from allauth.socialaccount.models import SocialAccount

from tourdee.channels.line.actions.followers import meet
from tourdee.people.actions import ask_erasure, erase_person

from ..actions.sending import send
from ..flex.parts import text
from ..models import ChatOrder, Connection, Follower, Outgoing
from .conftest import NOI
from .test_news import news_for
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
