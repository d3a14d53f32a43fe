"""Charts: what they say in words, and that labels never turn, overlap or leave the drawing."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils import translation

from tourdee.core.charts import WIDTH, bar_chart, funnel_chart, line_chart, shortened
from tourdee.core.dates import SHORT_MONTHS_TH
from tourdee.core.money import baht

STEPS = [("สมัคร", 1200), ("เรียนจบ", 640), ("ขายได้", 310)]
MONTHS = [(name, 100 + number * 40, 80) for number, name in enumerate(SHORT_MONTHS_TH)]
SVG = "{http://www.w3.org/2000/svg}"


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in tree(svg).iter(f"{SVG}text")]


def test_bars_say_label_and_value_and_are_as_long_as_their_value():
    svg = bar_chart("ผลลัพธ์", STEPS, unit="คน")
    assert texts(svg) == ["สมัคร", "1,200 คน", "เรียนจบ", "640 คน", "ขายได้", "310 คน"]
    widths = [float(bar.get("width")) for bar in tree(svg).iter(f"{SVG}rect")]
    assert [round(width / widths[0], 2) for width in widths] == [1.0, 0.53, 0.26]


def test_a_funnel_says_the_share_of_the_first_step():
    assert texts(funnel_chart("กรวย", STEPS, unit="คน"))[1::2] == ["1,200 คน · 100%", "640 คน · 53%", "310 คน · 26%"]
    assert texts(funnel_chart("กรวย", [("ก", 0), ("ข", 0)])) == ["ก", "0", "ข", "0"]


@pytest.mark.parametrize("draw", [bar_chart, funnel_chart, line_chart])
def test_a_screen_reader_hears_title_and_figures(draw):
    svg = draw("ผลลัพธ์ <b>", STEPS, unit="คน")
    root = tree(svg)
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title.text == "ผลลัพธ์ <b>"
    assert "640 คน" in description.text
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


@pytest.mark.parametrize("draw", [bar_chart, funnel_chart, line_chart])
def test_no_style_no_script_no_turned_text(draw):
    svg = draw("<script>", [("<script>alert(1)</script>", 3), ("ข", 2)])
    assert re.findall(r"style=|<script|transform|\son\w+=", svg) == []


@pytest.mark.parametrize("draw", [bar_chart, funnel_chart, line_chart])
def test_colours_are_written_in_for_paper_only(draw):
    assert re.findall(r"#[0-9a-f]{6}", draw("ก", STEPS)) == []
    assert "font-family" not in draw("ก", STEPS)
    assert 'font-family="Sarabun"' in draw("ก", STEPS, palette=True)
    assert "#0f766e" in draw("ก", STEPS, palette=True)


@pytest.mark.parametrize("draw", [bar_chart, funnel_chart, line_chart])
def test_without_figures_the_chart_says_so(draw):
    with translation.override("en"):
        assert texts(draw("ก", [])) == ["No figures yet"]


def test_money_is_shown_as_money():
    assert texts(bar_chart("รายได้", [("พ.ย.", 125050)], show=baht)) == ["พ.ย.", "฿1,250.50"]


def test_a_long_label_is_cut_between_letters_and_stays_in_the_drawing():
    long = "ผู้สมัครทั้งหมดจากทุกจังหวัดในภาคเหนือและภาคตะวันออกเฉียงเหนือรวมกัน"
    label = texts(bar_chart("ก", [(long, 1)]))[0]
    assert label.endswith("…")
    assert long.startswith(label.removesuffix("…"))
    assert shortened("กี่", 11) == "กี่"
    assert shortened("กี่กี่กี่", 22) == "กี่…"
    assert shortened("กี่แม่แม่", 33) == "กี่…"


def test_negative_and_zero_values_draw_a_sliver_and_say_their_value():
    svg = bar_chart("ก", [("ลด", -5), ("เท่าเดิม", 0), ("เพิ่ม", 10)])
    assert texts(svg)[1::2] == ["-5", "0", "10"]
    assert [float(bar.get("width")) for bar in tree(svg).iter(f"{SVG}rect")][:2] == [2.0, 2.0]


def test_labels_below_a_line_leave_each_other_room():
    svg = line_chart("รายได้", MONTHS, names=("ปีนี้", "ปีก่อน"))
    below = [element for element in tree(svg).iter(f"{SVG}text") if element.get("text-anchor") == "middle"]
    places = [float(element.get("x")) for element in below]
    assert (below[0].text, below[-1].text) == ("ม.ค.", "ธ.ค.")
    assert min(after - before for before, after in pairwise(places)) > 45
    assert all(0 <= x <= WIDTH for x in places)


def test_two_lines_are_told_apart_by_more_than_colour():
    svg = line_chart("รายได้", MONTHS, names=("ปีนี้", "ปีก่อน"))
    lines = [line for line in tree(svg).iter(f"{SVG}polyline") if len(line.get("points").split()) == 12]
    assert [line.get("class") for line in lines] == ["l1", "l2"]
    assert [line.get("stroke-dasharray") for line in lines] == [None, "7 5"]
    assert {"ปีนี้", "ปีก่อน"} <= set(texts(svg))
    with pytest.raises(ValueError, match="at most two"):
        line_chart("ก", MONTHS, names=("a", "b", "c"))


def test_one_point_alone_is_drawn():
    svg = line_chart("ก", [("ม.ค.", 5)])
    assert len(list(tree(svg).iter(f"{SVG}circle"))) == 1


def test_the_highest_point_lies_within_the_drawing():
    for highest in (1, 3, 510, 999, 10_000_000):
        svg = line_chart("ก", [("a", 0), ("b", highest)])
        height = float(tree(svg).get("viewBox").split()[3])
        [circle] = tree(svg).iter(f"{SVG}circle")
        assert 0 < float(circle.get("cy")) < height
