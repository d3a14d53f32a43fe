"""The demo's page on Facebook."""

from datetime import timedelta

from tourdee.inbox.models import Conversation
from tourdee.shop.tests.factories import a_departure, a_shop, a_tour

from .. import demo
from ..models import Comment, Page, Post


def test_the_boats_have_posts_in_every_state_comments_and_an_order_that_began_in_one(owner, at, clock, settings):
    settings.CHANNEL_SERVICES = "console"
    shop = a_shop(owner, slug="bang-bua-boats", opened_at=at)
    a_departure(a_tour(shop), starts_at=at + timedelta(days=4))
    a_tour(shop, name_th="ล่องเรือดูหิ่งห้อย")
    for _time in range(2):
        demo.load(at)
    assert Page.objects.get().name == "ล่องเรือบางบัว"
    assert list(Post.objects.values_list("state", flat=True)) == ["scheduled", "failed", "published", "published"]
    rows = Comment.objects.order_by("at")
    assert [(one.is_open, one.order is not None, one.hidden) for one in rows] == [
        (False, True, False), (False, False, True), (True, False, False), (False, False, False),
    ]  # fmt: skip
    assert Conversation.objects.filter(contact__startswith="m:").values_list("name", flat=True).get() == "คุณต้น ศรีสุข"


def test_where_facebook_is_not_played_nothing_is_loaded(owner, at, settings):
    settings.CHANNEL_SERVICES = "off"
    a_shop(owner, slug="bang-bua-boats")
    demo.load(at)
    assert not Page.objects.exists()
