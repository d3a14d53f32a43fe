"""An order made in a chat: a name is enough, held for hours, changed until money comes, paid by a short link."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from tourdee.core.models import AuditLine

from ..actions import chat_orders
from ..actions.chat_orders import (
    Agreed,
    CannotChange,
    HoldTooLong,
    change_chat_order,
    complete_details,
    make_chat_order,
)
from ..actions.holds import expire_order
from ..actions.money import record_manual_payment
from ..actions.orders import KeyReused, NotOnSale, PriceChanged, SoldOut, VoucherRefused
from ..actions.refusals import ChangedAlready
from ..models import DeliveryTerms, Departure, OrderChange, Variant, Voucher
from ..queries.baskets import SellersDiscount, Wishes
from ..queries.reconcile import differences
from ..queries.shipping import Delivery
from . import factories as f

pytestmark = pytest.mark.django_db
NAME_ONLY = f.Buyer(name="คุณแนน", phone="")
DAY = timedelta(hours=24)


@pytest.fixture
def shop(owner):
    return f.a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return f.a_departure(f.a_tour(shop), starts_at=f.in_days(at, 10), capacity=4)


def a_chat_order(shop, *items, at, hold=DAY, key="chat-1", buyer=NAME_ONLY):
    return make_chat_order(
        shop=shop, by=shop.owner, buyer=buyer, items=items, hold=hold, idempotency_key=key, at=at
    )  # fmt: skip


def changed(order, *items, at, hold=DAY, name="คุณแนน", key="change-1", **more):
    return change_chat_order(
        order=order, by=order.shop.owner, buyer=f.Buyer(name=name, phone=""), items=items, hold=hold, idempotency_key=key, at=at, **more
    )  # fmt: skip


def taken(departure):
    return Departure.objects.get(pk=departure.pk).taken


def test_a_name_is_enough_and_the_seats_are_held_as_long_as_the_seller_says(shop, departure, at):
    order = a_chat_order(shop, f.seats(departure, 2), at=at)
    assert (order.channel, order.status, order.buyer_phone, order.total_satang) == (
        "chat",
        "awaiting_payment",
        "",
        240000,
    )
    assert order.expires_at == at + DAY
    assert len(order.pay_code) == 10
    assert taken(departure) == 2


def test_goods_may_be_ordered_before_the_address_is_known(shop, at):
    order = a_chat_order(shop, f.goods(f.a_product(shop), 2), at=at)
    assert (order.address, order.total_satang) == ("", 75000)


def test_the_same_key_makes_one_order(shop, departure, at):
    first = a_chat_order(shop, f.seats(departure, 2), at=at)
    assert a_chat_order(shop, f.seats(departure, 2), at=at + timedelta(seconds=2)) == first
    assert taken(departure) == 2


@pytest.mark.parametrize("hold", [timedelta(0), timedelta(hours=-1), timedelta(hours=72, seconds=1)])
def test_a_hold_beyond_the_cap_is_refused(shop, departure, at, hold):
    with pytest.raises(HoldTooLong):
        a_chat_order(shop, f.seats(departure), at=at, hold=hold)
    assert taken(departure) == 0


def test_nothing_is_held_beyond_its_start(shop, at):
    soon = f.a_departure(f.a_tour(shop), starts_at=at + timedelta(hours=5))
    assert a_chat_order(shop, f.seats(soon), at=at).expires_at == soon.starts_at


def test_the_seller_sells_after_the_public_cut_off_until_the_start(shop, at):
    soon = f.a_departure(f.a_tour(shop, cut_off_hours=24), starts_at=at + timedelta(hours=2))
    with pytest.raises(NotOnSale):
        f.an_order(shop, f.seats(soon), at=at)
    assert a_chat_order(shop, f.seats(soon), at=at).status == "awaiting_payment"
    with pytest.raises(NotOnSale):
        a_chat_order(shop, f.seats(soon), at=soon.starts_at, key="late")


def test_without_a_licence_the_seller_cannot_sell_a_tour_in_a_chat_either(at):
    shop = f.a_shop(business=f.a_business(licensed=False))
    departure = f.a_departure(f.a_tour(shop), starts_at=f.in_days(at, 10))
    with pytest.raises(NotOnSale):
        a_chat_order(shop, f.seats(departure), at=at)


def test_more_than_is_left_is_refused(shop, departure, at):
    with pytest.raises(SoldOut):
        a_chat_order(shop, f.seats(departure, 5), at=at)


def test_a_seller_may_have_more_open_chat_orders_than_one_buyer_may(shop, departure, at):
    for number in range(4):
        a_chat_order(shop, f.seats(departure, 1), at=at, key=f"chat-{number}")
    assert taken(departure) == 4


def test_a_change_takes_the_new_and_gives_the_old_back(shop, departure, at):
    cloth = f.a_product(shop, stock=3)
    order = a_chat_order(shop, f.seats(departure, 3), at=at)
    order = changed(order, f.seats(departure, 4), f.goods(cloth, 2), at=at + timedelta(hours=1), name="คุณแนน วงศ์")
    assert (order.total_satang, order.due_now_satang, order.buyer_name) == (555000, 555000, "คุณแนน วงศ์")
    assert order.expires_at == at + timedelta(hours=25)
    assert (taken(departure), Variant.objects.get().reserved) == (4, 2)
    assert differences(at) == []


def test_a_change_that_does_not_fit_changes_nothing(shop, departure, at):
    order = a_chat_order(shop, f.seats(departure, 3), at=at)
    with pytest.raises(SoldOut):
        changed(order, f.seats(departure, 5), at=at)
    order.refresh_from_db()
    assert (order.total_satang, taken(departure), order.lines.get().quantity) == (360000, 3, 3)


def test_one_that_ran_out_is_held_anew_under_the_same_link(shop, departure, at):
    order = a_chat_order(shop, f.seats(departure, 3), at=at, hold=timedelta(hours=1))
    later = at + timedelta(hours=2)
    assert expire_order(order=order, at=later)
    again = changed(order, f.seats(departure, 2), at=later)
    assert (again.status, again.pay_code, again.ended_at, taken(departure)) == (
        "awaiting_payment", order.pay_code, None, 2,
    )  # fmt: skip


# ------------------------------------------------------------------ changed once
SOON = timedelta(seconds=2)
ON_THE_DAY = Agreed(on_the_day=True)


def told(order):
    """The history, which the audit log says as well."""
    lines = AuditLine.objects.filter(act__startswith="order.").order_by("pk")
    kinds = [note.kind for note in order.notes.order_by("pk")]
    assert [line.act for line in lines] == [f"order.{kind}" for kind in kinds]
    return kinds


def test_the_same_form_again_changes_once_and_is_told_once(shop, departure, at):
    order = a_chat_order(shop, f.seats(departure, 2), at=at)
    first = changed(order, f.seats(departure, 3), at=at)
    again = changed(order, f.seats(departure, 3), at=at + SOON)
    assert (again.total_satang, again.expires_at, taken(departure)) == (360000, first.expires_at, 3)
    assert told(order) == ["placed", "changed"]


def test_the_same_form_again_books_once_what_is_paid_on_the_day(shop, departure, at):
    order = a_chat_order(shop, f.seats(departure, 2), at=at)
    for moment in (at, at + SOON):
        order = changed(order, f.seats(departure, 2), at=moment, agreed=ON_THE_DAY)
    assert (order.status, order.confirmed_at) == ("confirmed", at)
    assert told(order) == ["placed", "placed_on_the_day"]
    events = DBTaskResult.objects.filter(task_path__endswith=".deliver").values_list("args_kwargs", flat=True)
    assert len({task["args"][2]["event_id"] for task in events if task["args"][1] == "OrderBooked"}) == 1


def test_more_time_is_a_change_of_its_own_though_nothing_else_is(shop, departure, at):
    order = a_chat_order(shop, f.seats(departure, 2), at=at)
    for hours, key in ((1, "change-1"), (5, "change-2")):
        later = at + timedelta(hours=hours)
        assert changed(order, f.seats(departure, 2), at=later, key=key).expires_at == later + DAY
    assert told(order) == ["placed", "changed", "changed"]


def test_what_another_form_changed_meanwhile_stands_though_the_first_is_sent_again(shop, departure, at):
    """Two tabs: the answer to the first was lost, and the browser sends it once more."""
    order = a_chat_order(shop, f.seats(departure, 2), at=at)
    changed(order, f.seats(departure, 3), at=at, key="one-tab")
    changed(order, f.seats(departure, 1), at=at, key="other-tab")
    assert changed(order, f.seats(departure, 3), at=at + SOON, key="one-tab").total_satang == 120000
    assert (taken(departure), told(order)) == (1, ["placed", "changed", "changed"])


@pytest.mark.parametrize(
    "other",
    [
        {"name": "คุณนก"}, {"hold": timedelta(hours=3)}, {"agreed": ON_THE_DAY},
        {"agreed": Agreed(discount=SellersDiscount(satang=100, reason="มาซ้ำ"))},
        {"agreed": Agreed(wishes=Wishes(voucher="SONGKRAN"))},
    ],
)  # fmt: skip
def test_the_same_key_for_another_change_is_refused(shop, departure, at, other):
    order = a_chat_order(shop, f.seats(departure, 2), at=at)
    changed(order, f.seats(departure, 3), at=at)
    with pytest.raises(ChangedAlready):
        changed(order, f.seats(departure, 3), at=at, **other)
    with pytest.raises(ChangedAlready):
        changed(order, f.seats(departure, 4), at=at)
    assert (taken(departure), told(order)) == (3, ["placed", "changed"])


@pytest.mark.parametrize("key", ["", "\0", "a b", "k" * 65])
def test_a_key_that_is_none_changes_nothing(shop, departure, at, key):
    order = a_chat_order(shop, f.seats(departure, 2), at=at)
    with pytest.raises(KeyReused):
        changed(order, f.seats(departure, 3), at=at, key=key)
    assert taken(departure) == 2


def test_a_change_that_was_refused_may_be_tried_again_by_the_same_form(shop, departure, at):
    order = a_chat_order(shop, f.seats(departure, 2), at=at)
    other = a_chat_order(shop, f.seats(departure, 1), at=at, key="chat-2", hold=timedelta(hours=1))
    with pytest.raises(SoldOut):
        changed(order, f.seats(departure, 4), at=at)
    assert not OrderChange.objects.exists()
    expire_order(order=other, at=at + timedelta(hours=1))
    assert changed(order, f.seats(departure, 4), at=at + timedelta(hours=1)).total_satang == 480000


def test_two_orders_may_be_changed_by_forms_of_one_key(shop, departure, at):
    for key in ("chat-1", "chat-2"):
        changed(a_chat_order(shop, f.seats(departure, 1), at=at, key=key), f.seats(departure, 2), at=at)
    assert taken(departure) == 4


def test_one_that_ran_out_is_held_anew_once(shop, departure, at):
    order = a_chat_order(shop, f.seats(departure, 2), at=at, hold=timedelta(hours=1))
    later = at + timedelta(hours=2)
    expire_order(order=order, at=later)
    for moment in (later, later + SOON):
        assert changed(order, f.seats(departure, 2), at=moment).expires_at == later + DAY
    assert (taken(departure), told(order)) == (2, ["placed", "expired", "changed"])
    assert differences(at) == []


def test_what_ran_out_after_a_change_is_not_held_anew_by_the_form_that_made_it(shop, departure, at):
    order = a_chat_order(shop, f.seats(departure, 2), at=at)
    changed(order, f.seats(departure, 3), at=at)
    later = at + 2 * DAY
    expire_order(order=order, at=later)
    assert changed(order, f.seats(departure, 3), at=later).status == "expired"
    assert changed(order, f.seats(departure, 3), at=later, key="change-2").status == "awaiting_payment"


def test_after_money_nothing_is_changed(shop, departure, at, owner, django_capture_on_commit_callbacks):
    order = a_chat_order(shop, f.seats(departure, 2), at=at)
    paid = record_manual_payment(order=order, by=owner, satang=100, reference="x", at=at)
    with pytest.raises(CannotChange):
        changed(paid, f.seats(departure, 1), at=at)
    assert taken(departure) == 2


def test_an_order_of_the_web_shop_is_not_the_sellers_to_change(shop, departure, at):
    order = f.an_order(shop, f.seats(departure, 2), at=at)
    with pytest.raises(CannotChange):
        changed(order, f.seats(departure, 1), at=at)


def test_the_buyer_fills_in_what_the_seller_did_not_know(shop, at):
    order = a_chat_order(shop, f.goods(f.a_product(shop)), at=at)
    buyer = f.a_buyer(name="แนน ใจดี", email="Nan@Example.org", address="99 หมู่ 1 สุเทพ 50200")
    there = Delivery(way="post", postcode="50200", subdistrict="500108", house="99 หมู่ 1")
    order = complete_details(order=order, buyer=buyer, delivery=there, shown_satang=order.total_satang, at=at)
    assert (order.buyer_name, order.buyer_email, order.address) == ("แนน ใจดี", "nan@example.org", buyer.address)
    assert (order.parcel.postcode, order.parcel.subdistrict, order.parcel.house) == ("50200", "500108", "99 หมู่ 1")
    assert [note.kind for note in order.notes.all()] == ["placed", "details_given"]


def test_who_fetches_the_goods_pays_no_shipping(shop, at):
    DeliveryTerms.objects.create(shop=shop, hands_over=True)
    order = a_chat_order(shop, f.goods(f.a_product(shop)), at=at)
    fetched = Delivery(way="hand_over")
    with pytest.raises(PriceChanged):
        complete_details(order=order, buyer=f.a_buyer(), delivery=fetched, shown_satang=40000, at=at)
    order = complete_details(order=order, buyer=f.a_buyer(), delivery=fetched, shown_satang=35000, at=at)
    assert (order.shipping_satang, order.total_satang, order.due_now_satang) == (0, 35000, 35000)


def test_details_of_an_order_that_is_over_are_not_taken(shop, departure, at):
    order = a_chat_order(shop, f.seats(departure), at=at, hold=timedelta(hours=1))
    expire_order(order=order, at=at + timedelta(hours=2))
    with pytest.raises(CannotChange):
        complete_details(order=order, buyer=f.a_buyer(), shown_satang=120000, at=at)


def test_the_longest_hold_is_three_days():
    assert timedelta(hours=72) == chat_orders.LONGEST_HOLD


# ------------------------------------------------------------------ with a voucher
def with_voucher(shop, departure, at, **terms):
    f.a_voucher(shop, at, **terms)
    return make_chat_order(
        shop=shop, by=shop.owner, buyer=NAME_ONLY, items=[f.seats(departure, 2)], hold=DAY, idempotency_key="chat-1",
        at=at, agreed=Agreed(wishes=Wishes(voucher="SONGKRAN")),
    )  # fmt: skip


def voucher_of(order):
    order.refresh_from_db()
    return order.voucher and order.voucher.code, order.holds_voucher, Voucher.objects.get().used


def test_a_voucher_stays_with_the_order_though_its_days_are_over_and_its_uses_gone(shop, departure, at):
    order = with_voucher(shop, departure, at, limit=1)
    Voucher.objects.update(is_active=False)
    order = changed(order, f.seats(departure, 3), at=at)
    assert (order.total_satang, order.discount_satang) == (324000, 36000)
    assert voucher_of(order) == ("SONGKRAN", True, 1)


def test_the_sellers_own_discount_takes_its_place_and_gives_its_use_back(shop, departure, at):
    order = with_voucher(shop, departure, at)
    own = Agreed(discount=SellersDiscount(satang=50000, reason="มาซ้ำ"))
    order = changed(order, f.seats(departure, 2), at=at, agreed=own)
    assert (order.total_satang, order.discount_satang) == (190000, 50000)
    assert voucher_of(order) == (None, False, 0)


def test_held_anew_it_counts_its_voucher_again(shop, departure, at):
    order = with_voucher(shop, departure, at)
    expire_order(order=order, at=at + 2 * DAY)
    order = changed(order, f.seats(departure, 2), at=at + 2 * DAY)
    assert voucher_of(order) == ("SONGKRAN", True, 1)


def test_a_voucher_that_others_used_up_meanwhile_is_refused_and_nothing_is_held(shop, departure, at):
    order = with_voucher(shop, departure, at, limit=1)
    expire_order(order=order, at=at + 2 * DAY)
    Voucher.objects.update(used=1)
    with pytest.raises(VoucherRefused):
        changed(order, f.seats(departure, 2), at=at + 2 * DAY)
    assert taken(departure) == 0
    assert voucher_of(order) == ("SONGKRAN", False, 1)


def test_a_change_is_saved_only_at_the_price_that_was_shown(shop, departure, at):
    order = a_chat_order(shop, f.seats(departure, 2), at=at)
    with pytest.raises(PriceChanged):
        changed(order, f.seats(departure, 3), at=at, shown_satang=240000)
    assert taken(departure) == 2
    assert changed(order, f.seats(departure, 3), at=at, shown_satang=360000).total_satang == 360000


def test_a_deposit_stays_a_deposit_when_the_guest_says_where_the_goods_go(shop, departure, at):
    DeliveryTerms.objects.create(shop=shop, hands_over=True, hand_over_th="ที่ร้าน")
    departure.tour.deposit_percent = 30
    departure.tour.save()
    order = a_chat_order(shop, f.seats(departure, 2), f.goods(f.a_product(shop)), at=at)
    assert (order.total_satang, order.due_now_satang) == (280000, 72000 + 35000 + 5000)
    fetched = Delivery(way="hand_over")
    order = complete_details(order=order, buyer=f.a_buyer(), delivery=fetched, shown_satang=275000, at=at)
    assert (order.total_satang, order.due_now_satang) == (275000, 72000 + 35000)
