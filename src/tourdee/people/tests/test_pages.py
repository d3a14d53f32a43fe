"""The whole set: every page of this room, for everybody, in both languages."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core import serializers
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from tourdee.people import actions, urls
from tourdee.people.models import User

from .conftest import last_code
from .soft_passkey import SoftPasskey


@pytest.fixture
def everything(owner, officer, community, stranger, at):
    """Something behind every address."""
    request = actions.ask_erasure(user=owner, at=at)
    membership = officer.memberships.get()
    credential = json.loads(SoftPasskey().register({"publicKey": {"challenge": "AA", "user": {"id": "AA"}}}))
    key = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "x", "credential": credential})
    return {
        "slug": community.slug,
        "member": community.members.get().public_id,
        "person": owner.public_id,
        "membership": membership.public_id,
        "organisation": membership.organisation.public_id,
        "request_id": request.public_id,
        "version": "1.0",
        "provider": "line",
        "pk": key.pk,
    }


def addresses(everything):
    for pattern in urls.urlpatterns:
        wanted = {name: everything[name] for name in pattern.pattern.converters}
        yield pattern.name, reverse(pattern.name, kwargs=wanted)


def snapshot():
    """Every row but sessions."""
    models = [m for m in apps.get_models() if m._meta.label not in {"sessions.Session", "people.Budget"}]
    return [serializers.serialize("json", model.objects.order_by("pk")) for model in models]


def test_abuse_47_get_changes_no_row(everything, client_of, owner, host, stranger):
    browsers = [Client(), client_of(owner), client_of(host), client_of(stranger)]
    before = snapshot()
    for _name, path in addresses(everything):
        for browser in browsers:
            assert browser.get(path).status_code < 500, path
            assert browser.head(path).status_code < 500, path
    assert snapshot() == before


def test_abuse_47_posts_without_the_token_are_refused(everything, owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    for name, path in addresses(everything):
        assert client.post(path).status_code in (403, 405), name


def test_no_verb_breaks_a_page(everything, client_of, owner):
    client = client_of(owner)
    for name, path in addresses(everything):
        for verb in ("put", "patch", "delete", "options"):
            assert getattr(client, verb)(path).status_code < 500, (name, verb)


PROVED = {
    "account_login": None, "privacy": None, "communities": None, "account_inactive": None, "my_communities": "owner",
    "community_create": "owner", "profile": "owner", "erasure": "owner", "mfa_index": "owner", "mfa_list_webauthn": "owner",
    "mfa_add_webauthn": "owner", "mfa_activate_totp": "owner", "change_email": "owner", "change_phone": "owner",
    "account_logout": "owner", "account_reauthenticate": "owner", "host_people": "host", "host_invite": "host",
    "host_organisations": "host", "new_organisation": "host",
}  # fmt: skip


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", PROVED)
def test_every_page_is_ours_and_in_the_language_of_its_address(sign_in, owner, host, office, at, name, language):
    person = {"owner": owner, "host": host}.get(PROVED[name])
    client = Client()
    if person:
        actions.record_consent(purpose="account", user=person, at=at)
        client = sign_in(person.email)
        Authenticator.objects.get_or_create(user=host, type="recovery_codes", defaults={"data": {}})
        if person == host:
            Authenticator.objects.create(user=host, type="totp", data={"secret": "x"})
    path = reverse(name)
    page = client.get(path if language == "th" else f"/en{path}")
    body = page.content.decode()
    assert page.status_code == 200
    assert f'<html lang="{language}">' in body
    assert 'class="topbar' in body
    assert len(re.findall(r"<h1", body)) == 1
    main = re.sub(r"<[^>]+>|\s+", " ", body[body.index("<main") : body.index("</main>")])
    thai = len(re.findall(r"[\u0e00-\u0e7f]", main))
    assert (thai > 30) is (language == "th")


def test_no_page_of_allauth_shows_its_own_words(sign_in, owner, at):
    """Its templates are replaced whole; what it would say by itself in English or bad Thai does not appear."""
    for name in ("mfa/index", "mfa/authenticate", "mfa/reauthenticate", "mfa/webauthn/add_form", "mfa/webauthn/edit_form",
                 "mfa/webauthn/authenticator_list", "mfa/webauthn/authenticator_confirm_delete", "mfa/webauthn/reauthenticate",
                 "mfa/totp/activate_form", "mfa/totp/deactivate_form", "mfa/recovery_codes/index", "mfa/recovery_codes/generate",
                 "account/logout", "account/account_inactive", "429", "allauth/layouts/base"):  # fmt: skip
        assert "tourdee/people/templates" in get_template(f"{name}.html").origin.name


def test_scripts_come_from_files_only(sign_in, owner, at):
    actions.record_consent(purpose="account", user=owner, at=at)
    client = sign_in("owner@example.org")
    for path in ("/account/2fa/passkeys/add/", "/account/2fa/app/"):
        answer = client.get(path)
        policy = answer["Content-Security-Policy"]
        assert "script-src 'self';" in f"{policy};"
        for script in re.findall(r"<script([^>]*)>", answer.content.decode()):
            assert "src=" in script or 'type="application/json"' in script


def test_the_logout_page_asks_first_and_signs_out_by_post(client_of, owner):
    client = client_of(owner)
    assert client.get("/account/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/account/logout/", {"next": "//evil.example"})["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_abuse_46_no_page_of_one_person_names_another(everything, client_of, owner, teammate):
    User.objects.filter(pk=owner.pk).update(name="canary-name-42", email="canary-42@example.org")
    client = client_of(teammate)
    for _name, path in addresses(everything):
        assert "canary" not in client.get(path).content.decode(), path


def test_who_is_signed_in_does_not_see_the_code_page(client_of, owner, clock):
    client = client_of(owner)
    assert client.get("/account/login/code/")["Location"] == "/today/"
    assert Client().get("/account/login/code/")["Location"] == "/account/login/"
    assert Client().post("/account/login/again/")["Location"] == "/account/login/"


def test_the_last_code_is_in_no_page(clock, db):
    client = Client()
    client.post("/account/login/", {"address": "a@example.org"})
    assert last_code() not in client.get("/account/login/code/").content.decode()
