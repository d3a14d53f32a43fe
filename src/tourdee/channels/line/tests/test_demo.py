"""The demo's shop in LINE."""

from tourdee.inbox.models import Conversation
from tourdee.shop.tests.factories import a_shop, a_tour

from .. import demo
from ..models import Broadcast, Connection, Follower, RichMenu


def test_the_boats_have_followers_a_menu_and_news_with_results(owner, at, clock, settings):
    settings.CHANNEL_SERVICES = "console"
    a_tour(a_shop(owner, slug="bang-bua-boats"))
    for _time in range(2):
        demo.load(at)
    news = Broadcast.objects.get()
    assert (news.state, news.sent, news.seen, news.tapped) == ("sent", 25, 20, 6)
    assert (Connection.objects.get().works, RichMenu.objects.get().state) == (True, "live")
    assert Follower.objects.count() == 27
    assert Conversation.objects.get().waiting_since == at


def test_where_line_is_not_played_nothing_is_loaded(owner, at, settings):
    settings.CHANNEL_SERVICES = "off"
    a_shop(owner, slug="bang-bua-boats")
    demo.load(at)
    assert not Connection.objects.exists()
