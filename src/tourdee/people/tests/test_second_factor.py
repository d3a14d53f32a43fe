import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client

from tourdee.core.models import AuditLine
from tourdee.people import actions
from tourdee.people.models import User

from .conftest import last_code
from .soft_passkey import SoftPasskey

PASSKEYS = "/account/2fa/passkeys/"
APP = "/account/2fa/app/"


@pytest.fixture
def proved(sign_in, owner, at):
    """The owner's browser, just signed in by code."""
    actions.record_consent(purpose="account", user=owner, at=at)
    return sign_in("owner@example.org")


def add_passkey(client, passkey=None):
    passkey = passkey or SoftPasskey()
    options = client.get(f"{PASSKEYS}add/").context["js_data"]["creation_options"]
    posted = passkey.register(json.loads(json.dumps(options)))
    answer = client.post(f"{PASSKEYS}add/", {"name": "โทรศัพท์", "passwordless": "on", "credential": posted})
    return passkey, answer


def code_of_app(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def set_up_app(client):
    secret = client.get(APP).context["form"].secret
    answer = client.post(APP, {"code": code_of_app(secret)})
    return secret, answer


def sign_in_by(passkey, **more):
    client = Client()
    options = client.get(f"{PASSKEYS}login/", headers={"accept": "application/json"}).json()["request_options"]
    return client, client.post(f"{PASSKEYS}login/", {"credential": passkey.sign(options), **more})


def test_a_passkey_is_added_and_signs_in_on_its_own(proved, owner, deliver_events):
    passkey, answer = add_passkey(proved)
    assert answer["Location"] == "/account/2fa/recovery-codes/"
    client, entered = sign_in_by(passkey, next="/communities/")
    assert entered["Location"] == "/communities/"
    assert client.session["_auth_user_id"] == str(owner.pk)
    deliver_events()
    assert [(m.to, m.subject) for m in mail.outbox[1:]] == [(["owner@example.org"], "มีการเปลี่ยนแปลงในบัญชีของคุณ")]
    assert list(AuditLine.objects.values_list("act", "subject_id")) == [("security_passkey_added", owner.public_id)]


def test_a_passkey_login_leads_nowhere_else(proved, owner):
    passkey, _ = add_passkey(proved)
    assert sign_in_by(passkey, next="//evil.example")[1]["Location"] == "/today/"


def test_a_passkey_of_another_site_is_refused(proved, owner):
    passkey, _ = add_passkey(proved)
    client = Client()
    options = client.get(f"{PASSKEYS}login/", headers={"accept": "application/json"}).json()["request_options"]
    answer = client.post(f"{PASSKEYS}login/", {"credential": passkey.sign(options, origin="https://evil.example")})
    assert answer["Location"] == "/account/login/"
    assert "_auth_user_id" not in client.session


def test_a_signature_cannot_be_replayed(proved, owner):
    passkey, _ = add_passkey(proved)
    client = Client()
    options = client.get(f"{PASSKEYS}login/", headers={"accept": "application/json"}).json()["request_options"]
    posted = passkey.sign(options)
    client.post(f"{PASSKEYS}login/", {"credential": posted})
    client.post("/account/logout/")
    client.get(f"{PASSKEYS}login/", headers={"accept": "application/json"})
    client.post(f"{PASSKEYS}login/", {"credential": posted})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "posted",
    [
        "",
        "x",
        "{}",
        "[]",
        '{"id": 1}',
        "null",
        '{"response": {"userHandle": "AA"}}',
        '{"id": "a", "rawId": "a", "type": "public-key", "response": {"authenticatorData": "AAAA", "clientDataJSON": "e30", '
        '"signature": "AA", "userHandle": "__8"}}',
    ],
)
def test_what_is_no_passkey_is_no_error_of_ours(db, posted):
    client = Client()
    client.get(f"{PASSKEYS}login/", headers={"accept": "application/json"})
    assert client.post(f"{PASSKEYS}login/", {"credential": posted}).status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_passkey_of_a_closed_account_opens_nothing(proved, owner):
    passkey, _ = add_passkey(proved)
    User.objects.update(is_active=False)
    client, answer = sign_in_by(passkey)
    assert answer["Location"] == "/account/inactive/"
    assert "_auth_user_id" not in client.session


def test_a_passkey_is_renamed_and_removed(proved, owner):
    add_passkey(proved)
    key = Authenticator.objects.get(type="webauthn")
    proved.post(f"{PASSKEYS}{key.pk}/edit/", {"name": "เครื่องที่บ้าน"})
    assert "เครื่องที่บ้าน" in proved.get(PASSKEYS).content.decode()
    proved.post(f"{PASSKEYS}{key.pk}/remove/")
    assert Authenticator.objects.count() == 0


def test_abuse_23_a_foreign_passkey_is_not_there(proved, owner, stranger):
    add_passkey(proved)
    key = Authenticator.objects.create(user=stranger, type="webauthn", data={"name": "canary-7f3", "credential": {}})
    for page in ("edit", "remove"):
        assert proved.get(f"{PASSKEYS}{key.pk}/{page}/").status_code == 404
        assert proved.post(f"{PASSKEYS}{key.pk}/{page}/", {"name": "mine"}).status_code == 404
    assert "canary-7f3" not in proved.get(PASSKEYS).content.decode()


def test_an_app_is_asked_for_at_the_next_sign_in(proved, owner, monkeypatch):
    secret, answer = set_up_app(proved)
    assert answer["Location"] == "/account/2fa/recovery-codes/"
    client = Client()
    client.post("/account/login/", {"address": "owner@example.org"})
    assert client.post("/account/login/code/", {"code": last_code()})["Location"] == "/account/2fa/authenticate/"
    assert client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session
    soon = time.time() + 31
    monkeypatch.setattr(time, "time", lambda: soon)
    client.post("/account/2fa/authenticate/", {"code": code_of_app(secret)})
    assert client.session["_auth_user_id"] == str(owner.pk)


def test_secrets_of_apps_are_sealed_in_the_database(proved, owner):
    secret, _ = set_up_app(proved)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_recovery_code_opens_once(proved, owner):
    set_up_app(proved)
    codes = re.findall(r"<code>([^<]+)</code>", proved.get("/account/2fa/recovery-codes/").content.decode())
    assert len(codes) == 10
    for expected in (True, False):
        client = Client()
        client.post("/account/login/", {"address": "owner@example.org"})
        client.post("/account/login/code/", {"code": last_code()})
        client.post("/account/2fa/authenticate/", {"code": f" {codes[0]} "})
        assert ("_auth_user_id" in client.session) is expected


def test_guessing_the_app_stops(proved, owner):
    set_up_app(proved)
    client = Client()
    client.post("/account/login/", {"address": "owner@example.org"})
    client.post("/account/login/code/", {"code": last_code()})
    for _ in range(6):
        answer = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert answer.context["form"].errors["code"] == ["ใส่รหัสผิดหลายครั้งเกินไป กรุณารอสักครู่แล้วลองใหม่"]


def test_the_first_passkey_needs_a_fresh_proof(client_of, owner):
    """A telephone left on the table must not be enough to add a way in."""
    client = client_of(owner)
    for page in (f"{PASSKEYS}add/", APP):
        assert client.get(page)["Location"] == f"/account/reauthenticate/?next={page.replace('/', '%2F')}"
        assert client.post(page, {"credential": "x"}).status_code == 302


def test_after_the_proof_one_goes_on(client_of, clock, owner):
    client = client_of(owner)
    asked = client.get(f"{PASSKEYS}add/")["Location"]
    page = client.get(asked)
    assert [str(address) for address in page.context["addresses"]] == ["owner@example.org", "081 234 5678"]
    client.post("/account/reauthenticate/send/", {"kind": "email", "next": f"{PASSKEYS}add/"})
    answer = client.post("/account/reauthenticate/code/", {"code": last_code(), "next": f"{PASSKEYS}add/"})
    assert answer["Location"] == f"{PASSKEYS}add/"
    assert client.get(f"{PASSKEYS}add/").status_code == 200


def test_a_proof_grows_old(proved, owner, monkeypatch):
    later = time.time() + 601
    monkeypatch.setattr(time, "time", lambda: later)
    assert proved.get(f"{PASSKEYS}add/").status_code == 302


def test_who_has_a_second_factor_proves_by_that_and_not_by_mail(proved, owner, client_of):
    set_up_app(proved)
    client = client_of(owner)
    assert client.get(f"{PASSKEYS}add/")["Location"].startswith("/account/2fa/reauthenticate/?next=")
    answer = client.get("/account/reauthenticate/", {"next": "/account/2fa/"})
    assert answer["Location"] == "/account/2fa/reauthenticate/?next=%2Faccount%2F2fa%2F"


def test_a_sign_in_code_is_no_proof_and_the_reverse(client_of, clock, owner):
    client = client_of(owner)
    client.post("/account/reauthenticate/send/", {"kind": "email"})
    code = last_code()
    other = Client()
    other.post("/account/login/", {"address": "owner@example.org"})
    other.post("/account/login/code/", {"code": code})
    assert "_auth_user_id" not in other.session


@pytest.mark.parametrize("kind", ["", "phone", "fax"])
def test_a_code_goes_only_to_addresses_that_one_has(client_of, clock, stranger, kind):
    client = client_of(stranger)
    assert client.post("/account/reauthenticate/send/", {"kind": kind}).status_code == 404
    assert mail.outbox == []


# -------------------------------------------------------------------------------------------- staff must have one
STAFF_PAGES = ["/today/", "/host/people/", "/my/community/"]


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_officers_and_hosts_set_up_a_second_factor_first(without_second_factor, officer, host, page):
    for person in (officer, host):
        assert without_second_factor(person).get(page)["Location"] == "/account/2fa/"
        assert without_second_factor(person).get(f"/en{page}")["Location"] == "/en/account/2fa/"
    page = without_second_factor(officer).get("/account/2fa/").content.decode()
    assert "เจ้าหน้าที่และผู้ดูแลระบบเห็นข้อมูลของผู้อื่น" in page


def test_a_post_of_theirs_is_not_done_either(without_second_factor, host, owner):
    answer = without_second_factor(host).post(f"/host/people/{owner.public_id}/active/", {"active": "no"})
    assert answer["Location"] == "/account/2fa/"
    owner.refresh_from_db()
    assert owner.is_active is True


@pytest.mark.parametrize("kind", ["totp", "webauthn"])
def test_with_a_second_factor_they_go_on(without_second_factor, officer, kind):
    Authenticator.objects.create(user=officer, type=kind, data={})
    assert without_second_factor(officer).get("/my/community/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(without_second_factor, officer):
    Authenticator.objects.create(user=officer, type="recovery_codes", data={})
    assert without_second_factor(officer).get("/my/community/").status_code == 302


def test_instructors_and_learners_need_none(without_second_factor, instructor, owner):
    assert without_second_factor(instructor).get("/my/community/").status_code == 200
    assert without_second_factor(owner).get("/my/community/").status_code == 200


def test_in_a_demonstration_nobody_needs_one(without_second_factor, officer, host, in_demo):
    assert without_second_factor(officer).get("/my/community/").status_code == 200
    assert without_second_factor(host).get("/host/people/").status_code == 200


def test_the_check_costs_learners_one_query_and_officers_two(
    without_second_factor, owner, officer, django_assert_num_queries
):
    """Session, person, roles; for staff the second factor. The page itself asks nothing more."""
    Authenticator.objects.create(user=officer, type="totp", data={})
    for person, queries in ((owner, 3), (officer, 4)):
        client = without_second_factor(person)
        with django_assert_num_queries(queries):
            client.get("/host/people/nothing/here/")
