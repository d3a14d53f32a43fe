"""The officer's desk."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from tourdee.core import pictures
from tourdee.core.models import AuditLine
from tourdee.legal import actions, queries
from tourdee.legal.models import Business, Paper

from .factories import SENT, make_accepted, make_business, make_paper, photo

TODAY = date(2026, 11, 23)


@pytest.fixture
def published(monkeypatch):
    """The events that the desk publishes."""
    heard: list = []
    monkeypatch.setattr("tourdee.legal.actions.checks.publish", heard.append)
    return heard


def names(heard):
    return [type(event).__name__ for event in heard]


def test_accepting_records_who_and_when(owner, officer, at):
    paper = make_paper(make_business(owner))
    actions.accept_paper(paper=paper, seen=SENT, by=officer, at=at)
    paper.refresh_from_db()
    assert (paper.status, paper.checked_by, paper.checked_at) == ("accepted", officer, at)
    line = AuditLine.objects.get()
    assert (line.act, line.actor, line.data) == ("paper.checked", officer.public_id, {"accepted": True, "reason": ""})


def test_a_refusal_needs_a_reason(owner, officer, at):
    paper = make_paper(make_business(owner))
    with pytest.raises(actions.NeedsReason):
        actions.refuse_paper(paper=paper, seen=SENT, reason="  ", by=officer, at=at)
    assert Paper.objects.get().status == "submitted"


def test_what_was_replaced_meanwhile_is_not_accepted(owner, officer, at):
    paper = make_paper(make_business(owner))
    Paper.objects.update(submitted_at=at, number="11/99999")
    with pytest.raises(actions.PaperChanged):
        actions.accept_paper(paper=paper, seen=SENT, by=officer, at=at)
    assert Paper.objects.get().status == "submitted"


def test_a_paper_is_accepted_once(owner, officer, other_officer, at, published):
    paper = make_paper(make_business(owner))
    actions.accept_paper(paper=paper, seen=SENT, by=officer, at=at)
    with pytest.raises(actions.PaperChanged):
        actions.accept_paper(paper=paper, seen=SENT, by=other_officer, at=at)
    assert Paper.objects.get().checked_by == officer
    assert names(published) == ["PaperChecked"]


def test_nobody_checks_their_own_paper(officer, at):
    paper = make_paper(make_business(officer))
    with pytest.raises(actions.CannotCheckOwn):
        actions.accept_paper(paper=paper, seen=SENT, by=officer, at=at)


def test_an_ended_paper_is_not_accepted(owner, officer, at):
    paper = make_paper(make_business(owner), expires_on=TODAY - timedelta(days=1))
    with pytest.raises(actions.AlreadyEnded):
        actions.accept_paper(paper=paper, seen=SENT, by=officer, at=at)


def test_an_acceptance_can_be_taken_back(owner, officer, at, published):
    paper = make_accepted(make_business(owner), officer)
    actions.refuse_paper(paper=paper, seen=SENT, reason="ใบอนุญาตถูกเพิกถอน", by=officer, at=at)
    assert queries.tour_licence_of(paper.business, TODAY) is None
    assert [event.accepted for event in published] == [False]


def test_the_last_missing_paper_completes_the_papers_once(owner, officer, at, published):
    business = make_business(owner, is_guide=True)
    guide, commercial = make_paper(business, "guide_licence"), make_paper(business, "commercial_registration")
    actions.accept_paper(paper=guide, seen=SENT, by=officer, at=at)
    assert names(published) == ["PaperChecked"]
    actions.accept_paper(paper=commercial, seen=SENT, by=officer, at=at)
    assert names(published) == ["PaperChecked", "PaperChecked", "PapersComplete"]
    licence = make_paper(business, "tour_licence")
    actions.accept_paper(paper=licence, seen=SENT, by=officer, at=at)
    assert names(published)[3:] == ["PaperChecked"]
    assert published[2].business == business.public_id
    assert published[2].user == owner.public_id


def test_the_owner_hears_by_mail_why_a_paper_was_refused(owner, officer, at, deliver_events):
    paper = make_paper(make_business(owner))
    actions.refuse_paper(paper=paper, seen=SENT, reason="อ่านเลขไม่ออก", by=officer, at=at)
    deliver_events()
    assert [letter.to for letter in mail.outbox] == [["owner@example.org"]]
    assert "อ่านเลขไม่ออก" in mail.outbox[0].body


def test_an_owner_without_mail_hears_by_sms(officer, at, deliver_events, caplog):
    from tourdee.people.models import User

    caplog.set_level("INFO")
    phone_only = User.objects.create_user(phone="+66822222222", name="ป้าแดง")
    paper = make_paper(make_business(phone_only))
    actions.accept_paper(paper=paper, seen=SENT, by=officer, at=at)
    deliver_events()
    assert mail.outbox == []
    assert "+66822222222" in caplog.text


# ------------------------------------------------------------------ pages
def test_the_desk_shows_the_longest_wait_first(owner, teammate, officer, client_of):
    late = make_paper(make_business(teammate, name="มาทีหลัง"), submitted_at=SENT + timedelta(hours=1))
    first = make_paper(make_business(owner, name="มาก่อน"))
    page = client_of(officer).get(reverse("paper_checks"))
    assert list(page.context["page"]) == [first, late]
    assert reverse("office_cohorts") in page.content.decode()  # the officer's own tabs are still there


def test_any_office_may_check_papers(owner, other_officer, client_of):
    paper = make_paper(make_business(owner))
    page = client_of(other_officer).get(reverse("paper_check", args=[paper.public_id]))
    assert page.status_code == 200


@pytest.mark.parametrize("role", ["owner", "teammate", "stranger", "instructor"])
@pytest.mark.parametrize("name", ["paper_checks", "paper_check", "accept_paper", "refuse_paper"])
def test_the_desk_does_not_exist_for_others(request, owner, client_of, role, name):
    paper = make_paper(make_business(owner))
    person = request.getfixturevalue(role)
    url = reverse(name, args=[] if name == "paper_checks" else [paper.public_id])
    client = client_of(person)
    form = {"seen": SENT.isoformat(), "reason": "x"}
    answer = client.post(url, form) if name.startswith(("accept", "refuse")) else client.get(url)
    assert answer.status_code == 404
    assert paper.number not in answer.content.decode()
    assert Paper.objects.get().status == "submitted"


def test_pictures_of_papers_are_seen_by_owner_and_officers_only(owner, teammate, stranger, officer, client, client_of):
    picture = pictures.store_private(photo(), "papers/test")
    paper = make_paper(make_business(owner), picture=picture)
    url = reverse("paper_picture", args=[paper.public_id])
    assert [client_of(one).get(url).status_code for one in (owner, officer, teammate, stranger)] == [200, 200, 404, 404]
    assert client.get(url).status_code == 302


def test_accepting_by_the_page_uses_what_was_seen(owner, officer, client_of):
    paper = make_paper(make_business(owner))
    client = client_of(officer)
    page = client.get(reverse("paper_check", args=[paper.public_id]))
    seen = page.context["acceptance"]["seen"].value()
    client.post(reverse("accept_paper", args=[paper.public_id]), {"seen": seen})
    assert Paper.objects.get().status == "accepted"


def test_accepting_without_or_with_a_wrong_moment_changes_nothing(owner, officer, client_of):
    paper = make_paper(make_business(owner))
    client = client_of(officer)
    for seen in ("", "yesterday", "2026-11-20", "2026-11-20T09:00:00+07:00x"):
        client.post(reverse("accept_paper", args=[paper.public_id]), {"seen": seen})
    assert Paper.objects.get().status == "submitted"


def test_a_refusal_without_a_reason_keeps_the_page(owner, officer, client_of):
    paper = make_paper(make_business(owner))
    url = reverse("refuse_paper", args=[paper.public_id])
    page = client_of(officer).post(url, {"seen": paper.submitted_at.isoformat(), "reason": ""})
    assert list(page.context["refusal"].errors) == ["reason"]


def test_the_desk_warns_of_the_same_number_elsewhere(owner, teammate, officer, client_of):
    make_accepted(make_business(teammate, name="เจ้าของเดิม"), officer)
    paper = make_paper(make_business(owner))
    page = client_of(officer).get(reverse("paper_check", args=[paper.public_id])).content.decode()
    assert "เจ้าของเดิม" in page


def test_names_with_markup_stay_text(owner, officer, client_of):
    make_paper(make_business(owner, name="<script>alert(1)</script>"))
    page = client_of(officer).get(reverse("paper_checks")).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_search_finds_by_number_and_name_and_survives_nonsense(owner, officer, client_of):
    paper = make_paper(make_business(owner, name="ดอยคำ"))
    client = client_of(officer)
    for words, found in (("07440", [paper]), ("ดอย", [paper]), ("ไม่มี", []), ("%%%%", []), ("x" * 500, [])):
        assert list(client.get(reverse("paper_checks"), {"q": words}).context["page"]) == found


@pytest.mark.parametrize("page", ["0", "-1", "1e9", "999999999999", "๒", "x"])
def test_odd_page_numbers_are_survived(officer, client_of, page):
    assert client_of(officer).get(reverse("paper_checks"), {"page": page}).status_code == 200


def test_the_desk_needs_as_many_queries_for_three_as_for_one(owner, officer, client_of, django_assert_num_queries):
    business = make_business(owner)
    client = client_of(officer)
    make_paper(business)
    client.get(reverse("paper_checks"))
    with django_assert_num_queries(7):
        client.get(reverse("paper_checks"))
    for kind in ("guide_licence", "commercial_registration"):
        make_paper(business, kind)
    with django_assert_num_queries(7):
        client.get(reverse("paper_checks"))


def test_get_changes_nothing(owner, officer, client_of):
    paper = make_paper(make_business(owner))
    client = client_of(officer)
    for name in ("accept_paper", "refuse_paper", "withdraw_paper"):
        assert client.get(reverse(name, args=[paper.public_id])).status_code == 405
    assert Paper.objects.get().status == "submitted"
    assert Business.objects.count() == 1


def test_withdrawing_anothers_paper_finds_nothing(owner, stranger, client_of):
    paper = make_paper(make_business(owner))
    assert client_of(stranger).post(reverse("withdraw_paper", args=[paper.public_id])).status_code == 404
    assert Paper.objects.count() == 1


def test_posting_every_field_of_a_paper_changes_only_what_the_form_has(owner, officer, client_of):
    make_business(owner)
    form = {
        "number": "11/07440", "expires_on": "31/1/2571", "picture": photo(), "status": "accepted", "business": "99",
        "checked_by": officer.pk, "checked_at": "2026-01-01", "reason": "x", "warned_days": "60",
        "kind": "guide_licence",
    }  # fmt: skip
    client_of(owner).post(reverse("add_paper", args=["tour_licence"]), form)
    paper = Paper.objects.get()
    assert (paper.status, paper.kind, paper.checked_by, paper.warned_days) == ("submitted", "tour_licence", None, 0)
