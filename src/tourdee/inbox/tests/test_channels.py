"""Every channel of the settings stands on the hub, as far as the shop is with it."""

import pytest
from django.urls import reverse

from tourdee.shop.tests.factories import a_shop

from ..queries.channels import CONNECTED, NOT_CONNECTED, Channel, State, channels, sign_of, windows_of


def test_every_channel_has_a_page_that_opens(owner, client_of, at):
    a_shop(owner, opened_at=at)
    client = client_of(owner)
    pages = {one.slug: client.get(reverse(one.url_name)).status_code for one in channels()}
    assert pages
    assert pages == dict.fromkeys(pages, 200)


def test_a_channel_bears_the_name_of_its_folder(settings):
    assert {one.slug for one in channels()} <= {name.rsplit(".")[-1] for name in settings.CHANNELS}


def test_a_channel_that_was_taken_out_is_gone_and_its_talks_keep_a_sign(settings):
    settings.CHANNELS = [name for name in settings.CHANNELS if not name.endswith("octo")]
    assert "octo" not in [one.slug for one in channels()]
    assert sign_of("octo").title == "octo"


def test_a_new_shop_is_connected_to_nothing(owner):
    assert {one.state.kind for one in windows_of(a_shop(owner))} == {NOT_CONNECTED}


@pytest.mark.parametrize(
    ("kind", "words"), [(CONNECTED, "เชื่อมแล้ว"), (NOT_CONNECTED, "ยังไม่ได้เชื่อม"), ("practice", "ฝึกซ้อม")]
)
def test_the_hub_says_how_far_the_shop_is_and_what_comes_next(monkeypatch, owner, client_of, at, kind, words):
    a_shop(owner, opened_at=at)
    one = Channel(
        slug="postcard", title="ไปรษณียบัตร", about="ส่งทางไปรษณีย์", icon="mail", url_name="my_resellers",
        state=lambda shop: State(kind, "ซื้อแสตมป์"),
    )  # fmt: skip
    monkeypatch.setattr("tourdee.inbox.queries.channels.channels", lambda: [one])
    page = client_of(owner).get(reverse("my_channels")).content.decode()
    assert [word in page for word in ("ไปรษณียบัตร", "ซื้อแสตมป์", words)] == [True, True, True]


def test_who_has_no_shop_is_led_to_open_one(stranger, client_of):
    assert client_of(stranger).get(reverse("my_channels")).url == reverse("open_shop")
