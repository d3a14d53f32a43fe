"""Finding things in Thai: whole words first, letters after, nothing that may not be shown, never more questions."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from ..actions.opening import ShopName, close_shop, name_shop
from ..actions.options import PickupRow, set_pickups
from ..actions.publishing import hide_tour
from ..actions.search import follow_prices, grams_of, index_missing
from ..actions.versions import tour_changed
from ..models import Departure, PickupPoint, SearchEntry, Tour
from ..queries.storefront import search
from ..queries.storefront.search import Facets, found
from .factories import a_departure, a_product, a_shop, a_tour, in_days

FTS5_TABLES = ["shop_search_titles", "shop_search_words", "shop_search_letters"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def a_found_tour(name: str, **columns) -> Tour:
    tour = a_tour(name_th=name, **{"summary_th": "-", "meeting_point_th": "-", **columns})
    index_missing()
    return tour


def tours(text: str, **facets) -> list[str]:
    names = dict(Tour.objects.values_list("pk", "name_th"))
    return [names[row] for row in found(text, item="tour", facets=Facets(**facets), shown=list)]


def test_a_word_of_two_letters_is_found_exactly_and_not_inside_others():
    a_found_tour("ตลาดยาหม่อง")  # ยา stands inside ยาหม่อง; ยาว is another word
    a_found_tour("เดินทางยาวไกล")
    assert tours("ยา") == ["ตลาดยาหม่อง"]


def test_who_searches_a_boat_finds_the_long_tail_boat():
    a_found_tour("นั่งเรือหางยาว")
    assert tours("เรือ") == tours("เรือหางยาว") == tours("หางยาว") == ["นั่งเรือหางยาว"]


def test_what_the_dictionary_fused_is_found_by_its_letters():
    a_found_tour("ชมทะเลหมอกภูชี้ฟ้า")
    assert tours("ลหมอกภู") == ["ชมทะเลหมอกภูชี้ฟ้า"]


def test_whole_words_come_before_letters_and_names_before_the_rest():
    a_found_tour("เรื่องเล่าริมน้ำ", summary_th="ล่องเรือยามเย็น")
    a_found_tour("ล่องเรือชมป่า")
    a_found_tour("หมู่บ้านคนเรือนไม้")
    assert tours("ล่องเรือ") == ["ล่องเรือชมป่า", "เรื่องเล่าริมน้ำ"]


def test_every_word_must_be_there_and_the_last_one_may_be_unfinished():
    a_found_tour("Mangrove boat tour", name_en="Mangrove boat tour")
    assert tours("boat mangr") == ["Mangrove boat tour"]
    assert tours("boat desert") == []


@pytest.mark.parametrize("typed", ["น้ํา ตก", "เเม่น้ำ", "NAMTOK ๓"])
def test_other_spellings_of_the_same_find_the_same(typed):
    a_found_tour("แม่น้ำและน้ำตก namtok 3")
    assert tours(typed) == ["แม่น้ำและน้ำตก namtok 3"]


@pytest.mark.parametrize(
    "typed",
    ['"', "'", "a' OR 1=1 --", "NEAR(a b)", "*", "a* OR b*", "col:x", "\\", "(((", "-", "'':*", "ก" * 500, "ก้" * 100],
)
def test_what_is_typed_is_never_taken_for_a_query(typed):
    a_found_tour("ทัวร์ธรรมดา")
    assert tours(typed) in ([], ["ทัวร์ธรรมดา"])


def test_facets_cut_before_the_limit_does():
    a_found_tour("เรือ ก", province=81, languages=["th", "en"], audiences=["family"])
    a_found_tour("เรือ ข", province=50, languages=["th"], audiences=["couple", "family"])
    assert tours("เรือ", province=81) == tours("เรือ", language="en") == ["เรือ ก"]
    assert tours("เรือ", audience="couple") == ["เรือ ข"]
    assert sorted(tours("เรือ", audience="family")) == ["เรือ ก", "เรือ ข"]
    assert (len(tours("เรือ", most_satang=60000)), tours("เรือ", most_satang=59999)) == (2, [])
    assert tours("เรือ", kind="workshop") == []


def test_goods_are_found_among_goods_only():
    a_found_tour("ผ้าทอมือ")
    a_product(name_th="ผ้าทอลายน้ำไหล")
    index_missing()
    assert len(found("ผ้าทอ", item="product", facets=Facets(), shown=list)) == 1
    assert tours("ผ้าทอ") == ["ผ้าทอมือ"]


@pytest.mark.parametrize("typed", ["อัมพวา", "Amphawa", "ตลาดร่มหุบ", "Mae Klong"])
def test_a_tour_is_found_by_the_places_of_its_description_and_pick_ups(at, owner, typed):
    tour = a_found_tour("เรือหางยาว", description_th="ล่องคลองอัมพวาดูหิ่งห้อย", description_en="Fireflies at Amphawa")
    pickup = {"name_th": "ตลาดร่มหุบ", "name_en": "Mae Klong railway market", "minutes_before": 30, "price_satang": 0}
    set_pickups(tour=tour, rows=[PickupRow(**pickup)], by=owner, at=at)
    assert tours(typed) == ["เรือหางยาว"]


def test_a_pick_up_that_is_no_longer_offered_finds_nothing(at, owner):
    tour = a_found_tour("เรือหางยาว")
    PickupPoint.objects.create(tour=tour, name_th="ตลาดร่มหุบ", is_active=False)
    tour_changed(tour)
    assert tours("ร่มหุบ") == []


def test_every_change_is_found_at_once_and_what_it_was_is_not(at, owner):
    tour = a_found_tour("ล่องแพ", shop=a_shop(owner))
    Tour.objects.filter(pk=tour.pk).update(name_th="ปีนผา")
    tour.prices.filter(position=0).update(price_satang=12300)
    tour_changed(tour)
    assert (tours("ล่องแพ"), tours("ปีนผา")) == ([], ["ปีนผา"])
    assert SearchEntry.objects.get(tour=tour).from_satang == 12300
    hide_tour(tour=tour, by=owner, at=at)
    assert tours("ปีนผา") == []


def test_a_tour_is_found_by_the_cheapest_date_ahead_until_it_has_passed(at):
    """As its card says: a season's price, too, and no longer than there is such a date."""
    tour = a_found_tour("ล่องแพ")
    category = tour.prices.filter(seats=1).earliest("price_satang")
    usual = category.price_satang
    a_departure(tour, starts_at=in_days(at, 3)).special_prices.create(category=category, price_satang=usual - 10000)
    tour_changed(tour)
    cheapest = {"most_satang": usual - 10000}
    assert tours("ล่องแพ", **cheapest) == ["ล่องแพ"]
    assert follow_prices(in_days(at, 2.9)) == 0
    Departure.objects.update(starts_at=in_days(at, -0.1))
    assert tours("ล่องแพ", **cheapest) == ["ล่องแพ"]
    assert follow_prices(at) == 1
    assert (tours("ล่องแพ", **cheapest), tours("ล่องแพ", most_satang=usual)) == ([], ["ล่องแพ"])
    assert follow_prices(at) == 0


def test_a_dearer_season_leaves_a_tour_at_its_usual_price(at):
    tour = a_found_tour("ล่องแพ")
    category = tour.prices.filter(seats=1).earliest("price_satang")
    a_departure(tour, starts_at=in_days(at, 3)).special_prices.create(category=category, price_satang=10_000_000)
    tour_changed(tour)
    assert tours("ล่องแพ", most_satang=category.price_satang) == ["ล่องแพ"]


def test_a_tour_for_parties_alone_is_found_by_its_cheapest_party_ahead(at):
    tour = a_found_tour("ล่องแพ", sold_as=Tour.SoldAs.PRIVATE)
    tour.private_prices.create(up_to=4, price_satang=400000)
    a_departure(tour, starts_at=in_days(at, 3)).special_prices.create(people=4, price_satang=300000)
    tour_changed(tour)
    assert tours("ล่องแพ", most_satang=300000) == ["ล่องแพ"]
    Departure.objects.update(starts_at=in_days(at, -0.1))
    assert follow_prices(at) == 1
    assert (tours("ล่องแพ", most_satang=300000), tours("ล่องแพ", most_satang=400000)) == ([], ["ล่องแพ"])


def test_the_shops_own_name_finds_what_it_sells_until_it_closes(at, owner):
    tour = a_found_tour("เดินป่า", shop=a_shop(owner, name_th="ร้านเดิม"))
    name_shop(owner=owner, name=ShopName(name_th="บ้านไร่ชายเขา", slug=tour.shop.slug, province=50), at=at)
    assert tours("บ้านไร่ชายเขา") == ["เดินป่า"]
    close_shop(shop=tour.shop, by=owner, at=at)
    assert tours("เดินป่า") == []


def test_a_deleted_tour_leaves_nothing_behind():
    tour = a_found_tour("ดูนก")
    tour.prices.all().delete()
    tour.tiers.all().delete()
    tour.delete()
    assert tours("ดูนก") == []


def test_the_command_writes_what_is_missing_and_all_of_it_when_asked(capsys):
    a_tour(name_th="ยังไม่มีในดัชนี")
    call_command("index_search")
    call_command("index_search", "--all")
    call_command("index_search")
    assert capsys.readouterr().out.split("\n")[:3] == ["1 entries written.", "1 entries written.", "0 entries written."]


def test_three_letters_that_follow_each_other():
    assert grams_of("เรือ ab abcd") == "abc bcd รือ เรื"


# ------------------------------------------------------------------ on the market's page
def names(**query) -> list[str]:
    answer = Client().get(reverse("market"), query)
    assert answer.status_code == 200
    return [card.name for card in answer.context["cards"]]


def test_the_best_match_stands_on_top_unless_another_order_is_asked_for(at):
    old = a_found_tour("พายเรือ", published_at=at - timedelta(days=9))
    new = a_found_tour("ตลาดน้ำ", summary_th="พายเรือซื้อของ", published_at=at)
    for place, tour in enumerate((new, old)):
        a_departure(tour, starts_at=in_days(at, 3 + place))
    assert names(kind="tour", q="พายเรือ") == ["พายเรือ", "ตลาดน้ำ"]
    assert names(kind="tour", q="พายเรือ", sort="soon") == ["ตลาดน้ำ", "พายเรือ"]


def test_what_is_found_but_may_not_be_sold_today_is_not_shown(at):
    tour = a_found_tour("เกาะลับ")
    assert names(kind="tour", q="เกาะลับ") == ["เกาะลับ"]
    tour.shop.business.papers.all().delete()
    assert names(kind="tour", q="เกาะลับ") == []


def test_price_language_and_audience_narrow_the_market_without_words_too():
    a_found_tour("ก", languages=["th"], audiences=["elders"])
    a_found_tour("ข", languages=["en"], audiences=[])
    assert names(kind="tour", language="en") == ["ข"]
    assert names(kind="tour", audience="elders") == ["ก"]
    assert (sorted(names(kind="tour", price="600")), names(kind="tour", price="599")) == (["ก", "ข"], [])


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_asks_no_more_questions_for_more(number, at, django_assert_num_queries):
    for place in range(number):
        a_found_tour(f"ดำน้ำ {place}")
    looks_through_the_newest = connection.vendor == "postgresql"
    with django_assert_num_queries(
        5 + looks_through_the_newest
    ):  # names, words, letters, which are on sale, their cards
        assert len(names(kind="tour", q="ดำน้ำ")) == number


def test_of_a_common_word_the_newest_are_listed_and_no_more_than_is_looked_at(monkeypatch):
    for place in range(4):
        a_found_tour(f"ดำน้ำ {place}")
    monkeypatch.setattr(search, "MAX_FOUND", 3)
    assert tours("ดำน้ำ") == ["ดำน้ำ 3", "ดำน้ำ 2", "ดำน้ำ 1"]
    monkeypatch.setattr(search, "NEWEST", 2)  # too few of them are among the newest: the index is asked
    assert tours("ดำน้ำ") == ["ดำน้ำ 3", "ดำน้ำ 2", "ดำน้ำ 1"]


def test_names_and_other_words_together_give_no_more_than_is_looked_at(monkeypatch):
    for place in range(2):
        a_found_tour(f"ดำน้ำ {place}")
    for place in range(3):
        a_found_tour(f"ป่า {place}", summary_th="ไปดำน้ำ")
    monkeypatch.setattr(search, "MAX_FOUND", 3)
    assert tours("ดำน้ำ") == ["ดำน้ำ 1", "ดำน้ำ 0", "ป่า 2"]
    assert tours("ดำน้ำ") == names(kind="tour", q="ดำน้ำ")


def test_who_looks_at_the_first_few_gets_the_beginning_of_the_whole(monkeypatch):
    for place in range(5):
        a_found_tour(f"ดำน้ำ {place}")
    a_found_tour("เรือ", summary_th="ไปดำน้ำ")
    whole = found("ดำน้ำ", item="tour", facets=Facets(), shown=list)
    monkeypatch.setattr(search, "ENOUGH", 3)
    assert found("ดำน้ำ", item="tour", facets=Facets(), shown=list, first=2) == whole[:3]
    for newest in (1000, 2):
        monkeypatch.setattr(search, "NEWEST_FOR_FEW", newest)
        assert found("ดำน้ำ", item="tour", facets=Facets(), shown=list, first=2) == whole[:3]


def test_few_that_may_be_shown_are_looked_for_behind_many_that_may_not(monkeypatch):
    oldest = a_found_tour("ดำน้ำ").pk
    for place in range(5):
        a_found_tour(f"ดำน้ำ {place}")
    monkeypatch.setattr(search, "ENOUGH", 3)

    def shown(rows):
        return [row for row in rows if row == oldest]

    assert found("ดำน้ำ", item="tour", facets=Facets(), shown=shown, first=2) == [oldest]


@pytest.mark.parametrize(("typed", "letters"), [("ยา", 0), ("เรือ", 1)], ids=["too short for letters", "with letters"])
def test_nothing_is_asked_about_twice(monkeypatch, typed, letters):
    word = a_found_tour(typed).pk
    inside = [a_found_tour(f"บ้าน{typed}นไม้").pk for _ in range(letters)]
    monkeypatch.setattr(search, "ENOUGH", 1)
    asked = []
    assert found(typed, item="tour", facets=Facets(), shown=lambda rows: asked.append(rows) or []) == []
    assert asked == [[word], inside][: 1 + letters]


def test_letters_are_not_asked_where_words_fill_all_that_is_looked_at(monkeypatch, django_assert_num_queries):
    for place in range(3):
        a_found_tour(f"ดำน้ำ {place}")
    monkeypatch.setattr(search, "MAX_FOUND", 3)
    with django_assert_num_queries(1):  # names, which on PostgreSQL are enough among the newest
        assert found("ดำน้ำ", item="tour", facets=Facets(), shown=lambda rows: []) == []


def test_letters_are_found_in_their_order_only():
    """Some runs of three are asked for, not all: the text itself decides."""
    a_found_tour("abcxdef ghi")
    assert (tours("abcdef"), tours("bcxde")) == ([], ["abcxdef ghi"])


@pytest.mark.parametrize("typed", ["ผ้าทอ", "ทอ", "้าทอ"], ids=["a name", "a word of descriptions", "letters"])
def test_a_search_for_tours_costs_the_same_however_many_goods_fit(typed):
    if connection.vendor != "sqlite":
        pytest.skip("counts the steps of SQLite's machine")
    shop = a_tour(name_th="ดำน้ำ").shop

    def steps_with(goods: int) -> int:
        for place in range(goods):
            a_product(shop, name_th=f"ผ้าทอลาย {place}", description_th="ทอ มือ")
        index_missing()
        with connection.cursor() as cursor:  # or else each new row is a piece of the index by itself
            for table in FTS5_TABLES:
                cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")
        taken = []
        connection.connection.set_progress_handler(lambda: taken.append(1), 1)
        try:
            assert found(typed, item="tour", facets=Facets(), shown=list) == []
        finally:
            connection.connection.set_progress_handler(None, 0)
        return len(taken)

    few, many = steps_with(2), steps_with(40)
    assert many < few + 40


def test_a_page_of_whole_words_is_not_filled_up_with_letters(monkeypatch):
    for name in ("บ้านเรือนไม้", "เรือแจว"):
        a_found_tour(name)
    assert tours("เรือ") == ["เรือแจว", "บ้านเรือนไม้"]
    monkeypatch.setattr(search, "ENOUGH", 1)
    assert tours("เรือ") == ["เรือแจว"]


@pytest.mark.parametrize("sort", ["new", "soon", "cheap"])
def test_whole_words_that_may_not_be_shown_there_leave_room_for_letters(monkeypatch, at, sort):
    monkeypatch.setattr(search, "ENOUGH", 1)
    elsewhere, here = a_found_tour("เรือแจว"), a_found_tour("บ้านเรือนไม้")
    a_departure(elsewhere, starts_at=in_days(at, 3)), a_departure(here, starts_at=in_days(at, 5))
    assert names(kind="tour", q="เรือ", day="2026-11-28", sort=sort) == ["บ้านเรือนไม้"]


def test_the_map_leads_to_each_province_that_has_something():
    a_found_tour("กระบี่", province=81)
    answer = Client().get(reverse("market_map"))
    assert [link for _name, link, _number in answer.context["provinces"]] == ["/market/?province=81"]
    assert answer.content.decode().count("/market/?province=81") == 2  # on the map and in the list


def test_an_empty_map_says_what_to_do():
    assert "province-map" not in Client().get(reverse("market_map")).content.decode()


def test_sqlite_keeps_its_index_in_step_with_the_rows():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's indexes stand on the rows themselves")
    a_found_tour("ทดสอบดัชนี")
    SearchEntry.objects.update(words="อื่น", title_words="อื่น", text="อื่น")
    with connection.cursor() as cursor:
        for table in FTS5_TABLES:
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('integrity-check')")


def test_an_index_from_before_is_carried_over_and_back():
    migration = import_module("tourdee.shop.migrations.0026_titles_and_kinds_are_found_fast")

    def carried(forward: bool) -> list[tuple[str, set[str]]]:
        steps = (
            (migration.SQLITE, migration.SQLITE_BACK)
            if connection.vendor == "sqlite"
            else ([migration.SIGNED], [migration.UNSIGNED])
        )
        with connection.cursor() as cursor:
            for statement in steps[0] if forward else steps[1]:
                cursor.execute(statement)
        return entries()

    def entries() -> list[tuple[str, set[str]]]:
        rows = SearchEntry.objects.order_by("pk").values_list("text", "grams")
        return [(text, set(grams.split())) for text, grams in rows]

    a_found_tour("ทำอาหาร", kind="workshop", summary_th="ที่บ้าน")
    a_product(name_th="ทำมือ")
    a_found_tour("ดำน้ำ")
    now = entries()
    before = carried(forward=False)
    assert [text[:5] for text, _grams in before] == ["ทำอาห", "ดำน้ำ", "ทำมือ"]
    assert carried(forward=True) == now
    assert (tours("ำอาหา"), tours("ดำน้ำ"), tours("บ้าน", kind="workshop")) == (["ทำอาหาร"], ["ดำน้ำ"], ["ทำอาหาร"])
