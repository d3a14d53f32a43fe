"""Placing orders."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tourdee.core.models import AuditLine
from tourdee.legal.models import OperatorAgreement, Paper

from ..actions import orders
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
from ..models import Departure, Order, OrderLine, PriceCategory, Tour, Variant
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
    without_tasks,
)
from .rivals import meanwhile

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop), starts_at=in_days(at, 5))


def place(shop, *items, at, key="one-form", buyer=None, **more):
    return place_order(shop=shop, buyer=buyer or a_buyer(), items=items, idempotency_key=key, at=at, **more)


# ------------------------------------------------------------------ what an order is
def test_an_order_freezes_what_was_agreed(shop, departure, at):
    order = place(shop, seats(departure, 2), at=at)
    line = order.lines.get()
    assert (line.name_th, line.name_en) == ("เดินเมืองเก่าเชียงใหม่ · ผู้ใหญ่", "Old town walk · Adult")
    assert (line.quantity, line.seats, line.unit_price_satang) == (2, 2, 120000)
    assert line.tiers == [[72, 100], [24, 50]]
    assert (order.status, order.expires_at) == (Order.Status.AWAITING_PAYMENT, at + HOLD)
    assert (order.payee_promptpay, order.payee_name) == ("0812345678", shop.business.promptpay_name)
    Tour.objects.update(name_th="ชื่อใหม่")
    PriceCategory.objects.update(price_satang=1)
    assert OrderLine.objects.values_list("name_th", "unit_price_satang").get() == ("เดินเมืองเก่าเชียงใหม่ · ผู้ใหญ่", 120000)


def test_categories_draw_on_one_counter_and_a_lap_child_takes_no_seat(shop, departure, at):
    order = place(shop, seats(departure, 2), seats(departure, 1, 1), seats(departure, 1, 2), at=at)
    assert (order.total_satang, Departure.objects.get().taken) == (300000, 3)


def test_shipping_is_asked_once_and_only_with_goods(shop, departure, at):
    variant = a_product(shop)
    both = place(shop, goods(variant, 2), seats(departure, 1), at=at)
    assert (both.goods_satang, both.shipping_satang) == (190000, 5000)
    assert place(shop, seats(departure, 1), at=at, key="two").shipping_satang == 0


def test_the_order_is_told_to_the_buyer_and_to_the_log(shop, departure, at):
    order = place(shop, seats(departure, 1), at=at)
    note = order.notes.get()
    assert (note.text_th, note.text_en) == (
        "สั่งซื้อแล้ว ยอด ฿1,200 เก็บที่ไว้ให้ถึง 12.20 น.",
        "Order placed, ฿1,200. Held until 23 Nov 2026 12:20.",
    )
    line = AuditLine.objects.get(subject_id=order.public_id)
    assert (line.act, line.text) == ("order.placed", f"{order.code}: {note.text_th}")


def test_an_order_that_costs_nothing_is_confirmed_at_once(shop, at):
    departure = a_departure(a_tour(shop, kind="workshop"), starts_at=in_days(at, 5))
    PriceCategory.objects.update(price_satang=0)
    order = place(shop, seats(departure, 1), at=at)
    assert (order.status, order.confirmed_at) == (Order.Status.CONFIRMED, at)
    assert order.notes.get().kind == "placed_free"


def test_the_same_thing_twice_in_a_basket_is_one_line(shop, departure, at):
    order = place(shop, seats(departure, 1), seats(departure, 2), at=at)
    assert order.lines.get().quantity == 3


def test_placing_an_order_takes_few_queries(shop, departure, at):
    items = [seats(departure, 2), seats(departure, 1, 1)]
    with CaptureQueriesContext(connection) as queries:
        place(shop, *items, at=at)
    assert len(without_tasks(queries)) == 14


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


# ------------------------------------------------------------------ once
def test_the_same_form_twice_is_one_order(shop, departure, at):
    buyer = a_buyer()
    first = place(shop, seats(departure, 1), at=at, buyer=buyer)
    again = place(shop, seats(departure, 1), at=in_days(at, 1), buyer=buyer)
    assert (again, Order.objects.count(), Departure.objects.get().taken) == (first, 1, 1)


def test_the_same_form_is_one_order_even_when_nothing_is_left_for_a_second(shop, departure, at):
    buyer = a_buyer()
    first = place(shop, seats(departure, 10), at=at, buyer=buyer)
    Tour.objects.update(status="hidden")
    assert place(shop, seats(departure, 10), at=at, buyer=buyer) == first


@pytest.mark.parametrize("wanted", [1, 10])
def test_a_double_click_in_the_same_instant_is_one_order(wanted, shop, departure, at):
    """The other half of the click gets in after this one has looked and found nothing. With one seat this one fails at
    the key, with all ten at the seats."""
    buyer = a_buyer()

    def other_half():
        return place(shop, seats(departure, wanted), at=at, buyer=buyer)

    with meanwhile("tourdee.shop.actions.orders._place", other_half) as other:
        mine = place(shop, seats(departure, wanted), at=at, buyer=buyer)
    assert ([mine], Order.objects.count(), Departure.objects.get().taken) == (other, 1, wanted)


def test_the_key_is_the_shops_own(shop, departure, at):
    elsewhere = a_shop()
    place(shop, seats(departure, 1), at=at)
    place(elsewhere, goods(a_product(elsewhere), 1), at=at)
    assert Order.objects.count() == 2


def test_the_same_key_with_another_basket_or_buyer_is_refused(shop, departure, at):
    buyer = a_buyer()
    place(shop, seats(departure, 1), at=at, buyer=buyer)
    for items, who in (([seats(departure, 2)], buyer), ([seats(departure, 1)], a_buyer())):
        with pytest.raises(KeyReused):
            place(shop, *items, at=at, buyer=who)
    assert Departure.objects.get().taken == 1


def test_a_code_that_was_drawn_before_is_drawn_again(shop, departure, at, monkeypatch):
    first = place(shop, seats(departure, 1), at=at)
    codes = iter([first.code, "NEWCODE2"])
    monkeypatch.setattr(Order._meta.get_field("code"), "_get_default", lambda: next(codes))
    second = place(shop, seats(departure, 1), at=at, key="two")
    assert (second.code, Departure.objects.get().taken) == ("NEWCODE2", 2)


def test_an_order_that_can_never_be_written_ends_in_try_again(shop, departure, at, monkeypatch):
    def broken(**_columns):
        raise IntegrityError

    monkeypatch.setattr(Order.objects, "create", broken)
    with pytest.raises(orders.TryAgain):
        place(shop, seats(departure, 1), at=at)
    assert Departure.objects.get().taken == 0


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
