import json

import pytest
from django.core import mail
from django.test import Client

from tourdee.core.models import AuditLine
from tourdee.people import actions
from tourdee.people.addresses import Address
from tourdee.people.models import ErasureRequest, User

from .conftest import last_code, wrong

PROFILE = "/account/profile/"


@pytest.fixture
def proved(sign_in, owner, at):
    actions.record_consent(purpose="account", user=owner, at=at)
    return sign_in("owner@example.org")


def test_name_and_language_are_changed(client_of, owner):
    answer = client_of(owner).post(PROFILE, {"name": "  สมหญิง   ใจงาม ", "language": "en"})
    assert answer["Location"] == "/en/account/profile/"
    owner.refresh_from_db()
    assert (owner.name, owner.language) == ("สมหญิง ใจงาม", "en")


@pytest.mark.parametrize(
    "name",
    ["", "   ", "x" * 101, "\u202egnp.exe", "a\x00b", "\x07"],
    ids=["none", "blank", "long", "bidi", "nul", "bell"],
)
def test_a_bad_name_is_refused_at_the_field(client_of, owner, name):
    answer = client_of(owner).post(PROFILE, {"name": name, "language": "th"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["name"])
    owner.refresh_from_db()
    assert owner.name == "สมหญิง ใจดี"


def test_an_unknown_language_is_refused(client_of, owner):
    answer = client_of(owner).post(PROFILE, {"name": "ก", "language": "xx"})
    assert list(answer.context["form"].errors) == ["language"]


def test_abuse_25_posted_fields_of_the_row_are_not_read(client_of, owner):
    """Every field of User is posted; only name and language change."""
    fields = {field.name for field in User._meta.concrete_fields}
    before = User.objects.filter(pk=owner.pk).values().get()
    evil = {name: "1" for name in fields} | {"is_host": "on", "is_superuser": "on", "email": "evil@example.org"}
    client_of(owner).post(PROFILE, {**evil, "name": "ชื่อใหม่", "language": "en"})
    after = User.objects.filter(pk=owner.pk).values().get()
    changed = {name for name in before if before[name] != after[name]} - {"last_login"}
    assert changed == {"name", "language"}


def test_abuse_25_the_welcome_page_reads_no_more_either(sign_in):
    client = sign_in("new@example.org")
    client.post(
        "/account/welcome/", {"name": "ก", "agree": "on", "is_host": "on", "is_active": "", "is_superuser": "on"}
    )
    user = User.objects.get()
    assert (user.is_host, user.is_superuser, user.is_active) == (False, False, True)


def test_a_name_with_html_is_shown_as_text(client_of, owner):
    client = client_of(owner)
    client.post(PROFILE, {"name": "<script>alert(7)</script>", "language": "th"})
    assert "<script>alert(7)" not in client.get(PROFILE).content.decode()


def test_the_e_mail_is_changed_by_a_code_to_the_new_address(proved, owner, deliver_events):
    proved.post("/account/profile/email/", {"address": "NEW@example.org"})
    assert mail.outbox[-1].to == ["new@example.org"]
    proved.post("/account/profile/code/", {"code": last_code()})
    owner.refresh_from_db()
    assert owner.email == "new@example.org"
    deliver_events()
    assert (mail.outbox[-1].to, mail.outbox[-1].body.splitlines()[0]) == (["owner@example.org"], "อีเมลของคุณถูกเปลี่ยน")
    assert AuditLine.objects.get(act="change_contact").subject_id == owner.public_id


def test_changing_an_address_ends_the_other_sessions_but_not_this_one(proved, owner, client_of):
    elsewhere = client_of(owner)
    assert elsewhere.get(PROFILE).status_code == 200
    proved.post("/account/profile/email/", {"address": "new@example.org"})
    proved.post("/account/profile/code/", {"code": last_code()})
    assert elsewhere.get(PROFILE).status_code == 302
    assert proved.get(PROFILE).status_code == 200


def test_a_phone_is_added_by_sms(sign_in, stranger, at, caplog):
    import re

    caplog.set_level("INFO", "tourdee.people.sms")
    actions.record_consent(purpose="account", user=stranger, at=at)
    client = sign_in("stranger@example.org")
    client.post("/account/profile/phone/", {"address": "089 111 2222"})
    client.post("/account/profile/code/", {"code": re.search(r"TourDee (\d{6})", caplog.text)[1]})
    stranger.refresh_from_db()
    assert (stranger.phone, stranger.phone_verified) == ("+66891112222", True)


def test_an_address_of_another_is_refused_only_after_it_was_proved(proved, owner, stranger):
    """Before that the answer is the same as for a free address: nobody learns who has an account."""
    first = proved.post("/account/profile/email/", {"address": "stranger@example.org"})
    free = proved.post("/account/profile/email/", {"address": "free@example.org"})
    assert (first.status_code, first["Location"]) == (free.status_code, free["Location"])
    proved.post("/account/profile/email/", {"address": "stranger@example.org"})
    answer = proved.post("/account/profile/code/", {"code": last_code()})
    assert answer.context["form"].errors["code"] == ["มีบัญชีอื่นใช้ที่อยู่นี้แล้ว เข้าสู่ระบบด้วยที่อยู่นั้น หรือใช้ที่อยู่อื่น"]
    owner.refresh_from_db()
    assert owner.email == "owner@example.org"


@pytest.mark.parametrize(
    ("kind", "typed"), [("email", "0812345678"), ("phone", "a@example.org"), ("email", ""), ("phone", "x")]
)
def test_the_wrong_kind_of_address_is_refused(proved, kind, typed):
    answer = proved.post(f"/account/profile/{kind}/", {"address": typed})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["address"])


def test_a_wrong_code_changes_nothing(proved, owner):
    proved.post("/account/profile/email/", {"address": "new@example.org"})
    answer = proved.post("/account/profile/code/", {"code": wrong(last_code())})
    assert list(answer.context["form"].errors) == ["code"]
    owner.refresh_from_db()
    assert owner.email == "owner@example.org"


def test_changing_an_address_needs_a_fresh_proof(client_of, owner):
    for kind in ("email", "phone"):
        answer = client_of(owner).post(f"/account/profile/{kind}/", {"address": "new@example.org"})
        assert answer["Location"].startswith("/account/reauthenticate/?next=")
    assert mail.outbox == []


def test_one_signs_out_everywhere(client_of, owner):
    one, two = client_of(owner), client_of(owner)
    assert one.get("/account/profile/sign-out-everywhere/").status_code == 405
    assert one.post("/account/profile/sign-out-everywhere/")["Location"] == "/account/login/"
    assert [client.get(PROFILE).status_code for client in (one, two)] == [302, 302]


def test_my_data_are_mine_alone(client_of, owner, stranger, community, at):
    actions.record_consent(purpose="account", user=owner, at=at)
    actions.add_community_member(
        community=community, address=Address("email", "owner@example.org"), by=stranger, language="th", at=at
    )
    answer = client_of(owner).get("/account/profile/my-data/")
    data = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="tourdee-my-data.json"'
    assert (data["account"]["email"], data["account"]["phone"]) == ("owner@example.org", "+66812345678")
    assert data["consents"] == [{"notice": "1.0", "purpose": "account", "at": "2026-11-23T05:00:00+00:00"}]
    assert data["communities"] == [{"community": "บ้านไร่กองขิง", "leader": False, "confirmed": False}]
    assert "stranger" not in answer.content.decode()


def test_erasure_is_asked_for_taken_back_and_recorded(client_of, owner):
    client = client_of(owner)
    client.post("/account/profile/erasure/", {"wish": "erase"})
    client.post("/account/profile/erasure/", {"wish": "erase"})
    assert list(ErasureRequest.objects.values_list("user", "outcome")) == [(owner.pk, "open")]
    client.post("/account/profile/erasure/", {"wish": "stay"})
    client.post("/account/profile/erasure/", {"wish": "stay"})
    assert list(ErasureRequest.objects.values_list("outcome", flat=True)) == ["withdrawn"]
    assert list(AuditLine.objects.order_by("id").values_list("act", flat=True)) == ["ask_erasure", "withdraw_erasure"]
    assert client.post("/account/profile/erasure/", {"wish": "?"}).status_code == 404


def test_people_of_several_roles_reach_all_their_pages(client_of, officer, partner, at):
    actions.add_member(user=officer, organisation=partner, role="instructor", at=at)
    page = client_of(officer).get(PROFILE)
    assert [(section.title, [tab.url for tab in section.pages]) for section in page.context["sections"]] == [
        ("เรียนและขาย", ["/learn/", "/my/shop/", "/my/orders/", "/my/community/"]),
        ("งานสอน", ["/teaching/", "/learn/reviews/"]),
        ("งานสำนักงาน", ["/office/cohorts/", "/papers/checks/", "/office/impact/"]),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_profile_costs_the_same_with_one_and_three_consents(
    client_of, owner, at, number, django_assert_num_queries
):
    for purpose in ("account", "application", "checkout")[:number]:
        actions.record_consent(purpose=purpose, user=owner, at=at)
    client = client_of(owner)
    with django_assert_num_queries(9):
        client.get(PROFILE)


@pytest.mark.parametrize("path", ["", "email/", "phone/", "code/", "my-data/", "erasure/"])
def test_strangers_are_asked_to_sign_in(db, path):
    answer = Client().get(f"{PROFILE}{path}")
    assert answer["Location"].startswith("/account/login/?next=")
