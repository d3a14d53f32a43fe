"""A page is connected a step at a time; its keys are never shown; one page belongs to one shop."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tourdee.core.models import AuditLine
from tourdee.shop.tests.factories import a_shop

from ..actions.pages import disconnect, keep_keys, look_at_pages_due, note_call
from ..models import Page
from ..queries.pages import NoKeys, graph_of, steps_of
from .conftest import SECRET, TOKEN, a_post, connected, refusal

pytestmark = pytest.mark.usefixtures("clock")


def states(page: Page) -> list[str]:
    page.refresh_from_db()
    return [step.state for step in steps_of(page)]


def test_each_step_is_checked_by_itself_and_the_end_is_told_once(shop, owner, at, told):
    assert [step.state for step in steps_of(None)] == ["now", "later", "later"]
    page = keep_keys(shop=shop, token=TOKEN, app_secret=SECRET, by=owner, at=at)
    assert states(page) == ["waiting", "later", "later"]
    look_at_pages_due(at)
    assert states(page) == ["done", "now", "later"]
    assert note_call(page=page, verify_token=page.verify_token, at=at)
    assert states(page) == ["done", "done", "waiting"]
    look_at_pages_due(at)
    assert states(page) == ["done", "done", "done"]
    note_call(page=page, verify_token=page.verify_token, at=at)
    look_at_pages_due(at)
    assert [(one.user, one.shop, one.channel) for one in told] == [(owner.public_id, shop.public_id, "facebook")]


def test_keys_lie_sealed_and_the_audit_shows_their_end_alone(page, shop):
    row = Page.objects.filter(pk=page.pk).values().get()
    assert [TOKEN in str(row), SECRET in str(row), row["hint"]] == [False, False, TOKEN[-4:]]
    assert not any(TOKEN in line.text for line in AuditLine.objects.all())


@pytest.mark.parametrize(
    ("code", "trouble"), [(190, "keys"), (200, "permission"), (10, "permission"), (100, "permission")]
)
def test_what_facebook_says_to_the_keys_is_said_to_the_seller(shop, owner, at, settings, monkeypatch, code, trouble):
    settings.CHANNEL_SERVICES = "live"
    monkeypatch.setattr("tourdee.channels.facebook.graph.ask", lambda *args, **asked: refusal(code))
    page = keep_keys(shop=shop, token=TOKEN, app_secret=SECRET, by=owner, at=at)
    look_at_pages_due(at)
    page.refresh_from_db()
    assert (page.trouble, page.keys_at, page.try_at) == (trouble, None, None)


def test_a_silent_facebook_is_asked_again_and_then_left(shop, owner, at, settings):
    settings.CHANNEL_SERVICES = "off"
    page, moment = keep_keys(shop=shop, token=TOKEN, app_secret=SECRET, by=owner, at=at), at
    for _ in range(6):
        look_at_pages_due(moment)
        moment += timedelta(hours=1)
    page.refresh_from_db()
    assert (page.tries, page.trouble, page.try_at) == (6, "unavailable", None)


def test_one_page_belongs_to_one_shop(page, stranger, at):
    other = connected(a_shop(stranger, opened_at=at), stranger, at)
    assert (other.trouble, other.page_id, other.keys_at) == ("taken", "", None)


def test_keys_typed_while_the_old_ones_were_tried_are_tried_themselves(shop, owner, at, monkeypatch):
    page = keep_keys(shop=shop, token=TOKEN, app_secret=SECRET, by=owner, at=at)

    def slow(_page):
        keep_keys(shop=shop, token="play-newer", app_secret=SECRET, by=owner, at=at)
        return graph_of(_page)

    monkeypatch.setattr("tourdee.channels.facebook.actions.pages.graph_of", slow)
    look_at_pages_due(at)
    page.refresh_from_db()
    assert (page.keys_at, page.try_at) == (None, at)


def test_disconnecting_forgets_the_keys_and_calls_scheduled_posts_back(page, shop, tour, owner, at):
    post = a_post(shop, tour, at, when=at + timedelta(hours=1))
    before = page.verify_token
    for _twice in range(2):
        disconnect(page=page, by=owner, at=at)
    page.refresh_from_db()
    post.refresh_from_db()
    assert (page.token, page.app_secret, page.connected_at, post.state) == ("", "", None, "draft")
    assert page.verify_token != before
    assert AuditLine.objects.filter(act="facebook.disconnected").count() == 1
    with pytest.raises(NoKeys):
        graph_of(page)


# ------------------------------------------------------------------ pages
def test_typed_keys_are_kept_and_never_shown_again(client_of, owner, shop):
    client = client_of(owner)
    client.post(reverse("connect_facebook"), {"token": f" {TOKEN}\n", "app_secret": SECRET})
    look_at_pages_due(Page.objects.get().try_at)
    for name in ("connect_facebook", "facebook_steps", "my_facebook"):
        shown = client.get(reverse(name)).content.decode()
        assert (TOKEN in shown, SECRET in shown) == (False, False)
    assert f"…{TOKEN[-4:]}" in client.get(reverse("connect_facebook")).content.decode()


@pytest.mark.parametrize("typed", ["", "short", "key with ünicode", "x" * 601, "<script>alert(1)</script>"])
def test_what_is_no_key_is_refused_at_its_field(client_of, owner, shop, typed):
    answer = client_of(owner).post(reverse("connect_facebook"), {"token": typed, "app_secret": SECRET})
    assert (answer.status_code, Page.objects.count(), "token" in answer.context["form"].errors) == (200, 0, True)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_open_in_both_languages_at_every_step(client_of, owner, shop, at, prefix, tour):
    client = client_of(owner)
    for step in range(3):
        for page in ("", "connect/", "connect/steps/", "comments/", f"by-hand/tour/{tour.public_id}/"):
            assert client.get(f"{prefix}/my/facebook/{page}").status_code == 200
        if step == 0:
            keep_keys(shop=shop, token=TOKEN, app_secret=SECRET, by=owner, at=at)
            look_at_pages_due(at)
        else:
            connected(shop, owner, at)


def test_whoever_has_no_shop_is_led_to_open_one(client_of, stranger):
    assert client_of(stranger).get(reverse("my_facebook")).url == reverse("open_shop")


def test_the_practice_exists_only_in_practice(client_of, owner, page, settings):
    client = client_of(owner)
    assert client.get(reverse("facebook_practice")).status_code == 200
    settings.CHANNEL_SERVICES = "live"
    assert client.get(reverse("facebook_practice")).status_code == 404
    assert client.post(reverse("facebook_practice_call")).status_code == 404


def test_the_whole_way_on_the_practice_page(client_of, owner, shop, tour, at):
    client = client_of(owner)
    shown = client.get(reverse("connect_facebook")).context
    client.post(reverse("connect_facebook"), {"token": shown["play_token"], "app_secret": shown["play_secret"]})
    look_at_pages_due(at)
    client.post(reverse("facebook_practice_call"))
    look_at_pages_due(at)
    assert states(Page.objects.get()) == ["done", "done", "done"]
