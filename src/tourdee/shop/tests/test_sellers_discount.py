"""What a seller takes off an order that they make themselves: shared out to the satang, never below nothing, told in the
receipt, the books and the audit log."""

import pytest
from django.db import IntegrityError, transaction

from tourdee.core.models import AuditLine

from ..actions.chat_orders import Agreed, change_chat_order, make_chat_order
from ..actions.counter import CASH, sell_at_counter
from ..actions.orders import KeyReused
from ..actions.part_cancellation import give_up_part
from ..models import Account, HowToPay, Order, OrderNote, Receipt
from ..queries.baskets import NO_DISCOUNT, DiscountTooLarge, NoReason, SellersDiscount, basket
from ..queries.books import posted
from ..queries.reconcile import differences
from . import factories as f

pytestmark = pytest.mark.django_db(transaction=True)  # money is committed before it is applied
GUEST = f.Buyer(name="คุณแนน", phone="")
TENTH = SellersDiscount(percent=10, reason="ลูกค้าประจำ")


@pytest.fixture
def shop(owner):
    return f.a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return f.a_departure(f.a_tour(shop), starts_at=f.in_days(at, 10), capacity=9)


def off(satang, reason="กลุ่มนักเรียน"):
    return SellersDiscount(satang=satang, reason=reason)


def sold(shop, *items, at, discount=TENTH, how=CASH, key="counter-1"):
    return sell_at_counter(
        shop=shop, by=shop.owner, buyer=GUEST, items=items, how=how, idempotency_key=key, at=at, discount=discount
    )  # fmt: skip


def in_chat(shop, *items, at, discount=TENTH, key="chat-1"):
    return make_chat_order(
        shop=shop, by=shop.owner, buyer=GUEST, items=items, hold=f.timedelta(hours=3), idempotency_key=key, at=at,
        agreed=Agreed(discount=discount),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("discount", "total", "shares"),
    [
        (TENTH, 270000, [24000, 6000]),
        (SellersDiscount(percent=100, reason="เพื่อนร่วมงาน"), 0, [240000, 60000]),
        (off(10000), 290000, [8000, 2000]),
        (off(1), 299999, [0, 1]),
        (off(300000), 0, [240000, 60000]),
    ],
)
def test_it_is_shared_out_over_all_lines_to_the_satang(shop, departure, at, discount, total, shares):
    wanted = basket(
        shop=shop, items=[f.seats(departure, 2), f.seats(departure, 1, 1)], at=at, by_seller=True, discount=discount
    )  # fmt: skip
    assert (wanted.total_satang, sorted(line.discount_satang for line in wanted.lines)) == (total, sorted(shares))


@pytest.mark.parametrize("discount", [off(240001), SellersDiscount(percent=101, reason="x"), off(-1)])
def test_more_than_it_costs_is_refused(shop, departure, at, discount):
    with pytest.raises(DiscountTooLarge) as refused:
        sold(shop, f.seats(departure, 2), at=at, discount=discount)
    assert refused.value.most_satang == 240000
    assert not Order.objects.exists()


def test_nothing_is_taken_off_without_a_reason(shop, departure, at):
    with pytest.raises(NoReason):
        sold(shop, f.seats(departure, 2), at=at, discount=SellersDiscount(satang=100))
    assert not Order.objects.exists()


def test_receipt_books_and_audit_line_say_how_much_and_why(shop, departure, at):
    order = sold(shop, f.seats(departure, 2), at=at)
    assert (order.total_satang, order.paid_satang, order.discount_satang) == (216000, 216000, 24000)
    assert Receipt.objects.get().content["lines"][-1]["name_th"] == "ส่วนลด (ลูกค้าประจำ)"
    assert posted(order) == {Account.CASH: 216000, Account.TOURS: -240000, Account.DISCOUNTS: 24000}
    line = AuditLine.objects.get(act="order.discount_given")
    assert (line.actor, line.text) == (shop.owner.public_id, f"{order.code}: ผู้ขายลดให้ ฿240 เพราะลูกค้าประจำ")
    assert differences(at) == []


def test_without_one_nothing_is_told(shop, departure, at):
    order = sold(shop, f.seats(departure, 2), at=at, discount=NO_DISCOUNT)
    assert (order.total_satang, order.discount_reason) == (240000, "")
    assert not OrderNote.objects.filter(kind="discount_given").exists()


def test_a_free_guest_needs_no_money(shop, departure, at):
    order = sold(shop, f.seats(departure, 2), at=at, discount=SellersDiscount(percent=100, reason="ครอบครัว"))
    assert (order.status, order.total_satang, order.paid_satang) == ("confirmed", 0, 0)


def test_the_same_key_with_another_discount_is_another_request(shop, departure, at):
    in_chat(shop, f.seats(departure, 2), at=at)
    with pytest.raises(KeyReused):
        in_chat(shop, f.seats(departure, 2), at=at, discount=off(100))


def test_changing_a_chat_order_gives_takes_back_and_keeps_the_pay_code(shop, departure, at):
    order = in_chat(shop, f.seats(departure, 2), at=at)
    more = {
        "order": order,
        "by": shop.owner,
        "buyer": f.Buyer(name="แนน", phone=""),
        "hold": f.timedelta(hours=1),
        "at": at,
    }
    given = Agreed(discount=off(60000))
    order = change_chat_order(**more, items=[f.seats(departure, 3)], agreed=given, idempotency_key="give")
    assert (order.total_satang, order.discount_percent, order.discount_reason) == (300000, 0, "กลุ่มนักเรียน")
    order = change_chat_order(**more | {"order": order}, items=[f.seats(departure, 3)], idempotency_key="take")
    assert (order.total_satang, order.discount_satang, order.discount_reason) == (360000, 0, "")


def test_with_satang_to_tell_transfers_apart_a_change_draws_them_anew(shop, departure, at):
    HowToPay.objects.create(business=shop.business, tells_apart=True)
    order = in_chat(shop, f.seats(departure, 2), at=at)
    order = change_chat_order(
        order=order, by=shop.owner, buyer=f.Buyer(name="แนน", phone=""), items=[f.seats(departure, 1)], hold=f.timedelta(hours=1), at=at,
        idempotency_key="change", agreed=Agreed(discount=off(20000)),
    )  # fmt: skip
    assert 1 <= order.rounding_satang <= 99
    assert order.total_satang == order.due_now_satang == 100000 - order.rounding_satang
    assert order.discount_satang == 20000 + order.rounding_satang


def test_fewer_people_take_their_share_of_it_along(shop, departure, at):
    order = sold(shop, f.seats(departure, 4), at=at)
    line = order.lines.get()
    order = give_up_part(
        order=order, keep={line.pk: 3}, by="seller", at=at, shown_refund_satang=108000, actor=shop.owner
    )  # fmt: skip
    assert (order.total_satang, order.discount_satang, order.refund_due_satang) == (324000, 36000, 108000)


def test_the_database_refuses_a_reason_beside_a_voucher_and_per_cent_without_one(shop, departure, at):
    order = sold(shop, f.seats(departure, 1), at=at)
    rows = Order.objects.filter(pk=order.pk)
    for wrong in ({"voucher": f.a_voucher(shop, at)}, {"discount_reason": ""}, {"discount_percent": 101}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
