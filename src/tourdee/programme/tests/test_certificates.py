"""Certificates: numbers without gaps, frozen words, revocation, the files and who may have them."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tourdee.core.dates import at_bangkok
from tourdee.core.models import AuditLine
from tourdee.people.models import Organisation
from tourdee.programme import actions, queries
from tourdee.programme.models import Certificate, CertificateCounter, Enrolment, Programme

from .factories import make_cohort, make_enrolment, make_session
from .pages import english

pytestmark = pytest.mark.django_db


def numbers() -> list[str]:
    return list(Certificate.objects.order_by("pk").values_list("number", flat=True))


# ------------------------------------------------------------------ issuing
def test_everybody_who_passed_gets_one_in_the_order_of_the_seats(session, seats, signed, passed, officer, at):
    ann, ben, cho, dan = seats(4)
    passed(cho, ann, ben)
    passed(dan, outcome=False)
    actions.issue_certificates(cohort=session.cohort, by=officer, at=at)
    assert list(Certificate.objects.order_by("number").values_list("number", "name")) == [
        ("DSD 0001/2569", ann.name),
        ("DSD 0002/2569", ben.name),
        ("DSD 0003/2569", cho.name),
    ]
    assert AuditLine.objects.filter(act="certificate.issued").count() == 3


def test_issuing_twice_is_once(session, seats, signed, passed, officer, at):
    passed(*seats(2))
    assert len(actions.issue_certificates(cohort=session.cohort, by=officer, at=at)) == 2
    assert actions.issue_certificates(cohort=session.cohort, by=officer, at=at) == []
    first = Certificate.objects.order_by("pk").first()
    assert actions.issue_certificate(enrolment=first.enrolment, by=officer, at=at) == first
    assert numbers() == ["DSD 0001/2569", "DSD 0002/2569"]


def test_who_did_not_pass_gets_none(session, seat, signed, passed, officer, at):
    with pytest.raises(actions.NotPassed):
        actions.issue_certificate(enrolment=seat, by=officer, at=at)
    passed(seat, outcome=False)
    with pytest.raises(actions.NotPassed):
        actions.issue_certificate(enrolment=seat, by=officer, at=at)
    assert numbers() == []


@pytest.mark.parametrize("names", [[], ["นายสมชาย"], ["นายสมชาย", " "]])
def test_nothing_is_issued_before_two_people_can_sign(session, seat, passed, officer, at, names):
    passed(seat)
    for place, name in enumerate(names):
        session.cohort.programme.signatories.create(position=place, name_th=name, title_th="อธิบดี")
    with pytest.raises(actions.SignatoriesMissing):
        actions.issue_certificates(cohort=session.cohort, by=officer, at=at)
    assert numbers() == []
    assert CertificateCounter.objects.count() == 0


def test_a_number_that_was_not_used_leaves_no_gap(session, seats, signed, passed, officer, at):
    ann, ben = passed(*seats(2))
    with transaction.atomic():
        actions.issue_certificate(enrolment=ann, by=officer, at=at)
        transaction.set_rollback(True)  # the power fails
    actions.issue_certificate(enrolment=ben, by=officer, at=at)
    assert numbers() == ["DSD 0001/2569"]


def test_numbers_begin_again_with_the_buddhist_year_of_bangkok(session, seats, signed, passed, officer):
    ann, ben, cho = passed(*seats(3))
    for one, hour in ((ann, 22), (ben, 23)):
        moment = at_bangkok(datetime(2026, 12, 31).date(), hour)  # noqa: DTZ001  (only its day)
        actions.issue_certificate(enrolment=one, by=officer, at=moment)
    new_year = at_bangkok(datetime(2027, 1, 1).date(), 0)  # noqa: DTZ001  (only its day)
    actions.issue_certificate(enrolment=cho, by=officer, at=new_year)
    assert numbers() == ["DSD 0001/2569", "DSD 0002/2569", "DSD 0001/2570"]


def test_a_programme_has_its_own_prefix(session, seat, signed, passed, officer, at):
    Programme.objects.filter(pk=session.cohort.programme_id).update(certificate_prefix="DSD-DE")
    passed(seat)
    issued = actions.issue_certificate(enrolment=Enrolment.objects.get(pk=seat.pk), by=officer, at=at)
    assert issued.number == "DSD-DE 0001/2569"


def test_the_database_refuses_a_second_valid_certificate(certificate):
    copy = Certificate.objects.get(pk=certificate.pk)
    copy.pk, copy.number, copy.verify_code, copy.public_id = None, "DSD 0009/2569", "x" * 32, "x" * 16
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_everything_on_it_is_frozen(session, cohort, seat, signed, passed, officer, partner, at):
    cohort.programme.partners.add(partner)
    make_session(cohort, number=2, day=cohort.starts_on + timedelta(days=2))
    make_session(cohort, number=3, day=cohort.starts_on + timedelta(days=3))
    passed(seat)
    issued = actions.issue_certificate(enrolment=seat, by=officer, at=at)
    Enrolment.objects.update(name="ชื่อใหม่")
    Programme.objects.update(name_th="ชื่อใหม่", hours=1)
    Organisation.objects.update(name_th="ชื่อใหม่")
    cohort.programme.signatories.update(name_th="ชื่อใหม่")
    paper = queries.certificate_data([Certificate.objects.get(pk=issued.pk)])["certificates"][0]
    assert paper == {
        "number": "DSD 0001/2569",
        "name": seat.name,
        "bodies": ["กรมพัฒนาฝีมือแรงงาน", "ทีม ETDA"],
        "programme": "หลักสูตรดิจิทัล",
        "cohort": cohort.name_th,
        "hours": "18",
        "dates": "วันที่ 23, 25 และ 26 พฤศจิกายน 2569",
        "issued": "23 พฤศจิกายน 2569",
        "signatories": [
            {"name": "นายสมชาย ใจดี", "title": "อธิบดี"},
            {"name": "นางสาวสมหญิง น้ำใส", "title": "ผู้อำนวยการ"},
        ],
    }


@pytest.mark.parametrize(
    ("days", "thai", "english_words"),
    [
        (["2020-11-23"], "23 พฤศจิกายน 2563", "23 November 2020"),
        (["2020-11-23", "2020-11-25"], "23 และ 25 พฤศจิกายน 2563", "23 and 25 November 2020"),
        (
            ["2026-12-30", "2026-12-31", "2027-01-04"],
            "30 และ 31 ธันวาคม 2569 และ 4 มกราคม 2570",
            "30 and 31 December 2026 and 4 January 2027",
        ),
        ([f"2026-11-{day:02d}" for day in range(1, 10)], "1 พฤศจิกายน 2569 ถึง 9 พฤศจิกายน 2569",
         "1 November 2026 to 9 November 2026"),
    ],
)  # fmt: skip
def test_days_in_words(days, thai, english_words):
    days = [datetime.fromisoformat(day).date() for day in days]
    assert queries.days_in_words(days, "th") == thai
    assert queries.days_in_words(days, "en") == english_words


# ------------------------------------------------------------------ revoking
def test_a_revoked_certificate_is_replaced_under_a_new_number(certificate, seat, officer, at):
    actions.revoke_certificate(certificate=certificate, reason="พิมพ์ชื่อผิด", by=officer, at=at)
    certificate.refresh_from_db()
    assert (certificate.revoked_at, certificate.revoked_reason, certificate.revoked_by) == (at, "พิมพ์ชื่อผิด", officer)
    new = actions.issue_certificate(enrolment=seat, by=officer, at=at)
    assert numbers() == ["DSD 0001/2569", "DSD 0002/2569"]
    assert new.verify_code != certificate.verify_code
    assert [line.act for line in AuditLine.objects.order_by("pk")] == [
        "certificate.issued",
        "certificate.revoked",
        "certificate.issued",
    ]


def test_a_revocation_needs_a_reason(certificate, officer, at):
    with pytest.raises(actions.NeedsReason):
        actions.revoke_certificate(certificate=certificate, reason="  ", by=officer, at=at)
    certificate.refresh_from_db()
    assert certificate.revoked_at is None


def test_revoking_twice_is_once(certificate, officer, at):
    actions.revoke_certificate(certificate=certificate, reason="พิมพ์ชื่อผิด", by=officer, at=at)
    with pytest.raises(actions.AlreadyRevoked):
        actions.revoke_certificate(certificate=certificate, reason="อย่างอื่น", by=officer, at=at)
    certificate.refresh_from_db()
    assert certificate.revoked_reason == "พิมพ์ชื่อผิด"


def test_issue_and_revocation_are_told(seat, session, signed, passed, officer, at, monkeypatch):
    told = []
    monkeypatch.setattr("tourdee.events.publish", told.append)
    passed(seat)
    issued = actions.issue_certificate(enrolment=seat, by=officer, at=at)
    actions.revoke_certificate(certificate=issued, reason="พิมพ์ชื่อผิด", by=officer, at=at)
    assert [(type(one).__name__, one.user, one.certificate) for one in told] == [
        ("CertificateIssued", seat.user.public_id, issued.public_id),
        ("CertificateRevoked", seat.user.public_id, issued.public_id),
    ]


# ------------------------------------------------------------------ the pages
def test_the_office_issues_prints_and_revokes_on_its_page(session, seats, signed, passed, officer, client_of, clock):
    ann, ben = passed(*seats(2))
    client, slug = client_of(officer), session.cohort.slug
    page = client.get(english("certificates", slug)).content.decode()
    assert "2 learners passed and have no certificate yet." in page
    client.post(english("issue_certificate", slug, ann.public_id))
    answer = client.post(english("issue_certificates", slug), follow=True)
    assert "1 certificate was issued." in answer.content.decode()
    assert numbers() == ["DSD 0001/2569", "DSD 0002/2569"]
    book = client.get(english("certificates_pdf", slug))
    assert (book["Content-Type"], book.content[:5]) == ("application/pdf", b"%PDF-")
    assert "certificates.pdf" in book["Content-Disposition"]
    first = Certificate.objects.get(enrolment=ann)
    refused = client.post(english("revoke_certificate", first.public_id), {"reason": ""})
    assert list(refused.context["form"].errors) == ["reason"]
    client.post(english("revoke_certificate", first.public_id), {"reason": "พิมพ์ชื่อผิด"})
    page = client.get(english("certificates", slug)).content.decode()
    assert "Issued (1)" in page
    assert "พิมพ์ชื่อผิด" in page
    assert client.get(english("office_certificate_pdf", first.public_id)).status_code == 404
    assert ben.name in page


def test_without_signatories_the_page_says_what_to_do_first(session, seat, passed, officer, client_of, clock):
    passed(seat)
    client, slug = client_of(officer), session.cohort.slug
    assert "Two people sign each certificate." in client.get(english("certificates", slug)).content.decode()
    answer = client.post(english("issue_certificates", slug), follow=True)
    assert "Please write their names and positions first." in answer.content.decode()
    assert numbers() == []


def test_an_empty_book_is_not_printed(session, officer, client_of, clock):
    answer = client_of(officer).get(english("certificates_pdf", session.cohort.slug), follow=True)
    assert "There is no certificate to print yet." in answer.content.decode()


def test_learners_have_their_own_certificates_and_no_others(certificate, owner, teammate, client_of, clock):
    own = client_of(owner)
    page = own.get(english("my_certificates")).content.decode()
    assert certificate.number in page
    assert queries.verify_address(certificate) in page
    file = own.get(english("my_certificate_pdf", certificate.public_id))
    assert file.content[:5] == b"%PDF-"
    assert "DSD-0001-2569.pdf" in file["Content-Disposition"]
    other = client_of(teammate)
    assert certificate.number not in other.get(english("my_certificates")).content.decode()
    assert other.get(english("my_certificate_pdf", certificate.public_id)).status_code == 404


def test_a_revoked_certificate_is_not_handed_out_again(certificate, owner, officer, client_of, clock, at):
    actions.revoke_certificate(certificate=certificate, reason="พิมพ์ชื่อผิด", by=officer, at=at)
    client = client_of(owner)
    assert "พิมพ์ชื่อผิด" in client.get(english("my_certificates")).content.decode()
    assert client.get(english("my_certificate_pdf", certificate.public_id)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_take_the_same_queries_for_any_number_of_learners(
    number, session, seats, signed, passed, officer, owner, client_of, clock, at, django_assert_num_queries
):
    passed(*seats(number))
    client = client_of(officer)
    with django_assert_num_queries(8):
        client.get(english("certificates", session.cohort.slug))
    actions.issue_certificates(cohort=session.cohort, by=officer, at=at)
    with django_assert_num_queries(8):
        client.get(english("certificates", session.cohort.slug))
    with django_assert_num_queries(7):
        client.get(english("certificates_pdf", session.cohort.slug))


@pytest.mark.parametrize("who", ["other_officer", "owner", "stranger", "instructor"])
def test_the_certificates_of_others_are_not_found(who, certificate, seat, client_of, clock, request):
    client = client_of(request.getfixturevalue(who))
    slug, number = seat.cohort.slug, certificate.public_id
    addresses = [
        ("get", reverse("certificates", args=[slug])),
        ("post", reverse("issue_certificates", args=[slug])),
        ("get", reverse("certificates_pdf", args=[slug])),
        ("post", reverse("issue_certificate", args=[slug, seat.public_id])),
        ("get", reverse("office_certificate_pdf", args=[number])),
        ("get", reverse("revoke_certificate", args=[number])),
        ("post", reverse("revoke_certificate", args=[number])),
    ]
    data = {"reason": "ขอยกเลิก"}
    assert [getattr(client, method)(address, data).status_code for method, address in addresses] == [404] * 7
    certificate.refresh_from_db()
    assert certificate.revoked_at is None


def test_a_learner_of_another_cohort_gets_no_certificate_here(office, session, signed, passed, officer, client_of, at):
    foreign = make_enrolment(make_cohort(office), at=at)
    passed(foreign)
    answer = client_of(officer).post(reverse("issue_certificate", args=[session.cohort.slug, foreign.public_id]))
    assert answer.status_code == 404
    assert numbers() == []
