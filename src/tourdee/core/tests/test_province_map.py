"""The map of the provinces."""

import re

from tourdee.core.province_map import province_map


def drawn(numbers):
    return province_map("แผนที่", numbers, language="en", link=lambda code: f"/?p={code}&x=1", say=str)


def test_every_province_is_drawn_and_only_full_ones_lead_somewhere():
    svg = drawn({10: 8, 50: 1, 83: 0})
    assert svg.count("<path") == 77
    assert re.findall(r'href="([^"]+)"><title>([^<]+)</title><path class="([^"]+)"', svg) == [
        ("/?p=10&amp;x=1", "Bangkok: 8", "shade-4"),
        ("/?p=50&amp;x=1", "Chiang Mai: 1", "shade-1"),
    ]


def test_an_empty_market_draws_an_empty_map():
    assert drawn({}).count("<a ") == 0


def test_an_unknown_province_is_no_trouble():
    assert drawn({999: 4}).count("<path") == 77
