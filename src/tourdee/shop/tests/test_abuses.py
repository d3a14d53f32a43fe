"""Abuses of the sale, one test each. The control beside a test shows that it fails when its guard is taken out."""

import inspect
from datetime import timedelta
from errno import ENOSPC
from math import nan

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from tourdee.core.dates import clock, short_date
from tourdee.core.pictures import BadPicture

from ..actions import stock
from ..actions.holds import HOLD, expire_order, expire_stale_orders
from ..actions.orders import (
    BadQuantity,
    Item,
    KeyReused,
    PriceChanged,
    SoldOut,
    TooManyOpenOrders,
    cancel_order,
    place_order,
)
from ..actions.payments import (
    SlipUsedBefore,
    accept_slip,
    apply_payment,
    receive_slip,
    record_manual_payment,
    record_payment,
    refuse_slip,
)
from ..actions.reviews import CannotReview, ReviewedBefore, write_review
from ..models import Departure, Order, OrderLine, PaymentEvent, PriceCategory, Review, Slip
from ..payment_methods import SlipReading
from ..payment_methods.promptpay import payload
from ..payment_methods.slip_qr import written
from ..queries.reconcile import differences
from .factories import a_buyer, a_departure, a_shop, a_slip, a_tour, an_order, in_days, seats
from .rivals import meanwhile

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=1)


def pay(order, owner, at, reference="1"):
    return record_manual_payment(order=order, by=owner, satang=order.total_satang, reference=reference, at=at)


def test_1_two_buyers_want_the_last_seat_in_the_same_instant(shop, departure, at):
    def rival():
        return an_order(shop, seats(departure, 1), at=at)

    with meanwhile("tourdee.shop.actions.orders._place", rival), pytest.raises(SoldOut):
        an_order(shop, seats(departure, 1), at=at)
    assert (OrderLine.objects.count(), Departure.objects.get().taken) == (1, 1)


def test_1_control_reading_first_and_writing_after_sells_the_seat_twice(shop, departure, at, monkeypatch):
    read = Departure.objects.get()

    def take_seats(*, departure, seats, starts_after, private=False):
        if read.taken + seats > read.capacity:
            return False
        return bool(Departure.objects.filter(pk=departure).update(taken=read.taken + seats))

    monkeypatch.setattr(stock, "take_seats", take_seats)
    for _ in range(2):
        an_order(shop, seats(departure, 1), at=at)
    assert (OrderLine.objects.count(), Departure.objects.get().taken) == (2, 1)


def test_1_control_the_database_refuses_an_update_without_condition(departure):
    for refused in (False, True):
        with pytest.raises(IntegrityError) if refused else transaction.atomic(), transaction.atomic():
            Departure.objects.update(taken=F("taken") + 1)


def test_2_a_bot_that_holds_all_seats_and_never_pays(shop, at):
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=40)
    bot = a_buyer()
    for _ in range(3):
        an_order(shop, seats(departure, 10), at=at, buyer=bot)
    with pytest.raises(TooManyOpenOrders):
        an_order(shop, seats(departure, 10), at=at, buyer=bot)
    for number in range(3):  # no worker runs; whoever comes after the hold gets the seats
        an_order(shop, seats(departure, 10), at=at + HOLD + timedelta(seconds=number))
    assert Order.objects.filter(status="expired").count() == 3


def test_2_a_bot_does_not_renew_its_hold_by_asking_again(shop, departure, at):
    bot = a_buyer()
    order = an_order(shop, seats(departure, 1), at=at, buyer=bot, key="one-form")
    again = an_order(shop, seats(departure, 1), at=at + HOLD / 2, buyer=bot, key="one-form")
    assert (again, again.expires_at) == (order, at + HOLD)
    with pytest.raises(SoldOut):
        an_order(shop, seats(departure, 1), at=at + HOLD / 2, buyer=bot)


def test_2_worthless_slips_do_not_free_the_bot_for_more_orders(shop, at):
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=40)
    bot = a_buyer()
    for _ in range(3):
        receive_slip(order=an_order(shop, seats(departure, 1), at=at, buyer=bot), upload=a_slip(), at=at)
    with pytest.raises(TooManyOpenOrders):
        an_order(shop, seats(departure, 1), at=in_days(at, 1), buyer=bot)


def test_3_the_money_arrives_after_the_hold_ended_and_the_seat_was_sold_again(shop, departure, owner, at):
    late = an_order(shop, seats(departure, 1), at=at)
    other = an_order(shop, seats(departure, 1), at=at + HOLD)
    pay(other, owner, at + HOLD)
    late = pay(late, owner, at + HOLD, reference="2")
    assert (late.status, late.paid_satang) == ("paid_no_seat", 120000)
    assert (Departure.objects.get().taken, differences(at)) == (1, [])


def test_4_a_double_click_and_a_retry_after_a_lost_answer(shop, at):
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5))
    buyer = a_buyer()
    answers = {an_order(shop, seats(departure, 1), at=at, buyer=buyer, key="one-form").pk for _ in range(5)}
    assert (len(answers), Departure.objects.get().taken) == (1, 1)
    with pytest.raises(KeyReused):
        an_order(shop, seats(departure, 2), at=at, buyer=buyer, key="one-form")


def test_5_a_price_changed_in_the_form(shop, departure, at):
    assert set(inspect.signature(Item).parameters) == {"departure", "category", "variant", "extra", "quantity"}
    with pytest.raises(PriceChanged):
        place_order(
            shop=shop, buyer=a_buyer(), items=[seats(departure, 1)], idempotency_key="k", at=at, expected_satang=1
        )
    assert an_order(shop, seats(departure, 1), at=at).total_satang == PriceCategory.objects.first().price_satang


@pytest.mark.parametrize("quantity", [-1, 0, 100, 10**9, 1.5, nan, "2", "๒", "２", "²", True, None])
def test_6_a_quantity_that_is_none(quantity, shop, departure, at):
    with pytest.raises(BadQuantity):
        an_order(shop, seats(departure, quantity), at=at)
    assert (Order.objects.count(), Departure.objects.get().taken) == (0, 0)


def test_8_a_slip_used_for_another_order_turned_and_encoded_anew(shop, at, owner):
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5))
    first, second = (an_order(shop, seats(departure, 1), at=at) for _ in range(2))
    slip = receive_slip(order=first, upload=a_slip(reference="0163200000000042"), at=at)
    accept_slip(slip=slip, by=owner, satang=120000, at=at)
    for upload in (a_slip(reference="0163200000000042"), a_slip(reference="0163200000000042", turn=90, kind="WEBP")):
        with pytest.raises(SlipUsedBefore):
            receive_slip(order=second, upload=upload, at=at)
    second.refresh_from_db()
    assert (second.status, second.notes.filter(kind="slip_used_before").count()) == ("awaiting_payment", 2)


def test_8_control_the_database_itself_knows_a_slip_again(shop, departure, at):
    order = an_order(shop, seats(departure, 1), at=at)
    same = {"order": order, "picture_hash": "x", "bank": "004", "trans_ref": "1", "finding": "well_formed", "at": at}
    Slip.objects.create(**same)
    with pytest.raises(IntegrityError), transaction.atomic():
        Slip.objects.create(**same)


@pytest.mark.parametrize(
    "text", [written("004", "0163200000000042"), payload("0899999999", 100), payload("0812345678", 120000)]
)
def test_9_no_slip_however_well_made_confirms_an_order(text, shop, departure, at):
    order = an_order(shop, seats(departure, 1), at=at)
    receive_slip(order=order, upload=a_slip(text=text), at=at)
    order.refresh_from_db()
    assert (order.status, order.paid_satang, PaymentEvent.objects.count()) == ("slip_review", 0, 0)


def test_10_a_slip_that_cannot_be_read_waits_for_a_person(shop, departure, owner, at, monkeypatch):
    monkeypatch.setattr("tourdee.shop.actions.slips.read_slip", lambda path: SlipReading("no_qr"))
    order = an_order(shop, seats(departure, 1), at=at)
    slip = receive_slip(order=order, upload=a_slip(), at=at)
    assert (expire_stale_orders(in_days(at, 4)), slip.status) == (0, "waiting")
    assert refuse_slip(slip=slip, by=owner, reason="อ่านไม่ออก", at=at).expires_at == at + HOLD


def test_12_the_same_word_of_money_a_hundred_times_and_out_of_order(shop, departure, owner, at):
    order = an_order(shop, seats(departure, 1), at=at)
    event = record_payment(provider="gate", reference="charge-1", order=order, satang=120000, at=at)
    for day in range(100):
        again = record_payment(provider="gate", reference="charge-1", order=order, satang=120000, at=in_days(at, day))
        order = apply_payment(event=again, at=in_days(at, day))
    assert (again, order.status, order.paid_satang, order.refund_due_satang) == (event, "confirmed", 120000, 0)
    assert not expire_order(order=order, at=in_days(at, 30))


def test_38_a_clock_set_forward_loses_no_money_and_one_set_back_ends_no_hold(shop, at, owner):
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 800), capacity=2)
    waiting, with_slip = (an_order(shop, seats(departure, 1), at=at) for _ in range(2))
    slip = receive_slip(order=with_slip, upload=a_slip(), at=at)
    assert expire_stale_orders(at - timedelta(hours=1)) == 0
    assert expire_stale_orders(in_days(at, 365)) == 1
    assert pay(waiting, owner, at).status == "confirmed"
    assert accept_slip(slip=slip, by=owner, satang=120000, at=at).status == "confirmed"
    assert differences(at) == []


def test_38_a_hold_that_ends_at_midnight_says_so_by_bangkoks_clock(shop, departure, at):
    order = an_order(shop, seats(departure, 1), at=at.replace(hour=16, minute=45))
    assert (short_date(order.expires_at, "th"), clock(order.expires_at, "th")) == ("24 พ.ย. 2569", "00.05 น.")
    assert order.notes.get().text_th.endswith("ถึง 00.05 น.")


def test_56_a_full_disk_keeps_no_half_slip_and_tells_the_buyer(shop, departure, at, settings, monkeypatch):
    def full(_descriptor):
        raise OSError(ENOSPC, "No space left on device")

    order = an_order(shop, seats(departure, 1), at=at)
    upload = a_slip()
    with monkeypatch.context() as disk:
        disk.setattr("tourdee.core.pictures.os.fsync", full)
        with pytest.raises(BadPicture):
            receive_slip(order=order, upload=upload, at=at)
    order.refresh_from_db()
    assert (order.status, Slip.objects.count(), list(settings.PRIVATE_ROOT.rglob("*.jpg"))) == (
        "awaiting_payment",
        0,
        [],
    )
    assert receive_slip(order=order, upload=upload, at=at).status == "waiting"


def test_63_stars_only_for_what_was_bought_paid_and_had(shop, at, owner):
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=9)
    after = in_days(at, 6)
    unpaid = an_order(shop, seats(departure, 1), at=at)
    ended = pay(an_order(shop, seats(departure, 1), at=at), owner, at)
    cancel_order(order=ended, by="seller", at=at)
    own = pay(an_order(shop, seats(departure, 1), at=at, buyer=a_buyer(phone=owner.phone)), owner, at)
    for order in (unpaid, ended, own):
        with pytest.raises(CannotReview):
            write_review(line=order.lines.get(), stars=5, text="", name="Bot", at=after)
    line = pay(an_order(shop, seats(departure, 1), at=at), owner, at).lines.get()
    write_review(line=line, stars=1, text="", name="Anna", at=after)
    with pytest.raises(ReviewedBefore):
        write_review(line=line, stars=5, text="", name="Anna", at=after)
    assert Review.objects.get().stars == 1
