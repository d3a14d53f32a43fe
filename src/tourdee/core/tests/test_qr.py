"""QR codes: read back with a reader, clean for a strict page."""

import io
import re

import pytest
import zxingcpp
from PIL import Image

from tourdee.core.qr import qr_svg, qr_svg_bytes

TEXTS = ["https://tourdee.example/v/abcdefgh", "00020101021129370016A000000677010111", "ตั๋วของสมหญิง", "x" * 600]


def read(svg: bytes) -> str:
    """What a camera sees: the drawing rasterised by the document engine, then decoded."""
    import typst

    source = {
        "main.typ": b'#set page(width: auto, height: auto, margin: 0pt)\n#image("qr.svg", width: 8cm)',
        "qr.svg": svg,
    }
    [result] = zxingcpp.read_barcodes(Image.open(io.BytesIO(typst.compile(source, format="png", ppi=200))))
    return str(result.text)


@pytest.mark.parametrize("text", TEXTS)
def test_a_reader_reads_what_was_written(text):
    in_page = str(qr_svg(text, label="x")).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    assert read(in_page.encode()) == text
    assert read(qr_svg_bytes(text)) == text


def test_the_drawing_has_a_label_a_quiet_zone_and_no_style():
    svg = str(qr_svg("hello", label="ตั๋ว <A&B>"))
    assert svg.startswith('<svg class="qr-code" viewBox="0 0 29 29" role="img"')
    assert "<title>ตั๋ว &lt;A&amp;B&gt;</title>" in svg
    assert "style=" not in svg
    assert [float(x) for x in re.findall(r"M(\d+) ", svg) if float(x) < 4] == [0.0]  # the white ground alone
