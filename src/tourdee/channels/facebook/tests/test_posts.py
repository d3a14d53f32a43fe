"""Posts: what the law asks stands in each, each goes out once whatever the network does, and the seller always sees how it is."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tourdee.core.calling import Answer
from tourdee.legal.models import Paper
from tourdee.shop.models import Listing, Picture, Tour
from tourdee.shop.tests.factories import a_product

from ..actions.posts import CannotPost, Written, call_back, change_post, make_post, say_posted, throw_away, try_again
from ..actions.publishing import MOST_TRIES, SOON, publish_due
from ..graph import play
from ..models import Page, Post
from .conftest import a_post, refusal

pytestmark = pytest.mark.usefixtures("clock")
NO_WAIT = timedelta(minutes=10)


def fresh(post: Post) -> Post:
    return Post.objects.get(pk=post.pk)


def posts_on(page: Page) -> list[str]:
    return [row["message"] for row in play.played(page.page_id).posts]


def test_a_post_carries_price_seller_licence_address_and_link(post, page):
    assert (post.state, post.address) == ("published", f"https://www.facebook.com/{post.outside_id}")
    [text] = posts_on(page)
    lines = text.split("\n")
    assert lines[0] == "ไปเดินเมืองเก่ากัน"
    assert lines[2:6] == [
        "ราคา: ผู้ใหญ่ ฿1,200 ต่อคน · เด็ก ฿600 ต่อคน",
        "สถานที่: เชียงใหม่",
        f"ขายโดย {post.shop.business.name} 1 ถ.ช้างม่อย",
        "ใบอนุญาตประกอบธุรกิจนำเที่ยวเลขที่ 51/00123",
    ]
    assert lines[-1].startswith("https://tourdee.example/t/")
    assert lines[-1].endswith(f"#fb-{post.public_id}")
    assert play.played(page.page_id).posts[0]["pictures"] == 2


def test_goods_say_their_unit_and_no_licence(page, shop, at):
    product = a_product(shop, unit_th="ผืน").product
    a_post(shop, product, at)
    publish_due(at)
    [text] = posts_on(page)
    assert "ราคา: สีคราม ฿350 ต่อผืน" in text
    assert "ใบอนุญาต" not in text


def test_a_post_is_told_to_the_listings_and_to_whoever_counts(page, shop, tour, owner, at, told):
    post = a_post(shop, tour, at)
    publish_due(at)
    address = fresh(post).address
    assert list(Listing.objects.values_list("tour", "channel", "link")) == [(tour.pk, "facebook", address)]
    assert [(one.user, one.channel, one.address) for one in told[-1:]] == [(owner.public_id, "facebook", address)]


def test_a_double_click_makes_one_post(page, shop, tour, at):
    assert a_post(shop, tour, at) == a_post(shop, tour, at)
    assert publish_due(at) == 1
    assert publish_due(at + NO_WAIT) == 0
    assert len(posts_on(page)) == 1


def test_a_scheduled_post_waits_for_its_time_and_says_the_price_of_then(page, shop, tour, at):
    post = a_post(shop, tour, at, when=at + timedelta(hours=2))
    assert publish_due(at + timedelta(minutes=119)) == 0
    tour.prices.filter(position=0).update(price_satang=99900)
    publish_due(at + timedelta(hours=2))
    assert fresh(post).state == "published"
    assert "ผู้ใหญ่ ฿999 ต่อคน" in posts_on(page)[0]


# ------------------------------------------------------------------ faults
@pytest.mark.parametrize("how", ["before", "after"])
def test_a_lost_answer_makes_no_second_post(page, shop, tour, at, faults, how):
    """Facebook never heard us, or did as asked and its answer got lost: one post in the end."""
    post = a_post(shop, tour, at)
    faults.fail("/feed", how)
    publish_due(at)
    assert fresh(post).state == "scheduled"
    for minutes in (1, 2, 4, 8):
        publish_due(at + timedelta(minutes=minutes))
    assert (fresh(post).state, len(posts_on(page))) == ("published", 1)
    assert faults.sent("feed") == (2 if how == "before" else 1)
    assert faults.sent("photos") == 2


def test_a_post_that_appears_late_is_waited_for(page, shop, tour, at, faults):
    post = a_post(shop, tour, at)
    faults.fail("/feed", "before")
    publish_due(at)
    publish_due(at + timedelta(seconds=40))
    assert faults.sent("feed") == 1
    there = play.played(page.page_id)
    there.posts.insert(0, {"id": f"{page.page_id}_7", "message": f"… {post.marker}"})
    there.keep()
    publish_due(at + timedelta(minutes=2))
    assert (fresh(post).outside_id, faults.sent("feed")) == (f"{page.page_id}_7", 1)


def test_a_picture_that_fails_is_handed_over_once_more_and_the_others_not(page, shop, tour, at, faults):
    post = a_post(shop, tour, at)
    faults.fail("/photos", "after")
    publish_due(at)
    assert (fresh(post).asked_at, faults.sent("feed")) == (None, 0)
    publish_due(at + NO_WAIT)
    assert (fresh(post).state, faults.sent("photos"), faults.sent("feed")) == ("published", 3, 1)


def test_pictures_are_handed_over_themselves_so_that_nobody_must_reach_us(page, shop, tour, at, monkeypatch):
    handed = []
    monkeypatch.setitem(
        play.ACTS, ("POST", "photos"), lambda *asked: handed.append(asked[2]) or Answer(200, {"id": "7"})
    )
    a_post(shop, tour, at)
    publish_due(at)
    assert [one["published"] for one in handed] == ["false", "false"]
    assert [one["source"].content[:3] for one in handed] == [play.JPEG, play.JPEG]
    assert "url" not in handed[0]


def test_pictures_that_take_long_are_spread_over_several_turns_and_the_post_still_goes_out_once(
    page, shop, tour, at, faults, monkeypatch
):
    monkeypatch.setattr("tourdee.channels.facebook.actions.publishing.PATIENCE", -1)
    post, sent = a_post(shop, tour, at), []
    for turn in range(4):
        publish_due(at + NO_WAIT * turn)
        sent.append((faults.sent("photos"), faults.sent("feed")))
    assert sent == [(1, 0), (2, 1), (2, 1), (2, 1)]
    assert (fresh(post).state, play.played(page.page_id).posts[0]["pictures"]) == ("published", 2)


def test_pictures_that_get_on_are_no_failure_and_the_next_comes_soon(
    page, shop, tour, at, monkeypatch, client_of, owner
):
    monkeypatch.setattr("tourdee.channels.facebook.actions.publishing.PATIENCE", -1)
    post = a_post(shop, tour, at)
    Post.objects.update(tries=MOST_TRIES - 1)
    publish_due(at)
    assert (fresh(post).state, fresh(post).tries, fresh(post).try_at) == ("scheduled", 0, at + SOON)
    assert "กำลังส่ง" in client_of(owner).get("/my/facebook/").content.decode()
    publish_due(at + SOON)
    assert fresh(post).state == "published"


def test_the_last_picture_needs_no_other_turn(page, shop, tour, at, monkeypatch):
    monkeypatch.setattr("tourdee.channels.facebook.actions.publishing.PATIENCE", -1)
    Picture.objects.filter(position=1).update(path=f"shop/{'c' * 32}-1200x900")
    post = a_post(shop, tour, at)
    publish_due(at)
    assert (fresh(post).state, play.played(page.page_id).posts[0]["pictures"]) == ("published", 1)


def test_a_picture_whose_file_is_gone_is_left_out(page, shop, tour, at):
    Picture.objects.filter(position=0).update(path=f"shop/{'c' * 32}-1200x900")
    post = a_post(shop, tour, at)
    publish_due(at)
    assert (fresh(post).state, play.played(page.page_id).posts[0]["pictures"]) == ("published", 1)


@pytest.mark.parametrize(
    ("answer", "why"),
    [(refusal(190), "keys"), (refusal(200), "permission"), (refusal(506), "duplicate"), (refusal(9999), "refused")],
)
def test_a_no_is_not_repeated_and_says_what_to_do(page, shop, tour, at, faults, answer, why):
    post = a_post(shop, tour, at)
    faults.fail("/feed", "before", answer)
    publish_due(at)
    assert (fresh(post).state, fresh(post).why, publish_due(at + NO_WAIT)) == ("failed", why, 0)
    assert Page.objects.get().trouble == ("keys" if why == "keys" else "")


@pytest.mark.parametrize("answer", [refusal(4), refusal(32), refusal(80001), Answer(200, {"unexpected": 1})])
def test_too_many_calls_or_junk_are_tried_again(page, shop, tour, at, faults, answer):
    post = a_post(shop, tour, at)
    faults.fail("/feed", "before", answer)
    publish_due(at)
    assert fresh(post).state == "scheduled"
    publish_due(at + NO_WAIT)
    assert (fresh(post).state, len(posts_on(page))) == ("published", 1)


def test_a_long_silence_ends_in_words_and_trying_again_looks_first(page, shop, tour, at, faults):
    post, moment = a_post(shop, tour, at), at
    for _ in range(MOST_TRIES):
        faults.plan.clear()
        faults.fail("/feed", "before")
        publish_due(moment)
        moment += timedelta(hours=2)
    assert (fresh(post).state, fresh(post).why) == ("failed", "unavailable")
    there = play.played(page.page_id)
    there.posts.insert(0, {"id": f"{page.page_id}_7", "message": post.marker})
    there.keep()
    try_again(post=fresh(post), at=moment)
    publish_due(moment)
    assert (fresh(post).state, fresh(post).outside_id) == ("published", f"{page.page_id}_7")


# ------------------------------------------------------------------ the law, and second thoughts
def test_a_tour_whose_licence_ended_meanwhile_is_not_advertised(page, shop, tour, at):
    post = a_post(shop, tour, at, when=at + timedelta(hours=1))
    Paper.objects.update(expires_on=at.date() - timedelta(days=1))
    publish_due(at + timedelta(hours=1))
    assert (fresh(post).why, posts_on(page)) == ("licence", [])


@pytest.mark.parametrize("change", [{"status": "hidden"}, {"status": "draft"}])
def test_what_is_not_on_sale_cannot_be_posted(page, shop, tour, at, change):
    Tour.objects.filter(pk=tour.pk).update(**change)
    tour.refresh_from_db()
    with pytest.raises(CannotPost) as refused:
        a_post(shop, tour, at)
    assert refused.value.why == "not_on_sale"


@pytest.mark.parametrize(("when", "why"), [(timedelta(0), "past"), (timedelta(days=181), "far")])
def test_a_time_that_makes_no_sense_is_refused(page, shop, tour, at, when, why):
    with pytest.raises(CannotPost) as refused:
        a_post(shop, tour, at, when=at + when)
    assert (refused.value.why, Post.objects.count()) == (why, 0)


def test_without_a_page_nothing_is_scheduled(shop, tour, at):
    with pytest.raises(CannotPost) as refused:
        a_post(shop, tour, at)
    assert refused.value.why == "not_connected"


def test_a_post_can_be_called_back_until_it_is_on_its_way(page, shop, tour, at):
    post = a_post(shop, tour, at, when=at + timedelta(hours=1))
    call_back(post=post)
    assert (fresh(post).state, publish_due(at + timedelta(hours=1))) == ("draft", 0)
    change_post(post=post, written=Written(body="ใหม่", pictures=[]), at=at)
    Post.objects.update(asked_at=at)
    for act in (
        lambda: call_back(post=post),
        lambda: change_post(post=post, written=Written(body="", pictures=[]), at=at),
    ):
        with pytest.raises(CannotPost) as refused:
            act()
        assert refused.value.why == "on_its_way"


def test_only_drafts_and_failures_are_thrown_away(post):
    assert not throw_away(post=post)
    Post.objects.update(state="failed")
    assert throw_away(post=post)


def test_pictures_of_another_item_are_left_out(page, shop, tour, at):
    other = a_post(shop, tour, at).pictures
    product = a_product(shop).product
    made = make_post(
        shop=shop, item=product, written=Written(body="ผ้า", pictures=other), by=shop.owner, key="k2", at=at
    )
    assert made.pictures == []


# ------------------------------------------------------------------ by hand
def test_a_post_by_hand_counts_like_any_other(shop, tour, owner, at, told):
    address = "https://www.facebook.com/permalink.php?story_fbid=1"
    for _twice in range(2):
        post = say_posted(shop=shop, item=tour, body="ข้อความ", address=address, by=owner, key="k1", at=at)
    assert (post.state, post.by_hand, Post.objects.count()) == ("published", True, 1)
    assert [type(one).__name__ for one in told] == ["ItemListed", "PostPublished"]
    assert told[1].address == address
    assert Listing.objects.get().link == address


@pytest.mark.parametrize(
    "typed",
    ["javascript:alert(1)", "http://www.facebook.com/1", "https://facebook.com.evil.example/1", "https://a@facebook.com/1",
     "https://evil.example/facebook.com", "//facebook.com/1", "https://[facebook.com/1"],
)  # fmt: skip
def test_only_a_link_at_facebook_is_taken(client_of, owner, shop, tour, typed):
    page = client_of(owner).post(
        reverse("facebook_by_hand", args=["tour", tour.public_id]), {"address": typed, "key": "k"}
    )
    assert ("address" in page.context["form"].errors, Post.objects.count()) == (True, 0)


def test_the_ready_text_and_the_pictures_stand_on_the_page(client_of, owner, shop, tour):
    shown = client_of(owner).get(reverse("facebook_by_hand", args=["tour", tour.public_id])).content.decode()
    assert "ใบอนุญาตประกอบธุรกิจนำเที่ยวเลขที่ 51/00123" in shown
    assert all(reverse("picture_jpeg", args=[one.public_id]) in shown for one in tour.pictures.all())


# ------------------------------------------------------------------ pages
def test_one_touch_posts_an_item(client_of, owner, page, tour, at):
    answer = client_of(owner).post(reverse("facebook_post_now", args=["tour", tour.public_id]), {"key": "k9"})
    publish_due(at)
    post = Post.objects.get()
    assert (answer.url, post.state) == (reverse("facebook_post", args=[post.public_id]), "published")
    assert posts_on(page)[0].startswith("เดินเมืองเก่าเชียงใหม่\n\nเดินเท้าครึ่งวัน\n")


def test_what_was_typed_stays_when_the_day_is_missing(client_of, owner, page, tour):
    typed = {"body": "คำของฉัน", "language": "th", "when": "later", "hour": "19", "key": "k"}
    shown = client_of(owner).post(reverse("write_facebook_post", args=["tour", tour.public_id]), typed)
    assert list(shown.context["form"].errors) == ["day"]
    assert "คำของฉัน" in shown.content.decode()


def test_a_post_is_scheduled_in_bangkok_time(client_of, owner, page, tour):
    typed = {"body": "ก", "language": "th", "when": "later", "day": "25/11/2569", "hour": "19", "key": "k"}
    client_of(owner).post(reverse("write_facebook_post", args=["tour", tour.public_id]), typed)
    assert Post.objects.get().publish_at.isoformat() == "2026-11-25T12:00:00+00:00"


@pytest.mark.parametrize("state", ["draft", "scheduled", "published", "failed"])
def test_a_posts_page_opens_in_every_state(client_of, owner, post, state):
    Post.objects.update(state=state, why="duplicate")
    for name in ("facebook_post", "facebook_post_state"):
        assert client_of(owner).get(reverse(name, args=[post.public_id])).status_code == 200


def test_what_facebook_has_already_is_offered_for_other_words_not_for_another_try(client_of, owner, post):
    Post.objects.update(state="failed", why="duplicate")
    shown = client_of(owner).get(reverse("facebook_post", args=[post.public_id])).content.decode()
    again, edit = (reverse(name, args=[post.public_id]) for name in ("facebook_post_again", "edit_facebook_post"))
    assert (again in shown, edit in shown) == (False, True)


def test_another_sellers_posts_are_not_found(client_of, stranger, post, tour, at):
    from tourdee.shop.tests.factories import a_shop

    a_shop(stranger, opened_at=at)
    client = client_of(stranger)
    for name in ("facebook_post", "facebook_post_state", "edit_facebook_post"):
        assert client.get(reverse(name, args=[post.public_id])).status_code == 404
    for name in ("call_back_facebook_post", "facebook_post_again", "throw_away_facebook_post"):
        assert client.post(reverse(name, args=[post.public_id])).status_code == 404
    assert client.get(reverse("write_facebook_post", args=["tour", tour.public_id])).status_code == 404
    assert client.get(reverse("facebook_by_hand", args=["tour", tour.public_id])).status_code == 404
    assert client.post(reverse("facebook_post_now", args=["tour", tour.public_id])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_overview_takes_as_many_queries_for_three_as_for_one(
    client_of, owner, page, shop, at, number, django_assert_num_queries
):
    for place in range(number):
        a_post(shop, a_product(shop).product, at, key=f"k{place}")
    client = client_of(owner)
    with django_assert_num_queries(10):
        client.get(reverse("my_facebook"))
