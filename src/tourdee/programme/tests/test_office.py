"""The office's desk: cohorts, programmes, applications, seats, lists."""

from datetime import date
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from openpyxl import load_workbook

from tourdee.core.dates import at_bangkok
from tourdee.core.models import AuditLine
from tourdee.people.models import Membership
from tourdee.programme import actions
from tourdee.programme.models import Application, Cohort, Programme

from .factories import make_application, make_cohort, make_enrolment, make_programme, make_session

pytestmark = pytest.mark.django_db
Status = Application.Status


@pytest.fixture
def desk(client_of, officer, clock):
    """The officer's browser."""
    return client_of(officer)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def programme_typed(**values):
    return {
        "name_th": "หลักสูตรใหม่", "name_en": "New course", "purpose_th": "ขายได้", "purpose_en": "To sell",
        "audience": ["tour_guide", "new_graduate"], "hours": "12", "partners": ["etda-ecommerce"], "certificate_prefix": "NEW",
        "signatory_name_1": "นางสาวอรุณี ตัวอย่าง", "signatory_title_1": "ผู้อำนวยการ", **values,
    }  # fmt: skip


def cohort_typed(**values):
    return {
        "name_th": "รุ่นที่ 9", "name_en": "Cohort 9", "audience_group": "", "venue_th": "ห้อง 1", "venue_en": "Room 1",
        "seats": "30", "target": "25", "starts_on": "7/12/2569", "ends_on": "2026-12-09", "closes_on": "4/12/2569",
        "closes_at": "16.30", **values,
    }  # fmt: skip


# ------------------------------------------------------------------ programmes and cohorts
def test_an_officer_sets_up_a_programme(desk, office, partner):
    response = desk.post(reverse("new_programme"), programme_typed())
    made = Programme.objects.get()
    assert response.url == f"{reverse('new_cohort')}?programme=new-course"
    assert (made.office, made.slug, made.hours, made.certificate_prefix) == (office, "new-course", 12, "NEW")
    assert made.audience == ["tour_guide", "new_graduate"]
    assert list(made.partners.all()) == [partner]
    assert list(made.signatories.values_list("position", "name_th", "title_th")) == [
        (1, "นางสาวอรุณี ตัวอย่าง", "ผู้อำนวยการ")
    ]


def test_an_officer_cannot_give_a_programme_to_another_office(desk, office, other_office, partner):
    desk.post(reverse("new_programme"), programme_typed(office=other_office.slug))
    assert Programme.objects.get().office == office


def test_an_officer_of_two_offices_chooses(desk, officer, office, other_office, partner):
    Membership.objects.create(user=officer, organisation=other_office, role="officer")
    desk.post(reverse("new_programme"), programme_typed(office=other_office.slug))
    assert Programme.objects.get().office == other_office


def test_a_signatory_needs_a_position(desk, partner):
    page = desk.post(reverse("new_programme"), programme_typed(signatory_title_1=""))
    assert list(page.context["form"].errors) == ["signatory_title_1"]


def test_two_programmes_of_one_name_get_two_addresses(desk, office, partner):
    for _ in range(2):
        desk.post(reverse("new_programme"), programme_typed(name_en="New"))
    assert sorted(Programme.objects.values_list("slug", flat=True)) == ["new-n2", "new-n3"]


def test_changing_a_programme_replaces_its_signatories(desk, office, partner):
    programme = make_programme(office)
    programme.signatories.create(position=1, name_th="เดิม", title_th="เดิม")
    response = desk.post(reverse("edit_programme", args=[programme.slug]), programme_typed())
    programme.refresh_from_db()
    assert response.url == reverse("office_cohorts")
    assert (programme.name_th, programme.signatories.get().name_th) == ("หลักสูตรใหม่", "นางสาวอรุณี ตัวอย่าง")


def test_an_officer_opens_a_cohort_from_draft_to_finished(desk, office):
    programme = make_programme(office, slug="course")
    response = desk.post(reverse("new_cohort"), cohort_typed(programme="course"))
    made = Cohort.objects.get()
    assert response.url == reverse("office_timetable", args=["course-1"])
    assert (made.programme, made.slug, made.status, made.seats, made.target) == (programme, "course-1", "draft", 30, 25)
    assert (made.starts_on, made.ends_on) == (date(2026, 12, 7), date(2026, 12, 9))
    assert made.applications_close_at == at_bangkok(date(2026, 12, 4), 16, 30)
    for status in ("open", "closed", "finished"):
        desk.post(reverse("cohort_status", args=["course-1"]), {"status": status})
        made.refresh_from_db()
        assert made.status == status
    assert AuditLine.objects.filter(act="cohort.status").count() == 3


def test_a_finished_cohort_is_not_opened_directly_and_never_a_draft_again(desk, office):
    cohort = make_cohort(office, status="finished")
    for status in ("open", "draft", "nonsense"):
        desk.post(reverse("cohort_status", args=[cohort.slug]), {"status": status})
    cohort.refresh_from_db()
    assert cohort.status == "finished"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ends_on", "6/12/2569"), ("closes_on", "8/12/2569"), ("starts_on", "29/2/2568"), ("starts_on", "7/12/69"),
        ("seats", "0"), ("seats", "-1"), ("seats", "1e9"), ("seats", "1.5"), ("seats", "²"), ("closes_at", "25:00"),
        ("programme", "other"),
    ],
)  # fmt: skip
def test_a_bad_cohort_is_refused_at_its_field(desk, office, other_office, field, value):
    make_programme(office, slug="course")
    make_programme(other_office, slug="other")
    page = desk.post(reverse("new_cohort"), cohort_typed(**{"programme": "course", field: value}))
    assert list(page.context["form"].errors) == [field]
    assert Cohort.objects.count() == 0


def test_a_cohort_needs_a_programme_first(desk):
    assert desk.get(reverse("new_cohort")).url == reverse("new_programme")


def test_seats_never_fall_below_the_people_who_have_one(desk, office, at):
    cohort = make_cohort(office, seats=3)
    for _ in range(2):
        make_enrolment(cohort, at=at)
    page = desk.post(reverse("edit_cohort", args=[cohort.slug]), cohort_typed(seats="1"))
    assert list(page.context["form"].errors) == ["seats"]
    cohort.refresh_from_db()
    assert cohort.seats == 3


def test_added_seats_go_to_those_who_wait(desk, office, officer, at):
    cohort = make_cohort(office, seats=1)
    make_enrolment(cohort, at=at)
    waiting = [make_application(cohort, at=at) for _ in range(3)]
    for one in waiting:
        actions.put_on_waiting_list(application=one, by=officer, reason="เต็ม", at=at)
    desk.post(reverse("edit_cohort", args=[cohort.slug]), cohort_typed(seats="3"))
    cohort.refresh_from_db()
    assert (cohort.seats, cohort.seats_taken) == (3, 3)
    assert [Application.objects.get(pk=one.pk).status for one in waiting] == ["seated", "seated", "waiting"]


def test_the_list_of_cohorts_is_searched_and_counted(desk, office, other_office, at):
    mine = make_cohort(office, name_th="รุ่นเชียงราย", status="closed")
    make_cohort(office, name_th="รุ่นภูเก็ต")
    make_cohort(other_office, name_th="รุ่นเชียงราย ของคนอื่น")
    make_application(mine, at=at)
    url = reverse("office_cohorts")
    assert [cohort for cohort, _ in desk.get(url, {"words": "เชียงราย"}).context["rows"]] == [mine]
    assert [cohort for cohort, _ in desk.get(url, {"status": "closed"}).context["rows"]] == [mine]
    [(_, counts)] = desk.get(url, {"words": "เชียงราย"}).context["rows"]
    assert (counts.applied, counts.submitted, counts.seated) == (1, 1, 0)
    assert len(desk.get(url, {"status": "nonsense", "page": "99"}).context["rows"]) == 2


def test_the_list_of_cohorts_costs_the_same_for_one_and_three(desk, office, at, django_assert_num_queries):
    programme = make_programme(office)
    make_cohort(office, programme=programme)
    desk.get(reverse("office_cohorts"))
    with django_assert_num_queries(9):
        assert len(desk.get(reverse("office_cohorts")).context["rows"]) == 1
    for _ in range(2):
        make_application(make_cohort(office, programme=programme), at=at)
    with django_assert_num_queries(9):
        assert len(desk.get(reverse("office_cohorts")).context["rows"]) == 3


# ------------------------------------------------------------------ applications
@pytest.fixture
def cohort(office):
    return make_cohort(office, seats=2, slug="c")


def listed(desk, **search):
    page = desk.get(reverse("office_applications", args=["c"]), search)
    return [one.name for one in page.context["page"]]


def test_applications_are_found_filtered_and_sorted(desk, cohort, at):
    make_application(cohort, at=at, name="ก สมหญิง", phone="+66811112222", citizen_id="1101700230708")
    make_application(cohort, at=at, name="ข สมชาย", province=83, audience_group="community_enterprise")
    make_application(cohort, at=at, name="ค บุญมี", status=Status.REFUSED, reason="x", works_as="ทอผ้า")
    assert listed(desk) == ["ก สมหญิง", "ข สมชาย", "ค บุญมี"]
    assert listed(desk, words="สมชาย") == ["ข สมชาย"]
    assert listed(desk, words="081 111 2222") == ["ก สมหญิง"]
    assert listed(desk, words="1-1017-00230-70-8") == ["ก สมหญิง"]
    assert listed(desk, words="ทอผ้า") == ["ค บุญมี"]
    assert listed(desk, status="refused") == ["ค บุญมี"]
    assert listed(desk, audience_group="community_enterprise") == ["ข สมชาย"]
    assert listed(desk, province="83") == ["ข สมชาย"]
    assert listed(desk, sort="newest") == ["ค บุญมี", "ข สมชาย", "ก สมหญิง"]


def test_abuse_24_orders_and_filters_are_an_allow_list(desk, cohort, at):
    make_application(cohort, at=at, name="ก")
    make_application(cohort, at=at, name="ข")
    for search in (
        {"sort": "user__password"},
        {"sort": "-citizen_id_hash"},
        {"status": "x' OR 1=1"},
        {"province": "abc"},
    ):
        assert listed(desk, **search) == ["ก", "ข"]


def test_the_list_of_applications_costs_the_same_for_one_and_three(desk, cohort, at, django_assert_num_queries):
    url = reverse("office_applications", args=["c"])
    make_application(cohort, at=at)
    desk.get(url)
    with django_assert_num_queries(8):
        desk.get(url)
    for _ in range(2):
        make_application(cohort, at=at)
    with django_assert_num_queries(8):
        assert len(desk.get(url).context["page"].object_list) == 3


def test_the_detail_page_hides_the_citizen_id_and_shows_the_rest(desk, cohort, at):
    one = make_application(cohort, at=at, citizen_id="1101700230708", wants_to_sell="ผ้าทอมือ")
    page = desk.get(reverse("office_application", args=[one.public_id])).content.decode()
    assert "x-xxxx-xxxxx-70-8" in page
    assert "1101700230708" not in page
    assert one.citizen_id_hash not in page
    assert "ผ้าทอมือ" in page


def test_abuse_22_looking_at_a_citizen_id_is_a_post_and_stays_in_the_log(desk, officer, cohort, at):
    one = make_application(cohort, at=at, citizen_id="1101700230708")
    url = reverse("show_citizen_id", args=[one.public_id])
    assert desk.get(url).status_code == 405
    assert AuditLine.objects.count() == 0
    response = desk.post(url)
    assert "1101700230708" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    line = AuditLine.objects.get()
    assert (line.act, line.actor, line.subject_id) == ("citizen_id.shown", officer.public_id, one.public_id)
    assert "1101700230708" not in line.text + str(line.data)
    assert "1101700230708" not in desk.get(reverse("office_application", args=[one.public_id])).content.decode()


def test_the_officer_sees_that_a_citizen_id_was_used_twice(desk, cohort, at):
    one = make_application(cohort, at=at, name="คนที่หนึ่ง", citizen_id="1101700230708")
    two = make_application(cohort, at=at, name="คนที่สอง", citizen_id="1101700230708")
    make_application(make_cohort(cohort.programme.office), at=at, name="รุ่นอื่น", citizen_id="1101700230708")
    page = desk.get(reverse("office_application", args=[one.public_id]))
    assert page.context["others"] == [two]
    assert "คนที่สอง" in page.content.decode()
    assert "รุ่นอื่น" not in page.content.decode()


@pytest.mark.parametrize(("kind", "status"), [("seat", "seated"), ("wait", "waiting"), ("refuse", "refused")])
def test_a_decision_is_made_with_a_tapped_or_a_written_reason(desk, officer, cohort, at, kind, status):
    one = make_application(cohort, at=at)
    url = reverse("decide_application", args=[one.public_id])
    desk.post(url, {"decision": kind, "usual": "own", "words": "เพราะว่า\nดี"})
    one.refresh_from_db()
    assert (one.status, one.reason, one.decided_by) == (status, "เพราะว่า\nดี", officer)
    two = make_application(cohort, at=at)
    desk.post(
        "/en" + reverse("decide_application", args=[two.public_id]).removeprefix("/en"),
        {"decision": kind, "usual": "0"},
    )
    two.refresh_from_db()
    assert two.status == status
    assert two.reason != ""


def test_a_decision_without_a_reason_is_refused_at_its_field(desk, cohort, at):
    one = make_application(cohort, at=at)
    url = reverse("decide_application", args=[one.public_id])
    page = desk.post(url, {"decision": "refuse", "usual": "own", "words": "  "})
    assert list(page.context["bound"].errors) == ["words"]
    page = desk.post(url, {"decision": "refuse", "words": "เขียนไว้แล้ว"})
    assert list(page.context["bound"].errors) == ["usual"]
    assert "เขียนไว้แล้ว" in page.content.decode()
    desk.post(url, {"decision": "delete", "usual": "0"})
    one.refresh_from_db()
    assert one.status == Status.SUBMITTED


def test_a_seat_in_a_full_cohort_is_refused_in_words(desk, cohort, at):
    for _ in range(2):
        make_enrolment(cohort, at=at)
    one = make_application(cohort, at=at)
    response = desk.post(reverse("decide_application", args=[one.public_id]), {"decision": "seat", "usual": "0"})
    assert response.status_code == 302
    assert len(said(response)) == 1
    one.refresh_from_db()
    assert one.status == Status.SUBMITTED


def test_the_ticked_get_seats_together_or_nobody(desk, cohort, at):
    three = [make_application(cohort, at=at) for _ in range(3)]
    url = reverse("seat_ticked", args=["c"])
    desk.post(url, {"ticked": [one.public_id for one in three], "usual": "0"})
    assert Application.objects.filter(status=Status.SEATED).count() == 0
    desk.post(url, {"ticked": [one.public_id for one in three[:2]], "usual": "0"})
    assert Application.objects.filter(status=Status.SEATED).count() == 2


def test_ticking_without_a_reason_keeps_the_ticks(desk, cohort, at):
    one = make_application(cohort, at=at)
    page = desk.post(reverse("seat_ticked", args=["c"]), {"ticked": [one.public_id]})
    assert page.context["ticked"] == {one.public_id}
    assert list(page.context["reason"].errors) == ["usual"]


def test_ticks_of_another_cohort_do_nothing(desk, cohort, office, at):
    foreign = make_application(make_cohort(office), at=at)
    desk.post(reverse("seat_ticked", args=["c"]), {"ticked": [foreign.public_id], "usual": "0"})
    foreign.refresh_from_db()
    assert foreign.status == Status.SUBMITTED


def test_an_application_is_entered_by_phone(desk, officer, cohort):
    typed = {
        "name": "นายบุญมี ทองดี", "citizen_id": "1101700230708", "phone": "0898765432", "audience_group": "tour_guide",
        "province": "50", "consent": "on",
    }  # fmt: skip
    response = desk.post(reverse("enter_application", args=["c"]), typed)
    made = Application.objects.get()
    assert response.url == reverse("office_application", args=[made.public_id])
    assert (made.entered_by, made.user.phone, made.name) == (officer, "+66898765432", "นายบุญมี ทองดี")
    again = desk.post(reverse("enter_application", args=["c"]), typed | {"name": "อีกชื่อ หนึ่ง"})
    assert again.url == response.url
    assert Application.objects.count() == 1


def test_undoing_asks_for_a_reason(desk, cohort, at):
    one = make_application(cohort, at=at, status=Status.REFUSED, reason="เดิม")
    url = reverse("undo_decision", args=[one.public_id])
    assert desk.get(url).status_code == 200
    assert list(desk.post(url, {"words": "ลืมเลือก"}).context["form"].errors) == ["usual"]
    desk.post(url, {"usual": "1"})
    one.refresh_from_db()
    assert one.status == Status.SUBMITTED


# ------------------------------------------------------------------ seats
def test_a_no_show_is_replaced_by_the_first_who_waits(desk, office, officer, clock, at):
    cohort = make_cohort(office, seats=1, starts_on=at.date())
    gone = make_enrolment(cohort, at=at)
    waiting = make_application(cohort, at=at, name="คนถัดไป")
    actions.put_on_waiting_list(application=waiting, by=officer, reason="เต็ม", at=at)
    url = reverse("replace_no_show", args=[gone.public_id])
    assert "คนถัดไป" in desk.get(url).content.decode()
    assert desk.post(url, {"usual": "0"}).url == reverse("office_seats", args=[cohort.slug])
    waiting.refresh_from_db()
    assert waiting.status == Status.SEATED


def test_the_waiting_list_is_moved_with_a_reason(desk, office, officer, at):
    cohort = make_cohort(office)
    people = [make_application(cohort, at=at, name=name) for name in "กข"]
    for one in people:
        actions.put_on_waiting_list(application=one, by=officer, reason="เต็ม", at=at)
    url = reverse("move_waiting", args=[people[1].public_id])
    assert list(desk.post(url, {"place": "1"}).context["form"].errors) == ["usual"]
    desk.post(url, {"place": "๑", "usual": "0"})
    page = desk.get(reverse("office_seats", args=[cohort.slug]))
    assert [one.name for one in page.context["waiting"]] == ["ข", "ก"]


def test_who_does_not_wait_has_no_page_for_moving(desk, cohort, at):
    one = make_application(cohort, at=at)
    assert desk.get(reverse("move_waiting", args=[one.public_id])).status_code == 404


def test_the_seats_cost_the_same_for_one_and_three(desk, office, at, django_assert_num_queries):
    cohort = make_cohort(office, seats=5)
    url = reverse("office_seats", args=[cohort.slug])
    make_enrolment(cohort, at=at)
    desk.get(url)
    with django_assert_num_queries(7):
        desk.get(url)
    for _ in range(2):
        make_enrolment(cohort, at=at)
    with django_assert_num_queries(7):
        assert len(desk.get(url).context["seats"]) == 3


def test_the_desk_of_a_cohort_costs_the_same_for_one_and_three_half_days(desk, office, django_assert_num_queries):
    cohort = make_cohort(office)
    url = reverse("office_cohort", args=[cohort.slug])
    make_session(cohort)
    desk.get(url)
    with django_assert_num_queries(9):
        desk.get(url)
    for number in (2, 3):
        make_session(cohort, number=number, hour=9 + number * 3)
    with django_assert_num_queries(9):
        desk.get(url)


# ------------------------------------------------------------------ lists that leave the system
def exported(desk, kind, query=""):
    return desk.post(reverse("export_applications", args=["c"]) + query, {"kind": kind})


def test_abuse_35_formulas_in_names_are_text_in_the_lists(desk, cohort, at):
    hostile = ['=HYPERLINK("http://x")', "+66 คน", "-1", "@SUM(A1)", "＝1+1", "\tแท็บ"]
    for name in hostile:
        make_application(cohort, at=at, name=name, wants_to_sell="=1+1")
    book = load_workbook(BytesIO(exported(desk, "xlsx").content))
    rows = list(book.worksheets[0].iter_rows(min_row=2))
    assert [row[1].value for row in rows] == hostile
    assert {cell.data_type for row in rows for cell in row if cell.value is not None} == {"s"}
    lines = exported(desk, "csv").content.decode("utf-8-sig").splitlines()
    assert "'=HYPERLINK" in lines[1]
    assert all(not cell.startswith(("=", "@")) for line in lines for cell in line.replace('"', "").split(","))


def test_abuse_59_lists_hide_citizen_ids_name_their_taker_and_stay_in_the_log(desk, officer, cohort, at):
    make_application(cohort, at=at, name="ก ข", phone="+66811112222", citizen_id="1101700230708")
    response = exported(desk, "xlsx")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == 'attachment; filename="c-applications.xlsx"'
    book = load_workbook(BytesIO(response.content))
    values = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "x-xxxx-xxxxx-70-8" in values
    assert "+66811112222" in values
    assert officer.name in values
    assert not any("1101700230708" in value for value in values)
    line = AuditLine.objects.get()
    assert (line.act, line.actor, line.data["rows"]) == ("applications.exported", officer.public_id, 1)
    assert desk.get(reverse("export_applications", args=["c"])).status_code == 405


def test_the_list_that_is_downloaded_is_the_list_that_is_shown(desk, cohort, at):
    make_application(cohort, at=at, name="ก")
    make_application(cohort, at=at, name="ข", province=83)
    text = exported(desk, "csv", "?province=83").content.decode("utf-8-sig")
    assert len(text.splitlines()) == 2
    assert "ข" in text.splitlines()[1]
