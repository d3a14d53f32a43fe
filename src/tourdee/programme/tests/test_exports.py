"""Lists of applicants that leave the system."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tourdee.core.models import AuditLine
from tourdee.programme.models import Application

from .factories import make_application, make_cohort

pytestmark = pytest.mark.django_db
Status = Application.Status


@pytest.fixture
def desk(client_of, officer, clock):
    """The officer's browser."""
    return client_of(officer)


@pytest.fixture
def cohort(office):
    return make_cohort(office, seats=2, slug="c")


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
