"""Each row of a roster is judged, and each refusal says why."""

import io
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tourdee.core.crypto import unseal
from tourdee.core.spreadsheets import XLSX
from tourdee.programme import queries
from tourdee.programme.forms import read_people
from tourdee.programme.models import Application, RosterUpload

from .factories import citizen_id, make_application, make_cohort, make_enrolment
from .roster_files import comma, excel, person

pytestmark = pytest.mark.django_db
Status = Application.Status


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


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(cells=st.dictionaries(st.sampled_from(["name", "citizen_id", "phone", "audience_group", "province", "income_before"]),
                             st.text(max_size=30), max_size=6))  # fmt: skip
def test_whatever_stands_in_a_row_is_judged_and_never_an_error(cohort, cells):
    [line] = queries.roster_plan(cohort, read_people([{"number": 2, "cells": cells, "floated": []}], cohort))
    assert line.outcome == "bad"
    assert line.problems
