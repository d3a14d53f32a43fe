"""A roster from a file: every row judged, then all or nothing."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tourdee.core.crypto import unseal
from tourdee.core.models import AuditLine
from tourdee.core.spreadsheets import XLSX
from tourdee.people.models import User
from tourdee.programme import actions, queries
from tourdee.programme.forms import read_people
from tourdee.programme.models import Application, RosterUpload

from .factories import citizen_id, make_application, make_cohort, make_enrolment

pytestmark = pytest.mark.django_db
Status = Application.Status
HEADINGS = ["ชื่อ-นามสกุล", "เลขประจำตัวประชาชน", "โทรศัพท์มือถือ", "กลุ่มเป้าหมาย", "จังหวัด", "อีเมล"]


def person(number, **values):
    """One row of a good file."""
    row = {
        "name": f"นายคนที่ {number} ทดสอบ", "citizen_id": citizen_id(number), "phone": f"08{number:08d}",
        "group": "มัคคุเทศก์", "province": "เชียงใหม่", "email": "", **values,
    }  # fmt: skip
    return list(row.values())


def excel(*rows, headings=HEADINGS, above=()):
    book = Workbook()
    for row in (*above, headings, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("รายชื่อ.xlsx", out.getvalue(), XLSX)


def comma(*rows, headings=HEADINGS, encoding="utf-8-sig"):
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return SimpleUploadedFile("list.csv", out.getvalue().encode(encoding), "text/csv")


@pytest.fixture
def cohort(office):
    return make_cohort(office, seats=5, slug="c")


@pytest.fixture
def desk(client_of, officer, clock):
    return client_of(officer)


def upload(desk, file):
    return desk.post(reverse("import_roster", args=["c"]), {"file": file})


def preview(desk, file):
    """The plan of the preview page: (row, outcome, number of problems)."""
    response = upload(desk, file)
    page = desk.get(response.url)
    return response.url, [(line.number, line.outcome, len(line.problems)) for line in page.context["plan"]]


def problems_of(desk, file):
    response = upload(desk, file)
    return [line.problems for line in desk.get(response.url).context["plan"]]


def test_a_good_file_is_shown_row_by_row_and_saves_nothing(desk, cohort):
    _, plan = preview(desk, excel(person(1), person(2)))
    assert plan == [(2, "new", 0), (3, "new", 0)]
    assert Application.objects.count() == 0
    assert User.objects.filter(phone__startswith="+668").count() == 0


def test_importing_gives_everybody_a_seat(desk, officer, cohort, at):
    url, _ = preview(desk, excel(person(1), person(2)))
    response = desk.post(url)
    assert response.url == reverse("office_seats", args=["c"])
    cohort.refresh_from_db()
    assert cohort.seats_taken == 2
    one = Application.objects.get(phone="+66800000001")
    assert (one.name, one.status, one.province, one.audience_group) == (
        "นายคนที่ 1 ทดสอบ",
        Status.SEATED,
        50,
        "tour_guide",
    )
    assert (one.user.phone, one.user.name, one.entered_by, one.decided_by) == (
        "+66800000001", "นายคนที่ 1 ทดสอบ", officer, officer,
    )  # fmt: skip
    line = AuditLine.objects.get(act="roster.imported")
    assert (line.data["added"], line.data["rows"], line.actor) == (2, 2, officer.public_id)
    assert AuditLine.objects.filter(act="seat.given").count() == 2


def test_the_same_file_again_changes_nothing(desk, cohort):
    for _ in range(2):
        url, plan = preview(desk, excel(person(1), person(2)))
        desk.post(url)
    assert plan == [(2, "same", 0), (3, "same", 0)]
    cohort.refresh_from_db()
    assert (cohort.seats_taken, Application.objects.count()) == (2, 2)
    assert User.objects.filter(phone__startswith="+668").count() == 2


def test_a_second_click_on_import_changes_nothing(desk, cohort):
    url, _ = preview(desk, excel(person(1)))
    assert desk.post(url).url == reverse("office_seats", args=["c"])
    assert desk.post(url).url == reverse("office_seats", args=["c"])
    assert AuditLine.objects.filter(act="roster.imported").count() == 1


def test_one_bad_row_stops_the_whole_file(desk, cohort):
    url, plan = preview(desk, excel(person(1), person(2, citizen_id="1101700230709")))
    assert plan == [(2, "new", 0), (3, "bad", 1)]
    assert desk.post(url).url == url
    assert Application.objects.count() == 0
    assert RosterUpload.objects.get().imported_at is None


def test_csv_from_a_thai_windows_reads_like_excel(desk, cohort):
    for encoding in ("utf-8-sig", "cp874"):
        _, plan = preview(desk, comma(person(1), encoding=encoding))
        assert plan == [(2, "new", 0)]


def test_english_headings_and_titles_above_them_are_understood(desk, cohort):
    english = ["Full name", "Citizen ID", "Mobile", "Group", "Province", "E-mail"]
    rows = [person(1, group="Tour guide", province="Chiang Mai")]
    _, plan = preview(desk, excel(*rows, headings=english, above=[["รายชื่อผู้เข้าอบรม"], []]))
    assert plan == [(4, "new", 0)]


@pytest.mark.parametrize(
    "province", ["จังหวัดเชียงใหม่", "จ.เชียงใหม่", "เชียงใหม่ ", "chiang mai", "กทม.", "กรุงเทพฯ", "กรุงเทพมหานคร", "50"]
)
def test_provinces_are_understood_as_offices_write_them(desk, cohort, province):
    assert problems_of(desk, excel(person(1, province=province))) == [()]


def test_the_zero_that_excel_takes_from_a_phone_is_given_back(desk, cohort):
    url, _ = preview(desk, excel(person(1, phone=812345678)))
    desk.post(url)
    assert Application.objects.get().phone == "+66812345678"


@pytest.mark.parametrize(
    "row",
    [
        {"citizen_id": "1101700230709"},
        {"citizen_id": ""},
        {"citizen_id": "1111111111111"},
        {"citizen_id": 1.1017002307085e12},
        {"citizen_id": "1.1017E+12"},
        {"citizen_id": date(2026, 1, 1)},
        {"name": ""},
        {"name": "Somying Jaidee"},
        {"phone": date(2026, 1, 1)},
        {"phone": "1150"},
        {"phone": ""},
        {"province": "เมืองทิพย์"},
        {"province": ""},
        {"group": "นักบินอวกาศ"},
        {"group": "นักศึกษาจบใหม่"},
        {"email": "not an address"},
    ],
)
def test_abuse_36_each_kind_of_bad_row_is_named_and_nothing_is_saved(desk, cohort, row):
    url, plan = preview(desk, excel(person(1), person(2, **row)))
    assert [outcome for _number, outcome, _problems in plan] == ["new", "bad"]
    assert plan[1][2] >= 1
    desk.post(url)
    assert Application.objects.count() == 0


def test_an_id_that_a_spreadsheet_rounded_is_told_as_that(desk, cohort):
    """1.1E+12 has lost its digits; a whole number in a cell has not."""
    rounded, whole = person(1, citizen_id="1.1017E+12"), person(2, citizen_id=int(citizen_id(2)))
    [[problem]] = problems_of(desk, comma(rounded))
    assert problem != problems_of(desk, comma(person(1, citizen_id="12")))[0][0]
    assert problems_of(desk, excel(whole)) == [()]


def test_twice_in_one_file_is_bad_both_times(desk, cohort):
    one = person(1)
    _, plan = preview(desk, excel(one, person(2, citizen_id=one[1]), person(3, phone=one[2])))
    assert plan == [(2, "bad", 2), (3, "bad", 1), (4, "bad", 1)]


def test_who_has_applied_already_gets_the_seat(desk, cohort, owner, at):
    mine = make_application(cohort, owner, at=at, name="นางสาวสมหญิง ใจดี", citizen_id=citizen_id(1))
    url, plan = preview(desk, excel(person(1, name="นางสาวสมหญิง  ใจดี", phone="081 234 5678")))
    assert plan == [(2, "seat", 0)]
    desk.post(url)
    mine.refresh_from_db()
    assert (mine.status, Application.objects.count()) == (Status.SEATED, 1)


@pytest.mark.parametrize("status", ["refused", "withdrawn", "no_show"])
def test_who_was_refused_or_left_is_not_seated_by_a_file(desk, cohort, owner, at, status):
    make_application(cohort, owner, at=at, name="นางสาวสมหญิง ใจดี", citizen_id=citizen_id(1), status=status, reason="x")
    _, plan = preview(desk, excel(person(1, name="นางสาวสมหญิง ใจดี", phone="081 234 5678")))
    assert plan == [(2, "bad", 1)]


def test_the_same_citizen_id_with_another_name_or_phone_is_bad(desk, cohort, owner, at):
    make_application(cohort, owner, at=at, name="นางสาวสมหญิง ใจดี", citizen_id=citizen_id(1))
    other_name = person(1, name="นายอื่น คนละคน", phone="081 234 5678")
    other_phone = person(1, name="นางสาวสมหญิง ใจดี", phone="089 999 9999")
    for row in (other_name, other_phone):
        assert preview(desk, excel(row))[1] == [(2, "bad", 1)]


def test_the_phone_of_another_applicant_is_bad(desk, cohort, owner, at):
    make_application(cohort, owner, at=at, citizen_id=citizen_id(9))
    assert preview(desk, excel(person(1, phone="081 234 5678")))[1] == [(2, "bad", 1)]


def test_rows_beyond_the_seats_are_bad(desk, cohort, at):
    for _ in range(4):
        make_enrolment(cohort, at=at)
    _, plan = preview(desk, excel(person(1), person(2)))
    assert plan == [(2, "new", 0), (3, "bad", 1)]


def test_a_seat_that_went_in_the_meantime_stops_the_import(desk, cohort, at):
    for _ in range(4):
        make_enrolment(cohort, at=at)
    url, plan = preview(desk, excel(person(1)))
    assert plan == [(2, "new", 0)]
    make_enrolment(cohort, at=at)
    assert desk.post(url).url == url
    assert Application.objects.filter(phone="+66800000001").count() == 0
    assert RosterUpload.objects.get().imported_at is None


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("x.xlsx", b"", XLSX),
        SimpleUploadedFile("x.xlsx", b"PK\x03\x04 not a workbook", XLSX),
        SimpleUploadedFile("x.pdf", b"%PDF-1.7", "application/pdf"),
        SimpleUploadedFile("x.csv", b"a,b,c\n1,2,3\n", "text/csv"),
        SimpleUploadedFile("x.csv", b"\x00\x01\x02", "text/csv"),
    ],
    ids=["empty", "broken", "pdf", "headings", "binary"],
)
def test_a_wrong_file_is_refused_at_its_field(desk, cohort, file):
    file.seek(0)
    page = upload(desk, file)
    assert list(page.context["form"].errors) == ["file"]
    assert RosterUpload.objects.count() == 0


def test_a_formula_is_refused_with_its_cell(desk, cohort):
    page = upload(desk, excel(person(1, name="=1+1")))
    assert "A2" in str(page.context["form"].errors["file"])


def test_a_file_without_people_and_one_too_long_are_refused(desk, cohort):
    for file in (excel(), comma(*(["x"] for _ in range(600)))):
        assert list(upload(desk, file).context["form"].errors) == ["file"]


def test_missing_columns_are_named(desk, cohort):
    page = upload(desk, excel(["ก ข"], headings=["ชื่อ-นามสกุล"]))
    message = str(page.context["form"].errors["file"])
    assert "เลขประจำตัวประชาชน" in message
    assert "ชื่อ-นามสกุล" not in message


def test_the_kept_rows_are_sealed_and_live_for_an_hour(desk, officer, cohort, clock):
    url, _ = preview(desk, excel(person(1)))
    kept = RosterUpload.objects.get()
    assert citizen_id(1) not in kept.rows_sealed
    assert citizen_id(1) in unseal(kept.rows_sealed)
    assert kept.expires_at == clock.now + timedelta(hours=1)
    clock.forward(hours=1, seconds=1)
    for response in (desk.get(url), desk.post(url)):
        assert response.url == reverse("import_roster", args=["c"])
    assert Application.objects.count() == 0
    assert actions.forget_old_rosters(at=clock.now) == 1
    assert RosterUpload.objects.count() == 0


def test_the_act_itself_refuses_what_is_older_than_an_hour(officer, cohort, at):
    kept = actions.keep_roster(cohort=cohort, owner=officer, file_name="x", rows=[], at=at - timedelta(hours=2))
    with pytest.raises(actions.UploadGone):
        actions.import_roster(upload=kept, lines=[], by=officer, at=at)


def test_imported_rows_are_forgotten_at_once(desk, cohort):
    url, _ = preview(desk, excel(person(1)))
    desk.post(url)
    assert RosterUpload.objects.get().rows_sealed == ""


def test_the_preview_shows_no_citizen_id(desk, cohort):
    url, _ = preview(desk, excel(person(1), person(2, citizen_id="1101700230709")))
    text = desk.get(url).content.decode()
    assert citizen_id(1) not in text
    assert "1101700230709" not in text
    assert f"•••{citizen_id(1)[-3:]}" in text


def test_the_template_can_be_filled_in_and_imported(desk, cohort):
    response = desk.get(reverse("roster_template", args=["c"]))
    book = load_workbook(io.BytesIO(response.content))
    assert [cell.value for cell in book.worksheets[0][1]][:3] == ["ชื่อ-นามสกุล", "เลขประจำตัวประชาชน", "โทรศัพท์มือถือ"]
    _, plan = preview(desk, SimpleUploadedFile("roster.xlsx", response.content, XLSX))
    assert plan == [(2, "new", 0)]


def test_abuse_35_our_own_list_can_be_read_again(desk, cohort):
    """A name that looks like a formula leaves as text and comes back unchanged."""
    assert problems_of(desk, comma(person(1, name="'+ก ข จากไฟล์ของเรา"))) == [()]
    [row] = json.loads(unseal(RosterUpload.objects.get().rows_sealed))
    assert row["cells"]["name"] == "+ก ข จากไฟล์ของเรา"


def test_a_preview_costs_the_same_for_one_and_three_rows(desk, cohort, django_assert_num_queries):
    url, _ = preview(desk, excel(person(1)))
    with django_assert_num_queries(7):
        desk.get(url)
    url, _ = preview(desk, excel(person(1), person(2), person(3)))
    with django_assert_num_queries(7):
        assert len(desk.get(url).context["plan"]) == 3


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.dictionaries(st.sampled_from(["name", "citizen_id", "phone", "audience_group", "province", "income_before"]),
                             st.text(max_size=30), max_size=6))  # fmt: skip
def test_whatever_stands_in_a_row_is_judged_and_never_an_error(cohort, cells):
    [line] = queries.roster_plan(cohort, read_people([{"number": 2, "cells": cells, "floated": []}], cohort))
    assert line.outcome == "bad"
    assert line.problems
