"""News: whom they reach, what they cost, and that each person gets them once."""

from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount

from tourdee.core.calling import Unavailable
from tourdee.people.models import User
from tourdee.shop.models import Order
from tourdee.shop.tests.factories import a_buyer, a_product, a_shop, a_tour, a_voucher, an_order, seats

from .. import play
from ..actions import broadcasts, news_parts, sending_news
from ..actions.broadcasts import CannotSend, News
from ..actions.followers import leave, meet, note_interest, put_tags, stop_news
from ..flex.taps import written
from ..models import Broadcast, BroadcastPart, ChatOrder, Follower, MonthUse, PlayCall, Tag
from ..queries.audiences import audience_of, followers_of
from ..queries.broadcasts import messages_of
from ..queries.quota import meter_of
from .test_chat_shop import buttons
from .test_purchase import book

AUDIENCE = Broadcast.Audience


@pytest.fixture
def people(shop, at) -> list[Follower]:
    """Five followers: the last has left, the one before wants no news."""
    found = [meet(shop=shop, user_id=f"U{number:032d}", name=f"คนที่ {number}", at=at) for number in range(5)]
    leave(shop=shop, user_id=found[4].user_id, at=at)
    stop_news(follower=found[3], at=at)
    return found


def news_for(shop, owner, at, audience=AUDIENCE.EVERYONE, **more) -> Broadcast:
    return broadcasts.write_news(shop=shop, news=News(text="รอบใหม่วันเสาร์นี้", audience=audience, **more), by=owner, at=at)


def agreed(news, owner, at, *, shown=3, left=300, send_at=None) -> Broadcast:
    return broadcasts.agree_to_send(broadcast=news, shown_people=shown, left=left, send_at=send_at, by=owner, at=at)


def sent(at, *, minutes=60):
    """The worker works for so long."""
    for minute in range(minutes):
        moment = at + timedelta(minutes=minute)
        sending_news.begin_due(moment)
        sending_news.send_parts_due(moment)


# ------------------------------------------------------------------ whom
def test_who_left_or_wants_no_news_is_never_reached(shop, owner, people, at):
    assert set(audience_of(news_for(shop, owner, at), at)) == set(people[:3])


def test_groups_buyers_lookers_and_the_unseen(shop, owner, people, tour, departure, phone, at):
    book(phone, departure)
    buyer = Follower.objects.get(orders__isnull=False)
    Order.objects.update(status="confirmed", paid_satang=240000, confirmed_at=at)
    note_interest(follower=people[0], item=tour, at=at)
    put_tags(follower=people[1], names=["ลูกค้าประจำ"])
    Follower.objects.filter(pk=people[2].pk).update(seen_at=at - timedelta(days=61))

    def reached(audience, **more):
        return set(audience_of(news_for(shop, owner, at, audience, **more), at))

    assert reached(AUDIENCE.BOUGHT, about=tour) == {buyer}
    assert reached(AUDIENCE.NOT_BOUGHT) == set(people[:3])
    assert reached(AUDIENCE.INTERESTED, about=tour) == {people[0]}  # the buyer looked too, and bought
    assert reached(AUDIENCE.TAGGED, tag=Tag.objects.get()) == {people[1]}
    assert reached(AUDIENCE.UNSEEN, days=60) == {people[2]}


def test_buyers_and_lookers_of_a_product_are_a_group_too(shop, owner, people, phone, at):
    cloth, cup = a_product(shop), a_product(shop, name_th="แก้ว")
    phone.tap(written("product", t=cup.product.public_id))
    order_goods(phone, cloth)
    buyer = Follower.objects.get(orders__isnull=False)
    total = Order.objects.get().total_satang
    Order.objects.update(status="confirmed", paid_satang=total, due_now_satang=total, confirmed_at=at)
    note_interest(follower=people[0], item=cloth.product, at=at)

    def reached(audience, product):
        return set(audience_of(news_for(shop, owner, at, audience, about_goods=product), at))

    assert reached(AUDIENCE.BOUGHT, cloth.product) == {buyer}
    assert reached(AUDIENCE.BOUGHT, cup.product) == set()
    assert reached(AUDIENCE.INTERESTED, cloth.product) == {people[0]}
    assert reached(AUDIENCE.INTERESTED, cup.product) == {buyer}


def order_goods(phone, variant) -> None:
    summary = phone.tap(written("pieces", i=variant.public_id, n="1"))
    phone.tap(buttons(summary[0])["สั่งเลย"])


def test_who_bought_on_the_web_with_a_proven_address_has_bought(
    shop, owner, people, tour, departure, stranger, teammate, at
):
    """They sign in to us by the LINE account with which they follow the shop."""
    User.objects.filter(pk=teammate.pk).update(phone="+66899999999", phone_verified=False)
    for person, follower in ((stranger, people[0]), (teammate, people[1])):
        SocialAccount.objects.create(user=person, provider="line", uid=follower.user_id)
    mine = a_buyer(email=stranger.email.upper(), phone="+66811111111")
    for buyer in (mine, a_buyer(phone="+66899999999"), a_buyer(email="")):
        an_order(shop, seats(departure, 1), buyer=buyer, at=at)

    def reached(audience, **more):
        return set(audience_of(news_for(shop, owner, at, audience, **more), at))

    assert reached(AUDIENCE.BOUGHT) == set()  # nothing is paid yet
    Order.objects.update(status="confirmed", paid_satang=120000, confirmed_at=at)
    assert reached(AUDIENCE.BOUGHT) == reached(AUDIENCE.BOUGHT, about=tour) == {people[0]}
    assert reached(AUDIENCE.BOUGHT, about=a_tour(shop)) == set()
    assert reached(AUDIENCE.NOT_BOUGHT) == set(people[1:3])
    User.objects.filter(pk=teammate.pk).update(phone_verified=True)
    assert reached(AUDIENCE.BOUGHT) == {people[0], people[1]}
    Order.objects.update(shop=a_shop(teammate))
    assert reached(AUDIENCE.BOUGHT) == set()


def test_another_shops_followers_are_never_reached(shop, owner, people, teammate, at):
    stranger = meet(shop=a_shop(teammate), user_id="U" + "9" * 32, at=at)
    assert stranger not in audience_of(news_for(shop, owner, at), at)


def test_a_group_that_nobody_is_in_goes(shop, people):
    put_tags(follower=people[0], names=["สายปั่น", "ประจำ"])
    put_tags(follower=people[0], names=["ประจำ"])
    assert list(Tag.objects.values_list("name", flat=True)) == ["ประจำ"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_followers_asks_two_questions(shop, people, number, django_assert_num_queries):
    Follower.objects.exclude(pk__in=[one.pk for one in people[:number]]).delete()
    with django_assert_num_queries(2):
        assert len([list(one.tags.all()) for one in followers_of(shop)]) == number


# ------------------------------------------------------------------ the question before
def test_nothing_is_sent_without_a_yes(shop, owner, people, connection, at):
    news_for(shop, owner, at)
    sent(at)
    assert not PlayCall.objects.exists()


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"shown": 2}, "more"), ({"left": 2}, "quota"), ({"send_at": timedelta(minutes=-1)}, "past"),
        ({"send_at": timedelta(days=61)}, "far"),
    ],
)  # fmt: skip
def test_a_yes_to_something_else_is_no_yes(shop, owner, people, at, how, reason):
    how = {**how, **({"send_at": at + how["send_at"]} if "send_at" in how else {})}
    with pytest.raises(CannotSend) as refused:
        agreed(news_for(shop, owner, at), owner, at, **how)
    assert refused.value.reason == reason
    assert refused.value.message
    assert Broadcast.objects.get().state == "draft"


def test_an_empty_group_is_not_written_to(shop, owner, at):
    with pytest.raises(CannotSend) as refused:
        agreed(news_for(shop, owner, at), owner, at)
    assert refused.value.reason == "nobody"


def test_a_second_yes_changes_nothing(shop, owner, people, at):
    news = agreed(news_for(shop, owner, at), owner, at)
    with pytest.raises(CannotSend):
        agreed(news, owner, at)
    with pytest.raises(CannotSend):
        broadcasts.change_news(broadcast=news, news=News(text="อื่น", audience=AUDIENCE.EVERYONE))


# ------------------------------------------------------------------ on its way
def test_each_person_gets_it_once_and_the_meter_counts_them(shop, owner, people, connection, at):
    news = agreed(news_for(shop, owner, at), owner, at)
    sent(at)
    news.refresh_from_db()
    assert (news.state, news.sent, news.failed) == ("sent", 3, 0)
    assert sorted(PlayCall.objects.get().to) == sorted(one.user_id for one in people[:3])
    assert PlayCall.objects.get().unit == news.unit
    assert meter_of(shop, at).used == 3


def test_it_waits_for_its_moment(shop, owner, people, connection, at):
    news = agreed(news_for(shop, owner, at), owner, at, send_at=at + timedelta(hours=2))
    sent(at)
    assert not PlayCall.objects.exists()
    assert broadcasts.stop_news(broadcast=news, by=owner, at=at)
    sent(at + timedelta(hours=3))
    assert not PlayCall.objects.exists()


def test_who_joined_after_the_yes_is_not_paid_for(shop, owner, people, connection, at):
    agreed(news_for(shop, owner, at), owner, at, send_at=at + timedelta(hours=2))
    meet(shop=shop, user_id="U" + "8" * 32, at=at + timedelta(hours=1))
    sent(at + timedelta(hours=2))
    assert len(PlayCall.objects.get().to) == 3


def test_who_said_stop_after_the_yes_is_left_out(shop, owner, people, connection, at):
    agreed(news_for(shop, owner, at), owner, at, send_at=at + timedelta(hours=2))
    sending_news.begin_due(at + timedelta(hours=2))
    stop_news(follower=people[0], at=at)
    sent(at + timedelta(hours=2))
    assert people[0].user_id not in PlayCall.objects.get().to


def test_more_than_five_hundred_go_in_parts(shop, owner, connection, at):
    Follower.objects.bulk_create(
        Follower(shop=shop, user_id=f"U{number:032d}", followed_at=at, seen_at=at) for number in range(501)
    )
    MonthUse.objects.update(limit=15_000)
    play_month = play.MONTH
    play.MONTH = 15_000
    try:
        agreed(news_for(shop, owner, at), owner, at, shown=501, left=15_000)
        sent(at)
    finally:
        play.MONTH = play_month
    assert sorted(len(call.to) for call in PlayCall.objects.all()) == [1, 500]
    assert Broadcast.objects.get().sent == 501


def test_a_lost_answer_is_asked_again_with_the_same_key(shop, owner, people, connection, at, monkeypatch):
    twin, lost = play.exchange, [True]

    def exchange(method, url, *, headers, data=None):
        answer = twin(method, url, headers=headers, data=data)
        if url.endswith("/multicast") and lost:
            lost.pop()
            raise Unavailable("nothing")
        return answer

    monkeypatch.setattr(play, "exchange", exchange)
    news = agreed(news_for(shop, owner, at), owner, at)
    sent(at)
    news.refresh_from_db()
    assert (news.state, news.sent, PlayCall.objects.count()) == ("sent", 3, 1)


def test_at_the_quota_it_stops_and_says_so(shop, owner, people, connection, at):
    news = agreed(news_for(shop, owner, at), owner, at)
    MonthUse.objects.update(told=298)
    sent(at)
    news.refresh_from_db()
    assert (news.state, news.sent, news.why) == ("stopped", 0, news_parts.WHY["quota"])
    assert not PlayCall.objects.exists()


def test_a_part_that_line_never_takes_is_shown_as_failed(shop, owner, people, connection, at, monkeypatch):
    def dead(*_all, **_more):
        raise Unavailable("nothing")

    monkeypatch.setattr(play, "exchange", dead)
    news = agreed(news_for(shop, owner, at), owner, at)
    sent(at, minutes=240)
    news.refresh_from_db()
    assert (news.state, news.sent, news.failed) == ("sent", 0, 3)
    assert BroadcastPart.objects.get().why == news_parts.WHY["unavailable"]


# ------------------------------------------------------------------ what it says, and its pages
def test_a_tour_and_a_coupon_come_with_the_words_and_a_way_to_stop(shop, owner, departure, at):
    news = news_for(shop, owner, at, tour=departure.tour, voucher=a_voucher(shop, at, code="SAVE10"))
    said = messages_of(news, at)
    assert [one["type"] for one in said] == ["text", "flex", "text"]
    assert said[2]["text"].startswith("🎫 SAVE10")
    assert [item["action"]["data"] for item in said[2]["quickReply"]["items"]] == ["a=tours", "a=person", "a=stop"]


def test_from_the_first_word_to_the_question_to_the_send(shop, owner, people, connection, at, client_of):
    page = client_of(owner)
    page.post("/my/line/news/new/", {"text": "รอบใหม่", "audience": "everyone", "days": "60"})
    news = Broadcast.objects.get()
    shown = page.get(f"/my/line/news/{news.public_id}/")
    assert (shown.context["people"], shown.context["after"]) == (3, 297)
    page.post(f"/my/line/news/{news.public_id}/", {"people": "3", "day": "", "start": ""})
    sent(at)
    assert "ส่งแล้ว" in page.get("/my/line/news/").content.decode()
    assert PlayCall.objects.get().messages[0]["text"] == "รอบใหม่"


def test_the_page_says_that_the_group_has_grown_and_shows_the_new_number(
    shop, owner, people, connection, at, client_of
):
    news = news_for(shop, owner, at)
    page = client_of(owner).post(f"/my/line/news/{news.public_id}/", {"people": "2", "day": "", "start": ""})
    assert page.context["form"].non_field_errors() == ["จำนวนคนเปลี่ยนไป ตอนนี้มี 3 คน ตรวจดูอีกครั้ง"]
    assert '<input type="hidden" name="people" value="3">' in page.content.decode()


def test_the_open_page_tells_by_itself_that_news_wait_are_sent_and_how_it_went(
    shop, owner, people, connection, at, client_of, monkeypatch
):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    page, later = client_of(owner), at + timedelta(hours=2)

    def told(news) -> str:
        return page.get(f"/my/line/news/{news.public_id}/state/").content.decode()

    waiting = agreed(news_for(shop, owner, at), owner, at, send_at=later)
    assert "จะส่งเองวันที่" in told(waiting)
    now = agreed(news_for(shop, owner, at), owner, at)
    assert ("กำลังส่ง" in told(now), "จะส่งเองวันที่" in told(now)) == (True, False)
    sent(at, minutes=2)
    assert "ผลการส่ง" in told(now)


def test_a_seller_chooses_a_product_and_finds_it_again_in_the_draft(shop, owner, tour, at, client_of):
    product, page = a_product(shop).product, client_of(owner)
    said = {"text": "ผ้าผืนใหม่", "audience": "bought", "days": "60"}
    page.post("/my/line/news/new/", said | {"about": product.public_id})
    news = Broadcast.objects.get()
    assert (news.about, news.about_goods) == (None, product)
    address = f"/my/line/news/{news.public_id}/"
    assert "เคยซื้อ “ผ้าทอ”" in page.get(address).content.decode()
    assert page.get(f"{address}edit/").context["form"]["about"].value() == product.public_id
    page.post(f"{address}edit/", said | {"about": tour.public_id})
    news.refresh_from_db()
    assert (news.about, news.about_goods) == (tour, None)
    assert page.post(f"{address}edit/", said | {"about": a_product(a_shop()).product.public_id}).context["form"].errors


def test_a_group_must_be_named(shop, owner, client_of):
    page = client_of(owner).post("/my/line/news/new/", {"text": "รอบใหม่", "audience": "tagged"})
    assert page.context["form"].errors == {"tag": ["เลือกกลุ่มก่อน"]}


def test_anothers_news_followers_and_tours_do_not_exist(shop, owner, people, teammate, tour, at, client_of):
    a_shop(teammate)
    news, page = news_for(shop, owner, at), client_of(teammate)
    assert page.get(f"/my/line/news/{news.public_id}/state/").status_code == 404
    for address in (f"news/{news.public_id}/", f"news/{news.public_id}/edit/", f"followers/{people[0].public_id}/"):
        assert page.get(f"/my/line/{address}").status_code == 404
    assert page.post(f"/my/line/news/{news.public_id}/stop/").status_code == 404
    said = {"text": "ข่าว", "audience": "everyone", "tour": tour.public_id}
    assert page.post("/my/line/news/new/", said).context["form"].errors.keys() == {"tour"}
    assert people[0].name not in page.get("/my/line/followers/").content.decode()


def test_groups_are_put_on_a_page(shop, owner, people, client_of):
    page = client_of(owner)
    page.post(f"/my/line/followers/{people[0].public_id}/", {"names": "ประจำ, สายปั่น"})
    shown = page.get("/my/line/followers/", {"tag": Tag.objects.get(name="ประจำ").public_id})
    assert [one.name for one in shown.context["page"]] == ["คนที่ 0"]
    assert ChatOrder.objects.count() == 0


def test_a_part_with_a_fault_of_ours_keeps_no_other_waiting_and_ends_as_failed(
    shop, owner, people, connection, at, monkeypatch
):
    news = [agreed(news_for(shop, owner, at), owner, at) for _number in range(2)]
    real = sending_news._go_on

    def go_on(part, *more):
        if part.broadcast_id == news[0].pk:
            raise KeyError("surprise")
        real(part, *more)

    monkeypatch.setattr(sending_news, "_go_on", go_on)
    sent(at, minutes=240)
    assert list(Broadcast.objects.order_by("pk").values_list("sent", "failed")) == [(0, 3), (3, 0)]
