import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tourdee.core.models import AuditLine
from tourdee.people import actions, queries
from tourdee.people.models import Community, Consent, ErasureRequest, Membership, PrivacyNotice, User
from tourdee.people.shipped_notices import shipped_notices

from .conftest import last_code

HEADINGS = 7


def test_every_installation_has_the_notice(db):
    notice = queries.notice_in_force()
    assert (notice.version, notice.text_th, notice.text_en) == (
        "1.0", shipped_notices()[0].text_th, shipped_notices()[0].text_en,
    )  # fmt: skip


@pytest.mark.parametrize(("path", "words"), [("/privacy/", "ประกาศความเป็นส่วนตัว"), ("/en/privacy/", "Privacy notice")])
def test_the_page_says_version_date_and_all_that_the_law_asks(db, settings, office, path, words):
    settings.CONTACT = "privacy@office.example"
    page = Client().get(path).content.decode()
    assert words in page
    assert "1.0" in page
    assert ("1 พ.ย. 2569" in page, "1 Nov 2026" in page) == (path == "/privacy/", path != "/privacy/")
    assert page.count("<h2>") == HEADINGS
    assert "privacy@office.example" in page
    assert ("กรมพัฒนาฝีมือแรงงาน" if path == "/privacy/" else "DSD") in page


def test_older_versions_stay_readable(db, at):
    PrivacyNotice.objects.create(version="2.0", published_at=at, text_th="ใหม่กว่า", text_en="newer")
    now = Client().get("/privacy/").content.decode()
    assert "ใหม่กว่า" in now
    old = Client().get("/privacy/1.0/").content.decode()
    assert "นี่เป็นรุ่นเก่า" in old
    assert "ใหม่กว่า" not in old
    assert Client().get("/privacy/9.9/").status_code == 404


def test_the_notice_can_carry_no_script(db, at):
    PrivacyNotice.objects.create(
        version="2.0", published_at=at, text_en="", text_th="<script>alert(7)</script> [x](javascript:alert(7)) **หนา**"
    )
    page = Client().get("/privacy/").content.decode()
    assert "<script>alert(7)" not in page
    assert 'href="javascript:' not in page
    assert "<strong>หนา</strong>" in page


def test_a_consent_is_recorded_once_for_each_version_and_purpose(owner, at):
    first = actions.record_consent(purpose="account", user=owner, at=at)
    assert actions.record_consent(purpose="account", user=owner, at=at) == first
    actions.record_consent(purpose="application", user=owner, at=at)
    assert sorted(queries.purposes_of(owner)) == ["account", "application"]


def test_guests_are_named_by_their_order(db, at):
    consent = actions.record_consent(purpose="checkout", guest="order AB12", at=at)
    assert (consent.user, consent.guest, consent.notice.version) == (None, "order AB12", "1.0")


def test_a_consent_belongs_to_one_person(owner, at):
    for who in ({}, {"user": owner, "guest": "x"}):
        notice = queries.notice_in_force()
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.create(notice=notice, purpose="account", at=at, **who)


def test_without_a_notice_the_shipped_one_is_published(owner, at):
    PrivacyNotice.objects.all().delete()
    assert queries.agreed_to_newest(owner) is True
    assert actions.record_consent(purpose="account", user=owner, at=at).notice.version == "1.0"


def test_publishing_twice_changes_nothing(db):
    assert actions.publish_shipped_notices() == []
    assert PrivacyNotice.objects.count() == 1


@pytest.fixture
def asked(owner, office, stranger, at) -> ErasureRequest:
    """The owner, with a role, a community and a consent, asked to be forgotten."""
    Membership.objects.create(user=owner, organisation=office, role="instructor")
    community = Community.objects.create(slug="x", name_th="x", province=50)
    community.members.create(user=owner, is_leader=True)
    actions.record_consent(purpose="account", user=owner, at=at)
    return actions.ask_erasure(user=owner, at=at)


def test_a_forgotten_person_can_no_longer_be_told(asked, owner, host, at, client_of):
    browser = client_of(owner)
    actions.erase_person(request=asked, by=host, at=at)
    owner.refresh_from_db()
    assert (owner.name, owner.phone, owner.is_active) == ("", None, False)
    assert owner.email == f"{owner.public_id}@erased.invalid"
    assert (owner.memberships.count(), owner.communities.count(), owner.consents.count()) == (0, 0, 1)
    assert browser.get("/account/profile/").status_code == 302
    line = AuditLine.objects.get(act="erase_person")
    assert "สมหญิง" not in line.text


def test_who_was_forgotten_may_come_again_as_somebody_new(asked, owner, host, at, clock):
    actions.erase_person(request=asked, by=host, at=at)
    client = Client()
    client.post("/account/login/", {"address": "owner@example.org"})
    client.post("/account/login/code/", {"code": last_code()})
    assert client.session["_auth_user_id"] != str(owner.pk)


def test_a_request_is_answered_once(asked, host, at, owner):
    actions.decline_erasure(request=asked, reason="มีคำสั่งซื้อที่ยังไม่จบ", by=host, at=at)
    for answer in (actions.erase_person, lambda **more: actions.decline_erasure(reason="อีกครั้งหนึ่ง", **more)):
        with pytest.raises(actions.NothingToErase):
            answer(request=asked, by=host, at=at)
    assert User.objects.filter(pk=owner.pk, is_active=True).exists()


def test_a_declined_person_reads_the_reason(asked, owner, host, at, client_of, deliver_events, mailoutbox):
    actions.decline_erasure(request=asked, reason="มีคำสั่งซื้อที่ยังไม่จบ", by=host, at=at)
    deliver_events()
    assert (mailoutbox[-1].to, "มีคำสั่งซื้อที่ยังไม่จบ" in mailoutbox[-1].body) == (["owner@example.org"], True)
    assert "มีคำสั่งซื้อที่ยังไม่จบ" in client_of(owner).get("/account/profile/erasure/").content.decode()
