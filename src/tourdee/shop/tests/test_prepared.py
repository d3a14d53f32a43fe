"""What a prepared question finds is what the ORM finds, related rows and all; only the values change."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from tourdee.core.prepared import MOMENT, Prepared, PreparedUpdate, keep_related, partly

from ..models import CancellationTier, Departure, OrderLine, PriceCategory, Tour
from .factories import a_departure, a_shop, a_tour, an_order, in_days, seats

TOURS = Prepared(
    lambda tours: Tour.objects.filter(pk__among=tours).select_related("shop__business", "operator"), tours=[1]
)
LATER = Prepared(
    lambda shop, after: Departure.objects.filter(tour__shop__slug=shop, starts_at__gt=after).order_by("starts_at"),
    shop="", after=MOMENT,
)  # fmt: skip
HARD_NAME = """เรือ 'ลำ' "ใหญ่" 100% \\ %s %% ? {}"""
NAMED = Prepared(
    lambda tour: Tour.objects.filter(pk=tour, name_th=HARD_NAME, status=Tour.Status.PUBLISHED, minutes__gt=0), tour=1
)


@pytest.fixture
def tours(owner) -> list[Tour]:
    shop = a_shop(owner)
    return [a_tour(shop) for _ in range(3)]


@pytest.mark.parametrize("number", [1, 3])
def test_models_come_with_what_was_selected_with_them(tours, number, django_assert_num_queries):
    wanted = [tour.pk for tour in tours[:number]]
    with django_assert_num_queries(1):
        found = TOURS.objects(tours=wanted)
        shops = {tour.shop.business.name for tour in found}
    assert (sorted(tour.pk for tour in found), shops) == (sorted(wanted), {tours[0].shop.business.name})
    assert {tour.operator for tour in found} == {None}
    assert found[0]._state.adding is False


def test_each_field_is_typed_as_the_orm_types_it(tours):
    (found,) = TOURS.objects(tours=[tours[0].pk])
    known = Tour.objects.get(pk=tours[0].pk)
    fields = [field.attname for field in Tour._meta.concrete_fields]
    assert [getattr(found, name) for name in fields] == [getattr(known, name) for name in fields]


def test_values_change_and_the_sql_does_not(tours, at):
    near, far = (a_departure(tours[0], starts_at=in_days(at, days)) for days in (3, 9))
    slug = tours[0].shop.slug
    assert [one.pk for one in LATER.objects(shop=slug, after=at)] == [near.pk, far.pk]
    assert [one.pk for one in LATER.objects(shop=slug, after=in_days(at, 5))] == [far.pk]
    assert LATER.objects(shop="another", after=at) == []
    assert LATER.first(shop=slug, after=at) == near
    assert LATER.first(shop=slug, after=in_days(at, 20)) is None


def test_what_never_changes_stands_in_the_sql_whatever_signs_it_has(tours):
    """SQLite would plan the statement anew for each value that an index of some rows could depend on."""
    Tour.objects.filter(pk=tours[0].pk).update(name_th=HARD_NAME, status=Tour.Status.PUBLISHED)
    assert [NAMED.objects(tour=tour.pk) for tour in tours[:2]] == [[tours[0]], []]
    asked = NAMED._shape(connection.vendor).statement
    assert (asked.places, re.findall("%[^%]", asked.sql.replace("%%", ""))) == (["tour"], ["%s"])


def test_an_empty_list_asks_nothing(tours, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert TOURS.objects(tours=[]) == []


def test_a_list_of_any_length_is_the_same_question(tours, django_assert_num_queries):
    wanted = [*range(1_000_000, 1_001_000), tours[0].pk]
    with django_assert_num_queries(1):
        assert [tour.pk for tour in TOURS.objects(tours=wanted)] == [tours[0].pk]


def test_texts_can_be_listed_hostile_ones_too(tours, at):
    departure = a_departure(tours[0], starts_at=in_days(at, 3))
    named = Prepared(lambda ids: Departure.objects.filter(public_id__among=ids), ids=[""])
    assert named.objects(ids={departure.public_id, "' OR 1=1 --", '"]', "ก{}"}) == [departure]


def test_a_hostile_value_is_a_value(tours, at):
    a_departure(tours[0], starts_at=in_days(at, 3))
    for shop in ("' OR 1=1 --", "?0?", "%s"):
        assert LATER.objects(shop=shop, after=at) == []


def test_a_value_that_never_reaches_the_sql_is_an_error(db):
    lost = Prepared(lambda name: PriceCategory.objects.filter(name_th__contains=name), name="")
    with pytest.raises(LookupError, match="not found in the SQL"):
        lost.objects(name="เด็ก")


def test_kept_rows_are_asked_for_no_more_and_know_their_way_back(tours, django_assert_num_queries):
    tour = tours[0]
    CancellationTier.objects.filter(tour=tour).delete()
    tier = CancellationTier.objects.create(tour=tour, hours_before=24, refund_percent=50)
    keep_related(tour, "tiers", [CancellationTier.objects.get(pk=tier.pk)])
    with django_assert_num_queries(0):
        assert [(one.hours_before, one.tour is tour) for one in tour.tiers.all()] == [(24, True)]
    assert tour.tiers.filter(hours_before=24).count() == 1


# ------------------------------------------------------------------ changes
MOVE = PreparedUpdate(
    lambda tour, after, to, seats: (
        Departure.objects.filter(tour=tour, starts_at__gt=after, capacity__gte=F("taken") + seats),
        {"capacity": F("capacity") - seats, "starts_at": to},
    ),
    tour=1, after=MOMENT, to=MOMENT, seats=1,
)  # fmt: skip
RENAME = PreparedUpdate(
    lambda tour, name: (Tour.objects.filter(pk=tour, status=Tour.Status.DRAFT), {"name_th": name, "name_en": HARD_NAME}),
    tour=1, name="",
)  # fmt: skip


NOTE = PreparedUpdate(
    lambda line, said: (OrderLine.objects.filter(pk=line), {"tiers": said}), line=1, said={}
)  # fmt: skip


@pytest.mark.parametrize("said", [{}, {"a": [1, None, {"ข": HARD_NAME}]}])
def test_an_object_of_json_is_kept_as_it_is(tours, at, said):
    order = an_order(tours[0].shop, seats(a_departure(tours[0], starts_at=in_days(at, 3)), 1), at=at)
    for _time in range(2):
        assert NOTE.run(line=order.lines.get().pk, said=said) == 1
        assert order.lines.get().tiers == said


def test_a_change_changes_what_the_orm_would_change(tours):
    Tour.objects.filter(pk=tours[0].pk).update(status=Tour.Status.DRAFT)
    changed = [RENAME.run(tour=tour.pk, name=HARD_NAME + "ใหม่") for tour in tours[:2]]
    assert changed == [1, 0]
    for tour in tours[:2]:
        tour.refresh_from_db()
    assert [tour.name_th == HARD_NAME + "ใหม่" for tour in tours[:2]] == [True, False]
    assert [tour.name_en == HARD_NAME for tour in tours[:2]] == [True, False]


def test_a_value_may_stand_in_several_places_of_a_change(tours, at):
    near, far = (a_departure(tours[0], starts_at=in_days(at, days), capacity=10) for days in (3, 9))
    Departure.objects.filter(pk=far.pk).update(taken=8)
    assert MOVE.run(tour=tours[0].pk, after=at, to=in_days(at, 4), seats=3) == 1
    near.refresh_from_db()
    far.refresh_from_db()
    assert (near.capacity, near.starts_at, far.capacity) == (7, in_days(at, 4), 10)
    assert MOVE.run(tour=tours[0].pk, after=in_days(at, 20), to=at, seats=1) == 0


def test_a_change_that_a_constraint_refuses_spoils_its_transaction(tours, at):
    """As of ``QuerySet.update``: what was refused cannot be overlooked and the rest kept."""
    departure = a_departure(tours[0], starts_at=in_days(at, 3), capacity=10)
    oversell = PreparedUpdate(
        lambda pk, seats: (Departure.objects.filter(pk=pk), {"taken": F("capacity") + seats}), pk=1, seats=1
    )
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            oversell.run(pk=departure.pk, seats=5)
        assert transaction.get_rollback()


# ------------------------------------------------------------------ rows of which a part was read
def test_what_was_not_read_is_asked_for(tours, django_assert_num_queries):
    whole = tours[0]
    part = partly(Tour, name_th="อ่านแล้ว", id=whole.pk, shop_id=whole.shop_id)
    with django_assert_num_queries(0):
        assert (part.pk, part.name_th, part.shop_id, part == whole) == (whole.pk, "อ่านแล้ว", whole.shop_id, True)
    with django_assert_num_queries(1):
        assert part.minutes == whole.minutes


def test_a_column_that_the_table_has_not_is_a_mistake():
    with pytest.raises(LookupError, match="nme"):
        partly(Tour, id=1, nme="x")
