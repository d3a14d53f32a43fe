"""From no account to connected: each step is checked by itself, and keys are never shown again."""

import json
import logging
from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount

from tourdee.channels.line import play
from tourdee.core.calling import Unavailable
from tourdee.core.models import AuditLine
from tourdee.core.tests.secret_watch import HEX
from tourdee.shop.tests.factories import a_shop

from ..actions.connecting import check_again, check_due, connect, disconnect
from ..client import Line, Refused
from ..models import Connection
from ..queries import connections
from ..queries.connections import NotConnected, keys_of, line_of

TOKEN = "CANARY" + "t" * 120
SECRET = "c" * 32
TESTED = {"success": False, "reason": "ERROR_STATUS_CODE", "timestamp": "2026-11-23T05:00:00Z", "detail": "no"}
KEYS = {"channel_id": "1234567890", "secret": SECRET, "token": TOKEN}


def answering(*answers):
    """A LINE that gives these answers, one after the other."""
    left = list(answers)

    def exchange(method, url, *, headers, data=None):
        status, body = left.pop(0)
        return status, json.dumps(body).encode(), {}

    return exchange


def test_keys_are_sealed_and_tried_step_by_step(connection):
    assert "play-" not in connection.keys
    assert keys_of(connection).secret == HEX
    assert (connection.works, connection.name, connection.hint) == (True, "LINE ฝึกซ้อม", "xxxx")


def test_a_token_that_line_does_not_know_is_named(shop, owner, at, settings):
    settings.CHANNEL_SERVICES = "console"
    connect(shop=shop, by=owner, at=at, **KEYS)
    check_due(at)
    assert Connection.objects.values_list("problem", "bot_id", "try_at").get() == ("token", "", None)


def trouble_with_the_webhook(monkeypatch, **answers):
    """The twin answers so, by the name of its act."""
    acts = [(method, path, answers.get(act.__name__, act)) for method, path, act in play.ACTS]
    monkeypatch.setattr(play, "ACTS", acts)


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"_webhook_is_on": lambda *_all: (200, {"endpoint": "https://x.example/", "active": False})}, "off"),
        ({"_webhook_works": lambda *_all: (200, TESTED | {"statusCode": 401})}, "secret"),
        ({"_webhook_works": lambda *_all: (200, TESTED | {"statusCode": 404})}, "webhook"),
    ],
)
def test_the_step_at_which_the_webhook_stands_still_is_named(shop, owner, at, settings, monkeypatch, answers, problem):
    settings.CHANNEL_SERVICES = "console"
    trouble_with_the_webhook(monkeypatch, **answers)
    connect(shop=shop, by=owner, at=at, **{**KEYS, "token": "play-1"})
    check_due(at)
    assert Connection.objects.values_list("problem", "webhook_at", "connected_at").get() == (problem, None, None)


def test_an_installation_without_https_says_so_before_line_is_asked(shop, owner, at, settings, monkeypatch):
    settings.CHANNEL_SERVICES, settings.SITE_URL = "live", "http://192.168.1.5"
    bot = {"userId": "U1", "basicId": "@mali", "displayName": "Mali", "chatMode": "bot", "markAsReadMode": "auto"}
    quota = [{"type": "limited", "value": 300}, {"totalUsage": 0}]
    monkeypatch.setattr(connections, "exchange", answering((200, bot), *((200, one) for one in quota)))
    connect(shop=shop, by=owner, at=at, **KEYS)
    check_due(at)
    assert Connection.objects.values_list("problem", "name").get() == ("address", "Mali")


@pytest.mark.parametrize(("known", "same"), [(True, True), (False, False)])
def test_an_owner_who_signs_in_with_line_learns_whether_the_provider_is_the_same(
    shop, owner, at, settings, monkeypatch, known, same
):  # fmt: skip
    settings.CHANNEL_SERVICES = "console"
    SocialAccount.objects.create(user=owner, provider="line", uid="U" + "9" * 32)
    if not known:
        trouble_with_the_webhook(monkeypatch, _profile=lambda *_all: (404, {"message": "Not found"}))
    connect(shop=shop, by=owner, at=at, **{**KEYS, "token": "play-1"})
    check_due(at)
    row = Connection.objects.get()
    assert (row.same_provider, row.works) == (same, True)


def test_the_page_shows_six_steps_with_pictures_and_the_step_that_is_missing(shop, owner, at, client_of, settings):
    settings.CHANNEL_SERVICES = "console"
    fresh = client_of(owner).get("/my/line/").content.decode()
    assert fresh.count("way-picture") == 6
    connect(shop=shop, by=owner, at=at, **KEYS)
    waiting = client_of(owner).get("/my/line/")
    assert waiting.headers["Refresh"] == "3"
    Connection.objects.update(problem="secret", bot_id="U1", name="Mali", basic_id="@mali", try_at=None)
    stuck = client_of(owner).get("/my/line/")
    assert "Channel secret ไม่ตรง" in stuck.content.decode()
    assert "Refresh" not in stuck.headers


def test_where_line_does_not_answer_it_is_asked_again_later(shop, owner, at, settings):
    settings.CHANNEL_SERVICES = "off"
    connect(shop=shop, by=owner, at=at, **KEYS)
    check_due(at)
    row = Connection.objects.get()
    assert (row.problem, row.tries, row.try_at > at) == ("unavailable", 1, True)
    check_again(connection=row, at=at)
    row.refresh_from_db()
    assert (row.problem, row.tries, row.try_at) == ("", 0, at)


def test_disconnecting_forgets_the_keys_and_says_so_once(connection, owner, at):
    for _time in range(2):
        disconnect(connection=connection, by=owner, at=at)
    connection.refresh_from_db()
    assert (connection.keys, connection.hint, connection.works) == ("", "", False)
    with pytest.raises(NotConnected):
        line_of(connection)
    assert AuditLine.objects.filter(act="line.disconnected").count() == 1


def test_no_page_log_or_error_shows_a_secret(shop, owner, at, client_of, settings, caplog):
    caplog.set_level(logging.DEBUG)
    settings.CHANNEL_SERVICES = "console"
    page = client_of(owner).post("/my/line/", KEYS, follow=True).content.decode()
    check_due(at)
    page += client_of(owner).get("/my/line/").content.decode()
    row = Connection.objects.get()
    told = page + caplog.text + str(vars(row)) + "".join(AuditLine.objects.values_list("text", flat=True))
    assert [secret for secret in (TOKEN, SECRET) if secret in told] == []
    assert f"…{TOKEN[-4:]}" in page


def test_half_a_token_is_refused_without_being_shown_or_kept(shop, owner, client_of, settings):
    settings.CHANNEL_SERVICES = "console"
    page = client_of(owner).post("/my/line/", {**KEYS, "token": "half"})
    assert page.context["form"].errors == {"token": ["access token ไม่ครบ คัดลอกให้หมดทั้งข้อความ"]}
    assert not Connection.objects.exists()


def test_practice_is_offered_only_where_the_twin_plays(shop, owner, client_of, settings):
    settings.CHANNEL_SERVICES = "live"
    assert client_of(owner).post("/my/line/practise/").status_code == 404
    settings.CHANNEL_SERVICES = "console"
    assert client_of(owner).post("/my/line/practise/", follow=True).context["works"] is True


def test_the_practice_telephone_buys(departure, shop, owner, client_of, settings):
    settings.CHANNEL_SERVICES = "console"
    page = client_of(owner)
    page.post("/my/line/practise/")
    assert "ยินดีต้อนรับสู่มะลิทัวร์" in page.get("/my/line/practice/").content.decode()
    shown = page.post("/my/line/practice/", {"tapped": "a=tours", "shown": "ทัวร์ทั้งหมด"}, follow=True).content.decode()
    assert "เดินเมืองเก่าเชียงใหม่" in shown
    assert '<div class="chat-text">ทัวร์ทั้งหมด</div>' in shown


def test_anothers_shop_sees_nothing_of_it(connection, teammate, client_of):
    a_shop(teammate)
    page = client_of(teammate).get("/my/line/").content.decode()
    assert connection.name not in page
    assert client_of(teammate).get("/my/line/practice/").status_code == 404


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        (401, "Authentication failed", "token"), (400, "Invalid reply token", "reply"), (404, "Not found", "person"),
        (429, "You have reached your monthly limit.", "quota"), (400, "A message (messages[0]) in the request body is invalid", "request"),
    ],
)  # fmt: skip
def test_lines_refusals_are_told_apart(status, said, kind):
    line = Line(
        "token",
        answering((status, {"message": said, "details": [{"message": "May not be empty", "property": "text"}]})),
    )
    with pytest.raises(Refused) as refused:
        line.reply("t", [])
    assert (refused.value.kind, refused.value.said) == (kind, f"{said} · text May not be empty")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_later_is_not_no(status):
    with pytest.raises(Unavailable):
        Line("token", answering((status, {"message": "The API rate limit has been exceeded"}))).reply("t", [])


@pytest.mark.parametrize("body", [[], "x", {"userId": 1}, {}])
def test_an_answer_of_another_form_is_no_answer(body):
    with pytest.raises(Unavailable):
        Line("token", answering((200, body))).bot()


def test_a_fault_of_ours_ends_the_trial_after_some_tries(connection, at, monkeypatch):
    monkeypatch.setattr("tourdee.channels.line.actions.connecting._check", lambda *_asked: 1 / 0)
    check_again(connection=connection, at=at)
    tried = [check_due(at + timedelta(minutes=minutes)) for minutes in range(30)]
    row = Connection.objects.get()
    assert (sum(tried), row.problem, row.try_at) == (5, "unavailable", None)


@pytest.mark.parametrize(
    ("same", "offered", "shown"),
    [
        (False, True, "บัญชีร้านยังไม่รู้จัก LINE ของคุณ"),
        (True, True, "อยู่ใต้ผู้ให้บริการเดียวกับ"),
        (None, True, "ยังไม่ได้ตรวจว่า"),
        (None, False, ""),
    ],
)
def test_a_shop_that_is_connected_still_reads_whether_the_provider_is_the_same(
    connection, owner, client_of, settings, same, offered, shown
):
    settings.SOCIALACCOUNT_PROVIDERS = {"line": {}} if offered else {}
    Connection.objects.update(same_provider=same)
    page = client_of(owner).get("/my/line/").content.decode()
    assert "ร้านใน LINE" in page
    assert shown in page if shown else "ยังไม่ได้ตรวจว่า" not in page
