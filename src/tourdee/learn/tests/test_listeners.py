"""What happens in other rooms reaches the missions, once; what an instructor decides reaches the learner."""

import pytest
from django.core import mail

from tourdee import events
from tourdee.core.delivery import deliver
from tourdee.learn import actions
from tourdee.learn.models import MissionProgress
from tourdee.people.models import User

from .factories import load_real, make_mission, make_topic, submit


@pytest.fixture
def real(transactional_db):
    load_real()


def done(user):
    progress = MissionProgress.objects.filter(user=user, status="done")
    return sorted(progress.values_list("mission__slug", flat=True))


def publish(*happened):
    from django.db import transaction

    with transaction.atomic():
        for one in happened:
            events.publish(one)


def test_the_shop_ticks_off_its_missions(real, deliver_events):
    seller = User.objects.create_user("seller@example.org")
    user = seller.public_id
    publish(
        events.ShopOpened(user=user, shop="s"),
        events.TourPublished(user=user, shop="s", tour="t"),
        events.ProductPublished(user=user, shop="s", product="p", pictures=3),
        events.PapersComplete(user=user, business="b"),
        events.OrderPaid(user=user, order="o", satang=89_000),
    )
    deliver_events()
    assert done(seller) == [
        "first-order-paid",
        "first-product-three-pictures",
        "first-tour-published",
        "papers-complete",
        "shop-opened",
    ]


def test_two_pictures_are_not_three(real, deliver_events):
    seller = User.objects.create_user("seller@example.org")
    publish(events.ProductPublished(user=seller.public_id, shop="s", product="p", pictures=2))
    deliver_events()
    assert done(seller) == []


def test_an_event_delivered_twice_ticks_off_once(real):
    seller = User.objects.create_user("seller@example.org")
    path = "tourdee.learn.listeners.shop_opened"
    payload = {"user": seller.public_id, "shop": "s", "event_id": "once"}
    assert deliver.func(path, "ShopOpened", payload) == "done"
    first = MissionProgress.objects.get()
    assert deliver.func(path, "ShopOpened", payload) == "again"
    assert MissionProgress.objects.get().at == first.at


def test_one_sellers_event_does_not_help_another(real, deliver_events):
    seller = User.objects.create_user("seller@example.org")
    other = User.objects.create_user("other-seller@example.org")
    publish(events.ShopOpened(user=seller.public_id, shop="s"))
    deliver_events()
    assert (done(seller), done(other)) == (["shop-opened"], [])


def test_the_channels_tick_off_their_missions(real, deliver_events):
    seller = User.objects.create_user("seller@example.org")
    shop = {"user": seller.public_id, "shop": "s"}
    publish(
        events.FirstReplySent(**shop, channel="line"),
        events.RichMenuLive(**shop),
        events.PostPublished(**shop, channel="facebook", address="https://facebook.com/1"),
        events.FeedAccepted(**shop, feed="meta"),
        events.ItemListed(user=seller.public_id, item="i", channel="feeds", channels=2),
    )
    deliver_events()
    assert done(seller) == [
        "facebook-first-post", "feed-accepted", "line-oa-connected", "rich-menu-live", "same-product-two-channels",
    ]  # fmt: skip


def test_one_channel_is_not_two_and_facebook_is_not_line(real, deliver_events):
    seller = User.objects.create_user("seller@example.org")
    publish(
        events.ItemListed(user=seller.public_id, item="i", channel="feeds", channels=1),
        events.FirstReplySent(user=seller.public_id, shop="s", channel="facebook"),
        events.PostPublished(user=seller.public_id, shop="s", channel="line", address=""),
    )
    deliver_events()
    assert done(seller) == []


# ------------------------------------------------------------------ letters
@pytest.fixture
def sent(transactional_db, at):
    user = User.objects.create_user("learner@example.org", name="สมหญิง ใจดี", language="en")
    return submit(user, make_mission(make_topic(1)), at=at)


@pytest.fixture
def judge(transactional_db):
    return User.objects.create_user("judge@example.org", name="วิทยากร มานะ")


def test_a_returned_mission_is_told_by_letter_with_the_comment(sent, judge, at, deliver_events):
    actions.return_mission(progress=sent, reviewer=judge, seen=at, comment="Add the price & date", at=at)
    deliver_events()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["learner@example.org"], "Please improve your mission")
    assert letter.body == (
        "Dear สมหญิง ใจดี,\n\n"
        "the instructor has looked at your mission “Mission a-mission” and asks you to improve it:\n\n"
        "Add the price & date\n\n"
        "Send it again here: http://testserver/en/learn/missions/a-mission/\n"
    )


def test_an_accepted_mission_is_told_by_letter(sent, judge, at, deliver_events):
    actions.accept_mission(progress=sent, reviewer=judge, seen=at, comment="Lovely", at=at)
    deliver_events()
    (letter,) = mail.outbox
    assert letter.subject == "Your mission was accepted"
    assert "Lovely" in letter.body
    assert "http://testserver/en/learn/" in letter.body


def test_who_has_no_e_mail_gets_a_text_message(sent, judge, at, deliver_events, monkeypatch):
    told = []
    monkeypatch.setattr("tourdee.people.actions.messages.send_sms", lambda *, to, text: told.append((to, text)))
    User.objects.filter(pk=sent.user_id).update(email=None, phone="+66812345678")
    actions.accept_mission(progress=sent, reviewer=judge, seen=at, comment="", at=at)
    deliver_events()
    assert told == [("+66812345678", "TourDee: your mission was accepted. Well done!")]
    assert mail.outbox == []


def test_what_the_shop_proved_is_not_told_by_letter(real, deliver_events):
    seller = User.objects.create_user("seller@example.org")
    publish(events.ShopOpened(user=seller.public_id, shop="s"))
    deliver_events()
    assert done(seller) == ["shop-opened"]
    assert mail.outbox == []


def test_a_letter_that_comes_after_a_new_submission_is_not_sent(sent, judge, at, deliver_events):
    actions.return_mission(progress=sent, reviewer=judge, seen=at, comment="Add the price", at=at)
    submit(sent.user, sent.mission, at=at, link="https://example.org/better")
    deliver_events()
    assert mail.outbox == []
