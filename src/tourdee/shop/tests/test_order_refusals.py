"""Orders that are not taken: sold out, not on sale, too many, and what no page sends."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tourdee.legal.models import OperatorAgreement, Paper

from ..actions.caps import check_open_orders
from ..actions.orders import (
    HOLD,
    BadQuantity,
    Item,
    KeyReused,
    MixedSellers,
    NeedsAddress,
    NotOnSale,
    PriceChanged,
    SoldOut,
    TooManyOpenOrders,
    place_order,
)
from ..models import Departure, Order, PriceCategory, Tour, Variant
from .factories import (
    a_business,
    a_buyer,
    a_departure,
    a_licence,
    a_product,
    a_shop,
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
    return a_departure(a_tour(shop), starts_at=in_days(at, 5))


def place(shop, *items, at, key="one-form", buyer=None, **more):
    return place_order(shop=shop, buyer=buyer or a_buyer(), items=items, idempotency_key=key, at=at, **more)


# ------------------------------------------------------------------ what is refused
def test_sold_out_says_how_many_are_left(shop, departure, at):
    place(shop, seats(departure, 8), at=at)
    with pytest.raises(SoldOut) as refusal:
        place(shop, seats(departure, 3), at=at, key="two")
    assert (refusal.value.left, refusal.value.name_th) == (2, "เดินเมืองเก่าเชียงใหม่ · ผู้ใหญ่")
    with translation.override("en"):
        assert refusal.value.message == "Only 2 left. Please choose fewer, or another date."
    assert (Order.objects.count(), Departure.objects.get().taken) == (1, 8)


def test_nobody_is_told_sold_out_while_a_hold_has_run_out(shop, departure, at):
    stale = place(shop, seats(departure, 9), at=at)
    place(shop, seats(departure, 4), at=at + HOLD, key="two")
    stale.refresh_from_db()
    assert (stale.status, Departure.objects.get().taken) == (Order.Status.EXPIRED, 4)


def test_stale_holds_stay_ended_though_there_is_still_too_little(shop, departure, at):
    stale = place(shop, seats(departure, 2), at=at)
    place(shop, seats(departure, 8), at=in_days(at, 1) - HOLD / 2, key="two")
    stale.refresh_from_db()
    assert stale.status == Order.Status.AWAITING_PAYMENT
    with pytest.raises(SoldOut):
        place(shop, seats(departure, 9), at=in_days(at, 1), key="three")
    stale.refresh_from_db()
    assert (stale.status, Departure.objects.get().taken) == (Order.Status.EXPIRED, 8)


def test_stale_holds_on_goods_come_free_too(shop, at):
    variant = a_product(shop, stock=2)
    place(shop, goods(variant, 2), at=at)
    place(shop, goods(variant, 1), at=at + HOLD, key="two")
    assert Variant.objects.get().reserved == 1


@pytest.mark.parametrize("hours", [24, 23])
def test_bookings_close_at_the_cut_off(hours, shop, at):
    departure = a_departure(a_tour(shop), starts_at=in_days(at, hours / 24))
    with pytest.raises(NotOnSale):
        place(shop, seats(departure, 1), at=at)


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Departure, {"status": "closed"}),
        (Tour, {"status": "draft"}),
        (Tour, {"status": "hidden"}),
        (PriceCategory, {"is_active": False}),
    ],
)
def test_what_is_not_on_sale_cannot_be_ordered(model, changes, shop, departure, at):
    item = seats(departure, 1)
    model.objects.update(**changes)
    with pytest.raises(NotOnSale):
        place(shop, item, at=at)


def test_nothing_is_sold_by_a_shop_that_is_not_open(shop, departure, at):
    shop.__class__.objects.update(status="closed")
    for item in (seats(departure, 1), goods(a_product(shop), 1)):
        with pytest.raises(NotOnSale):
            place(shop, item, at=at)


def test_hidden_goods_cannot_be_ordered(shop, at):
    for changes in ({"product__status": "hidden"}, {"is_active": False}):
        variant = a_product(shop)
        if "is_active" in changes:
            Variant.objects.filter(pk=variant.pk).update(is_active=False)
        else:
            variant.product.status = "hidden"
            variant.product.save()
        with pytest.raises(NotOnSale):
            place(shop, goods(variant, 1), at=at)


def test_another_shops_things_are_unknown(shop, at):
    elsewhere = a_shop()
    for item in (seats(a_departure(a_tour(elsewhere), starts_at=in_days(at, 5)), 1), goods(a_product(elsewhere), 1)):
        with pytest.raises(NotOnSale):
            place(shop, item, at=at)


def test_a_price_of_another_tour_is_unknown(shop, departure, at):
    cheap = a_departure(a_tour(shop), starts_at=in_days(at, 6))
    mixed = Item(departure=departure.public_id, category=cheap.tour.prices.first().public_id, quantity=1)
    with pytest.raises(NotOnSale):
        place(shop, mixed, at=at)


def test_a_tour_is_sold_only_under_a_licence_in_force(shop, departure, at):
    Paper.objects.all().delete()
    with pytest.raises(NotOnSale):
        place(shop, seats(departure, 1), at=at)
    a_licence(shop.business, expires_on=at.date())
    assert place(shop, seats(departure, 1), at=at).lines.count() == 1
    with pytest.raises(NotOnSale):
        place(shop, seats(departure, 1), at=in_days(at, 1), key="two")


def test_a_workshop_needs_no_licence(owner, at):
    shop = a_shop(owner, business=a_business(owner, licensed=False))
    departure = a_departure(a_tour(shop, kind="workshop"), starts_at=in_days(at, 5))
    assert place(shop, seats(departure, 1), at=at).lines.count() == 1


def test_a_partners_tour_is_paid_to_the_partner_while_the_agreement_lasts(owner, at):
    shop = a_shop(owner, business=a_business(owner, licensed=False))
    operator = an_operator(shop.business)
    departure = a_departure(a_tour(shop, operator=operator), starts_at=in_days(at, 5))
    order = place(shop, seats(departure, 1), at=at)
    assert (order.seller, order.payee_promptpay) == (operator, "0899999999")
    OperatorAgreement.objects.update(status="ended")
    with pytest.raises(NotOnSale):
        place(shop, seats(departure, 1), at=at, key="two")


def test_things_with_different_payees_need_two_orders(owner, at):
    shop = a_shop(owner, business=a_business(owner, licensed=False))
    departure = a_departure(a_tour(shop, operator=an_operator(shop.business)), starts_at=in_days(at, 5))
    with pytest.raises(MixedSellers):
        place(shop, seats(departure, 1), goods(a_product(shop), 1), at=at)
    assert (Order.objects.count(), Departure.objects.get().taken) == (0, 0)


def test_a_seller_who_cannot_be_paid_sells_nothing(shop, departure, at):
    shop.business.promptpay = ""
    with pytest.raises(NotOnSale):
        place(shop, goods(a_product(shop), 1), at=at)


def test_a_group_is_no_larger_than_the_tour_takes(shop, at):
    departure = a_departure(a_tour(shop, maximum_group=4), starts_at=in_days(at, 5), capacity=20)
    with pytest.raises(BadQuantity) as refusal:
        place(shop, seats(departure, 3), seats(departure, 2, 1), at=at)
    assert refusal.value.largest == 4


def test_lap_children_do_not_book_alone(shop, departure, at):
    with pytest.raises(BadQuantity):
        place(shop, seats(departure, 1, 2), at=at)


def test_an_empty_or_endless_basket_is_refused(shop, departure, at):
    for items in ([], [goods(a_product(shop), 1) for _ in range(21)]):
        with pytest.raises(BadQuantity):
            place(shop, *items, at=at)


def test_goods_need_an_address(shop, at):
    with pytest.raises(NeedsAddress):
        place(shop, goods(a_product(shop), 1), at=at, buyer=a_buyer(address=" "))


def test_a_buyer_who_was_shown_another_total_is_asked_again(shop, departure, at):
    PriceCategory.objects.filter(position=0).update(price_satang=130000)
    with pytest.raises(PriceChanged) as refusal:
        place(shop, seats(departure, 1), at=at, expected_satang=120000)
    assert (refusal.value.satang, Departure.objects.get().taken) == (130000, 0)
    assert place(shop, seats(departure, 1), at=at, expected_satang=130000).total_satang == 130000


# ------------------------------------------------------------------ caps
def test_who_has_three_unpaid_orders_gets_no_fourth(shop, departure, at):
    phone = a_buyer().phone
    for _ in range(3):
        an_order(shop, seats(departure, 1), at=at, buyer=a_buyer(phone=phone))
    with pytest.raises(TooManyOpenOrders):
        place(shop, seats(departure, 1), at=at, buyer=a_buyer(phone=phone))
    assert place(shop, seats(departure, 1), at=at).status == Order.Status.AWAITING_PAYMENT


def test_e_mail_addresses_count_whatever_their_capitals(shop, departure, at):
    for email in ("Anna@Example.org", "anna@example.org", "ANNA@EXAMPLE.ORG"):
        an_order(shop, seats(departure, 1), at=at, buyer=a_buyer(email=email))
    with pytest.raises(TooManyOpenOrders):
        place(shop, seats(departure, 1), at=at, buyer=a_buyer(email="anna@example.org"))


def test_buyers_without_e_mail_do_not_count_as_one(shop, departure, at):
    for _ in range(4):
        an_order(shop, seats(departure, 1), at=at, buyer=a_buyer(email=""))
    assert Order.objects.count() == 4


def test_holds_that_ran_out_do_not_count(shop, departure, at):
    buyer = a_buyer()
    for _ in range(3):
        an_order(shop, seats(departure, 1), at=at, buyer=buyer)
    assert an_order(shop, seats(departure, 1), at=at + HOLD, buyer=buyer).status == Order.Status.AWAITING_PAYMENT


def test_who_orders_is_looked_up_however_many_others_have_not_paid(shop, departure, at):
    if connection.vendor == "postgresql":  # which reads a small table through
        an_order(shop, seats(departure, 1), at=at)
        order = Order.objects.values().get()
        del order["id"]
        own = ("public_id", "code", "secret", "idempotency_key", "buyer_phone", "buyer_email", "source")
        others = [order | {name: f"{number:08}" for name in own} for number in range(2000)]
        Order.objects.bulk_create(Order(**other) for other in others)
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as asked:
        cursor.execute("ANALYZE")
        check_open_orders(buyer=a_buyer(email="a@example.org"), source="hash", at=at)
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' * (connection.vendor == 'sqlite')}{asked[-1]['sql']}")
        plan = str(cursor.fetchall())
    assert re.findall("unpaid_by_[a-z_]+", plan) == [
        "unpaid_by_buyer_phone", "unpaid_by_buyer_email", "unpaid_by_source",
    ]  # fmt: skip


def test_one_network_address_holds_twelve_and_no_more(shop, at):
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=40)
    for number in range(12):
        place(shop, seats(departure, 1), at=at, key=f"form-{number}", source="hash-a")
    with pytest.raises(TooManyOpenOrders):
        place(shop, seats(departure, 1), at=at, key="form-12", source="hash-a")
    assert place(shop, seats(departure, 1), at=at, key="form-13", source="hash-b").source == "hash-b"


def test_what_costs_nothing_is_not_all_taken_by_one_person(shop, at):
    departure = a_departure(a_tour(shop, kind="workshop"), starts_at=in_days(at, 5), capacity=40)
    PriceCategory.objects.update(price_satang=0)
    phone = a_buyer().phone
    for _ in range(3):
        an_order(shop, seats(departure, 5), at=at, buyer=a_buyer(phone=phone))
    with pytest.raises(TooManyOpenOrders):
        an_order(shop, seats(departure, 1), at=in_days(at, 1), buyer=a_buyer(phone=phone))
    assert an_order(shop, seats(departure, 1), at=at).status == Order.Status.CONFIRMED


# ------------------------------------------------------------------ what no page sends
@pytest.mark.parametrize("key", ["", "a b", "x" * 65, "\0", "คีย์"])
def test_a_key_that_we_never_gave_is_refused(key, shop, departure, at):
    with pytest.raises(KeyReused):
        place(shop, seats(departure, 1), at=at, key=key)


@pytest.mark.parametrize("name", ["\0", "a" * 17, "๑๒๓", "' OR 1=1"])
def test_an_id_that_is_none_is_not_on_sale(name, shop, departure, at):
    item = seats(departure, 1)
    for wrong in (
        Item(departure=name, category=item.category, quantity=1),
        Item(departure=item.departure, category=name, quantity=1),
        Item(variant=name, quantity=1),
    ):
        with pytest.raises(NotOnSale):
            place(shop, wrong, at=at)
