"""The same figures on the screen, in XLSX and in PDF; and nothing in a cell but what it says."""

import io
from datetime import date
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from tourdee.core.dates import at_bangkok
from tourdee.core.money import baht
from tourdee.programme.tests.factories import make_session

from ..exports import report_data, report_pdf
from .factories import attended, decided, make_finished_cohort, make_learner, open_shop, sell_goods

pytestmark = pytest.mark.django_db

HOSTILE = '=HYPERLINK("http://evil.example","กดที่นี่")'


class Screen(HTMLParser):
    """The cells of every table below a section's id, and the big figures, as a reader sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.section, self.tables, self.figures = "", {}, []
        self.cell = self.figure = None

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "section":
            self.section = values.get("aria-labelledby", "")
        if tag == "tr":
            self.tables.setdefault(self.section, []).append([])
        if tag in {"td", "th"}:
            self.cell = ""
        if tag == "b":
            self.figure = ""

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data
        if self.figure is not None:
            self.figure += data

    def handle_endtag(self, tag):
        if tag in {"td", "th"} and self.cell is not None:
            self.tables[self.section][-1].append(" ".join(self.cell.split()))
            self.cell = None
        if tag == "b" and self.figure is not None:
            self.figures.append(self.figure.strip())
            self.figure = None


@pytest.fixture
def address(small):
    """The part of an address that names the small cohort."""
    return {"of": f"cohort:{small.cohort.slug}"}


@pytest.fixture
def screen(officer, client_of, address):
    """The page, read."""
    reader = Screen()
    reader.feed(client_of(officer).get(reverse("impact"), address).content.decode())
    return reader


@pytest.fixture
def book(officer, client_of, address):
    """The workbook, opened."""
    page = client_of(officer).get(reverse("impact_xlsx"), address)
    assert page["Content-Disposition"].startswith("attachment")
    return load_workbook(io.BytesIO(page.content))


@pytest.fixture
def data(small, results):
    """What the document is made of."""
    return report_data(results(f"cohort:{small.cohort.slug}"), "th")


def rows(sheet):
    """The rows below the head."""
    return [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


def satang_shown(value):
    """A cell in baht as the screen writes it."""
    return baht(round(value * 100))


def test_the_big_figures_are_those_counted_by_hand(screen):
    assert screen.figures == ["6", "5", "4", "2", "฿5,200", "4", "1"]


def test_the_summary_is_the_same_on_screen_in_the_workbook_and_in_the_document(screen, book, data):
    summary = rows(book.worksheets[0])
    assert [row[1] for row in summary] == [6, 5, 4, 2, 1, 5200, 4]
    assert [row[2] for row in summary] == [None, 83.33, 80, 50, 25, None, None]
    assert [row[1] for row in data["summary"]] == ["6", "5", "4", "2", "1", "฿5,200", "4"]
    assert [row[2] for row in data["summary"]] == ["", "83.33", "80.0", "50.0", "25.0", "", ""]
    four, (income, orders, unknown) = screen.figures[:4], screen.figures[4:]
    assert [*four, unknown, income, orders] == [row[1] for row in data["summary"]]


def test_the_funnel_is_the_same_on_screen_and_in_the_workbook(screen, book):
    expected = [
        ["สมัคร", 8], ["ได้ที่นั่ง", 6], ["เข้าอบรม", 5], ["ผ่านการอบรม", 4], ["เปิดร้าน", 2],
        ["ลงขายสินค้าหรือทัวร์", 2], ["ขายได้ครั้งแรก", 2],
    ]  # fmt: skip
    assert rows(book.worksheets[1]) == expected
    assert screen.tables["funnel"][1:] == [[name, str(count)] for name, count in expected]


@pytest.mark.parametrize(("section", "sheet", "key"), [("groups", 2, "groups"), ("provinces", 3, "provinces")])
def test_groups_and_provinces_are_the_same_everywhere(section, sheet, key, screen, book, data):
    written = [[row[0], *map(str, row[1:5]), satang_shown(row[5])] for row in rows(book.worksheets[sheet])]
    assert screen.tables[section][1:] == written == data[key]
    assert sum(int(row[1]) for row in written) == 6


def test_months_are_the_same_on_screen_and_in_the_workbook(screen, book):
    assert rows(book.worksheets[5]) == [["ก.ย. 2569", 2400], ["ต.ค. 2569", 400], ["พ.ย. 2569", 2400]]
    assert screen.tables["months"][1:] == [["ก.ย. 2569", "฿2,400"], ["ต.ค. 2569", "฿400"], ["พ.ย. 2569", "฿2,400"]]


def test_learners_are_the_same_everywhere(screen, book, data):
    written = rows(book.worksheets[6])
    assert [(row[0], row[1], row[6], row[7]) for row in written] == [
        (1, "มะลิ ดอกไม้", 2, 3600), (2, "บัว นาข้าว", 1, 400), (3, "ก้าน ไผ่งาม", 0, 0),
        (4, "จำปี หอมไกล", 0, 0), (5, "แก้ว น้ำใส", 1, 1200), (6, "ขวัญ เมืองเหนือ", 0, 0),
    ]  # fmt: skip
    short = [[str(row[0]), row[1], row[3], row[4], str(row[6]), satang_shown(row[7]), row[8]] for row in written]
    assert data["learners"] == short
    on_screen = [[row[0], row[1], row[5], row[6], row[7]] for row in screen.tables["learners"][1:]]
    assert on_screen == [[row[0], row[1], row[4], row[5], row[6]] for row in short]


def test_the_words_of_the_notice_are_the_same_on_screen_and_in_the_document(client_of, officer, address, data):
    assert "จากผู้ผ่าน 4 คน ยังไม่ทราบผล 1 คน (ร้อยละ 25.0)" in data["note"]
    assert data["note"] in client_of(officer).get(reverse("impact"), address).content.decode()


def test_the_document_is_a_pdf_in_thai_and_in_english(small, results):
    report = results(f"cohort:{small.cohort.slug}")
    assert report_pdf(report, "th").startswith(b"%PDF-")
    with translation.override("en"):
        assert report_pdf(report, "en").startswith(b"%PDF-")


def test_a_document_without_any_sale_is_a_pdf(office, results):
    cohort = make_finished_cohort(office)
    assert report_pdf(results(f"cohort:{cohort.slug}"), "th").startswith(b"%PDF-")


def test_names_are_data_and_never_commands_of_the_typesetter(office, results):
    cohort = make_finished_cohort(office)
    make_learner(cohort, '#read("/etc/passwd") $x$ *b* @y')
    report = results(f"cohort:{cohort.slug}")
    assert report_data(report, "th")["learners"][0][1] == '#read("/etc/passwd") $x$ *b* @y'
    assert report_pdf(report, "th").startswith(b"%PDF-")


def test_a_learner_named_like_a_formula_is_text_in_every_cell(office, officer, client_of):
    cohort = make_finished_cohort(office, name_th="+รุ่น@1")
    learner = make_learner(cohort, HOSTILE)
    attended(learner, make_session(cohort))
    decided(learner, officer)
    sell_goods(open_shop(learner), at=at_bangkok(date(2026, 9, 9), 9))
    page = client_of(officer).get(reverse("impact_xlsx"), {"of": f"cohort:{cohort.slug}"})
    book = load_workbook(io.BytesIO(page.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert [cell.value for cell in cells if cell.value and "HYPERLINK" in str(cell.value)] == [HOSTILE]


def test_the_english_workbook_has_english_heads_and_the_same_figures(small, officer, client_of, address):
    with translation.override("en"):
        page = client_of(officer).get(reverse("impact_xlsx"), address)
    book = load_workbook(io.BytesIO(page.content))
    assert book.worksheets[0].title == "Summary"
    assert [row[1] for row in rows(book.worksheets[0])] == [6, 5, 4, 2, 1, 5200, 4]


@pytest.mark.parametrize("name", ["impact", "impact_xlsx", "impact_pdf"])
def test_another_offices_cohort_and_programme_are_not_found(name, small, other_officer, client_of):
    client = client_of(other_officer)
    for key in (f"cohort:{small.cohort.slug}", f"programme:{small.cohort.programme.slug}", "cohort:none", "x", "'\0"):
        assert client.get(reverse(name), {"of": key}).status_code == 404


@pytest.mark.parametrize("name", ["impact", "impact_xlsx", "impact_pdf"])
def test_results_do_not_exist_for_learners_instructors_and_strangers(
    name, small, instructor, stranger, client_of, client, address
):
    for user in (small.mali.user, instructor, stranger):
        assert client_of(user).get(reverse(name), address).status_code == 404
    assert client.get(reverse(name), address)["Location"].startswith(reverse("account_login"))


def test_an_office_without_cohorts_is_told_what_comes_next(other_officer, small, client_of):
    client = client_of(other_officer)
    html = client.get(reverse("impact")).content.decode()
    assert reverse("office_cohorts") in html
    assert small.cohort.name_th not in html
    assert client.get(reverse("impact_pdf")).status_code == 404


def test_a_get_of_the_report_changes_nothing(small, officer, client_of, address, django_assert_num_queries):
    client = client_of(officer)
    client.get(reverse("impact"), address)
    with django_assert_num_queries(15) as asked:
        client.get(reverse("impact"), address)
    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []
