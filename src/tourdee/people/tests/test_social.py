import json
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.socialaccount.providers.facebook import flows as facebook_flows
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from django.test import Client

from tourdee.core.models import AuditLine
from tourdee.people import actions
from tourdee.people.models import User

from .conftest import last_code

CALLBACK = "/account/line/login/callback/"
PROFILE = {"userId": "U123", "displayName": "Somying ✿", "email": "owner@example.org"}


@pytest.fixture(autouse=True)
def configured(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "line": {"APP": {"client_id": "1", "secret": "s"}, "SCOPE": ["profile", "openid"], "OAUTH_PKCE_ENABLED": True},
        "facebook": {"APP": {"client_id": "2", "secret": "s"}, "SCOPE": ["public_profile"], "FIELDS": ["id", "name"]},
    }


@pytest.fixture
def line(monkeypatch):
    """LINE's two answers, imitated: the token and the profile. ``line`` holds the profile; ``asked`` what we sent."""
    profile = dict(PROFILE)

    class Session:
        def get(self, url, headers):
            assert headers == {"Authorization": "Bearer canary-token-91"}
            return type("Answer", (), {"raise_for_status": lambda self: None, "json": lambda self: dict(profile)})()

        def __enter__(self):
            return self

        def __exit__(self, *args):
            return None

    def token(self, code, pkce_code_verifier=None):
        profile["_verifier"] = pkce_code_verifier
        return {"access_token": "canary-token-91", "expires_in": 60}

    monkeypatch.setattr(OAuth2Client, "get_access_token", token)
    monkeypatch.setattr("tourdee.people.adapter.SocialAccountAdapter.get_requests_session", lambda self: Session())
    return profile


def leave(client, path="/account/with/line/", **data):
    """Press the button; returns the parameters with which LINE is called."""
    return {key: values[0] for key, values in parse_qs(urlsplit(client.post(path, data)["Location"]).query).items()}


def come_back(client, asked):
    return client.get(CALLBACK, {"code": "c", "state": asked["state"]})


def linked(user):
    return SocialAccount.objects.create(user=user, provider="line", uid="U123", extra_data=PROFILE)


def test_the_buttons_stand_only_where_configured(db, settings):
    assert "เข้าสู่ระบบด้วย LINE" in Client().get("/account/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    page = Client().get("/account/login/").content.decode()
    assert "เข้าสู่ระบบด้วย LINE" not in page
    for path in ("/account/with/line/", "/account/with/facebook/", "/account/with/evil/"):
        assert Client().post(path).status_code == 404
    for path in (CALLBACK, "/account/facebook/login/callback/"):
        assert Client().get(path, {"code": "x", "state": "y"}).status_code == 404


def test_line_is_asked_with_state_and_pkce_and_one_exact_address(db, line):
    asked = leave(Client())
    assert asked["redirect_uri"] == f"http://testserver{CALLBACK}"
    assert leave(Client(), "/en/account/with/line/")["redirect_uri"] == f"http://testserver{CALLBACK}"
    assert (set(asked["scope"].split()), asked["code_challenge_method"], len(asked["state"]) >= 16) == (
        {"profile", "openid"},
        "S256",
        True,
    )


def test_it_is_never_started_by_a_link(db):
    assert Client().get("/account/with/line/").status_code == 405


def test_a_linked_account_signs_in(db, line, owner, at):
    actions.record_consent(purpose="account", user=owner, at=at)
    linked(owner)
    client = Client()
    answer = come_back(client, leave(client, next="/communities/"))
    assert answer["Location"] == "/communities/"
    assert client.session["_auth_user_id"] == str(owner.pk)


def test_a_first_visit_proves_an_address_and_then_links(db, clock, line):
    """LINE gives no e-mail here. The account gets one that was proved; LINE's word is not taken for it."""
    line.pop("email")
    client = Client()
    first = come_back(client, leave(client, next="/communities/"))
    assert first["Location"] == "/account/link/signup/"
    assert client.get("/account/link/signup/")["Location"] == "/account/login/?next=%2Faccount%2Flink%2F"
    client.post("/account/login/", {"address": "new@example.org", "next": "/account/link/"})
    assert client.post("/account/login/code/", {"code": last_code()})["Location"] == "/account/welcome/"
    assert 'value="Somying ✿"' in client.get("/account/welcome/").content.decode()
    answer = client.post("/account/welcome/", {"name": "สมหญิง", "agree": "on"})
    assert answer["Location"] == "/account/link/"
    page = client.get("/account/link/").content.decode()
    assert "<strong>Somying ✿</strong>" in page
    assert SocialAccount.objects.count() == 0
    assert client.post("/account/link/", {"wish": "link"})["Location"] == "/communities/"
    assert list(SocialAccount.objects.values_list("user__email", "uid")) == [("new@example.org", "U123")]
    assert AuditLine.objects.filter(act="security_linked").count() == 1


def test_abuse_17_nothing_is_merged_by_the_mail_that_line_names(db, clock, line, owner):
    """The profile says owner@example.org; whoever holds the LINE account still enters nothing of the owner's."""
    client = Client()
    answer = come_back(client, leave(client))
    assert answer["Location"] == "/account/link/signup/"
    assert "_auth_user_id" not in client.session
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


@pytest.mark.parametrize("state", ["", "foreign", None])
def test_abuse_17_a_missing_or_foreign_state_is_refused(db, line, owner, state):
    linked(owner)
    client = Client()
    leave(client)
    data = {"code": "c"} if state is None else {"code": "c", "state": state}
    assert client.get(CALLBACK, data)["Location"] == "/account/login/"
    assert "_auth_user_id" not in client.session


def test_abuse_15_a_link_of_the_attacker_does_nothing_in_the_browser_of_the_victim(line, client_of, owner):
    attacker, victim = Client(), client_of(owner)
    asked = leave(attacker)
    victim.get(CALLBACK, {"code": "attackers", "state": asked["state"]})
    assert SocialAccount.objects.count() == 0


def test_abuse_17_a_state_works_once(db, line, owner):
    linked(owner)
    client = Client()
    asked = leave(client)
    come_back(client, asked)
    client.post("/account/logout/")
    come_back(client, asked)
    assert "_auth_user_id" not in client.session


def test_abuse_17_the_state_of_one_service_does_not_serve_the_other(db, line, owner):
    linked(owner)
    client = Client()
    state = leave(client, "/account/with/facebook/")["state"]
    client.get(CALLBACK, {"code": "c", "state": state})
    assert "_auth_user_id" not in client.session


def test_abuse_18_tokens_are_kept_nowhere(db, line, owner, caplog):
    linked(owner)
    client = Client()
    come_back(client, leave(client))
    assert SocialToken.objects.count() == 0
    assert "canary-token-91" not in json.dumps(dict(client.session.items()))
    assert "canary-token-91" not in caplog.text


def test_a_waiting_link_ends_after_ten_minutes(db, clock, line, monkeypatch):
    client = Client()
    come_back(client, leave(client))
    client.get("/account/link/signup/")
    client.post("/account/login/", {"address": "new@example.org", "next": "/account/link/"})
    client.post("/account/login/code/", {"code": last_code()})
    later = time.time() + 601
    monkeypatch.setattr(time, "time", lambda: later)
    client.post("/account/link/", {"wish": "link"})
    assert SocialAccount.objects.count() == 0


def test_saying_no_links_nothing(db, clock, line):
    client = Client()
    come_back(client, leave(client))
    client.get("/account/link/signup/")
    client.post("/account/login/", {"address": "new@example.org"})
    client.post("/account/login/code/", {"code": last_code()})
    client.post("/account/link/", {"wish": "no"})
    client.post("/account/link/", {"wish": "link"})
    assert SocialAccount.objects.count() == 0


def test_a_mistake_over_there_leads_back_with_a_sentence(db, line):
    client = Client()
    asked = leave(client, "/en/account/with/line/")
    answer = client.get(CALLBACK, {"error": "access_denied", "state": asked["state"]})
    assert answer["Location"] == "/en/account/login/"
    assert "Signing in with LINE did not work" in client.get("/en/account/login/").content.decode()


def test_linking_from_the_profile_needs_a_fresh_proof(line, client_of, owner):
    answer = client_of(owner).post("/account/with/line/")
    assert answer["Location"].startswith("/account/reauthenticate/?next=")


def test_linking_from_the_profile(line, sign_in, owner, at, deliver_events, mailoutbox):
    actions.record_consent(purpose="account", user=owner, at=at)
    client = sign_in("owner@example.org")
    answer = come_back(client, leave(client))
    assert answer["Location"] == "/account/profile/"
    assert SocialAccount.objects.get().user == owner
    deliver_events()
    assert "LINE" in mailoutbox[-1].body


def test_an_account_of_somebody_else_cannot_be_taken_over_by_linking(line, sign_in, owner, stranger, at):
    linked(stranger)
    actions.record_consent(purpose="account", user=owner, at=at)
    client = sign_in("owner@example.org")
    come_back(client, leave(client))
    assert SocialAccount.objects.get().user == stranger


def test_unlinking_takes_one_click(client_of, owner, stranger, line):
    linked(owner)
    SocialAccount.objects.create(user=stranger, provider="line", uid="other")
    client = client_of(owner)
    assert client.get("/account/unlink/line/").status_code == 405
    client.post("/account/unlink/line/")
    client.post("/account/unlink/line/")
    assert list(SocialAccount.objects.values_list("user", flat=True)) == [stranger.pk]
    assert AuditLine.objects.filter(act="security_unlinked").count() == 1
    assert client.post("/account/unlink/evil/").status_code == 404


def test_a_closed_account_is_not_opened_by_line(db, line, owner):
    linked(owner)
    User.objects.update(is_active=False)
    client = Client()
    assert come_back(client, leave(client))["Location"] == "/account/inactive/"
    assert "_auth_user_id" not in client.session


def test_a_second_factor_is_asked_for_after_line_too(db, line, owner):
    from allauth.mfa.models import Authenticator

    linked(owner)
    Authenticator.objects.create(user=owner, type="totp", data={"secret": "x"})
    client = Client()
    assert come_back(client, leave(client))["Location"] == "/account/2fa/authenticate/"


def test_facebook_works_the_same_way(db, line, owner, monkeypatch, at):
    actions.record_consent(purpose="account", user=owner, at=at)
    SocialAccount.objects.create(user=owner, provider="facebook", uid="77")

    def complete(request, provider, token):
        return provider.sociallogin_from_response(request, {"id": "77", "name": "Somying"})

    monkeypatch.setattr(facebook_flows, "complete_login", complete)
    client = Client()
    asked = leave(client, "/account/with/facebook/")
    assert asked["scope"] == "public_profile"
    client.get("/account/facebook/login/callback/", {"code": "c", "state": asked["state"]})
    assert client.session["_auth_user_id"] == str(owner.pk)


@pytest.mark.parametrize("path", ["/account/link/", "/account/link/signup/", CALLBACK])
def test_pages_of_the_way_back_need_a_way_there(client_of, owner, path):
    assert client_of(owner).get(path).status_code == 302
    assert Client().get(path).status_code == 302
