"""The file that stands: written beside the last good one, read again, then put in its place; a broken run changes nothing."""

import csv
import gzip
import os
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from xml.parsers import expat

import pytest
from django.conf import settings

from tourdee import events
from tourdee.shop.models import Picture, Product, Variant
from tourdee.shop.tests.factories import a_shop

from ..actions import files
from ..actions.files import LOOK_EVERY, NotWhole, Place, forget_files, write_pasted_feeds
from ..listeners import forget_feeds
from ..models import BrokenFile, Feed
from ..queries import checked
from ..readers import META, THINGS_TO_DO
from ..writing.proof import items_of_csv, items_of_json, items_of_xml
from .conftest import a_cloth, a_walk, changed, fetched, items_of_rss

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def many(shop) -> None:
    """A thousand kinds of goods."""
    products = Product.objects.bulk_create(
        Product(shop=shop, name_th=f"ผ้า {number}", description_th="ฝ้าย", status="published") for number in range(1000)
    )
    Variant.objects.bulk_create(Variant(product=one, price_satang=100, stock=1) for one in products)
    Picture.objects.bulk_create(Picture(path="p", width=800, height=800, product=one) for one in products)


def in_folder(shop) -> list[str]:
    folder = Place(shop=shop, reader=META, ending="xml").folder
    return sorted(one.name.split(".")[0] for one in folder.glob("*"))


def broken_files() -> list[tuple[str, str, str]]:
    return list(BrokenFile.objects.values_list("reader", "ending", "language"))


def breaking(monkeypatch, after: int):
    """Reading the goods fails in the middle."""
    real = checked.goods_rows

    def goods(*asked):
        yield from islice(real(*asked), after)
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(checked, "goods_rows", goods)


# ------------------------------------------------------------------ faults
def test_a_fault_in_the_middle_of_a_thousand_items_leaves_the_last_good_file(shop, many, monkeypatch, caplog):
    before = fetched("mali/meta.xml")
    changed()
    breaking(monkeypatch, 500)
    after = fetched("mali/meta.xml")
    assert len(items_of_rss(after.content)) == 1000
    assert (after.status_code, after["ETag"], after.content) == (200, before["ETag"], before.content)
    assert (broken_files(), in_folder(shop)) == ([("meta", "xml", "th")], ["meta-th"])
    assert "could not be written" in caplog.text


def test_who_has_the_last_good_file_keeps_it_while_no_new_one_can_be_written(shop, monkeypatch):
    a_cloth(shop)
    etag = fetched("mali/meta.xml")["ETag"]
    changed()
    breaking(monkeypatch, 0)
    assert fetched("mali/meta.xml", if_none_match=etag).status_code == 304


def test_without_a_good_file_nothing_is_said_at_all(shop, monkeypatch):
    a_cloth(shop)
    breaking(monkeypatch, 1)
    answer = fetched("mali/meta.xml")
    assert (answer.status_code, answer["Retry-After"], answer.content) == (503, "600", b"")
    assert in_folder(shop) == []


@pytest.mark.parametrize("number", [0, 2])
def test_a_file_that_reads_back_otherwise_than_it_was_meant_is_not_put_in_place(shop, monkeypatch, caplog, number):
    a_cloth(shop)
    before = fetched("mali/meta.csv")
    changed()
    monkeypatch.setitem(files.READ_AGAIN, "csv", lambda file: number)
    assert fetched("mali/meta.csv")["ETag"] == before["ETag"]
    assert NotWhole.__name__ in caplog.text


def test_once_it_works_again_the_new_file_stands_and_the_trouble_is_over(shop, monkeypatch):
    cloth = a_cloth(shop)
    fetched("mali/meta.xml")
    Variant.objects.filter(pk=cloth.pk).update(price_satang=41000)
    changed()
    with monkeypatch.context() as broken:
        breaking(broken, 0)
        assert items_of_rss(fetched("mali/meta.xml").content)[0]["price"] == "350.00 THB"
    assert items_of_rss(fetched("mali/meta.xml").content)[0]["price"] == "410.00 THB"
    assert broken_files() == []


def test_one_file_that_can_be_written_says_nothing_of_another(shop, monkeypatch):
    a_cloth(shop)
    for path in ("mali/meta.xml", "mali/meta.csv", "mali/meta.csv?lang=en"):
        fetched(path)
    changed()
    with monkeypatch.context() as one:
        one.setitem(files.READ_AGAIN, "csv", lambda file: 0)
        for path in ("mali/meta.csv?lang=en", "mali/meta.csv", "mali/meta.xml"):
            fetched(path)
    assert broken_files() == [("meta", "csv", "en"), ("meta", "csv", "th")]
    fetched("mali/meta.csv")
    assert broken_files() == [("meta", "csv", "en")]


def test_a_file_that_goes_while_it_is_handed_out_is_asked_for_later(shop, monkeypatch):
    a_cloth(shop)
    fetched("mali/meta.xml")
    monkeypatch.setattr(
        "tourdee.channels.feeds.views.door.feed_file", lambda **_asked: files.FeedFile(Path("/gone.1.gz"))
    )
    answer = fetched("mali/meta.xml")
    assert (answer.status_code, answer["Retry-After"]) == (503, "600")


def test_the_seller_reads_since_when_no_new_file_could_be_written(client_of, owner, shop, at):
    BrokenFile.objects.create(shop=shop, reader="meta", ending="xml", language="en", since=at, try_at=at)
    BrokenFile.objects.create(shop=shop, reader="google", ending="xml", language="th", since=at, try_at=at)
    page = client_of(owner).get("/my/feeds/meta/").content.decode()
    assert (page.count("ไฟล์ล่าสุดที่สมบูรณ์ยังอยู่"), "XML · English" in page) == (1, True)


# ------------------------------------------------------------------ read again
def test_what_ends_too_early_is_no_file(tmp_path):
    def read(reader, content):
        (tmp_path / "file").write_bytes(content)
        with (tmp_path / "file").open("rb") as file:
            return reader(file)

    assert read(items_of_xml, b"<rss><item/><item/></rss>") == 2
    assert read(items_of_csv, b'a,b\r\n1,"x\r\ny"\r\n') == 1
    assert read(items_of_json, b'{"products": [{}, {}, {}]}') == 3
    for reader, content, error in (
        (items_of_xml, b"<rss><item/><item/>", expat.ExpatError),
        (items_of_csv, b"a,b\r\n1\r\n", csv.Error),
        (items_of_json, b'{"products": [{}', ValueError),
    ):
        with pytest.raises(error):
            read(reader, content)


# ------------------------------------------------------------------ on disk and on the wire
def test_rows_go_to_the_disk_while_they_are_read(shop, many):
    place = Place(shop=shop, reader=META, ending="xml")
    rows = files.Counted(checked.told_rows(shop, META, TODAY))
    pieces = files.FORMATS["meta", "xml"].pieces(files.Wanted(shop=shop, language="th", version="1"), rows)
    assert [next(pieces)[:5], next(pieces)[:6], rows.number] == ["<?xml", "<item>", 1]
    assert place.standing() == []


def test_it_travels_packed_to_whom_that_suits(shop):
    a_cloth(shop)
    plain, packed = fetched("mali/meta.xml"), fetched("mali/meta.xml", accept_encoding="br, gzip")
    assert gzip.decompress(packed.content) == plain.content
    assert (packed["Content-Encoding"], packed["ETag"]) == ("gzip", f"W/{plain['ETag']}")
    assert all("Accept-Encoding" in one["Vary"] for one in (plain, packed))
    assert "Content-Encoding" not in plain.headers


def test_who_knows_only_the_time_of_its_file_is_told_that_it_is_the_newest(shop):
    a_cloth(shop)
    written = fetched("mali/meta.xml")["Last-Modified"]
    assert fetched("mali/meta.xml", if_modified_since=written).status_code == 304


def test_an_unchanged_feed_is_written_once(shop, django_assert_num_queries):
    a_cloth(shop)
    fetched("mali/meta.xml")
    with django_assert_num_queries(3):  # the shop, its version, its items' versions
        assert fetched("mali/meta.xml").status_code == 200


def test_the_file_before_the_newest_stays_for_who_is_reading_it_older_ones_go(shop):
    a_cloth(shop)
    for _time in range(4):
        fetched("mali/meta.xml")
        changed()
    assert in_folder(shop) == ["meta-th"] * 2


def test_two_languages_are_two_files(shop):
    a_cloth(shop)
    fetched("mali/meta.xml")
    fetched("mali/meta.xml?lang=en")
    fetched("mali/meta.csv")
    assert in_folder(shop) == ["meta-en", "meta-th", "meta-th"]


# ------------------------------------------------------------------ by the clock
def test_a_pasted_feed_lies_ready_in_the_forms_that_are_fetched(shop, at, django_assert_num_queries):
    a_cloth(shop)
    Feed.objects.create(shop=shop, reader="meta", pasted_at=at)
    fetched("mali/meta.xml")
    changed()
    assert write_pasted_feeds(at) == 1
    place = Place(shop=shop, reader=META, ending="xml")
    assert place.named(files.tag_of(place, place.version(at))).is_file()
    assert not Place(shop=shop, reader=META, ending="csv").standing()


def a_pasted_feed(shop, at, **columns):
    a_cloth(shop)
    fetched(f"{shop.slug}/meta.xml")
    return Feed.objects.create(shop=shop, reader="meta", pasted_at=at, **columns)


def test_a_turn_that_takes_long_ends_and_the_next_goes_on_with_the_oldest(shop, teammate, at):
    first = a_pasted_feed(shop, at, looked_at=at - timedelta(hours=1))
    second = a_pasted_feed(a_shop(teammate, slug="other", opened_at=at), at, looked_at=at - timedelta(hours=2))
    slow = iter(range(0, 1000, 30)).__next__
    for turn, (seen, of) in enumerate([(1, second), (1, first), (0, first)]):
        moment = at + timedelta(minutes=turn)
        assert write_pasted_feeds(moment, clock=slow) == seen
        of.refresh_from_db()
        assert of.looked_at == at + timedelta(minutes=min(turn, 1))
    assert write_pasted_feeds(at + LOOK_EVERY + timedelta(minutes=1)) == 2


def test_a_file_that_fails_is_tried_after_growing_pauses(shop, at, monkeypatch):
    a_pasted_feed(shop, at)
    changed()
    monkeypatch.setitem(files.READ_AGAIN, "xml", lambda file: 0)
    tried, moment = [], at
    for _turn in range(100):
        write_pasted_feeds(moment)
        tried.append(BrokenFile.objects.get().tries)
        moment += LOOK_EVERY
    numbers = [tried.index(number) for number in sorted(set(tried))]
    assert numbers == [0, 1, 3, 7, 15, 31, 55, 79]
    assert list(BrokenFile.objects.values_list("since", flat=True)) == [at]


def test_files_that_nobody_fetches_are_forgotten_after_a_week(shop, at):
    a_cloth(shop)
    fetched("mali/meta.xml")
    (path,) = Place(shop=shop, reader=META, ending="xml").standing()
    os.utime(path, (at.timestamp(), at.timestamp()))
    week = timedelta(days=7)
    assert (forget_files(at + week), forget_files(at + week + timedelta(minutes=1)), in_folder(shop)) == (0, 1, [])


def test_the_last_good_file_of_a_broken_feed_stays_as_long_as_it_is_asked_for(shop, at, monkeypatch, clock):
    a_cloth(shop)
    Feed.objects.create(shop=shop, reader="meta", pasted_at=at)
    for path in ("mali/meta.xml", "mali/meta.csv"):
        fetched(path)
    for path in (one for ending in ("xml", "csv") for one in Place(shop=shop, reader=META, ending=ending).standing()):
        os.utime(path, (at.timestamp(), at.timestamp()))
    monkeypatch.setitem(files.READ_AGAIN, "xml", lambda file: 0)
    later = at + timedelta(days=8)
    clock(later)
    assert fetched("mali/meta.xml").status_code == 200
    assert (forget_files(later), in_folder(shop)) == (1, ["meta-th"])
    assert Place(shop=shop, reader=META, ending="xml").standing()
    assert (forget_files(later + timedelta(days=8)), broken_files(), in_folder(shop)) == (1, [], [])


def test_a_file_that_another_process_takes_away_meanwhile_ends_no_round(shop, at, monkeypatch):
    a_cloth(shop)
    fetched("mali/meta.xml")
    folder = Place(shop=shop, reader=META, ending="xml").folder
    monkeypatch.setattr(Path, "glob", lambda *_pattern: [folder / "gone", *folder.iterdir()])
    assert forget_files(at + timedelta(days=365)) == 1


def test_a_forgotten_persons_files_go(shop, owner, teammate):
    a_walk(shop)
    fetched("mali/things-to-do.json")
    forget_feeds(events.PersonErased(user=teammate.public_id))
    assert in_folder(shop) == ["things-to-do-th"]
    forget_feeds(events.PersonErased(user=owner.public_id))
    assert in_folder(shop) == []


def test_nothing_outside_the_folder_of_feeds_is_touched(shop):
    a_walk(shop)
    fetched("mali/things-to-do.json")
    assert [one.name for one in settings.PRIVATE_ROOT.iterdir()] == ["feeds"]
    assert Place(shop=shop, reader=THINGS_TO_DO, ending="json").standing()
