"""The counters: one conditional UPDATE each, and a CHECK behind it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ..actions import stock
from ..models import Departure, Product, Tour, Variant
from ..queries.baskets import BasketLine
from .factories import a_departure, a_product, a_shop, a_tour, in_days

pytestmark = pytest.mark.django_db


def line(departure=None, variant=None, *, quantity=1):
    seats = quantity if departure else 0
    return BasketLine(
        kind="seats" if departure else "goods", departure=departure, variant=variant, quantity=quantity, seats=seats, unit_price_satang=1,
        name_th="ที่", name_en="",
    )  # fmt: skip


def taken(departure):
    return Departure.objects.get(pk=departure.pk).taken


def test_seats_are_taken_to_the_last_and_not_beyond(at):
    departure = a_departure(starts_at=in_days(at, 3), capacity=3)
    answers = [stock.take_seats(departure=departure.pk, seats=seats, starts_after=at) for seats in (2, 2, 1, 1)]
    assert (answers, taken(departure)) == ([True, False, True, False], 3)


@pytest.mark.parametrize("status", ["closed", "cancelled"])
def test_a_shut_departure_gives_no_seat(status, at):
    departure = a_departure(starts_at=in_days(at, 3), status=status)
    assert not stock.take_seats(departure=departure.pk, seats=1, starts_after=at)


def test_a_departure_gives_no_seat_once_its_moment_has_come(at):
    departure = a_departure(starts_at=at)
    assert not stock.take_seats(departure=departure.pk, seats=1, starts_after=at)
    assert stock.take_seats(departure=departure.pk, seats=1, starts_after=at - timedelta(seconds=1))


def test_more_than_was_taken_is_never_given_back(at):
    departure = a_departure(starts_at=in_days(at, 3), taken=1)
    with pytest.raises(stock.BooksDoNotBalance):
        stock.give_back_seats(departure=departure.pk, seats=2)
    assert taken(departure) == 1


def test_pieces_are_reserved_to_the_last_and_sent(at):
    variant = a_product(stock=3)
    assert [stock.take_goods(variant=variant.pk, quantity=quantity) for quantity in (2, 2, 1)] == [True, False, True]
    stock.ship_goods(variant=variant.pk, quantity=2)
    stock.give_back_goods(variant=variant.pk, quantity=1)
    variant.refresh_from_db()
    assert (variant.stock, variant.reserved, variant.left) == (1, 0, 1)


@pytest.mark.parametrize("act", [stock.give_back_goods, stock.ship_goods])
def test_more_than_was_reserved_never_leaves(act, at):
    variant = a_product(stock=3)
    with pytest.raises(stock.BooksDoNotBalance):
        act(variant=variant.pk, quantity=1)
    variant.refresh_from_db()
    assert (variant.stock, variant.reserved) == (3, 0)


def test_a_variant_that_is_no_longer_sold_gives_nothing(at):
    variant = a_product()
    Variant.objects.update(is_active=False)
    assert not stock.take_goods(variant=variant.pk, quantity=1)


def test_a_basket_is_had_whole_or_not_at_all(at):
    shop = a_shop()
    first, second = (a_departure(a_tour(shop), starts_at=in_days(at, day)) for day in (3, 4))
    variant = a_product(shop, stock=1)
    with pytest.raises(stock.CannotTake) as short, transaction.atomic():
        stock.take([line(second, quantity=2), line(first, quantity=2), line(variant=variant, quantity=2)], at=at)
    assert (short.value.left, short.value.line.variant) == (1, variant)
    assert (taken(first), taken(second)) == (0, 0)


def test_two_baskets_take_in_the_same_order_whatever_order_they_were_filled_in(at, monkeypatch):
    shop = a_shop()
    first, second = (a_departure(a_tour(shop), starts_at=in_days(at, day)) for day in (3, 4))
    touched = []
    real = stock.take_seats
    monkeypatch.setattr(stock, "take_seats", lambda **what: touched.append(what["departure"]) or real(**what))
    stock.take([line(second), line(first)], at=at)
    stock.take([line(first), line(second)], at=at)
    assert touched == [first.pk, second.pk, first.pk, second.pk]


def test_pages_see_a_new_version_with_every_change_of_what_is_left(at):
    shop = a_shop()
    departure, variant = a_departure(a_tour(shop), starts_at=in_days(at, 3)), a_product(shop)
    lines = [line(departure), line(variant=variant)]
    seen = []
    for act in (lambda: stock.take(lines, at=at), lambda: stock.give_back(lines, at=at), lambda: None):
        act()
        seen.append((Tour.objects.get().version, Product.objects.get().version))
    assert seen == [(2, 2), (3, 3), (3, 3)]


@pytest.mark.parametrize(
    ("model", "changes"),
    [(Departure, {"taken": 11}), (Departure, {"capacity": 1, "taken": 2}), (Variant, {"reserved": 6})],
)
def test_the_database_itself_refuses_to_oversell(model, changes, at):
    a_departure(starts_at=in_days(at, 3))
    a_product(stock=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**changes)
