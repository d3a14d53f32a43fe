"""Money through a gateway, from the buyer's wish to the confirmed order, with the console twins in the gateways' place."""

import itertools
import json
from datetime import timedelta

import pytest

from tourdee.core.calling import Answer, Refused, Unavailable

from ..actions import charges, gateway_refunds
from ..actions.charges import CannotPay, ask_to_pay, follow_charges_due, receive_notice
from ..actions.gateway_refunds import ask_refund, follow_refunds_due
from ..actions.holds import HOLD, expire_order
from ..actions.money import record_manual_payment
from ..actions.orders import TooMuchRefund, cancel_order, record_refund
from ..models import Departure, GatewayCharge, GatewayNotice, GatewayRefund, Order, PaymentEvent, Refund
from ..payment_methods import promptpay
from ..payment_methods.gateways import play
from ..payment_methods.gateways.signatures import Forged
from ..queries.gateways import charge_in_hand, offers_for
from ..queries.reconcile import differences
from .factories import a_buyer, a_departure, a_money_service, a_shop, a_tour, an_order, in_days, seats

pytestmark = pytest.mark.django_db
GATEWAYS = [("opn", "promptpay"), ("opn", "card"), ("stripe", "promptpay")]


@pytest.fixture(autouse=True)
def _console(settings):
    settings.MONEY_SERVICES = "console"


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=2)


@pytest.fixture
def order(shop, departure, at):
    return an_order(shop, seats(departure, 2), at=at)


@pytest.fixture(params=GATEWAYS, ids=[" ".join(one) for one in GATEWAYS])
def charge(request, order, shop, at):
    """A charge that can be paid now, at each gateway."""
    name, method = request.param
    service = a_money_service(shop.business, name, at)
    ask_to_pay(order=order, service=service, method=method, at=at)
    follow_charges_due(at)
    return GatewayCharge.objects.get()


def fresh(row):
    row.refresh_from_db()
    return row


def webhook(charge, at):
    """The notice that the gateway sends now."""
    settled = play.charge(charge.reference)
    keys = play.STRIPE_KEYS if charge.service.service == "stripe" else play.OPN_KEYS
    return play.notice(settled, secret=keys["webhook_secret"], at=at)


def told(charge, at):
    """Let the gateway's word come and be followed."""
    headers, raw = webhook(charge, at)
    news = receive_notice(service=charge.service, headers=headers, raw=raw, at=at)
    follow_charges_due(at)
    return news


def events():
    return list(PaymentEvent.objects.values_list("provider", "satang"))


# ------------------------------------------------------------------ the straight way
def test_a_charge_is_made_by_the_worker_and_shows_its_code_or_page(charge):
    assert (charge.status, charge.satang) == ("open", 240000)
    if charge.method == "card":
        assert charge.page == f"/play-bank/{charge.reference}/"
    else:
        assert promptpay.parse(charge.code) == promptpay.Payment("id", play.PLAY_ID, 240000)


def test_paying_confirms_the_order_once(charge, order, at):
    play.settle(charge.reference, paid=True)
    assert told(charge, at) is True
    assert (fresh(order).status, order.paid_satang, order.pay_by) == ("confirmed", 240000, "gateway")
    assert (fresh(charge).status, charge.try_at) == ("paid", None)
    assert events() == [(charge.service.service, 240000)]
    assert [note.kind for note in order.notes.all()] == ["placed", "money_told", "paid"]
    assert differences(at) == []


def test_a_webhook_that_is_lost_is_made_good_by_looking(charge, order, at):
    play.settle(charge.reference, paid=True)
    assert follow_charges_due(at + charges.FIRST_LOOK) == 1
    assert fresh(order).status == "confirmed"


def test_asking_again_is_the_same_charge(charge, order, at):
    again = ask_to_pay(order=order, service=charge.service, method=charge.method, at=at)
    assert (again, GatewayCharge.objects.count()) == (charge, 1)


def test_who_looks_at_another_way_and_comes_back_is_shown_the_first(order, shop, at):
    service = a_money_service(shop.business, "opn", at)
    ways = ["card", "promptpay", "card"]
    for minute, way in enumerate(ways):
        ask_to_pay(order=order, service=service, method=way, at=at + timedelta(minutes=minute))
        assert charge_in_hand(order).method == way
    assert sorted(GatewayCharge.objects.values_list("method", flat=True)) == ["card", "promptpay"]


def test_a_declined_charge_says_so_and_another_can_be_made(charge, order, at):
    play.settle(charge.reference, paid=False)
    told(charge, at)
    if charge.method == "card":  # the page at the gateway takes another card
        assert fresh(charge).status == "open"
        return
    assert (fresh(charge).status, charge.failure != "", fresh(order).status) == ("failed", True, "awaiting_payment")
    assert ask_to_pay(order=order, service=charge.service, method=charge.method, at=at).pk != charge.pk


# ------------------------------------------------------------------ duplicated, reordered, late, forged
def test_a_notice_a_hundred_times_is_one_payment(charge, order, at):
    play.settle(charge.reference, paid=True)
    headers, raw = webhook(charge, at)
    news = [receive_notice(service=charge.service, headers=headers, raw=raw, at=at) for _ in range(100)]
    follow_charges_due(at)
    news += [receive_notice(service=charge.service, headers=headers, raw=raw, at=at) for _ in range(100)]
    follow_charges_due(at)
    assert (news.count(True), GatewayNotice.objects.count(), events()) == (1, 1, [(charge.service.service, 240000)])


@pytest.mark.parametrize("order_of_words", list(itertools.permutations(["pending", "paid", "failed"])))
def test_words_in_any_order_end_in_paid(order_of_words, charge, order, at):
    """Late "pending" and late "failed" cannot undo "paid"."""
    says = {
        "pending": charges.State("open", 240000, "x"), "failed": charges.State("failed", 240000, "x", "declined"),
        "paid": charges.State("paid", 240000, "chrg_1"),
    }  # fmt: skip
    for word in order_of_words:
        charges.settle(GatewayCharge.objects.select_related("order", "service").get(), says[word], at)
    assert (fresh(charge).status, fresh(order).status, events()) == (
        "paid",
        "confirmed",
        [(charge.service.service, 240000)],
    )


def test_money_after_the_hold_takes_the_seats_anew(charge, order, at):
    late = in_days(at, 1)
    expire_order(order=order, at=late)
    play.settle(charge.reference, paid=True)
    told(charge, late)
    assert (fresh(order).status, Departure.objects.get().taken) == ("confirmed", 2)


def test_money_after_thirty_days_when_it_is_full_goes_to_the_queue(charge, order, departure, shop, at):
    late = in_days(at, 4)
    expire_order(order=order, at=late)
    an_order(shop, seats(departure, 1), at=at + HOLD)
    GatewayCharge.objects.update(try_at=None)  # long since given up looking
    play.settle(charge.reference, paid=True)
    told(charge, late)
    assert (fresh(order).status, order.paid_satang, differences(at)) == ("paid_no_seat", 240000, [])


def test_money_for_a_cancelled_order_is_owed_back(charge, order, at):
    cancel_order(order=order, by="seller", at=at)
    play.settle(charge.reference, paid=True)
    told(charge, at)
    assert (fresh(order).status, order.refund_due_satang) == ("cancelled", 240000)


@pytest.mark.parametrize("spoil", ["body", "signature", "time", "secret", "none"])
def test_a_forged_notice_changes_nothing(spoil, charge, order, at):
    play.settle(charge.reference, paid=True)
    headers, raw = webhook(charge, at)
    when = at
    if spoil == "body":
        raw = raw.replace(b"240000", b"000001")
    elif spoil == "signature":
        headers = {name: value[:-1] + ("0" if value[-1] != "0" else "1") for name, value in headers.items()}
    elif spoil == "time":
        when = at + timedelta(seconds=301)
    elif spoil == "secret":
        headers, raw = play.notice(play.charge(charge.reference), secret="b3RoZXI=", at=at)
    else:
        headers = {}
    with pytest.raises(Forged):
        receive_notice(service=charge.service, headers=headers, raw=raw, at=when)
    assert (GatewayNotice.objects.count(), fresh(charge).status, events()) == (0, "open", [])


def test_a_true_notice_of_a_lie_changes_nothing(charge, order, at):
    """Rightly signed, "paid", but the gateway itself says it is not: what counts is what it answers."""
    settled = play.charge(charge.reference)
    settled.status = "paid"  # in the notice alone
    keys = play.STRIPE_KEYS if charge.service.service == "stripe" else play.OPN_KEYS
    headers, raw = play.notice(settled, secret=keys["webhook_secret"], at=at)
    receive_notice(service=charge.service, headers=headers, raw=raw, at=at)
    follow_charges_due(at)
    assert (fresh(charge).status, fresh(order).status, events()) == ("open", "awaiting_payment", [])


def test_a_notice_of_another_shops_charge_moves_nothing(charge, at):
    other = a_money_service(a_shop().business, charge.service.service, at)
    play.settle(charge.reference, paid=True)
    headers, raw = webhook(charge, at)
    assert receive_notice(service=other, headers=headers, raw=raw, at=at) is False
    assert GatewayNotice.objects.count() == 0


def test_a_signed_notice_that_is_no_event_is_let_be(charge, at):
    from ..payment_methods.gateways import signatures

    raw, moment = json.dumps(["?"]).encode(), str(int(at.timestamp()))
    headers = {
        "Stripe-Signature": f"t={moment},v1={signatures.signed(b'whsec_play', moment, raw)}",
        "Omise-Signature": signatures.signed(b"play", moment, raw), "Omise-Signature-Timestamp": moment,
    }  # fmt: skip
    assert receive_notice(service=charge.service, headers=headers, raw=raw, at=at) is False


def test_one_of_two_signatures_is_enough_while_a_secret_is_exchanged(charge, at):
    headers, raw = webhook(charge, at)
    name = "Stripe-Signature" if "Stripe-Signature" in headers else "Omise-Signature"
    old = ",v1=" + "0" * 64 if name == "Stripe-Signature" else "," + "0" * 64
    receive_notice(service=charge.service, headers={**headers, name: headers[name] + old}, raw=raw, at=at)


# ------------------------------------------------------------------ gateways that fail
def test_a_gateway_that_is_down_is_asked_again_and_given_up_in_the_end(order, shop, at, monkeypatch):
    service = a_money_service(shop.business, "opn", at)
    charge = ask_to_pay(order=order, service=service, method="promptpay", at=at)
    asked = []

    def silent(*args, **kwargs):
        asked.append(args)
        raise Unavailable("TimeoutError")

    monkeypatch.setattr(play, "ask", silent)
    moment = at
    for _ in range(20):
        follow_charges_due(moment)
        moment += timedelta(minutes=3)
    assert (len(asked), fresh(charge).status, charge.failure) == (5, "failed", "unavailable")


def test_a_lost_answer_makes_no_second_charge(order, shop, at, monkeypatch):
    """The gateway took it, its answer never came; asked again with the same key it is the same charge."""
    service = a_money_service(shop.business, "stripe", at)
    charge = ask_to_pay(order=order, service=service, method="promptpay", at=at)
    real, made = play.ask, []

    def lossy(method, url, **kwargs):
        answer = real(method, url, **kwargs)
        if method == "POST":
            made.append(answer.data["id"])
            if len(made) == 1:
                raise Unavailable("ConnectionResetError")
        return answer

    monkeypatch.setattr(play, "ask", lossy)
    follow_charges_due(at)
    follow_charges_due(at + timedelta(minutes=1))
    assert (len(made), len(set(made)), fresh(charge).reference) == (2, 1, made[0])


def test_a_refused_key_ends_the_charge(order, shop, at, monkeypatch):
    charge = ask_to_pay(
        order=order, service=a_money_service(shop.business, "opn", at), method="promptpay", at=at
    )  # fmt: skip
    monkeypatch.setattr(play, "ask", lambda *args, **kwargs: Answer(401, {"code": "authentication_failure"}))
    follow_charges_due(at)
    assert (fresh(charge).status, charge.failure) == ("failed", "authentication_failure")


@pytest.mark.parametrize("junk", [{}, {"id": 7}, {"charges": "?"}, {"source": None, "id": "c"}])
def test_junk_is_no_payment(junk, charge, order, at, monkeypatch):
    monkeypatch.setattr(play, "ask", lambda *args, **kwargs: Answer(200, junk))
    follow_charges_due(at + charges.FIRST_LOOK)
    assert (fresh(charge).status, charge.try_at > at, fresh(order).status, events()) == (
        "open",
        True,
        "awaiting_payment",
        [],
    )


def test_another_currency_is_no_payment(order, shop, at, monkeypatch):
    service = a_money_service(shop.business, "stripe", at)
    charge = ask_to_pay(order=order, service=service, method="promptpay", at=at)
    follow_charges_due(at)
    dollars = {"id": "pi_1", "status": "succeeded", "currency": "usd", "amount": 240000, "amount_received": 240000}
    monkeypatch.setattr(play, "ask", lambda *args, **kwargs: Answer(200, dollars))
    follow_charges_due(at + charges.FIRST_LOOK)
    assert (fresh(charge).failure, events()) == ("currency", [])


def test_what_came_is_what_counts(charge, order, at):
    charges.settle(charge, charges.State("paid", 100000, "chrg_part"), at)
    assert (fresh(order).status, order.paid_satang) == ("slip_review", 100000)


# ------------------------------------------------------------------ who is offered what
def test_offers_are_each_method_once_of_working_gateways(order, shop, at):
    for name in ("opn", "stripe"):
        a_money_service(shop.business, name, at)
    found = offers_for(order, 240000)
    assert [(one.method, one.service.service) for one in found] == [("promptpay", "opn"), ("card", "opn")]
    shop.business.money_services.filter(service="opn").update(test="refused")
    assert [(one.method, one.service.service) for one in offers_for(order, 240000)] == [("promptpay", "stripe")]
    assert offers_for(order, 1999) == []


def test_stripe_needs_an_e_mail_to_pay_back_to(shop, departure, at):
    a_money_service(shop.business, "stripe", at)
    order = an_order(shop, seats(departure, 1), at=at, buyer=a_buyer(email=""))
    assert offers_for(order, 120000) == []


def test_nothing_is_offered_where_services_are_off(order, shop, at, settings):
    a_money_service(shop.business, "opn", at)
    settings.MONEY_SERVICES = "off"
    assert offers_for(order, 240000) == []


@pytest.mark.parametrize(("is_made", "looks"), [(True, 1), (False, 0)])
def test_a_replaced_charge_is_looked_at_only_where_it_was_made(order, owner, shop, at, monkeypatch, is_made, looks):
    service = a_money_service(shop.business, "opn", at)
    first = ask_to_pay(order=order, service=service, method="promptpay", at=at)
    follow_charges_due(at) if is_made else None
    record_manual_payment(order=order, by=owner, satang=10000, reference="1", at=at)
    second = ask_to_pay(order=order, service=service, method="promptpay", at=at)
    assert (second.satang, fresh(first).failure) == (230000, "replaced")
    asked, real = [], play.ask
    monkeypatch.setattr(play, "ask", lambda how, url, **more: asked.append((how, url)) or real(how, url, **more))
    for minutes in range(1, 60, 5):
        follow_charges_due(at + timedelta(minutes=minutes))
    about_first = [url for how, url in asked if how == "GET" and url.rpartition("/")[2] == first.reference]
    assert (len(about_first), fresh(first).try_at) == (looks, None)


def test_a_fault_of_ours_puts_a_charge_off_for_longer_each_time(charge, at, monkeypatch):
    def fail(*_all):
        raise AssertionError

    monkeypatch.setattr(charges, "settle", fail)
    pauses, moment = [], at + charges.FIRST_LOOK
    for _time in range(3):
        follow_charges_due(moment)
        pauses.append((fresh(charge).try_at - moment).total_seconds())
        moment = charge.try_at
    assert pauses == [15, 30, 60]


def test_an_order_that_has_run_out_cannot_be_paid_this_way(order, shop, at):
    service = a_money_service(shop.business, "opn", at)
    with pytest.raises(CannotPay):
        ask_to_pay(order=order, service=service, method="card", at=at + HOLD)


# ------------------------------------------------------------------ paying back
@pytest.fixture
def paid(charge, order, at):
    play.settle(charge.reference, paid=True)
    told(charge, at)
    return fresh(charge)


def refunded(order):
    return list(Refund.objects.filter(order=order).order_by("id").values_list("satang", flat=True))


def test_a_refund_goes_back_through_the_gateway(paid, order, owner, at):
    cancel_order(order=fresh(order), by="seller", at=at)
    ask_refund(charge=paid, satang=240000, by=owner, at=at)
    follow_refunds_due(at)
    back = GatewayRefund.objects.get()
    assert (back.status, refunded(order)) == ("done", [240000])
    assert Refund.objects.get().reference == back.reference != ""
    assert (fresh(order).refund_due_satang, order.refunded_satang, differences(at)) == (0, 240000, [])


def test_a_second_click_is_one_refund(paid, order, owner, at):
    first, second = (ask_refund(charge=paid, satang=1000, by=owner, at=at) for _ in range(2))
    assert first == second


def test_no_more_goes_back_than_came(paid, order, owner, at):
    with pytest.raises(TooMuchRefund):
        ask_refund(charge=paid, satang=240001, by=owner, at=at)
    record_refund(order=fresh(order), satang=200000, reference="by hand", by=owner, at=at)
    with pytest.raises(TooMuchRefund):
        ask_refund(charge=paid, satang=40001, by=owner, at=at)


def test_what_is_on_its_way_is_not_paid_by_hand_as_well(paid, order, owner, at):
    ask_refund(charge=paid, satang=240000, by=owner, at=at)
    with pytest.raises(TooMuchRefund):
        record_refund(order=fresh(order), satang=1, reference="by hand", by=owner, at=at)


@pytest.mark.parametrize(("typed", "counted"), [(5000, [5000]), (4000, [4000, 5000])])
def test_a_refund_whose_reference_was_typed_by_hand_ends(paid, order, owner, at, monkeypatch, typed, counted):
    """Beside its own amount it is the same refund; beside another the gateway's is written, too."""

    class Slow:
        def refund(self, **asked):
            return charges.State("open", 5000, "rfnd_1")

        def look_at_refund(self, **asked):
            return charges.State("paid", 5000, "rfnd_1")

    monkeypatch.setattr(gateway_refunds, "gateway_of", lambda *args: Slow())
    ask_refund(charge=paid, satang=5000, by=owner, at=at)
    follow_refunds_due(at)
    record_refund(order=fresh(order), satang=typed, reference="rfnd_1", by=owner, at=at)
    follow_refunds_due(in_days(at, 1))
    back = GatewayRefund.objects.get()
    assert (back.status, back.reference, back.try_at) == ("done", "rfnd_1", None)
    assert (refunded(order), fresh(order).refunded_satang, differences(at)) == (counted, sum(counted), [])


def test_a_lost_answer_is_one_refund(paid, order, owner, at, monkeypatch):
    ask_refund(charge=paid, satang=5000, by=owner, at=at)
    real, lost = play.ask, []

    def lossy(method, url, **kwargs):
        answer = real(method, url, **kwargs)
        if method == "POST" and not lost:
            lost.append(url)
            raise Unavailable("ConnectionResetError")
        return answer

    monkeypatch.setattr(play, "ask", lossy)
    follow_refunds_due(at)
    assert refunded(order) == []
    follow_refunds_due(at + timedelta(minutes=1))
    there = play.charge(paid.reference).refunds
    assert (len(lost), len(there), refunded(order)) == (1, 1, [5000])


def test_a_fault_of_ours_puts_a_refund_off_for_longer_each_time(paid, owner, at, monkeypatch):
    ask_refund(charge=paid, satang=5000, by=owner, at=at)
    monkeypatch.setattr(play, "ask", lambda *_all, **_more: 1 / 0)
    pauses, moment = [], at
    for _time in range(4):
        follow_refunds_due(moment)
        pauses.append((GatewayRefund.objects.get().try_at - moment).total_seconds())
        moment = GatewayRefund.objects.get().try_at
    assert pauses == [15, 30, 60, 120]


def test_a_refund_that_fails_is_the_sellers_to_pay_by_hand(paid, order, owner, at, monkeypatch):
    def refuse(*args, **kwargs):
        raise Refused("not_refundable")

    ask_refund(charge=paid, satang=240000, by=owner, at=at)
    monkeypatch.setattr(play, "ask", refuse)
    follow_refunds_due(at)
    assert (GatewayRefund.objects.get().failure, order.notes.last().kind) == ("not_refundable", "refund_failed")
    record_refund(order=fresh(order), satang=240000, reference="by hand", by=owner, at=at)
    assert fresh(order).refunded_satang == 240000


def test_a_refund_that_takes_days_ends_when_the_gateway_says_so(paid, order, owner, at, monkeypatch):
    says = iter(["open", "open", "paid"])

    class Slow:
        def refund(self, **asked):
            return charges.State(next(says), 5000, "rfnd_1")

        def look_at_refund(self, **asked):
            return charges.State(next(says), 5000, "rfnd_1")

    monkeypatch.setattr(gateway_refunds, "gateway_of", lambda *args: Slow())
    ask_refund(charge=paid, satang=5000, by=owner, at=at)
    for day in range(3):
        follow_refunds_due(in_days(at, day))
    assert (GatewayRefund.objects.get().status, refunded(order)) == ("done", [5000])


def test_the_worker_looks_at_few_charges_a_round_and_at_each_once(shop, at):
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=9)
    service = a_money_service(shop.business, "opn", at)
    for _ in range(7):
        order = an_order(shop, seats(departure, 1), at=at)
        ask_to_pay(order=order, service=service, method="card", at=at)
    assert [follow_charges_due(at) for _ in range(5)] == [2, 2, 2, 1, 0]
    assert Order.objects.filter(pay_by="gateway").count() == 7
