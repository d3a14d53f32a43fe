"""The paper itself. Text extraction cannot prove Thai (a PDF may hold the right letters and show others), so pixels do."""

import io
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops

from tourdee.core import pdf
from tourdee.core.qr import qr_svg_bytes
from tourdee.programme.queries.certificates import TEMPLATE

GOLDEN = Path(__file__).parent / "golden" / "certificate-name.png"
NAME = "ผู้ใหญ่ น้ำ ที่ ญ ฐ"
PPI = 144
NAME_BOX = (560, 448, 1124, 578)  # where the name stands on the page, in pixels at PPI
LINK = "http://testserver/verify/uR3Y8g8oq3m2bq0eXbYcJ4nqT0aZ5kKd/"
# Rounding differs by a shade between processors at the edge of a letter. A pixel counts as different from a quarter of
# the whole range on, and one in two thousand may: a missing tone mark changes more than ten times as many.
SHADES, SHARE = 64, 0.0005


def paper(name: str = NAME) -> dict[str, object]:
    return {
        "title": "วุฒิบัตร",
        "certificates": [
            {
                "number": "DSD-DE 0001/2569",
                "name": name,
                "bodies": ["กรมพัฒนาฝีมือแรงงาน", "สำนักงานพัฒนาธุรกรรมทางอิเล็กทรอนิกส์ (สพธอ.)"],
                "programme": "หลักสูตรดิจิทัลเทคโนโลยีเพื่อพัฒนาเศรษฐกิจชุมชน",
                "cohort": "รุ่นที่ 1 (นำร่องมัคคุเทศก์)",
                "hours": "18",
                "dates": "วันที่ 23, 25 และ 26 พฤศจิกายน 2563",
                "issued": "26 พฤศจิกายน 2563",
                "signatories": [
                    {"name": "นายสมชาย ใจดี", "title": "อธิบดีกรมพัฒนาฝีมือแรงงาน"},
                    {"name": "นางสาวสมหญิง น้ำใส", "title": "ผู้อำนวยการ"},
                ],
            }
        ],
    }


def picture(name: str = NAME) -> Image.Image:
    data = pdf.png(TEMPLATE, paper(name), ppi=PPI, files={"qr-0.svg": qr_svg_bytes(LINK)})
    return Image.open(io.BytesIO(data)).convert("L")


def different_share(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ by SHADES or more."""
    counts = ImageChops.difference(one, other).histogram()
    return sum(counts[SHADES:]) / sum(counts)


@pytest.fixture(scope="module")
def golden() -> Image.Image:
    return Image.open(GOLDEN).convert("L")


def test_a_name_with_stacked_marks_is_drawn_as_on_the_golden_picture(golden):
    assert different_share(picture().crop(NAME_BOX), golden) <= SHARE


@pytest.mark.parametrize(
    "wrong",
    [
        "ผู้ใหญ นำ ที ญ ฐ",  # without tone marks
        "ผู้ใหญ่ นำ้ ที่ ญ ฐ",  # tone after the vowel
        "ผู้ใหญ่ นํา้ ที่ ญ ฐ",  # the vowel taken apart
        "ผู้ใหญ่ น้ำ ที่ ณ ฐ",  # another letter
        "ผู้ใหญ่ น้า ที่ ญ ฐ",  # what a text layer of other tools reads back
    ],
)
def test_the_comparison_sees_a_wrong_rendering(golden, wrong):
    assert different_share(picture(wrong).crop(NAME_BOX), golden) > SHARE


def test_the_golden_picture_shows_the_whole_name(golden):
    """Nothing of the name is cut off: the border of the picture is empty."""
    width, height = golden.size
    edges = [golden.crop(box) for box in ((0, 0, width, 3), (0, 0, 3, height), (width - 3, 0, width, height))]
    assert [min(edge.getextrema()) > 180 for edge in edges] == [True, True, True]


def test_a_very_long_name_stays_within_the_frame():
    long = picture("นางสาวกาญจนาภิเษกวรารัตน์ ณ อยุธยาศรีสุวรรณภูมิพัฒนกิจเจริญรุ่งเรืองทรัพย์ไพศาล วงศ์เทพหัสดินทร์")
    left, right = long.crop((100, 448, 130, 578)), long.crop((1554, 448, 1584, 578))
    assert min(left.getextrema()) > 180
    assert min(right.getextrema()) > 180


def test_the_qr_on_the_paper_leads_to_the_public_page():
    found = zxingcpp.read_barcodes(picture(), formats=zxingcpp.BarcodeFormat.QRCode)
    assert [one.text for one in found] == [LINK]


# ------------------------------------------------------------------ abuse 42: commands in names
@pytest.mark.parametrize(
    "hostile",
    ['#read("/etc/passwd")', "#panic()", "{{settings.SECRET_KEY}}", "{0.__class__}", "$x$ *b* _i_ @a <b> \\u{1F600}"],
)
def test_abuse_42_a_name_that_looks_like_a_command_stays_text(hostile, tmp_path):
    certificate = paper(hostile)
    certificate["certificates"][0]["programme"] = hostile
    document = pdf.pdf(TEMPLATE, certificate, files={"qr-0.svg": qr_svg_bytes(LINK)})
    assert document[:5] == b"%PDF-"
    assert b"root:" not in document
    assert different_share(picture(hostile).crop(NAME_BOX), picture("").crop(NAME_BOX)) > SHARE
