"""Guides and licensed operators."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from tourdee.core.models import AuditLine
from tourdee.legal import actions, queries
from tourdee.legal.models import Business, OperatorAgreement

from .factories import make_accepted, make_agreement, make_business

TODAY = date(2026, 11, 23)


@pytest.fixture
def guide(owner):
    return make_business(owner, name="ไกด์สมหญิง")


@pytest.fixture
def operator(teammate, officer):
    business = make_business(teammate, name="เชียงใหม่ทัวร์", kind="company", takes_partners=True)
    make_accepted(business, officer, expires_on=TODAY + timedelta(days=100))
    return business


def test_only_a_licensed_business_may_offer_itself(guide, at):
    with pytest.raises(actions.NoTourLicence):
        actions.offer_partnership(business=guide, takes=True, at=at)
    assert Business.objects.get(pk=guide.pk).takes_partners is False


def test_the_whole_way_from_question_to_job_order(guide, operator, at, deliver_events):
    agreement = actions.ask_partner(guide=guide, operator=operator, note="นำชมเมืองเก่า", at=at)
    assert queries.partners_of(guide, TODAY) == []
    actions.accept_agreement(agreement=agreement, job_order="JO-7", by=operator.owner, at=at)
    assert queries.partners_of(guide, TODAY) == [agreement]
    assert queries.sells_under(guide, operator, TODAY) is True
    assert [line.act for line in AuditLine.objects.order_by("id")] == ["agreement.changed"] * 2
    deliver_events()
    assert [letter.to for letter in mail.outbox] == [["teammate@example.org"], ["owner@example.org"]]
    assert "JO-7" in mail.outbox[1].body


def test_a_partner_is_asked_once(guide, operator, at):
    actions.ask_partner(guide=guide, operator=operator, note="", at=at)
    with pytest.raises(actions.CannotAsk):
        actions.ask_partner(guide=guide, operator=operator, note="", at=at)
    assert OperatorAgreement.objects.count() == 1


def test_an_operator_that_takes_nobody_or_is_me_cannot_be_asked(guide, operator, owner, at):
    Business.objects.filter(pk=operator.pk).update(takes_partners=False)
    operator.refresh_from_db()
    with pytest.raises(actions.CannotAsk):
        actions.ask_partner(guide=guide, operator=operator, note="", at=at)
    Business.objects.filter(pk=operator.pk).update(takes_partners=True, owner=owner)
    operator.refresh_from_db()
    with pytest.raises(actions.CannotAsk):
        actions.ask_partner(guide=guide, operator=operator, note="", at=at)


def test_an_agreement_needs_a_job_order(guide, operator, at):
    agreement = actions.ask_partner(guide=guide, operator=operator, note="", at=at)
    with pytest.raises(actions.NeedsJobOrder):
        actions.accept_agreement(agreement=agreement, job_order=" ", by=operator.owner, at=at)


def test_the_guide_cannot_accept_in_the_operators_place(guide, operator, at):
    agreement = actions.ask_partner(guide=guide, operator=operator, note="", at=at)
    with pytest.raises(actions.AgreementHasMoved):
        actions.accept_agreement(agreement=agreement, job_order="JO-1", by=guide.owner, at=at)
    assert OperatorAgreement.objects.get().status == "asked"


def test_an_operator_whose_licence_ended_cannot_accept(guide, operator, at):
    agreement = actions.ask_partner(guide=guide, operator=operator, note="", at=at)
    operator.papers.update(expires_on=TODAY - timedelta(days=1))
    with pytest.raises(actions.NoTourLicence):
        actions.accept_agreement(agreement=agreement, job_order="JO-1", by=operator.owner, at=at)


def test_partners_whose_licence_ended_do_not_count(guide, operator):
    make_agreement(guide, operator)
    assert queries.sells_under(guide, operator, TODAY) is True
    operator.papers.update(expires_on=TODAY - timedelta(days=1))
    assert queries.partners_of(guide, TODAY) == []
    assert queries.sells_under(guide, operator, TODAY) is False


@pytest.mark.parametrize("side", ["guide", "operator"])
def test_either_side_ends_it_and_it_can_be_asked_anew(request, guide, operator, at, side):
    agreement = make_agreement(guide, operator)
    actions.end_agreement(agreement=agreement, by=request.getfixturevalue(side).owner, at=at)
    assert queries.partners_of(guide, TODAY) == []
    with pytest.raises(actions.AgreementHasMoved):
        actions.end_agreement(agreement=agreement, by=guide.owner, at=at)
    actions.ask_partner(guide=guide, operator=operator, note="", at=at)


def test_a_stranger_ends_nothing(guide, operator, stranger, at):
    agreement = make_agreement(guide, operator)
    with pytest.raises(actions.AgreementHasMoved):
        actions.end_agreement(agreement=agreement, by=stranger, at=at)
    assert OperatorAgreement.objects.get().status == "active"


def test_operators_of_the_same_province_come_first(guide, operator, stranger, officer):
    far = make_business(stranger, name="กรุงเทพทัวร์", province=10, takes_partners=True)
    make_accepted(far, officer, number="11/00001")
    assert queries.operators_to_ask(guide, TODAY) == [operator, far]
    assert queries.operators_to_ask(guide, TODAY, "กรุงเทพ") == [far]


# ------------------------------------------------------------------ pages
def test_guide_asks_and_operator_accepts_on_their_pages(guide, operator, client_of):
    asker, seller = client_of(guide.owner), client_of(operator.owner)
    asker.post(reverse("ask_partner", args=[operator.public_id]), {"note": "สวัสดีค่ะ"})
    agreement = OperatorAgreement.objects.get()
    assert "สวัสดีค่ะ" in seller.get(reverse("my_partners")).content.decode()
    seller.post(reverse("accept_agreement", args=[agreement.public_id]), {"job_order": "JO-9"})
    agreement.refresh_from_db()
    assert (agreement.status, agreement.job_order) == ("active", "JO-9")


def test_agreements_of_others_do_not_exist(guide, operator, stranger, officer, client_of):
    agreement = make_agreement(guide, operator, status="asked", job_order="")
    client = client_of(stranger)
    for name in ("accept_agreement", "refuse_agreement", "end_agreement"):
        answer = client.post(reverse(name, args=[agreement.public_id]), {"job_order": "JO-X"})
        assert answer.status_code == 404
    assert client_of(guide.owner).post(reverse("refuse_agreement", args=[agreement.public_id])).status_code == 404
    assert OperatorAgreement.objects.get().status == "asked"


def test_a_business_that_takes_no_partners_has_no_page_to_ask(guide, stranger, client_of):
    other = make_business(stranger)
    assert client_of(guide.owner).get(reverse("ask_partner", args=[other.public_id])).status_code == 404


def test_the_partners_page_needs_as_many_queries_for_three_operators(
    guide, operator, officer, client_of, django_assert_num_queries
):
    client = client_of(guide.owner)
    client.get(reverse("my_partners"))
    with django_assert_num_queries(9):
        client.get(reverse("my_partners"))
    from tourdee.people.models import User

    for number in (1, 2):
        person = User.objects.create_user(f"operator{number}@example.org")
        make_accepted(make_business(person, takes_partners=True), officer, number=f"11/0000{number}")
    with django_assert_num_queries(9):
        client.get(reverse("my_partners"))
