"""What is missing, sending, taking back, warnings before the end."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from tourdee.core.models import AuditLine
from tourdee.legal import actions, queries
from tourdee.legal.models import Business, Paper

from .factories import make_accepted, make_agreement, make_business, make_paper, photo

TODAY = date(2026, 11, 23)


def send(business, at, kind="tour_licence", number="11/07440", expires_on=date(2028, 1, 31)):
    details = actions.PaperDetails(kind, number, expires_on)
    return actions.submit_paper(business=business, details=details, upload=photo(), by=business.owner, at=at)


# ------------------------------------------------------------------ what is missing
@pytest.mark.parametrize(
    ("kind", "is_guide", "asked"),
    [
        ("natural", False, ["commercial_registration"]),
        ("natural", True, ["guide_licence", "commercial_registration"]),
        ("group", False, ["commercial_registration"]),
        ("community_enterprise", False, ["community_enterprise_registration"]),
        ("company", False, ["company_registration"]),
    ],
)
def test_the_rules_ask_each_kind_of_business_for_its_own_papers(owner, kind, is_guide, asked):
    business = make_business(owner, kind=kind, is_guide=is_guide)
    assert [paper.kind for paper in queries.missing_papers(business, TODAY)] == asked


def test_a_community_enterprises_paper_is_only_recommended(owner):
    business = make_business(owner, kind="community_enterprise")
    assert [paper.required for paper in queries.missing_papers(business, TODAY)] == [False]


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"status": "submitted"}, "submitted"),
        ({"status": "refused"}, "refused"),
        ({"status": "accepted", "expires_on": TODAY - timedelta(days=1)}, "expired"),
    ],
)
def test_a_missing_paper_says_how_far_it_is(owner, officer, at, fields, state):
    business = make_business(owner)
    make_paper(business, "commercial_registration", checked_by=officer, checked_at=at, **fields)
    assert [paper.state for paper in queries.missing_papers(business, TODAY)] == [state]


def test_a_paper_holds_on_its_last_day_and_not_the_day_after(owner, officer):
    business = make_business(owner)
    licence = make_accepted(business, officer, expires_on=TODAY)
    assert queries.tour_licence_of(business, TODAY) == licence
    assert queries.tour_licence_of(business, TODAY + timedelta(days=1)) is None


def test_a_licence_that_waits_or_was_refused_is_no_licence(owner, officer, at):
    business = make_business(owner)
    make_paper(business)
    make_paper(business, status="refused", checked_by=officer, checked_at=at)
    assert queries.tour_licence_of(business, TODAY) is None


def test_papers_are_complete_only_when_nothing_required_is_missing(owner, officer):
    business = make_business(owner, is_guide=True)
    make_accepted(business, officer, "guide_licence", expires_on=TODAY)
    assert queries.papers_complete(business, TODAY) is False
    make_accepted(business, officer, "commercial_registration")
    assert queries.papers_complete(Business.objects.get(), TODAY) is True


def test_a_business_without_any_checked_paper_is_not_complete(owner):
    assert queries.papers_complete(make_business(owner, kind="community_enterprise"), TODAY) is False


def test_missing_papers_needs_one_query(owner, django_assert_num_queries):
    business = make_business(owner, is_guide=True)
    for kind in ("guide_licence", "commercial_registration", "tour_licence"):
        make_paper(business, kind)
    with django_assert_num_queries(1):
        queries.missing_papers(business, TODAY)


def test_ways_open_as_licences_and_partners_come(owner, teammate, officer):
    guide, operator = make_business(owner), make_business(teammate)
    ways = {way.key: way.open for way in queries.lawful_ways(guide, TODAY)}
    assert ways == {"own_licence": False, "partner": False, "profile": True, "workshop": True, "goods": True}
    make_accepted(operator, officer)
    make_agreement(guide, operator)
    assert {way.key for way in queries.lawful_ways(guide, TODAY) if way.open} == {
        "partner",
        "profile",
        "workshop",
        "goods",
    }


# ------------------------------------------------------------------ sending
def test_a_paper_that_is_sent_waits_with_its_picture_on_disk(owner, at):
    paper = send(make_business(owner), at)
    assert (paper.status, paper.number, paper.submitted_at) == ("submitted", "11/07440", at)
    assert (Path(settings.PRIVATE_ROOT) / paper.picture).is_file()
    assert AuditLine.objects.get().act == "paper.submitted"


def test_a_second_one_replaces_the_first_that_waits(owner, at, django_capture_on_commit_callbacks):
    business = make_business(owner)
    first = send(business, at)
    with django_capture_on_commit_callbacks(execute=True):
        send(business, at, number="11/07441")
    assert [paper.number for paper in business.papers.all()] == ["11/07441"]
    assert not (Path(settings.PRIVATE_ROOT) / first.picture).exists()


def test_an_accepted_one_stays_in_force_until_its_successor_is_checked(owner, officer, at):
    business = make_business(owner)
    old = make_accepted(business, officer, expires_on=TODAY + timedelta(days=20))
    send(business, at)
    assert queries.tour_licence_of(business, TODAY) == old
    assert business.papers.count() == 2


def test_a_wrong_tour_licence_number_is_refused_by_the_act(owner, at):
    with pytest.raises(actions.BadNumber):
        send(make_business(owner), at, number="7440")
    assert Paper.objects.count() == 0


def test_an_ended_paper_is_refused_by_the_act(owner, at):
    with pytest.raises(actions.PaperEnded):
        send(make_business(owner), at, expires_on=TODAY - timedelta(days=1))


def test_an_accepted_paper_cannot_be_withdrawn(owner, officer, at):
    paper = make_accepted(make_business(owner), officer)
    with pytest.raises(actions.CannotWithdraw):
        actions.withdraw_paper(paper=paper, by=owner, at=at)
    assert Paper.objects.count() == 1


def test_changing_the_name_sends_accepted_papers_back_to_the_desk(owner, officer, at):
    business = make_business(owner)
    make_accepted(business, officer)
    details = actions.BusinessDetails("natural", "บริษัทดัง ทัวร์", business.address, 50, "+66812345678")
    actions.save_business(owner=owner, details=details, business=business, at=at)
    assert Paper.objects.get().status == "submitted"
    assert queries.tour_licence_of(business, TODAY) is None


def test_changing_the_phone_leaves_papers_alone(owner, officer, at):
    business = make_business(owner)
    make_accepted(business, officer)
    details = actions.BusinessDetails("natural", business.name, business.address, 50, "+66899999999")
    actions.save_business(owner=owner, details=details, business=business, at=at)
    assert Paper.objects.get().status == "accepted"


def test_nobody_changes_anothers_business_or_payee(owner, stranger, at):
    business = make_business(owner)
    details = actions.BusinessDetails("natural", "ของฉัน", "ที่อยู่ของฉันเอง", 50, "+66899999999")
    with pytest.raises(actions.CannotSave):
        actions.save_business(owner=stranger, details=details, business=business, at=at)
    with pytest.raises(actions.CannotSave):
        actions.set_payee(business=business, promptpay="0899999999", promptpay_name="x", by=stranger, at=at)
    business.refresh_from_db()
    assert (business.name, business.promptpay) == ("สมหญิง ใจดี", "0812345678")


def test_a_new_payee_leaves_an_audit_line_without_the_whole_number(owner, at):
    business = make_business(owner)
    actions.set_payee(business=business, promptpay="0899991234", promptpay_name="น.ส. สมหญิง", by=owner, at=at)
    line = AuditLine.objects.get()
    assert (line.act, line.data) == ("business.payee", {"promptpay": "…1234"})
    assert "0899991234" not in line.text


# ------------------------------------------------------------------ warnings before the end
def test_the_owner_is_warned_once_at_sixty_and_once_at_thirty_days(owner, officer, at, deliver_events):
    make_accepted(make_business(owner), officer, expires_on=TODAY + timedelta(days=60))
    told = [actions.warn_of_papers_that_end(at=at + timedelta(days=day)) for day in (0, 0, 29, 30, 31, 59)]
    assert told == [1, 0, 0, 1, 0, 0]
    deliver_events()
    assert [letter.to for letter in mail.outbox] == [["owner@example.org"]] * 2


def test_nobody_is_warned_who_has_sent_the_new_paper(owner, officer, at):
    business = make_business(owner)
    make_accepted(business, officer, expires_on=TODAY + timedelta(days=10))
    make_paper(business, expires_on=TODAY + timedelta(days=700))
    assert actions.warn_of_papers_that_end(at=at) == 0


# ------------------------------------------------------------------ pages
def test_my_papers_shows_what_is_missing(owner, client_of):
    make_business(owner, is_guide=True)
    page = client_of(owner).get("/en" + reverse("my_papers")).content.decode()
    assert page.count("Not sent yet.") == 3


def test_without_a_business_the_page_says_what_to_do_first(owner, client_of):
    page = client_of(owner).get("/en" + reverse("my_papers")).content.decode()
    assert "First tell us who sells." in page


def test_papers_need_a_sign_in(client):
    answer = client.get(reverse("my_papers"))
    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]


def test_a_paper_is_sent_by_the_form_in_thai_digits_and_buddhist_years(owner, client_of):
    make_business(owner)
    form = {"number": "๑๑/๐๗๔๔๐", "expires_on": "31/1/2571", "picture": photo()}
    answer = client_of(owner).post(reverse("add_paper", args=["tour_licence"]), form)
    assert answer.status_code == 302
    paper = Paper.objects.get()
    assert (paper.number, paper.expires_on) == ("11/07440", date(2028, 1, 31))


def test_a_wrong_number_is_refused_at_the_field_and_kept(owner, client_of):
    make_business(owner)
    form = {"number": "7440", "expires_on": "31/1/2571", "picture": photo()}
    page = client_of(owner).post("/en" + reverse("add_paper", args=["tour_licence"]), form)
    assert list(page.context["form"].errors) == ["number"]
    assert 'value="7440"' in page.content.decode()
    assert Paper.objects.count() == 0


def test_an_unusual_guide_number_is_kept_and_remarked_upon(owner, client_of):
    make_business(owner, is_guide=True)
    form = {"number": "มค 5/99", "expires_on": "31/1/2571", "picture": photo()}
    page = client_of(owner).post("/en" + reverse("add_paper", args=["guide_licence"]), form, follow=True)
    assert Paper.objects.get().number == "มค 5/99"
    assert "looks unusual" in page.content.decode()


@pytest.mark.parametrize("day", ["1/1/2560", "", "31/2/2571"])
def test_a_last_day_that_is_over_missing_or_impossible_is_refused(owner, client_of, day):
    make_business(owner)
    form = {"number": "11/07440", "expires_on": day, "picture": photo()}
    page = client_of(owner).post(reverse("add_paper", args=["tour_licence"]), form)
    assert list(page.context["form"].errors) == ["expires_on"]


def test_what_is_no_picture_is_refused(owner, client_of):
    from django.core.files.uploadedfile import SimpleUploadedFile

    make_business(owner)
    upload = SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>", content_type="image/jpeg")
    form = {"number": "11/07440", "expires_on": "31/1/2571", "picture": upload}
    page = client_of(owner).post(reverse("add_paper", args=["tour_licence"]), form)
    assert list(page.context["form"].errors) == ["picture"]


def test_a_kind_that_the_business_may_not_send_does_not_exist(owner, client_of):
    make_business(owner)
    client = client_of(owner)
    assert client.get(reverse("add_paper", args=["company_registration"])).status_code == 404
    assert client.get(reverse("add_paper", args=["passport"])).status_code == 404


def test_my_papers_needs_as_many_queries_for_three_papers_as_for_one(owner, client_of, django_assert_num_queries):
    business = make_business(owner, is_guide=True)
    client = client_of(owner)
    make_paper(business, "guide_licence")
    client.get(reverse("my_papers"))
    with django_assert_num_queries(6):
        client.get(reverse("my_papers"))
    for kind in ("commercial_registration", "tour_licence"):
        make_paper(business, kind)
    with django_assert_num_queries(6):
        client.get(reverse("my_papers"))


def test_who_no_longer_guides_has_all_papers_and_the_mission_hears_of_it(owner, at, monkeypatch):
    """A guide sends the registration, and later says that they don't guide: nothing is missing any more."""
    told = []
    monkeypatch.setattr("tourdee.legal.actions.businesses.publish", told.append)
    business = make_business(owner, is_guide=True)
    make_paper(business, "commercial_registration", status="accepted", checked_by=owner, checked_at=at)
    as_typed = {name: getattr(business, name) for name in ("kind", "name", "address", "province", "phone", "email")}
    actions.save_business(
        owner=owner, business=business, details=actions.BusinessDetails(**as_typed, is_guide=True), at=at
    )
    assert told == []
    for _ in range(2):
        details = actions.BusinessDetails(**as_typed, is_guide=False)
        actions.save_business(owner=owner, business=business, details=details, at=at)
    assert [(type(one).__name__, one.user) for one in told] == [("PapersComplete", owner.public_id)]
