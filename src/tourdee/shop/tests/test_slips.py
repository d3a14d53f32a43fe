"""Slips: kept first, decided by the seller."""

import io

import pytest
from django.db import IntegrityError
from PIL import Image

from tourdee.core.pictures import BadPicture

from ..actions import slips
from ..actions.holds import HOLD, expire_order
from ..actions.orders import cancel_order
from ..actions.payments import (
    ReasonNeeded,
    SlipDecided,
    SlipUsedBefore,
    TooManySlips,
    Underpaid,
    accept_slip,
    receive_slip,
    record_manual_payment,
    refuse_slip,
)
from ..models import Departure, Order, PaymentEvent, Slip
from ..payment_methods import SlipReading
from .factories import a_departure, a_shop, a_slip, a_tour, an_order, in_days, seats
from .rivals import meanwhile

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=4)


@pytest.fixture
def order(shop, departure, at):
    return an_order(shop, seats(departure, 2), at=at)


def status(order):
    order.refresh_from_db()
    return order.status


def test_a_slip_is_kept_and_stops_the_clock(order, at, settings):
    slip = receive_slip(order=order, upload=a_slip(bank="014", reference="202611230001ABCDEF"), at=at)
    assert (slip.status, slip.finding, slip.bank, slip.trans_ref) == (
        "waiting",
        "well_formed",
        "014",
        "202611230001ABCDEF",
    )
    assert slip.picture.startswith("slips/202611/")
    assert (settings.PRIVATE_ROOT / slip.picture).is_file()
    assert status(order) == "slip_review"
    assert not expire_order(order=order, at=in_days(at, 3))


def test_a_slip_that_comes_before_the_sweep_saves_the_hold(order, at):
    receive_slip(order=order, upload=a_slip(), at=in_days(at, 1))
    assert (status(order), Departure.objects.get().taken) == ("slip_review", 2)


def test_a_slip_after_the_hold_takes_the_seats_anew(order, at):
    expire_order(order=order, at=at + HOLD)
    receive_slip(order=order, upload=a_slip(), at=at + HOLD)
    assert (status(order), order.ended_at, Departure.objects.get().taken) == ("slip_review", None, 2)


def test_a_slip_without_a_seat_is_kept_all_the_same(shop, departure, order, owner, at):
    expire_order(order=order, at=at + HOLD)
    an_order(shop, seats(departure, 3), at=at + HOLD)
    slip = receive_slip(order=order, upload=a_slip(), at=at + HOLD)
    assert (slip.status, status(order), order.notes.last().kind) == ("waiting", "expired", "slip_too_late")
    assert accept_slip(slip=slip, by=owner, satang=240000, at=at + HOLD).status == "paid_no_seat"


@pytest.mark.parametrize("end", ["cancelled", "confirmed"])
def test_a_slip_for_an_order_that_wants_none_is_kept(end, order, owner, at):
    if end == "cancelled":
        cancel_order(order=order, by="buyer", at=at)
    else:
        record_manual_payment(order=order, by=owner, satang=240000, reference="1", at=at)
    slip = receive_slip(order=order, upload=a_slip(), at=at)
    assert (status(order), order.notes.last().kind) == (end, "slip_kept")
    order = accept_slip(slip=slip, by=owner, satang=100, at=at)
    assert (order.status, order.refund_due_satang) == (end, 100)


def test_a_picture_without_a_code_is_kept_for_the_seller_to_look_at(order, at):
    plain = io.BytesIO()
    Image.new("RGB", (400, 700), (250, 250, 250)).save(plain, "PNG")
    slip = receive_slip(order=order, upload=plain, at=at)
    assert (slip.finding, slip.trans_ref, status(order)) == ("no_qr", "", "slip_review")


def test_what_is_no_picture_changes_nothing(order, at, settings):
    with pytest.raises(BadPicture):
        receive_slip(order=order, upload=io.BytesIO(b"%PDF-1.7"), at=at)
    assert (Slip.objects.count(), status(order)) == (0, "awaiting_payment")
    assert not settings.PRIVATE_ROOT.exists()


def test_the_same_slip_twice_is_one_slip(order, at, settings):
    upload = a_slip()
    first = receive_slip(order=order, upload=upload, at=at)
    assert receive_slip(order=order, upload=upload, at=at) == first
    turned = a_slip(reference=first.trans_ref, turn=90)
    assert receive_slip(order=order, upload=turned, at=at) == first
    assert Slip.objects.count() == 1
    assert len(list(settings.PRIVATE_ROOT.rglob("*.jpg"))) == 1


def test_the_other_half_of_a_double_click_is_one_slip(order, at):
    def rival():
        return receive_slip(order=order, upload=a_slip(reference="01632000000001111"), at=at)

    with meanwhile("tourdee.shop.actions.slips._keep", rival) as other:
        mine = receive_slip(order=order, upload=a_slip(reference="01632000000001111"), at=at)
    assert ([mine], Slip.objects.count()) == (other, 1)


@pytest.mark.parametrize("reference", ["", "01632000000001111"])
def test_another_fault_is_not_called_a_slip_that_was_used(order, at, monkeypatch, settings, reference):
    """Nor is the slip before taken for this one, or its picture left behind."""
    plain = SlipReading("no_qr")
    monkeypatch.setattr(slips, "read_slip", lambda _path: plain)
    receive_slip(order=order, upload=a_slip(), at=at)
    monkeypatch.setattr(slips, "read_slip", lambda _path: SlipReading("well_formed", "004", reference))

    def breaks(*_all):
        raise IntegrityError("another constraint")

    monkeypatch.setattr(slips, "ask_about", breaks)
    with pytest.raises(IntegrityError):
        receive_slip(order=order, upload=a_slip(), at=at)
    assert (Slip.objects.count(), order.notes.filter(kind="slip_used_before").count()) == (1, 0)
    assert len(list(settings.PRIVATE_ROOT.rglob("*.jpg"))) == 1


def test_a_sixth_slip_is_taken_and_a_seventh_is_not(order, at):
    for _ in range(6):
        receive_slip(order=order, upload=a_slip(), at=at)
    with pytest.raises(TooManySlips):
        receive_slip(order=order, upload=a_slip(), at=at)


# ------------------------------------------------------------------ accepting
def test_accepting_confirms_the_order(order, owner, at):
    slip = receive_slip(order=order, upload=a_slip(reference="0163200000000777"), at=at)
    order = accept_slip(slip=slip, by=owner, satang=240000, at=at)
    assert (order.status, slip.status, slip.decided_at) == ("confirmed", "accepted", at)
    event = PaymentEvent.objects.get()
    assert (event.provider, event.provider_ref, event.recorded_by) == ("slip", "004:0163200000000777", owner)
    assert event.payload == {"slip": slip.public_id, "finding": "well_formed"}


def test_accepting_twice_counts_once(order, owner, at):
    slip = receive_slip(order=order, upload=a_slip(), at=at)
    stale = Slip.objects.get(pk=slip.pk)
    accept_slip(slip=slip, by=owner, satang=240000, at=at)
    assert accept_slip(slip=stale, by=owner, satang=240000, at=at).paid_satang == 240000
    with pytest.raises(SlipDecided):
        accept_slip(slip=stale, by=owner, satang=250000, at=at)
    assert PaymentEvent.objects.count() == 1


def test_less_than_the_price_is_not_recorded_by_mistake(order, owner, at):
    slip = receive_slip(order=order, upload=a_slip(), at=at)
    with pytest.raises(Underpaid) as refusal:
        accept_slip(slip=slip, by=owner, satang=24000, at=at)
    slip.refresh_from_db()
    assert (refusal.value.missing_satang, slip.status, status(order)) == (216000, "waiting", "slip_review")
    assert PaymentEvent.objects.count() == 0


def test_less_than_the_price_is_recorded_on_purpose(order, owner, at):
    first = receive_slip(order=order, upload=a_slip(), at=at)
    order = accept_slip(slip=first, by=owner, satang=24000, at=at, part=True)
    assert (order.status, order.paid_satang) == ("slip_review", 24000)
    rest = receive_slip(order=order, upload=a_slip(), at=at)
    assert accept_slip(slip=rest, by=owner, satang=216000, at=at).status == "confirmed"


def test_a_slip_that_was_refused_meanwhile_is_not_accepted(order, owner, at):
    slip = receive_slip(order=order, upload=a_slip(), at=at)
    stale = Slip.objects.get(pk=slip.pk)

    def rival():
        return refuse_slip(slip=stale, by=owner, reason="ไม่พบเงิน", at=at)

    with meanwhile("tourdee.shop.actions.slips._accept", rival), pytest.raises(SlipDecided):
        accept_slip(slip=slip, by=owner, satang=240000, at=at)
    assert (PaymentEvent.objects.count(), status(order)) == (0, "awaiting_payment")


# ------------------------------------------------------------------ refusing
def test_refusing_starts_the_clock_anew(order, owner, at):
    slip = receive_slip(order=order, upload=a_slip(), at=at)
    later = in_days(at, 0.5)
    order = refuse_slip(slip=slip, by=owner, reason="ยอดไม่ตรง", at=later)
    assert (order.status, order.expires_at) == ("awaiting_payment", later + HOLD)
    assert (slip.status, slip.reason) == ("refused", "ยอดไม่ตรง")
    assert order.notes.last().text_th == "ผู้ขายไม่พบเงินตามสลิป: ยอดไม่ตรง"


def test_refusing_shortens_no_hold_that_was_promised_for_longer(order, owner, at):
    Order.objects.update(expires_at=in_days(at, 1))
    slip = receive_slip(order=order, upload=a_slip(), at=at)
    assert refuse_slip(slip=slip, by=owner, reason="ยอดไม่ตรง", at=at).expires_at == in_days(at, 1)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_refusal_needs_a_reason(reason, order, owner, at):
    slip = receive_slip(order=order, upload=a_slip(), at=at)
    with pytest.raises(ReasonNeeded):
        refuse_slip(slip=slip, by=owner, reason=reason, at=at)


def test_the_clock_stays_stopped_while_another_slip_waits(order, owner, at):
    first, _second = (receive_slip(order=order, upload=a_slip(), at=at) for _ in range(2))
    assert refuse_slip(slip=first, by=owner, reason="ซ้ำ", at=at).status == "slip_review"


def test_the_clock_stays_stopped_when_part_of_the_price_has_come(order, owner, at):
    record_manual_payment(order=order, by=owner, satang=100, reference="1", at=at)
    slip = receive_slip(order=order, upload=a_slip(), at=at)
    assert refuse_slip(slip=slip, by=owner, reason="ซ้ำ", at=at).status == "slip_review"


def test_a_decided_slip_is_not_refused(order, owner, at):
    slip = receive_slip(order=order, upload=a_slip(), at=at)
    accept_slip(slip=slip, by=owner, satang=240000, at=at)
    with pytest.raises(SlipDecided):
        refuse_slip(slip=slip, by=owner, reason="เปลี่ยนใจ", at=at)
    assert status(order) == "confirmed"


def test_refusing_the_slip_of_an_order_that_ended_changes_only_the_slip(order, owner, at):
    slip = receive_slip(order=order, upload=a_slip(), at=at)
    cancel_order(order=order, by="buyer", at=at)
    assert refuse_slip(slip=slip, by=owner, reason="ไม่พบเงิน", at=at).status == "cancelled"


def test_a_refused_slip_may_be_sent_again(order, owner, at):
    upload = a_slip()
    first = receive_slip(order=order, upload=upload, at=at)
    refuse_slip(slip=first, by=owner, reason="ยังไม่เข้า", at=at)
    again = receive_slip(order=order, upload=upload, at=at)
    assert (again.pk == first.pk, again.trans_ref, status(order)) == (False, first.trans_ref, "slip_review")
    assert accept_slip(slip=again, by=owner, satang=240000, at=at).status == "confirmed"


# ------------------------------------------------------------------ reuse
def test_a_slip_of_another_order_is_refused_and_the_seller_told(shop, departure, order, at, settings):
    slip = receive_slip(order=order, upload=a_slip(), at=at)
    second = an_order(shop, seats(departure, 1), at=at)
    with pytest.raises(SlipUsedBefore):
        receive_slip(order=second, upload=a_slip(reference=slip.trans_ref, turn=90, kind="JPEG"), at=at)
    assert (status(second), second.slips.count()) == ("awaiting_payment", 0)
    assert second.notes.last().kind == "slip_used_before"
    assert len(list(settings.PRIVATE_ROOT.rglob("*.jpg"))) == 1


def test_the_same_picture_without_a_code_is_marked(shop, departure, order, at):
    plain = io.BytesIO()
    Image.new("RGB", (400, 700), (250, 250, 250)).save(plain, "PNG")
    receive_slip(order=order, upload=plain, at=at)
    second = receive_slip(order=an_order(shop, seats(departure, 1), at=at), upload=plain, at=at)
    assert second.finding == Slip.Finding.SEEN_BEFORE


def test_a_slip_in_the_same_instant_for_two_orders_counts_for_one(shop, departure, order, at):
    second = an_order(shop, seats(departure, 1), at=at)
    reference = "0163200000000999"

    def rival():
        return receive_slip(order=second, upload=a_slip(reference=reference), at=at)

    with meanwhile("tourdee.shop.actions.slips._keep", rival), pytest.raises(SlipUsedBefore):
        receive_slip(order=order, upload=a_slip(reference=reference), at=at)
    assert Slip.objects.get().order == second
    assert Order.objects.get(pk=order.pk).status == "awaiting_payment"
