"""Codes that take something off: counted once an order, never more often than they may be."""

import pytest
from django.db import IntegrityError, transaction

from ..actions import vouchers
from ..actions.money import record_manual_payment
from ..actions.orders import VoucherRefused, cancel_order, expire_order
from ..models import Order, OrderLine, Shop, Voucher
from ..queries.baskets import Wishes, basket
from ..queries.money import refund_quote
from .factories import a_departure, a_product, a_shop, a_tour, a_voucher, an_order, goods, in_days, seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return a_shop()


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop), starts_at=in_days(at, 10))


def code(text: str = "songkran") -> Wishes:
    return Wishes(voucher=text)


def used() -> int:
    return Voucher.objects.get().used


def test_a_voucher_takes_off_its_per_cent_and_the_lines_share_it(shop, departure, at):
    voucher = a_voucher(shop, at)
    order = an_order(shop, seats(departure, 1), seats(departure, 1, category=1), at=at, wishes=code())
    assert (order.goods_satang, order.discount_satang, order.total_satang) == (180000, 18000, 162000)
    assert sorted(line.discount_satang for line in order.lines.all()) == [6000, 12000]
    assert (order.voucher, order.holds_voucher, used()) == (voucher, True, 1)


@pytest.mark.parametrize(
    ("terms", "off"),
    [
        ({"amount_satang": 10000}, 10000), ({"amount_satang": 10_000_000}, 155000), ({"percent": 100}, 155000),
        ({"off": "tours"}, 12000), ({"off": "goods"}, 3500), ({"off": "goods", "amount_satang": 99999}, 35000),
    ],
)  # fmt: skip
def test_it_never_takes_off_more_than_the_price_of_what_it_is_for(shop, departure, at, terms, off):
    a_voucher(shop, at, **terms)
    priced = basket(shop=shop, items=[seats(departure, 1), goods(a_product(shop, price=35000))], wishes=code(), at=at)
    assert (priced.discount_satang, priced.total_satang) == (off, 155000 + 5000 - off)


@pytest.mark.parametrize("amount", [1, 2, 100, 99_999, 100_001])
def test_the_shares_add_up_to_the_satang(shop, departure, at, amount):
    a_voucher(shop, at, amount_satang=amount)
    items = [seats(departure, 3), seats(departure, 1, category=1), goods(a_product(shop, price=33333), 3)]
    priced = basket(shop=shop, items=items, wishes=code(), at=at)
    assert priced.discount_satang == amount
    assert all(0 <= line.discount_satang <= line.total_satang for line in priced.lines)


@pytest.mark.parametrize("typed", ["songkran", " SONG KRAN ", "song-kran", "SongKran"])
def test_a_code_is_found_however_it_is_typed(shop, departure, at, typed):
    a_voucher(shop, at)
    assert basket(shop=shop, items=[seats(departure, 1)], wishes=code(typed), at=at).discount_satang == 12000


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        ({"code": "OTHER"}, "unknown"), ({"is_active": False}, "unknown"), ({"limit": 3, "used": 3}, "used_up"),
        ({"off": "goods"}, "nothing"), ({"minimum_satang": 120001}, "minimum"),
    ],
)  # fmt: skip
def test_a_code_that_does_not_hold_says_why(shop, departure, at, terms, reason):
    a_voucher(shop, at, **terms)
    with pytest.raises(VoucherRefused) as refused:
        an_order(shop, seats(departure, 1), at=at, wishes=code())
    assert (refused.value.reason, Order.objects.count(), bool(refused.value.message)) == (reason, 0, True)


def test_a_code_holds_from_its_first_moment_to_its_last(shop, departure, at):
    a_voucher(shop, at, valid_from=at, valid_to=in_days(at, 1))

    def answer(moment):
        try:
            return basket(shop=shop, items=[seats(departure, 1)], wishes=code(), at=moment).discount_satang
        except VoucherRefused as refused:
            return refused.reason

    assert [answer(in_days(at, days)) for days in (-0.001, 0, 0.999, 1)] == ["early", 12000, 12000, "over"]


# ------------------------------------------------------------------ abuse 7
def test_7_a_code_is_used_as_often_as_it_may_be_and_not_once_more(shop, departure, at):
    a_voucher(shop, at, limit=1)
    an_order(shop, seats(departure, 1), at=at, wishes=code())
    with pytest.raises(VoucherRefused) as refused:
        an_order(shop, seats(departure, 1), at=at, wishes=code())
    assert (refused.value.reason, used(), Order.objects.count()) == ("used_up", 1, 1)


def test_7_two_who_use_the_last_one_at_the_same_moment_are_one(shop, departure, at, monkeypatch):
    """The rival orders between the pricing and the taking: only the UPDATE can tell."""
    from ..actions import orders

    a_voucher(shop, at, limit=1)
    priced = orders.basket

    def and_a_rival_orders(**asked):
        found = priced(**asked)
        monkeypatch.setattr(orders, "basket", priced)
        an_order(shop, seats(departure, 1), at=at, wishes=code())
        return found

    monkeypatch.setattr(orders, "basket", and_a_rival_orders)
    with pytest.raises(VoucherRefused):
        an_order(shop, seats(departure, 2), at=at, wishes=code())
    departure.refresh_from_db()
    assert (used(), Order.objects.count(), departure.taken) == (1, 1, 1)


def test_7_another_shops_code_is_none(shop, departure, at):
    a_voucher(a_shop(), at)
    with pytest.raises(VoucherRefused) as refused:
        an_order(shop, seats(departure, 1), at=at, wishes=code())
    assert refused.value.reason == "unknown"


def test_7_two_codes_at_once_are_no_code(shop, departure, at):
    a_voucher(shop, at, code="AAAA")
    a_voucher(shop, at, code="BBBB")
    for typed in ("AAAA BBBB", "AAAA,BBBB", "AAAA\x00BBBB", "A" * 5000):
        with pytest.raises(VoucherRefused):
            an_order(shop, seats(departure, 1), at=at, wishes=code(typed))


def test_7_the_database_refuses_a_use_too_many(shop, at):
    a_voucher(shop, at, limit=1, used=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.update(used=2)


def test_7_the_same_key_with_another_code_is_another_order(shop, departure, at):
    from ..actions.orders import KeyReused
    from .factories import a_buyer

    a_voucher(shop, at)
    buyer = a_buyer()
    an_order(shop, seats(departure, 1), at=at, key="k", buyer=buyer)
    with pytest.raises(KeyReused):
        an_order(shop, seats(departure, 1), at=at, key="k", buyer=buyer, wishes=code())


# ------------------------------------------------------------------ given back
@pytest.mark.parametrize("how", ["runs out", "is cancelled"])
def test_an_order_that_ends_gives_its_code_back_once(shop, departure, at, how):
    a_voucher(shop, at, limit=1)
    order = an_order(shop, seats(departure, 1), at=at, wishes=code())
    for _again in range(2):
        if how == "runs out":
            expire_order(order=order, at=in_days(at, 1))
        else:
            cancel_order(order=order, by="buyer", at=at)
    assert (used(), Order.objects.get().holds_voucher) == (0, False)
    an_order(shop, seats(departure, 1), at=at, wishes=code())
    assert used() == 1


def paid_late(order, at):
    return record_manual_payment(
        order=order, by=order.shop.owner, satang=order.total_satang, reference=f"r{order.pk}", at=at
    )


@pytest.mark.django_db(transaction=True)
def test_who_pays_late_uses_the_code_again(shop, departure, at):
    a_voucher(shop, at, limit=1)
    order = an_order(shop, seats(departure, 1), at=at, wishes=code())
    expire_order(order=order, at=in_days(at, 1))
    assert (paid_late(order, in_days(at, 1)).status, used()) == ("confirmed", 1)


@pytest.mark.django_db(transaction=True)
def test_7_a_single_code_is_not_had_twice_by_paying_late(shop, departure, at):
    """Order, let it run out, order again, then pay both."""
    a_voucher(shop, at, limit=1)
    first = an_order(shop, seats(departure, 1), at=at, wishes=code())
    expire_order(order=first, at=in_days(at, 1))
    an_order(shop, seats(departure, 1), at=in_days(at, 1), wishes=code())
    late = paid_late(first, in_days(at, 1))
    departure.refresh_from_db()
    assert (late.status, late.holds_voucher, used(), departure.taken) == ("paid_no_seat", False, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_what_comes_back_when_cancelling_is_a_share_of_what_was_paid(shop, departure, at):
    a_voucher(shop, at)
    order = an_order(shop, seats(departure, 1), at=at, wishes=code())
    paid = paid_late(order, at)
    assert [refund_quote(paid, in_days(at, days)).total_satang for days in (5, 8, 9.5)] == [108000, 54000, 0]


# ------------------------------------------------------------------ the seller's acts
def terms(at, **more) -> vouchers.VoucherTerms:
    values = {
        "code": "NEWYEAR", "off": "all", "percent": 20, "amount_satang": 0, "minimum_satang": 0, "valid_from": at,
        "valid_to": in_days(at, 7), "limit": 10,
    } | more  # fmt: skip
    return vouchers.VoucherTerms(**values)


def test_a_seller_makes_a_code_once_and_stops_it(shop, at):
    made = vouchers.make_voucher(shop=shop, terms=terms(at), by=shop.owner, at=at)
    assert Shop.objects.get(pk=shop.pk).has_vouchers is True
    with pytest.raises(vouchers.CodeInUse):
        vouchers.make_voucher(shop=shop, terms=terms(at), by=shop.owner, at=at)
    vouchers.make_voucher(shop=a_shop(), terms=terms(at), by=shop.owner, at=at)
    for _again in range(2):
        vouchers.stop_voucher(voucher=made, by=shop.owner, at=at)
    assert (Voucher.objects.get(pk=made.pk).is_active, Shop.objects.get(pk=shop.pk).has_vouchers) == (False, False)


def test_orders_keep_their_price_when_the_code_is_stopped(shop, departure, at):
    voucher = a_voucher(shop, at)
    order = an_order(shop, seats(departure, 1), at=at, wishes=code())
    vouchers.stop_voucher(voucher=voucher, by=shop.owner, at=at)
    assert Order.objects.get(pk=order.pk).total_satang == 108000
    expire_order(order=order, at=in_days(at, 1))
    assert used() == 0


def test_a_line_never_costs_less_than_nothing(shop, departure, at):
    an_order(shop, seats(departure, 1), at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderLine.objects.update(discount_satang=120001)
