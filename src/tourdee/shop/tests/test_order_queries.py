"""Orders as buyer and seller find them."""

import pytest

from ..actions.arrivals import check_in
from ..actions.holds import HOLD, expire_order
from ..actions.orders import cancel_order
from ..actions.payments import receive_slip, record_manual_payment
from ..queries.orders import (
    manifest,
    order_by_secret,
    orders_of,
    orders_of_shop,
    orders_to_handle,
    orders_to_handle_for,
    payable_orders_of,
)
from .factories import (
    a_business,
    a_buyer,
    a_departure,
    a_product,
    a_shop,
    a_slip,
    a_tour,
    an_operator,
    an_order,
    goods,
    in_days,
    seats,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=30)


def paid(order, owner, at, satang=0):
    return record_manual_payment(order=order, by=owner, satang=satang or order.total_satang, reference="1", at=at)


def test_the_secret_opens_one_order_and_no_other(shop, departure, at, django_assert_num_queries):
    order, other = (an_order(shop, seats(departure, 1), at=at) for _ in range(2))
    with django_assert_num_queries(3):
        found = order_by_secret(order.secret)
        assert (found, found.seller.name, len(found.lines.all()), len(found.notes.all()), len(found.slips.all())) == (
            order, shop.business.name, 1, 1, 0,
        )  # fmt: skip
    for wrong in ("", "\0" * 32, order.secret + "\0", other.secret[:-1], order.public_id, order.code):
        assert order_by_secret(wrong) is None


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_orders_takes_two_queries_however_many(count, shop, departure, at, django_assert_num_queries):
    for _ in range(count):
        an_order(shop, seats(departure, 1), at=at)
    with django_assert_num_queries(2):
        rows = [(order.seller.name, order.lines.all()[0].departure.tour.name_th) for order in orders_of_shop(shop)]
    assert len(rows) == count


def test_a_shop_sees_its_own_orders_newest_first(shop, departure, stranger, at):
    elsewhere = a_shop(stranger)
    an_order(elsewhere, goods(a_product(elsewhere), 1), at=at)
    old = an_order(shop, seats(departure, 1), at=at)
    new = an_order(shop, seats(departure, 1), at=in_days(at, 1))
    assert list(orders_of_shop(shop)) == [new, old]


@pytest.mark.parametrize("words", ["{code}", "{code_small}", "แอนนา", "0891234567", "89123", " 089-123-4567 "])
def test_an_order_is_found_by_code_name_or_phone(words, shop, departure, at):
    an_order(shop, seats(departure, 1), at=at)
    order = an_order(shop, seats(departure, 1), at=at, buyer=a_buyer(name="แอนนา เบิร์ก", phone="+66891234567"))
    asked = words.format(code=order.code, code_small=order.code.lower()[:5])
    assert list(orders_of_shop(shop, words=asked)) == [order]


@pytest.mark.parametrize("words", ["%", "_", "\0", "x" * 10_000, "'"])
def test_a_search_for_signs_finds_nothing_and_breaks_nothing(words, shop, departure, at):
    an_order(shop, seats(departure, 1), at=at)
    assert [order.buyer_name for order in orders_of_shop(shop, words=words)] == (["Anna Berg"] if words == "\0" else [])


def test_orders_are_chosen_by_status(shop, departure, owner, at):
    an_order(shop, seats(departure, 1), at=at)
    order = paid(an_order(shop, seats(departure, 1), at=at), owner, at)
    assert list(orders_of_shop(shop, status="confirmed")) == [order]


def test_the_partner_who_is_paid_sees_the_order_and_a_stranger_does_not(owner, stranger, at):
    shop = a_shop(owner, business=a_business(owner, licensed=False))
    operator = an_operator(shop.business)
    departure = a_departure(a_tour(shop, operator=operator), starts_at=in_days(at, 5))
    order = an_order(shop, seats(departure, 1), at=at)
    assert [list(orders_of(user)) for user in (owner, operator.owner, stranger)] == [[order], [order], []]
    assert [list(payable_orders_of(user)) for user in (owner, operator.owner)] == [[], [order]]


def test_what_waits_for_the_seller(shop, departure, owner, stranger, at):
    an_order(shop, seats(departure, 1), at=at)
    late = an_order(shop, seats(departure, 9), at=at)
    expire_order(order=late, at=at + HOLD)
    departure.__class__.objects.update(capacity=4)
    slip = receive_slip(order=late, upload=a_slip(), at=at + HOLD)
    stranded = an_order(shop, seats(departure, 1), at=at)
    expire_order(order=stranded, at=at + HOLD)
    departure.__class__.objects.update(status="closed")
    paid(stranded, owner, at + HOLD)
    to_send = paid(an_order(shop, goods(a_product(shop), 1), at=at), owner, at)
    owed = paid(an_order(shop, goods(a_product(shop), 1), at=at), owner, at)
    cancel_order(order=owed, by="seller", at=at)

    waiting = orders_to_handle(shop, at)
    assert (waiting.slips, waiting.no_seat, waiting.refunds, waiting.to_send) == ([slip], [stranded], [owed], [to_send])
    assert len(waiting) == 4
    assert [len(orders_to_handle_for(user, at)) for user in (owner, stranger)] == [4, 0]
    assert len(orders_to_handle(a_shop(stranger), at)) == 0


def test_the_manifest_names_whom_to_expect(shop, departure, owner, at, django_assert_num_queries):
    anna = paid(
        an_order(shop, seats(departure, 2), seats(departure, 1, 2), at=at, buyer=a_buyer(name="Anna")), owner, at
    )
    bert = an_order(shop, seats(departure, 1), at=at, buyer=a_buyer(name="Bert"))
    receive_slip(order=bert, upload=a_slip(), at=at)
    an_order(shop, seats(departure, 1), at=at, buyer=a_buyer(name="Unpaid"))
    cancel_order(order=an_order(shop, seats(departure, 1), at=at), by="buyer", at=at)
    for line in anna.lines.all():
        check_in(line=line, by=owner, at=in_days(at, 5))
    with django_assert_num_queries(1):
        guests = manifest(departure)
    assert [(guest.order, guest.seats, guest.people, guest.paid, guest.here) for guest in guests] == [
        (anna, 2, 3, True, True),
        (bert, 1, 1, False, False),
    ]


def test_what_a_partner_is_paid_waits_for_the_partner_and_goods_for_the_shop(shop, owner, at):
    operator = an_operator(shop.business)
    tour = a_tour(shop, operator=operator)
    slip = receive_slip(
        order=an_order(shop, seats(a_departure(tour, starts_at=in_days(at, 5)), 1), at=at), upload=a_slip(), at=at
    )
    to_send = paid(an_order(shop, goods(a_product(shop), 1), at=at), owner, at)
    here, theirs = orders_to_handle_for(owner, at), orders_to_handle_for(operator.owner, at)
    assert (here.slips, here.to_send) == ([], [to_send])
    assert (theirs.slips, theirs.to_send) == ([slip], [])
    assert len(orders_to_handle(shop, at)) == 1
