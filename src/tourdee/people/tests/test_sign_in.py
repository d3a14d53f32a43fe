import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tourdee.people import actions
from tourdee.people.addresses import Address
from tourdee.people.models import Consent, OneTimeCode, PrivacyNotice, User

from .conftest import last_code, wrong

EVIL = [
    "//evil.example", "/\\evil.example", "///evil.example", "https://evil.example", "https:evil.example",
    "javascript:alert(1)", "/\t/evil.example", "\\\\evil.example", "http:///evil.example", "//evil.example/%0d%0a",
    "/\n/evil.example", " //evil.example", "@evil.example", "http://testserver.evil.example/",
]  # fmt: skip


def person_in(client):
    return User.objects.get(pk=client.session["_auth_user_id"])


def test_a_known_person_signs_in_by_e_mail(sign_in, owner):
    assert person_in(sign_in(" OWNER@example.org ")) == owner


def test_a_known_person_signs_in_by_phone_in_thai_digits(db, clock, owner, caplog):
    caplog.set_level("INFO", "tourdee.people.sms")
    client = Client()
    client.post("/account/login/", {"address": "๐๘๑-๒๓๔-๕๖๗๘"})
    code = re.search(r"TourDee (\d{6})", caplog.text)[1]
    client.post("/account/login/code/", {"code": code.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))})
    assert person_in(client) == owner
    owner.refresh_from_db()
    assert owner.phone_verified is True


def test_an_unknown_address_becomes_an_account(sign_in):
    client = sign_in("New@Example.org", next="/communities/")
    user = User.objects.get()
    assert (user.email, user.name, user.language, user.has_usable_password()) == ("new@example.org", "", "th", False)
    answer = client.get("/communities/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/welcome/")
    client.post("/account/welcome/", {"name": "สมศรี มีสุข", "agree": "on"})
    user.refresh_from_db()
    assert user.name == "สมศรี มีสุข"
    assert list(Consent.objects.values_list("user", "purpose", "notice__version")) == [(user.pk, "account", "1.0")]
    assert client.get("/communities/").status_code == 200


def test_after_the_welcome_one_stands_where_one_wanted_to_go(sign_in):
    client = sign_in("new@example.org", next="/communities/?province=50")
    answer = client.post("/account/welcome/", {"name": "สมศรี", "agree": "on"})
    assert answer["Location"] == "/communities/?province=50"


def test_without_agreement_there_is_no_way_on(sign_in):
    client = sign_in("new@example.org")
    answer = client.post("/account/welcome/", {"name": "สมศรี"})
    assert answer.context["form"].errors["agree"] == ["เราเก็บบัญชีให้คุณได้ก็ต่อเมื่อคุณยอมรับประกาศความเป็นส่วนตัวเท่านั้น"]
    assert client.get("/my/community/")["Location"] == "/account/welcome/"
    assert client.get("/privacy/").status_code == 200
    assert client.post("/account/logout/").status_code == 302


def test_whoever_agreed_before_is_not_asked_again(sign_in, owner, at):
    actions.record_consent(purpose="account", user=owner, at=at)
    client = Client()
    client.post("/account/login/", {"address": "owner@example.org"})
    answer = client.post("/account/login/code/", {"code": last_code()})
    assert answer["Location"] == "/today/"


def test_staff_are_asked_as_well(sign_in, instructor):
    assert sign_in("instructor@example.org").get("/communities/")["Location"] == "/account/welcome/"


def test_a_newer_notice_is_asked_for_at_the_next_sign_in(sign_in, owner, at):
    actions.record_consent(purpose="account", user=owner, at=at)
    PrivacyNotice.objects.create(version="2.0", published_at=at, text_th="ใหม่", text_en="new")
    client = sign_in("owner@example.org")
    page = client.get("/account/welcome/")
    assert "name" not in page.context["form"].fields
    client.post("/account/welcome/", {"agree": "on"})
    assert sorted(owner.consents.values_list("notice__version", flat=True)) == ["1.0", "2.0"]


def test_a_wrong_code_is_refused_at_the_field_and_counted(db, clock, owner):
    client = Client()
    client.post("/account/login/", {"address": "owner@example.org"})
    answer = client.post("/account/login/code/", {"code": wrong(last_code())})
    assert answer.context["form"].errors["code"] == ["รหัสไม่ถูกต้อง ลองได้อีก 4 ครั้ง"]
    assert client.get("/account/profile/").status_code == 302


@pytest.mark.parametrize("typed", ["12345", "1234567", "abcdef", "²²²²²²", "-12345", "１２３ ４５", "", "1" * 10_000])
def test_what_is_no_code_costs_no_attempt(db, clock, owner, typed):
    client = Client()
    client.post("/account/login/", {"address": "owner@example.org"})
    answer = client.post("/account/login/code/", {"code": typed})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["code"]
    assert OneTimeCode.objects.get().attempts == 0


def test_a_code_with_spaces_and_dashes_is_understood(db, clock, owner):
    client = Client()
    client.post("/account/login/", {"address": "owner@example.org"})
    code = last_code()
    client.post("/account/login/code/", {"code": f" {code[:3]}-{code[3:]} "})
    assert person_in(client) == owner


@pytest.mark.parametrize(
    "typed", ["", "hello", "a@", "@example.org", "a@b", "081", "1900123456", "a@example.org\nBcc: b@example.org",
              "x" * 5000, "a@exämple.org", "\x00", "+99912345678"],
)  # fmt: skip
def test_a_bad_address_is_refused_at_the_field_and_kept(db, clock, typed):
    answer = Client().post("/account/login/", {"address": typed})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["address"])
    assert mail.outbox == []


def test_the_former_code_no_longer_counts_after_sending_again(db, clock, owner):
    client = Client()
    client.post("/account/login/", {"address": "owner@example.org"})
    former = last_code()
    client.post("/account/login/again/")
    if last_code() == former:
        client.post("/account/login/again/")
    answer = client.post("/account/login/code/", {"code": former})
    assert list(answer.context["form"].errors) == ["code"]
    client.post("/account/login/code/", {"code": last_code()})
    assert person_in(client) == owner


def test_abuse_19_a_code_for_a_typed_in_the_browser_of_b(db, clock, owner, stranger):
    attacker = Client()
    attacker.post("/account/login/", {"address": "owner@example.org"})
    code_of_owner = last_code()
    attacker.post("/account/login/", {"address": "stranger@example.org"})
    if last_code() != code_of_owner:
        attacker.post("/account/login/code/", {"code": code_of_owner})
    assert attacker.get("/account/profile/").status_code == 302


def test_abuse_19_a_used_code_opens_nothing(sign_in, owner):
    client = Client()
    client.post("/account/login/", {"address": "owner@example.org"})
    code, copy = last_code(), client.cookies["session"].value
    client.post("/account/login/code/", {"code": code})
    thief = Client()
    thief.cookies["session"] = copy
    thief.post("/account/login/code/", {"code": code})
    assert thief.get("/account/profile/").status_code == 302


def test_abuse_20_pumping_is_answered_with_when_to_try_again(db, clock):
    client = Client()
    answers = [client.post("/account/login/", {"address": "a@example.org"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [200]
    assert answers[5].context["form"].errors["address"] == ["ขอรหัสบ่อยเกินไป กรุณาลองใหม่ในอีก 15 นาที"]


def test_abuse_20_a_foreign_number_is_refused_at_the_field(db, clock):
    answer = Client().post("/account/login/", {"address": "+1 202 555 0123"})
    assert answer.context["form"].errors["address"] == ["เราส่งรหัสได้เฉพาะเบอร์มือถือไทย กรุณาใช้อีเมลแทน"]


def without_token(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())


def test_abuse_21_known_unknown_and_closed_addresses_look_alike(db, clock, owner):
    """Same redirect, same page, same mail but for the address itself, and the same refusals."""
    User.objects.create_user("other@example.org", is_active=False)
    seen = []
    for address in ("owner@example.org", "nobody@example.org", "other@example.org"):
        client = Client()
        first = client.post("/account/login/", {"address": address})
        page = without_token(client.get("/account/login/code/")).replace(address, "ADDRESS")
        sent = mail.outbox[-1].body.replace(last_code(), "CODE")
        refused = without_token(client.post("/account/login/code/", {"code": wrong(last_code())}))
        refused = re.sub(r'value="\d{6}"', "", refused).replace(address, "ADDRESS")
        seen.append((first.status_code, first["Location"], page, sent, refused))
    assert seen[0] == seen[1] == seen[2]


def test_abuse_21_asking_for_a_code_asks_the_database_the_same_of_all(db, clock, owner):
    counts = []
    for address in ("owner@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as asked:
            Client().post("/account/login/", {"address": address})
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("evil", EVIL)
def test_abuse_44_next_never_leads_elsewhere(db, clock, owner, at, evil):
    actions.record_consent(purpose="account", user=owner, at=at)
    client = Client()
    page = client.get("/account/login/", {"next": evil})
    assert page.context["next"] == ""
    client.post(f"/account/login/?next={evil}", {"address": "owner@example.org", "next": evil})
    answer = client.post("/account/login/code/", {"code": last_code(), "next": evil})
    assert (answer.status_code, answer["Location"]) == (302, "/today/")
    signed_in = client.get("/account/login/", {"next": evil})
    assert signed_in["Location"] == "/today/"


def test_abuse_45_another_host_is_refused_and_mails_name_the_configured_site(db, clock, settings, owner):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert (
        Client().post("/account/login/", {"address": "a@example.org"}, headers={"host": "evil.example"}).status_code
        == 400
    )
    Client().post("/account/login/", {"address": "a@example.org"}, headers={"x-forwarded-host": "evil.example"})
    assert "evil" not in mail.outbox[-1].body
    assert "http://testserver" in mail.outbox[-1].body


def test_abuse_45_a_forged_forwarded_for_does_not_buy_a_new_budget(db, clock, settings):
    settings.CODES_PER_NETWORK_HOUR = 2
    statuses = [
        Client().post("/account/login/", {"address": f"{n}@example.org"}, headers={"x-forwarded-for": f"198.51.100.{n}"})
        .status_code for n in range(3)
    ]  # fmt: skip
    assert statuses == [302, 302, 200]


def test_behind_a_trusted_proxy_each_visitor_has_their_own_budget(db, clock, settings):
    settings.CODES_PER_NETWORK_HOUR = 1
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    statuses = [
        Client().post("/account/login/", {"address": f"{n}@example.org"}, headers={"x-forwarded-for": f"6.6.6.6, 2001:db8::{n}"})
        .status_code for n in range(2)
    ]  # fmt: skip
    assert statuses == [302, 200], "one /64 of IPv6 is one network"
    other = Client().post("/account/login/", {"address": "x@example.org"}, headers={"x-forwarded-for": "198.51.100.9"})
    assert other.status_code == 302


def test_abuse_46_sign_in_pages_are_kept_by_no_cache(sign_in, owner):
    client = Client()
    assert "no-store" in client.get("/account/login/")["Cache-Control"]
    client.post("/account/login/", {"address": "owner@example.org"})
    assert "no-store" in client.get("/account/login/code/")["Cache-Control"]
    assert sign_in("owner@example.org").get("/account/profile/")["Cache-Control"] == "private, no-store"
    assert Client().get("/account/profile/x.css").status_code == 404


def test_abuse_48_the_session_key_changes_at_sign_in(db, clock, owner):
    client = Client()
    client.post("/account/login/", {"address": "owner@example.org"})
    before = client.cookies["session"].value
    client.post("/account/login/code/", {"code": last_code()})
    after = client.cookies["session"].value
    assert before != after
    fixed = Client()
    fixed.cookies["session"] = before
    assert fixed.get("/account/profile/").status_code == 302


def test_abuse_48_the_session_cookie_has_its_flags(sign_in, owner):
    cookie = sign_in("owner@example.org").cookies["session"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_abuse_48_a_closed_account_is_out_at_once_and_cannot_come_back(sign_in, owner, at):
    actions.record_consent(purpose="account", user=owner, at=at)
    client = sign_in("owner@example.org")
    assert client.get("/account/profile/").status_code == 200
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert client.get("/account/profile/")["Location"] == "/account/login/?next=/account/profile/"
    again = Client()
    again.post("/account/login/", {"address": "owner@example.org"})
    answer = again.post("/account/login/code/", {"code": last_code()}, follow=True)
    assert answer.redirect_chain[-1][0] == "/account/inactive/"
    assert again.get("/account/profile/").status_code == 302


def test_abuse_49_there_is_no_password_to_stuff(db, clock, owner):
    owner.set_password("correct horse battery staple")
    owner.save()
    client = Client()
    answer = client.post("/account/login/", {"login": "owner@example.org", "password": "correct horse battery staple"})
    assert list(answer.context["form"].errors) == ["address"]
    assert client.get("/account/profile/").status_code == 302


@pytest.mark.parametrize(
    "path", ["signup/", "password/change/", "password/set/", "password/reset/", "email/", "confirm-email/", "login/code/confirm/",
             "phone/change/", "phone/verify/", "signup/passkey/", "facebook/login/token/", "line/login/", "3rdparty/", "sessions/",
             "3rdparty/signup/", "2fa/trust/"],
)  # fmt: skip
def test_pages_of_allauth_that_are_not_used_do_not_exist(db, client_of, owner, path):
    for client in (Client(), client_of(owner)):
        assert client.get(f"/account/{path}").status_code == 404
        assert client.post(f"/account/{path}").status_code == 404


def test_a_second_factor_is_asked_for_after_the_code(sign_in, owner):
    Authenticator.objects.create(user=owner, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = Client()
    client.post("/account/login/", {"address": "owner@example.org"})
    answer = client.post("/account/login/code/", {"code": last_code()})
    assert answer["Location"] == "/account/2fa/authenticate/"
    assert client.get("/account/profile/").status_code == 302


def test_the_page_works_for_fingers_and_autofill(db):
    page = Client().get("/account/login/").content.decode()
    assert 'autocomplete="username webauthn"' in page
    assert 'name="password"' not in page


def test_two_first_sign_ins_at_once_make_one_account(db, at):
    address = Address("email", "new@example.org")
    first = actions.person_with(address=address, language="th", proved=True)
    second = actions.person_with(address=address, language="th", proved=True)
    assert (first.user, first.is_new, second.is_new) == (second.user, True, False)
