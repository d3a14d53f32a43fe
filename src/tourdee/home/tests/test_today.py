"""What each person is told to do next."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tourdee.impact.models import FollowUp
from tourdee.inbox.actions import receive_message
from tourdee.learn.models import Mission, MissionProgress
from tourdee.legal.tests.factories import make_paper
from tourdee.people.models import Membership, Organisation, User
from tourdee.programme.models import Decision
from tourdee.programme.tests.factories import (
    make_application,
    make_cohort,
    make_enrolment,
    make_programme,
    make_session,
    make_session_topic,
    make_topics,
)
from tourdee.shop.actions.payments import receive_slip, record_manual_payment
from tourdee.shop.tests.factories import (
    a_business,
    a_departure,
    a_shop,
    a_slip,
    a_tour,
    an_operator,
    an_order,
    in_days,
    seats,
)

from ..queries import today_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def titles(page):
    """First what is first, then the others."""
    return [todo.title for todo in [page.first, *page.others] if todo]


def todos_of(user, at):
    page = today_of(user, at)
    return [todo for todo in [page.first, *page.others] if todo]


@pytest.fixture
def order(owner, at):
    """Two adults, ฿2,400, not paid yet, in the owner's shop."""
    tour = a_tour(a_shop(owner, name_th="ร้านสมหญิง"))
    return an_order(tour.shop, seats(a_departure(tour, starts_at=in_days(at, 10))), at=at)


def pay(order, at):
    record_manual_payment(order=order, by=order.seller.owner, satang=240000, reference="T1", at=at)


# ------------------------------------------------------------------ learners
def test_a_learner_at_the_very_beginning_applies_first(office, owner, at):
    cohort = make_cohort(office, name_th="รุ่นเปิด", seats=40)
    page = today_of(owner, at)
    assert (page.first.title, page.first.url) == ("สมัครเรียน", reverse("cohort", args=[cohort.slug]))
    assert page.first.text == "รุ่นเปิด เริ่มวันจันทร์ที่ 7 ธันวาคม 2569 เหลือ 40 ที่นั่ง"
    assert titles(page)[-1] == "เปิดร้านของคุณ"


def test_without_an_open_cohort_the_course_itself_comes_first(owner, at):
    assert today_of(owner, at).first.url == reverse("course")


@pytest.mark.parametrize("status", ["refused", "withdrawn", "no_show"])
def test_who_got_no_seat_may_apply_again(status, office, owner, at):
    make_application(make_cohort(office), owner, at=at, status=status, reason="ไม่ตรงกลุ่ม")
    again = make_cohort(office, starts_on=date(2026, 12, 1))
    assert today_of(owner, at).first.url == reverse("cohort", args=[again.slug])


@pytest.mark.parametrize("status", ["submitted", "waiting"])
def test_an_application_that_waits_is_shown_and_no_second_one_is_asked_for(status, office, owner, at):
    number = 1 if status == "waiting" else None
    application = make_application(make_cohort(office), owner, at=at, status=status, waiting_number=number)
    page = today_of(owner, at)
    assert page.first.url == reverse("application", args=[application.public_id])
    assert "สมัครเรียน" not in titles(page)


def test_a_seated_learner_with_a_half_day_today_checks_in_first(office, owner, at):
    cohort = make_cohort(office, starts_on=at.date())
    make_enrolment(cohort, owner, at=at - timedelta(days=20))
    session = make_session(cohort, hour=12)
    page = today_of(owner, at)
    assert (page.first.url, page.session) == (reverse("check_in_code"), session)


def test_half_an_hour_before_is_time_to_check_in_and_earlier_is_not(office, owner, at):
    cohort = make_cohort(office, starts_on=at.date())
    make_enrolment(cohort, owner, at=at - timedelta(days=20))
    session = make_session(cohort, hour=13)
    check_in = reverse("check_in_code")
    assert today_of(owner, session.starts_at - timedelta(minutes=30)).first.url == check_in
    assert today_of(owner, session.starts_at - timedelta(minutes=31)).first.url != check_in
    assert today_of(owner, session.ends_at).session is None


def test_a_waiting_question_of_the_office_is_shown_until_it_is_answered(office, owner, at):
    enrolment = make_enrolment(make_cohort(office), owner, at=at)
    row = FollowUp.objects.create(enrolment=enrolment, months=3, due_on=at.date())
    page = today_of(owner, at)
    assert (page.first.title, page.first.url) == ("ตอนนี้เป็นอย่างไรบ้าง", reverse("follow_up", args=[row.public_id]))
    assert page.first.text == "จบหลักสูตรมา 3 เดือนแล้ว สำนักงานขอถามหนึ่งข้อ ใช้เวลาหนึ่งนาที"
    FollowUp.objects.update(answer="earns_more", answered_at=at)
    assert "ตอนนี้เป็นอย่างไรบ้าง" not in titles(today_of(owner, at))


def test_a_question_to_somebody_else_is_not_shown(office, owner, teammate, at):
    cohort = make_cohort(office)
    make_enrolment(cohort, owner, at=at)
    FollowUp.objects.create(enrolment=make_enrolment(cohort, teammate, at=at), months=3, due_on=at.date())
    assert "ตอนนี้เป็นอย่างไรบ้าง" not in titles(today_of(owner, at))


# ------------------------------------------------------------------ sellers
def test_a_slip_to_confirm_comes_before_everything_else(office, owner, order, at):
    cohort = make_cohort(office, starts_on=at.date())
    make_enrolment(cohort, owner, at=at - timedelta(days=20))
    make_session(cohort, hour=12)
    receive_slip(order=order, upload=a_slip(), at=at)
    page = today_of(owner, at)
    assert (page.first.title, page.first.count, page.first.url) == ("ยอดเงินรอยืนยัน", 1, reverse("my_orders"))
    assert titles(page)[1] == "ลงเวลาเรียนวันนี้"


def test_the_seller_sees_what_was_earned_and_nobody_elses_money(owner, teammate, order, at):
    assert today_of(owner, at).facts == []
    pay(order, at)
    assert [fact[1] for fact in today_of(owner, at).facts] == ["฿2,400", "1"]
    assert today_of(teammate, at).facts == []


def test_money_that_goes_back_is_not_earned(owner, order, at):
    pay(order, at)
    order.refresh_from_db()
    order.refund_due_satang = 40000
    order.save(update_fields=["refund_due_satang"])
    assert [fact[1] for fact in today_of(owner, at).facts] == ["฿2,000", "1"]


def test_a_sale_under_a_partners_licence_shows_with_guide_and_partner(owner, at):
    shop = a_shop(owner)
    tour = a_tour(shop, operator=an_operator(shop.business))
    order = an_order(shop, seats(a_departure(tour, starts_at=in_days(at, 10))), at=at)
    pay(order, at)
    for user in (owner, tour.operator.owner):
        assert [fact[1] for fact in today_of(user, at).facts] == ["฿2,400", "1"]


def test_a_shop_that_is_not_open_yet_is_finished_next(owner, at):
    a_shop(owner, status="draft")
    assert "ร้านของคุณยังไม่เปิด" in titles(today_of(owner, at))


# ------------------------------------------------------------------ staff
def test_an_officer_sees_applications_papers_and_half_days_of_the_own_office(office, officer, owner, at):
    cohort = make_cohort(office, name_th="รุ่นของเรา")
    make_application(cohort, at=at)
    make_application(cohort, at=at)
    make_paper(a_business(licensed=False))
    running = make_cohort(office, status="closed", starts_on=at.date(), name_th="รุ่นวันนี้")
    session = make_session(running, hour=13)
    page = today_of(officer, at)
    found = [(todo.url, todo.text, todo.count) for todo in [page.first, *page.others]]
    assert found[0] == (reverse("attendance_wall", args=[session.public_id]), "รุ่นวันนี้", 0)
    assert found[1] == (reverse("office_applications", args=[cohort.slug]), "รุ่นของเรา", 2)
    assert [(url, count) for url, _text, count in found[2:]] == [(reverse("paper_checks"), 1), (reverse("impact"), 0)]
    assert [fact[1] for fact in page.facts] == ["2", "0", "2"]


def test_an_officer_sees_nothing_of_another_office(other_office, officer, at, client_of):
    theirs = make_cohort(other_office, programme=make_programme(other_office), name_th="รุ่นลับเฉพาะ", starts_on=at.date())
    make_application(theirs, at=at)
    make_session(theirs, hour=13)
    page = today_of(officer, at)
    assert [fact[1] for fact in page.facts] == ["0", "0", "0"]
    assert [todo.url for todo in [page.first, *page.others]] == [reverse("impact")]
    assert "ลับเฉพาะ" not in client_of(officer).get(reverse("today")).content.decode()


def test_an_instructor_sees_the_own_sessions_and_missions_to_look_at(office, partner, instructor, teammate, at):
    cohort = make_cohort(office)
    make_session_topic(make_session(cohort), partner, instructor)
    page = today_of(instructor, at)
    assert (page.first.url, page.first.text) == (reverse("teaching"), cohort.name_th)
    topic = make_topics()[1]
    mission = Mission.objects.create(
        slug="line-oa-opened", topic=topic, evidence="submission", position=1, title_th="เปิด LINE OA",
        title_en="Open LINE OA", how_th="", how_en="",
    )  # fmt: skip
    MissionProgress.objects.create(
        user=teammate, mission=mission, status="submitted", link="https://line.example/1", at=at
    )
    page = today_of(instructor, at)
    assert (page.first.url, page.first.count) == (reverse("mission_reviews"), 1)


def test_the_host_begins_with_the_office_and_goes_on_with_people_and_roles(db, at):
    host = User.objects.create_user("host@example.org", is_host=True)
    assert titles(today_of(host, at)) == ["เพิ่มสำนักงานของคุณ", "บุคคลและบทบาท"]
    Organisation.objects.create(slug="dsd", kind="office", name_th="กรมพัฒนาฝีมือแรงงาน", name_en="DSD")
    assert titles(today_of(host, at)) == ["บุคคลและบทบาท"]


def test_an_officer_who_is_also_a_learner_sees_both_the_desk_first(office, other_office, officer, at):
    theirs = make_cohort(other_office, programme=make_programme(other_office))
    application = make_application(theirs, officer, at=at)
    urls = [todo.url for todo in [today_of(officer, at).first, *today_of(officer, at).others]]
    assert urls.index(reverse("impact")) < urls.index(reverse("application", args=[application.public_id]))


def test_an_officer_without_part_in_the_course_is_not_told_to_open_a_shop(officer, at):
    assert reverse("my_shop") not in [todo.url for todo in [today_of(officer, at).first, *today_of(officer, at).others]]


# ------------------------------------------------------------------ the page
@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("who", ["owner", "officer", "instructor", "stranger"])
def test_the_page_greets_by_name_and_has_one_primary_button(who, prefix, office, request, client_of):
    user = request.getfixturevalue(who)
    html = client_of(user).get(f"{prefix}{reverse('today')}").content.decode()
    assert user.name in html
    assert html.split("<main", 1)[1].count("btn-primary") == 1


def test_who_is_not_signed_in_is_asked_to(client):
    assert client.get(reverse("today"))["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("number", [1, 3])
def test_a_sellers_page_asks_as_often_for_three_slips_as_for_one(
    number, owner, order, at, client_of, django_assert_num_queries
):
    departure = order.lines.get().departure
    receive_slip(order=order, upload=a_slip(), at=at)
    for _ in range(number - 1):
        another = an_order(order.shop, seats(departure), at=at)
        receive_slip(order=another, upload=a_slip(), at=at)
    client = client_of(owner)
    client.get(reverse("today"))
    with django_assert_num_queries(26):
        client.get(reverse("today"))


@pytest.mark.parametrize("number", [1, 3])
def test_an_officers_page_asks_as_often_for_three_cohorts_as_for_one(
    number, office, officer, at, client_of, django_assert_num_queries
):
    for _ in range(number):
        make_application(make_cohort(office), at=at)
    client = client_of(officer)
    client.get(reverse("today"))
    with django_assert_num_queries(11):
        client.get(reverse("today"))


def test_roles_are_those_of_memberships(officer, at):
    Membership.objects.all().delete()
    assert reverse("impact") not in [todo.url for todo in today_of(User.objects.get(pk=officer.pk), at).others]


def test_a_customer_who_waits_comes_before_learning(owner, at):
    talk = {"channel": "line", "contact": "U1", "name": "นก", "outside_id": "1", "text": "ว่างไหม", "at": at}
    receive_message(shop=a_shop(owner), **talk)
    assert (titles(today_of(owner, at))[0], today_of(owner, at).first.count) == ("ลูกค้ารอคำตอบ", 1)


# ------------------------------------------------------------------ when the course is held
def test_an_officer_is_told_to_decide_and_then_to_issue_the_certificates(office, officer, at):
    past = make_cohort(office, status="closed", starts_on=at.date() - timedelta(days=9), name_th="รุ่นที่จบ")
    seat = make_enrolment(past, at=at - timedelta(days=30))
    decide = reverse("decisions", args=[past.slug])
    assert [(todo.url, todo.text, todo.count) for todo in todos_of(officer, at)][:1] == [(decide, "รุ่นที่จบ", 1)]
    Decision.objects.create(enrolment=seat, passed=True, rule={}, figures={}, decided_at=at, decided_by=officer)
    assert [todo.url for todo in todos_of(officer, at)][:1] == [reverse("certificates", args=[past.slug])]


def test_an_officer_of_another_office_is_told_nothing_of_it(other_office, officer, at):
    make_enrolment(make_cohort(other_office, starts_on=at.date() - timedelta(days=9)), at=at)
    assert [todo.url for todo in todos_of(officer, at)] == [reverse("impact")]


def test_a_learner_who_did_not_pass_is_led_to_what_is_missing(office, owner, teammate, officer, at):
    seat = make_enrolment(make_cohort(office, name_th="รุ่นของฉัน"), owner, at=at)
    decision = Decision.objects.create(
        enrolment=seat, passed=False, rule={}, figures={}, decided_at=at, decided_by=officer
    )
    page = f"{reverse('application', args=[seat.application.public_id])}#result"
    assert page in [todo.url for todo in todos_of(owner, at)]
    assert page not in [todo.url for todo in todos_of(teammate, at)]
    decision.passed = True
    decision.save()
    assert page not in [todo.url for todo in todos_of(owner, at)]


@pytest.mark.parametrize(("minutes", "first"), [(31, False), (30, True), (-100, True), (-181, False)])
def test_an_instructor_is_led_to_the_wall_while_it_is_needed(minutes, first, office, partner, instructor, at):
    starts = at + timedelta(minutes=minutes)
    session = make_session(make_cohort(office), starts_at=starts, ends_at=starts + timedelta(hours=3))
    make_session_topic(session, partner, instructor)
    wall = reverse("attendance_wall", args=[session.public_id])
    assert (todos_of(instructor, at)[0].url == wall) is first


def test_money_that_a_partner_is_paid_is_looked_for_by_the_partner_alone(owner, at):
    shop = a_shop(owner)
    tour = a_tour(shop, operator=an_operator(shop.business))
    order = an_order(shop, seats(a_departure(tour, starts_at=in_days(at, 10))), at=at)
    receive_slip(order=order, upload=a_slip(), at=at)
    waiting = "ยอดเงินรอยืนยัน"
    assert waiting not in titles(today_of(owner, at))
    assert titles(today_of(tour.operator.owner, at))[0] == waiting
