"""Places by postcode and name: the traps of Thailand's addresses, one by one."""

import pytest

from tourdee.core.places import FORMER_POSTCODES, place, place_in, places_named, places_of, province_of, read_postcode


@pytest.mark.parametrize(
    ("typed", "read"),
    [("50200", "50200"), ("๕๐๒๐๐", "50200"), (" 50 200 ", "50200"), ("5020", ""), ("502000", ""), ("50200 เชียงใหม่", ""),
     ("５０２００", ""), ("", ""), ("50\x00200", ""), ("²0200", "")],
)  # fmt: skip
def test_a_postcode_is_five_digits_thai_or_arabic(typed, read):
    assert read_postcode(typed) == read


def test_a_postcode_gives_its_sub_districts():
    assert [one.subdistrict_en for one in places_of("50200")] == ["Si Phum", "Phra Sing", "Suthep"]
    assert places_of("99999") == ()


def test_a_place_is_written_as_the_post_reads_it():
    suthep, silom = place("500108", "50200"), place("100402", "10500")
    assert suthep
    assert silom
    assert suthep.line("th") == "ต.สุเทพ อ.เมืองเชียงใหม่ จ.เชียงใหม่ 50200"
    assert suthep.line("en") == "Suthep, Mueang Chiang Mai, Chiang Mai 50200"
    assert silom.line("th") == "แขวงสีลม เขตบางรัก กรุงเทพมหานคร 10500"


def test_a_place_takes_only_its_own_postcodes():
    assert place("500108", "10500") is None
    assert place("", "") is None


def test_the_first_digits_of_a_postcode_are_not_its_province():
    """Samut Prakan writes 10xxx like Bangkok, Galyani Vadhana of Chiang Mai 58xxx like Mae Hong Son."""
    assert province_of("10270") == 11
    assert {one.province for one in places_of("58130")} == {50, 58}
    assert province_of("58130") == 58
    assert province_of("00000") == 0


def test_a_postcode_from_before_the_split_still_finds_its_sub_district():
    """Mu Si by Khao Yai has 30450 in the newest list; people still write 30130."""
    assert "หมูสี" in [one.subdistrict_th for one in places_of("30450")]
    old = place("302105", "30130")
    assert old
    assert old.line("th") == "ต.หมูสี อ.ปากช่อง จ.นครราชสีมา 30130"


def test_every_former_postcode_names_places_that_exist():
    codes = [code for codes in FORMER_POSTCODES.values() for code in codes]
    assert len(codes) == len(set(codes)) == 65
    assert all(place(code, postcode) for postcode, codes in FORMER_POSTCODES.items() for code in codes)


def test_a_name_finds_its_place_in_both_languages():
    assert [one.postcode for one in places_named("สุเทพ")] == ["50200"]
    assert [one.postcode for one in places_named("suthep")] == ["50200"]
    assert {one.district_en for one in places_named("เกาะพะงัน")} == {"Ko Pha-ngan"}
    assert places_named("ที่ไม่มีอยู่จริง") == []


def test_one_name_may_be_many_places():
    """28 sub-districts are called Nong Bua."""
    found = places_named("หนองบัว")
    assert len(found) == 40
    assert {one.subdistrict_th for one in found[:28]} == {"หนองบัว"}
    assert len({one.district_th for one in found[:28]}) == 28


@pytest.mark.parametrize(
    ("text", "house", "subdistrict"),
    [
        ("12 ม.3 ต.อัมพวา อ.อัมพวา จ.สมุทรสงคราม 75110", "12 ม.3", "อัมพวา"),
        ("12 ม.3 ต.แควอ้อม อ.อัมพวา จ.สมุทรสงคราม 75110", "12 ม.3", "แควอ้อม"),
        ("12 ม.3 แควอ้อม อัมพวา สมุทรสงคราม ๗๕๑๑๐", "12 ม.3", "แควอ้อม"),
        ("ร้านอัมพวา 12 ม.3 ตำบล สวนหลวง อัมพวา 75110", "ร้านอัมพวา 12 ม.3", "สวนหลวง"),
        ("99/1 Moo 2, Suan Luang, Amphawa, Samut Songkhram 75110", "99/1 Moo 2", "สวนหลวง"),
        ("เลขที่ 12345 ต.อัมพวา 75110 โทร 0811112222", "เลขที่ 12345", "อัมพวา"),
    ],
)
def test_an_address_in_one_piece_is_taken_apart(text, house, subdistrict):
    found = place_in(text)
    assert found
    assert (found[0], found[1].subdistrict_th, found[1].postcode) == (house, subdistrict, "75110")


@pytest.mark.parametrize("text", ["", "12 ม.3 ต.อัมพวา", "ต.อัมพวา 75110", "12 ม.3 ต.สุเทพ 75110", "12 ม.3 ต.อัมพวา 99999"])
def test_an_address_without_house_or_place_is_none(text):
    assert place_in(text) is None
