"""Documents: Thai on paper, data that can never be a command."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.translation import gettext_lazy
from PIL import Image

from tourdee.core.charts import bar_chart
from tourdee.core.pdf import pdf, png
from tourdee.core.qr import qr_svg_bytes

BEGINNING = '#import "base.typ": *\n#show: paper.with(title: "ทดสอบ")\n'


@pytest.fixture
def template(tmp_path):
    def write(source: str) -> Path:
        file = tmp_path / "templates" / "page.typ"
        file.parent.mkdir(exist_ok=True)
        file.write_text(BEGINNING + source, encoding="utf-8")
        return file

    return write


def test_a_document_is_archivable_and_carries_its_typeface(template):
    out = pdf(template("= #data.name\n#baht(data.price)"), {"name": "น้ำ ผู้ซื้อ", "price": 125050})
    assert out.startswith(b"%PDF-1.7")
    assert b"pdfaid:part>2<" in out
    assert b"Sarabun" in out


def test_a_letter_that_no_typeface_has_still_makes_a_document(template):
    out = pdf(template("#data.name"), {"name": "😀 李明"})
    assert out.startswith(b"%PDF-")
    assert b"pdfaid:part" not in out


def test_a_fault_in_a_template_is_not_hidden(template):
    with pytest.raises(RuntimeError, match="no_such_word"):
        pdf(template("#no_such_word"), {})


@pytest.mark.parametrize(
    "evil", ['#read("/etc/passwd")', "*bold*", "$x^2$", '"); #panic("x")', "{{settings.SECRET_KEY}}", "\\"]
)
def test_a_name_is_never_a_command(template, evil):
    file = template("#data.name")
    assert png(file, {"name": evil}) == png(template('#json(bytes(sys.inputs.data)).at("name")'), {"name": evil})
    assert png(file, {"name": evil}) != png(file, {"name": ""})


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.txt", "../../../../../../etc/passwd"])
def test_a_template_reads_nothing_outside_its_folder(template, tmp_path, path):
    (tmp_path / "secret.txt").write_text("CANARY")
    with pytest.raises(RuntimeError):
        pdf(template(f'#read("{path}")'), {})


def test_a_template_reads_its_neighbours_and_what_it_is_given(template):
    file = template(
        '#import "shared.typ": greeting\n#greeting #image("qr.svg", width: 3cm) #image("chart.svg", width: 9cm)'
    )
    (file.parent / "shared.typ").write_text('#let greeting = "สวัสดี"')
    given = {"qr.svg": qr_svg_bytes("x"), "chart.svg": str(bar_chart("ก", [("ข", 3)], palette=True)).encode()}
    assert pdf(file, {}, files=given).startswith(b"%PDF-")


def test_dates_decimals_and_translations_go_in_as_text(template):
    data = {"day": date(2026, 11, 25), "amount": Decimal("1.50"), "word": gettext_lazy("Market")}
    source = '#assert(data.day == "2026-11-25") #assert(data.amount == "1.50") #assert(type(data.word) == str)'
    assert pdf(template(source), data).startswith(b"%PDF-")


def test_what_is_no_data_is_refused(template):
    with pytest.raises(TypeError, match="cannot go into a document"):
        pdf(template(""), {"x": object()})


def test_baht_are_written_as_on_the_pages(template):
    source = "\n".join(
        f'#assert(baht({satang}) == "{shown}")'
        for satang, shown in ((0, "฿0"), (5, "฿0.05"), (125050, "฿1,250.50"), (-9900, "-฿99"), (10**10, "฿100,000,000"))
    )
    assert pdf(template(source), {}).startswith(b"%PDF-")


def test_a_picture_of_the_first_page_has_the_wanted_size(template):
    with Image.open(io.BytesIO(png(template("= ก\n#pagebreak()\nข"), {}, ppi=72))) as page:
        assert (page.format, page.size) == ("PNG", (595, 842))


def test_the_parts_of_the_base_can_all_be_used(template):
    source = (
        '#small[เล็ก] #facts((("ชื่อ", data.name), ("วัน", [พุธ])))\n'
        "#rows-table(([ก], [ข]), data.rows, columns: (1fr, auto), align: (left, right))"
    )
    rows = [[f"แถว {number}", number] for number in range(80)]
    assert pdf(template(source), {"name": "สมหญิง", "rows": rows}).startswith(b"%PDF-")
