"""A whole departure for one party, or single seats of it: never both."""

import pytest

from ..actions.orders import NotOnSale, PrivateOrJoinIn, SoldOut, cancel_order, expire_order
from ..models import Departure, Order, Tour
from ..queries.availability import departures_on_sale, seats_left
from ..queries.baskets import BadQuantity, Item, basket
from .factories import a_departure, a_private_tour, a_shop, a_tour, a_whole_departure, an_order, in_days, seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return a_shop()


@pytest.fixture
def departure(shop, at):
    return a_departure(a_private_tour(shop), starts_at=in_days(at, 10), capacity=8)


def now(departure):
    row = Departure.objects.get(pk=departure.pk)
    return row.taken, row.is_private


@pytest.mark.parametrize(
    ("party", "price"), [(1, 500000), (2, 500000), (3, 800000), (4, 800000), (5, 950000), (8, 1400000)]
)
def test_a_party_pays_by_its_size(shop, departure, at, party, price):
    priced = basket(shop=shop, items=[a_whole_departure(departure, party)], at=at)
    assert (priced.total_satang, [line.people for line in priced.lines]) == (price, [party])


def test_a_larger_party_than_the_table_is_refused_where_no_price_per_person_is_set(shop, departure, at):
    Tour.objects.update(private_more_satang=None)
    with pytest.raises(BadQuantity) as refused:
        basket(shop=shop, items=[a_whole_departure(departure, 5)], at=at)
    assert refused.value.largest == 4


def test_a_private_party_has_its_departure_for_itself(shop, departure, at):
    order = an_order(shop, a_whole_departure(departure, 3), at=at)
    assert (now(departure), order.total_satang) == ((3, True), 800000)
    with pytest.raises(SoldOut) as refused:
        an_order(shop, seats(departure, 1), at=at)
    assert refused.value.left == 0
    with pytest.raises(SoldOut):
        an_order(shop, a_whole_departure(departure, 1), at=at)


def test_nobody_has_a_departure_alone_in_which_somebody_sits(shop, departure, at):
    an_order(shop, seats(departure, 1), at=at)
    with pytest.raises(SoldOut):
        an_order(shop, a_whole_departure(departure, 2), at=at)
    assert now(departure) == (1, False)


def test_a_party_that_looked_before_somebody_sat_down_is_refused_by_the_database(shop, departure, at, monkeypatch):
    """The rival books between the pricing and the taking."""
    from ..actions import orders

    priced = orders.basket

    def and_a_rival_books(**asked):
        found = priced(**asked)
        monkeypatch.setattr(orders, "basket", priced)
        an_order(shop, seats(departure, 1), at=at)
        return found

    monkeypatch.setattr(orders, "basket", and_a_rival_books)
    with pytest.raises(SoldOut):
        an_order(shop, a_whole_departure(departure, 2), at=at)
    assert (now(departure), Order.objects.count()) == ((1, False), 1)


@pytest.mark.parametrize("how", ["runs out", "is cancelled"])
def test_what_a_party_gives_up_is_everybodys_again(shop, departure, at, how):
    order = an_order(shop, a_whole_departure(departure, 3), at=at)
    if how == "runs out":
        assert expire_order(order=order, at=in_days(at, 1))
    else:
        cancel_order(order=order, by="buyer", at=at)
    assert now(departure) == (0, False)
    an_order(shop, seats(departure, 2), at=at)
    assert now(departure) == (2, False)


def test_a_private_departure_has_no_seats_left_until_its_hold_runs_out(shop, departure, at):
    order = an_order(shop, a_whole_departure(departure, 3), at=at)
    (on_sale,) = departures_on_sale(departure.tour, at)
    assert (on_sale.seats_left, on_sale.left, seats_left(departure, at)) == (0, 0, 0)
    assert seats_left(departure, order.expires_at) == 8
    Departure.objects.update(capacity=20)
    assert seats_left(departure, at) == 0


def test_the_whole_and_a_seat_of_it_are_not_ordered_together(shop, departure, at):
    with pytest.raises(PrivateOrJoinIn):
        basket(shop=shop, items=[a_whole_departure(departure), seats(departure, 1)], at=at)


@pytest.mark.parametrize(("sold_as", "private", "single"), [("join_in", False, True), ("private", True, False)])
def test_a_tour_is_sold_only_as_its_seller_says(shop, departure, at, sold_as, private, single):
    Tour.objects.update(sold_as=sold_as)

    def sold(item: Item) -> bool:
        try:
            return bool(basket(shop=shop, items=[item], at=at))
        except NotOnSale:
            return False

    assert (sold(a_whole_departure(departure)), sold(seats(departure, 1))) == (private, single)


def test_a_tour_without_private_prices_is_not_sold_whole(shop, at):
    departure = a_departure(a_tour(shop, sold_as=Tour.SoldAs.BOTH), starts_at=in_days(at, 10))
    with pytest.raises(NotOnSale):
        basket(shop=shop, items=[a_whole_departure(departure)], at=at)


@pytest.mark.parametrize("party", [0, -1, 11, 100])
def test_6_a_party_of_nobody_or_of_too_many_is_refused(shop, departure, at, party):
    with pytest.raises(BadQuantity):
        basket(shop=shop, items=[a_whole_departure(departure, party)], at=at)


def test_a_party_of_one_departure_is_no_party_of_another(shop, departure, at):
    """Two dates of one tour, each for itself, in one basket."""
    other = a_departure(departure.tour, starts_at=in_days(at, 12), capacity=8)
    order = an_order(shop, a_whole_departure(departure, 2), a_whole_departure(other, 4), at=at)
    assert (now(departure), now(other), order.total_satang) == ((2, True), (4, True), 1300000)
