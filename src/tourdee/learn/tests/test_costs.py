"""The calculator: the lesson's own figures, laws that hold for all figures, and the pages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourdee.core.money import percent_of
from tourdee.learn import actions, queries
from tourdee.learn.models import CostSheet

from .factories import sheet_values

costs = st.lists(st.integers(0, 5_000_000), max_size=6).map(lambda rows: [{"name": "x", "satang": row} for row in rows])
sheets = st.builds(
    CostSheet,
    kind=st.sampled_from(["tour", "product"]),
    fixed_costs=costs,
    unit_costs=costs,
    units=st.integers(1, 100_000),
    fee_percent=st.integers(0, 90),
    wanted_percent=st.integers(0, 90),
    price_satang=st.integers(0, 50_000_000),
)


def result(**changes):
    return queries.result_of(CostSheet(**sheet_values(**changes)))


# ------------------------------------------------------------------ the lesson's figures
@pytest.mark.parametrize(
    ("price", "guests", "profit"),
    [(79_000, 5, -75_000), (79_000, 6, -26_000), (79_000, 8, 72_000), (79_000, 12, 268_000),
     (89_000, 5, -25_000), (89_000, 6, 34_000), (89_000, 8, 152_000), (89_000, 12, 388_000)],
)  # fmt: skip
def test_the_table_of_the_lesson(price, guests, profit):
    assert result(price_satang=price, units=guests).profit == profit


@pytest.mark.parametrize(("price", "fee", "guests"), [(79_000, 0, 7), (89_000, 0, 6), (89_000, 20, 8)])
def test_the_break_even_points_of_the_lesson(price, fee, guests):
    assert result(price_satang=price, fee_percent=fee).break_even == guests


def test_the_boat_trip_of_the_lesson_in_full():
    trip = result()
    assert (trip.fixed, trip.unit, trip.fee, trip.total) == (320_000, 30_000, 0, 560_000)
    assert (trip.cost_each, trip.left_each, trip.income, trip.profit) == (70_000, 59_000, 712_000, 152_000)
    assert (trip.margin_percent, trip.breaks_even, trip.loss) == (Decimal("21.3"), True, 0)


def test_the_scarf_of_the_lesson_on_a_marketplace():
    cost = [{"name": "yarn, time, box, postage", "satang": 32_000}]
    scarf = result(kind="product", units=1, fixed_costs=[], unit_costs=cost, price_satang=45_000, fee_percent=10)
    assert (scarf.fee, scarf.profit) == (4_500, 8_500)


def test_a_price_for_a_wanted_margin_is_whole_baht():
    assert result(wanted_percent=30).suggested_price == 100_000
    assert result(wanted_percent=20).suggested_price == 87_500
    assert result(wanted_percent=20, fee_percent=20).suggested_price == 116_700


@pytest.mark.parametrize("price", [0, 20_000, 30_000])
def test_it_never_pays_when_a_sale_brings_no_more_than_it_costs(price):
    assert result(price_satang=price).break_even is None


def test_it_never_pays_when_the_fee_eats_the_rest():
    assert result(price_satang=37_500, fee_percent=20).break_even is None
    assert result(price_satang=37_600, fee_percent=20).break_even == 4_000


def test_without_fixed_costs_the_first_sale_pays():
    assert result(fixed_costs=[]).break_even == 1


def test_no_price_leaves_a_margin_when_fee_and_wish_take_all():
    assert result(fee_percent=60, wanted_percent=40).suggested_price is None


def test_an_income_of_nothing_has_no_margin():
    assert result(price_satang=0).margin_percent is None


# ------------------------------------------------------------------ laws
@given(sheets)
def test_income_is_costs_and_fees_and_profit(sheet):
    figures = queries.result_of(sheet)
    assert figures.income == figures.total + sheet.units * figures.fee + figures.profit
    assert figures.total == figures.fixed + sheet.units * figures.unit


@given(sheets)
def test_at_break_even_nothing_is_lost_and_one_less_loses(sheet):
    figures = queries.result_of(sheet)
    number = figures.break_even
    if number is None:
        assert figures.left_each <= 0
        return
    assert number >= 1
    assert number * figures.left_each >= figures.fixed
    assert number == 1 or (number - 1) * figures.left_each < figures.fixed
    assert figures.breaks_even == (figures.profit >= 0 and sheet.units >= number)


@given(sheets)
def test_the_suggested_price_leaves_the_wanted_margin_and_one_baht_less_does_not(sheet):
    price = queries.result_of(sheet).suggested_price
    if price is None:
        assert sheet.fee_percent + sheet.wanted_percent >= 100 or queries.result_of(sheet).total == 0
        return
    assert price % 100 == 0
    assert _share_kept(sheet, price) >= sheet.wanted_percent
    assert price == 100 or _share_kept(sheet, price - 100) < sheet.wanted_percent


def _share_kept(sheet, price):
    total = queries.result_of(sheet).total
    profit = sheet.units * (price - percent_of(price, sheet.fee_percent)) - total
    return Decimal(100 * profit) / (sheet.units * price)


@given(sheets, st.integers(1, 1_000_000))
def test_a_higher_price_never_needs_more_guests(sheet, more):
    before = queries.result_of(sheet)
    sheet.price_satang += more
    after = queries.result_of(sheet)
    if before.break_even is not None and after.left_each >= before.left_each:
        assert after.break_even <= before.break_even


@given(sheets)
def test_cost_each_covers_the_costs(sheet):
    figures = queries.result_of(sheet)
    assert figures.cost_each * sheet.units >= figures.total > (figures.cost_each - 1) * sheet.units


# ------------------------------------------------------------------ pages
def typed(**changes):
    """What a browser sends for a scarf."""
    return {
        "name": "ผ้าพันคอ", "kind": "product", "units": "10", "price_satang": "450", "fee_percent": "10",
        "wanted_percent": "20", "fixed-TOTAL_FORMS": "2", "fixed-INITIAL_FORMS": "0", "unit-TOTAL_FORMS": "2",
        "unit-INITIAL_FORMS": "0", "fixed-0-name": "ค่าบูธ", "fixed-0-satang": "1,000", "fixed-1-name": "",
        "fixed-1-satang": "", "unit-0-name": "ฝ้าย", "unit-0-satang": "๑๑๐.๕๐", "unit-1-name": "", "unit-1-satang": "",
        **changes,
    }  # fmt: skip


@pytest.mark.django_db
def test_a_calculation_is_saved_and_opened_again(client_of, owner):
    client = client_of(owner)
    answer = client.post("/learn/costs/new/", typed())
    sheet = CostSheet.objects.get()
    assert answer["Location"] == f"/learn/costs/{sheet.public_id}/"
    assert (sheet.user, sheet.name, sheet.kind, sheet.units) == (owner, "ผ้าพันคอ", "product", 10)
    assert (sheet.price_satang, sheet.fee_percent, sheet.wanted_percent) == (45_000, 10, 20)
    assert sheet.fixed_costs == [{"name": "ค่าบูธ", "satang": 100_000}]
    assert sheet.unit_costs == [{"name": "ฝ้าย", "satang": 11_050}]
    page = client.get(answer["Location"])
    assert page.context["result"].profit == 10 * (45_000 - 4_500 - 11_050) - 100_000
    assert 'value="110.50"' in page.content.decode()


@pytest.mark.django_db
def test_working_it_out_saves_nothing(client_of, owner):
    page = client_of(owner).post("/learn/costs/new/", typed(reckon="1"))
    assert page.context["result"].break_even == 4
    assert 'value="ผ้าพันคอ"' in page.content.decode()
    assert CostSheet.objects.count() == 0


@pytest.mark.django_db
def test_the_live_result_is_the_same_and_saves_nothing(client_of, owner):
    answer = client_of(owner).post("/en/learn/costs/result/", typed())
    assert "from 4 pieces on" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert CostSheet.objects.count() == 0


@pytest.mark.django_db
def test_the_live_result_waits_for_the_figures(client_of, owner):
    answer = client_of(owner).post("/en/learn/costs/result/", typed(units=""))
    assert "the result appears here" in answer.content.decode()


@pytest.mark.django_db
def test_a_change_is_saved_in_the_same_sheet(client_of, owner, at):
    sheet = actions.save_cost_sheet(user=owner, sheet=None, values=sheet_values(), at=at)
    client_of(owner).post(f"/learn/costs/{sheet.public_id}/", typed(**{"fixed-INITIAL_FORMS": "2"}))
    sheet.refresh_from_db()
    assert (CostSheet.objects.count(), sheet.name, len(sheet.fixed_costs)) == (1, "ผ้าพันคอ", 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("units", "0", "The least is 1."),
        ("units", "", "This field is required."),
        ("price_satang", "-5", "Please type the amount in baht as digits, for example 1,250 or 1250.50."),
        ("fee_percent", "91", "The most is 90."),
        ("name", "", "This field is required."),
    ],
)
def test_a_wrong_figure_is_refused_at_its_field(client_of, owner, field, value, error):
    page = client_of(owner).post("/en/learn/costs/new/", typed(**{field: value}))
    assert page.context["draft"].form.errors == {field: [error]}
    assert CostSheet.objects.count() == 0


@pytest.mark.django_db
def test_a_cost_without_an_amount_is_asked_for(client_of, owner):
    page = client_of(owner).post("/en/learn/costs/new/", typed(**{"unit-1-name": "Box"}))
    assert page.context["draft"].unit.errors == [{}, {"satang": ["How many baht?"]}]
    assert 'value="Box"' in page.content.decode()


@pytest.mark.django_db
def test_a_cost_without_a_name_is_called_other(client_of, owner):
    client_of(owner).post("/en/learn/costs/new/", typed(**{"unit-1-satang": "20"}))
    assert CostSheet.objects.get().unit_costs[1] == {"name": "Other", "satang": 2_000}


@pytest.mark.django_db
def test_a_calculation_is_deleted_by_its_owner_alone(client_of, owner, stranger, at):
    sheet = actions.save_cost_sheet(user=owner, sheet=None, values=sheet_values(), at=at)
    url = f"/learn/costs/{sheet.public_id}/delete/"
    assert client_of(stranger).post(url).status_code == 404
    assert client_of(owner).get(url).status_code == 405
    assert CostSheet.objects.count() == 1
    assert client_of(owner).post(url)["Location"] == "/learn/costs/"
    assert CostSheet.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_for_three(client_of, owner, rows, at, django_assert_num_queries):
    for _ in range(rows):
        actions.save_cost_sheet(user=owner, sheet=None, values=sheet_values(), at=at)
    client = client_of(owner)
    client.get("/learn/costs/")
    with django_assert_num_queries(4):  # session, user, roles, sheets
        client.get("/learn/costs/")


@pytest.mark.django_db
def test_only_my_calculations_are_listed_newest_first(client_of, owner, stranger, at):
    from datetime import timedelta

    old = actions.save_cost_sheet(user=owner, sheet=None, values=sheet_values(name="เก่า"), at=at)
    new = actions.save_cost_sheet(user=owner, sheet=None, values=sheet_values(name="ใหม่"), at=at + timedelta(days=1))
    actions.save_cost_sheet(user=stranger, sheet=None, values=sheet_values(name="ความลับ"), at=at)
    page = client_of(owner).get("/learn/costs/")
    assert [sheet for sheet, _ in page.context["sheets"]] == [new, old]
    assert "ความลับ" not in page.content.decode()
    assert list(queries.cost_sheets_of(owner)) == [new, old]
