"""Sub-districts of Thailand by postcode and by name, from geothai (GeoThai, CC BY 4.0).

Traps: a postcode may serve several districts and even provinces, its first two digits are often not those of the
province, and one name belongs to many places. So nobody types district and province here: they follow from the
sub-district that was chosen.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .text import THAI_DIGITS, clean_line

BANGKOK = 10
MOST_SEARCHED, MOST_FOUND = 200, 40
SAID_SUBDISTRICT = r"(?:ต\.|ตำบล|แขวง|tambon|khwaeng|t\.)\s*"
POSTCODE_DIGITS = 5
# Postcodes that other lists still give for 65 sub-districts, most of them from before Thailand Post split an area: people
# go on writing them, so they are taken too. Compared on 22 November 2026; nobody could confirm which of them still hold.
FORMER_POSTCODES = {
    "10160": ("100905",), "10270": ("110112",), "10500": ("100702",), "10540": ("110601", "110602", "110603"),
    "11120": ("120306",), "13120": ("140423",), "13150": ("140115", "140509"), "13160": ("140502",), "15130": ("161006",),
    "18180": ("191105", "191107"), "20000": ("200104",), "20140": ("200402",), "21110": ("210312",), "23000": ("230601",),
    "23120": ("230201",), "24180": ("240403", "240404", "240406", "240409", "240411"), "27180": ("270802", "270803"),
    "30130": ("302105", "302107", "302108", "302110"), "30180": ("300607",), "30240": ("300813", "301006", "301410"),
    "30310": ("300104", "300115", "300116", "300122", "300125"), "30410": ("301810",), "30440": ("300604",),
    "37000": ("370701", "370702", "370703", "370704", "370705"),
    "38150": ("380201", "380202", "380203", "380204", "380205", "380206", "380207"),
    "38190": ("380701", "380702", "380703", "380704", "380705"), "42000": ("420112",),
    "43120": ("431501", "431502", "431503", "431504", "431505"), "46160": ("461601",),
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A sub-district with one of its postcodes. ``code`` is DOPA's, ``province`` the code of its province."""

    code: str
    postcode: str
    subdistrict_th: str
    subdistrict_en: str
    district_th: str
    district_en: str
    province: int
    province_th: str
    province_en: str

    def line(self, language: str) -> str:
        """``ต.สุเทพ อ.เมืองเชียงใหม่ จ.เชียงใหม่ 50200``, ``แขวงสีลม เขตบางรัก กรุงเทพมหานคร 10500``, or in English."""
        return f"{self.name(language)} {self.postcode}"

    def name(self, language: str) -> str:
        """The same without the postcode."""
        if not language.startswith("th"):
            return f"{self.subdistrict_en}, {self.district_en}, {self.province_en}"
        if self.province == BANGKOK:  # its districts bear their เขต in the name already
            return f"แขวง{self.subdistrict_th} {self.district_th} {self.province_th}"
        return f"ต.{self.subdistrict_th} อ.{self.district_th} จ.{self.province_th}"


def read_postcode(typed: str) -> str:
    """Five digits, typed in Arabic or Thai ones with or without spaces; else empty."""
    digits = "".join(typed[:20].split()).translate(THAI_DIGITS)
    return digits if len(digits) == POSTCODE_DIGITS and digits.isascii() and digits.isdigit() else ""


@lru_cache(maxsize=512)
def places_of(postcode: str) -> tuple[Place, ...]:
    """Every sub-district to which this postcode is written, in the order of their codes; empty for an unknown one."""
    import geothai

    found = {area.code: area for area in geothai.by_postal_code(postcode)}
    former = (geothai.subdistrict(code) for code in FORMER_POSTCODES.get(postcode, ()))
    found.update({area.code: area for area in former if area})
    return tuple(_place(found[code], postcode) for code in sorted(found))


def places_named(typed: str) -> list[Place]:
    """Sub-districts with this Thai or English name, once for each of their postcodes; those of a district where only
    the district bears it; exactly so named before those that only begin so. At most ``MOST_FOUND``."""
    import geothai

    areas: list[Any] = []
    wanted = clean_line(typed, 60)
    for found in geothai.search(wanted, limit=MOST_SEARCHED):
        if found.level == "subdistrict":
            areas.append(found.area)
        elif found.level == "district":
            areas += geothai.subdistricts(found.area.code)
    once = {area.code: area for area in areas}
    exact_first = sorted(
        once.values(), key=lambda area: wanted.casefold() not in (area.name_th, area.name_en.casefold())
    )
    return [_place(area, postcode) for area in exact_first for postcode in area.postal_codes][:MOST_FOUND]


def place(code: str, postcode: str) -> Place | None:
    """The sub-district with this code, if the postcode is one of its own (or a former one)."""
    return next((one for one in places_of(postcode) if one.code == code), None)


def place_in(text: str) -> tuple[str, Place] | None:
    """House and sub-district of an address that was written in one piece, as people send it in a chat: the last postcode
    in it, and the first sub-district of that postcode that is named. Nothing where either is missing."""
    codes = re.findall(r"(?<!\d)\d{5}(?!\d)", text.translate(THAI_DIGITS))
    known = next(filter(None, map(places_of, reversed(codes))), ())
    found = _first_named(known, text, SAID_SUBDISTRICT) or _first_named(known, text, "")
    if not found:
        return None
    start, there = found
    house = " ".join(text[:start].split()).strip(" ,.;")
    return (house, there) if house else None


def _first_named(known: Iterable[Place], text: str, before: str) -> tuple[int, Place] | None:
    """Which of them is named first behind ``before``, the longest where one name begins another, and where that is."""
    named = [
        (found.start(), -len(found[0]), place.code, place) for place in known if (found := _name(place, before, text))
    ]
    return (min(named)[0], min(named)[-1]) if named else None


def _name(place: Place, before: str, text: str) -> re.Match[str] | None:
    names = "|".join(map(re.escape, (place.subdistrict_th, place.subdistrict_en)))
    return re.search(rf"{before}(?:{names})", text, re.IGNORECASE)


def province_of(postcode: str) -> int:
    """The province in which most sub-districts of a postcode lie; 0 for an unknown postcode."""
    return most_common(one.province for one in places_of(postcode))


def most_common(provinces: Iterable[int]) -> int:
    """The province named most often, the smaller code first; 0 if there is none."""
    counted = Counter(provinces)
    return min(counted, key=lambda code: (-counted[code], code), default=0)


def _place(area: Any, postcode: str) -> Place:
    import geothai

    district, province = geothai.district(area.district_code), geothai.province(area.province_code)
    assert district
    assert province
    return Place(
        code=area.code, postcode=postcode, subdistrict_th=area.name_th, subdistrict_en=area.name_en,
        district_th=district.name_th, district_en=district.name_en, province=int(province.code),
        province_th=province.name_th, province_en=province.name_en,
    )  # fmt: skip
