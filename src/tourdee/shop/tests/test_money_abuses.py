"""Abuses of payments, slips, webhooks and keys, one test each; the numbers are those of the list of abuses."""

import logging
import random
import secrets
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from tourdee.core.calling import Answer, Unavailable

from ..actions.charges import ask_to_pay, follow_charges_due, receive_notice
from ..actions.money_services import connect, try_services_due
from ..actions.slips import SlipUsedBefore, receive_slip
from ..models import GatewayCharge, PaymentEvent, Slip
from ..payment_methods.gateways import play
from ..payment_methods.gateways.signatures import Forged, check_opn, check_stripe, signed
from ..queries.reconcile import differences
from .factories import a_departure, a_money_service, a_shop, a_slip, a_tour, an_order, in_days, seats

pytestmark = pytest.mark.django_db
CANARIES = {
    "opn": {"secret_key": "skey_live_CANARY1", "webhook_secret": "Q0FOQVJZ"},
    "stripe": {"secret_key": "sk_live_CANARY2", "webhook_secret": "whsec_CANARY3"},
    "slipok": {"branch": "1", "api_key": "CANARY4"},
}


@pytest.fixture(autouse=True)
def _console(settings):
    settings.MONEY_SERVICES = "console"


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=9)


def a_charge(shop, departure, at):
    service = shop.business.money_services.filter(service="opn").first() or a_money_service(shop.business, "opn", at)
    charge = ask_to_pay(order=an_order(shop, seats(departure, 1), at=at), service=service, method="promptpay", at=at)
    follow_charges_due(at)
    charge.refresh_from_db()
    return charge


# ------------------------------------------------------------------ slips
@pytest.mark.parametrize(
    "how", ["the same file", "squeezed again", "cropped", "turned", "by another person in another shop"]
)
def test_8_a_slip_is_used_again(how, shop, departure, at):
    slip = a_slip(reference="01632000000008888")
    receive_slip(order=an_order(shop, seats(departure, 1), at=at), upload=slip, at=at)
    with Image.open(slip) as picture:
        again = picture.convert("RGB")
        again = again.crop((200, 800, 720, 1280)) if how == "cropped" else again
        again = again.rotate(90, expand=True) if how == "turned" else again
    upload = BytesIO()
    again.save(upload, "JPEG", quality=35 if how == "squeezed again" else 90)
    where = a_departure(starts_at=in_days(at, 5)) if "another shop" in how else departure
    other = an_order(where.tour.shop, seats(where, 1), at=at)
    with pytest.raises(SlipUsedBefore):
        receive_slip(order=other, upload=slip if how == "the same file" else upload, at=at)
    assert (Slip.objects.count(), other.notes.last().kind) == (1, "slip_used_before")


def test_8_a_slip_without_a_code_that_looks_like_another_is_marked(shop, departure, at):
    sent = []
    for quality in (90, 30):
        upload = BytesIO()
        picture = Image.linear_gradient("L").rotate(30).resize((600, 1000))
        picture.save(upload, "JPEG", quality=quality)
        sent.append(receive_slip(order=an_order(shop, seats(departure, 1), at=at), upload=upload, at=at).finding)
    assert sent == ["no_qr", "looks_seen"]


# ------------------------------------------------------------------ webhooks
def test_11_every_changed_byte_of_a_notice_is_noticed(shop, departure, at):
    charge = a_charge(shop, departure, at)
    headers, raw = play.notice(play.settle(charge.reference, paid=True), secret=play.OPN_KEYS["webhook_secret"], at=at)
    for place in range(0, len(raw), 7):
        spoiled = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        with pytest.raises(Forged):
            receive_notice(service=charge.service, headers=headers, raw=spoiled, at=at)
    assert PaymentEvent.objects.count() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"Omise-Signature": "", "Omise-Signature-Timestamp": "0"}, {"Omise-Signature": "x" * 64},
        {"Omise-Signature": "0" * 64, "Omise-Signature-Timestamp": "๑๗๖๔"}, {"Omise-Signature-Timestamp": "1e9"},
        {"Stripe-Signature": "t=,v1="}, {"Stripe-Signature": "v1=abc"}, {"Stripe-Signature": "t=-1,v1=" + "0" * 64},
        {"Omise-Signature": ",".join(["é"] * 20), "Omise-Signature-Timestamp": "1763874000"},
    ],
)  # fmt: skip
def test_11_a_notice_with_no_or_nonsensical_signature(headers, at):
    for check, secret in ((check_opn, "cGxheQ=="), (check_stripe, "whsec_x"), (check_opn, ""), (check_opn, "%%%")):
        with pytest.raises(Forged):
            check(secret, headers, b"{}", at)


def test_11_control_the_same_notice_rightly_signed_is_taken(at):
    moment = str(int(at.timestamp()))
    check_opn(
        "cGxheQ==", {"Omise-Signature": signed(b"play", moment, b"{}"), "Omise-Signature-Timestamp": moment}, b"{}", at
    )


def test_11_a_notice_names_the_charge_of_another_amount(shop, departure, at, monkeypatch):
    """The order costs 1,200 baht; the gateway knows of 1 baht. What came is what is booked."""
    charge = a_charge(shop, departure, at)
    cheap = {"id": charge.reference, "amount": 100, "currency": "THB", "status": "successful"}
    monkeypatch.setattr(play, "ask", lambda *args, **kwargs: Answer(200, cheap))
    follow_charges_due(at + timedelta(minutes=1))
    charge.order.refresh_from_db()
    assert (charge.order.status, charge.order.paid_satang) == ("slip_review", 100)


def test_12_notices_of_many_orders_shuffled_repeated_and_late(shop, departure, at):
    charges = [a_charge(shop, departure, at) for _ in range(5)]
    secret = play.OPN_KEYS["webhook_secret"]
    notices = [play.notice(play.settle(one.reference, paid=True), secret=secret, at=at) for one in charges] * 6
    random.Random(12).shuffle(notices)
    for headers, raw in notices:
        receive_notice(service=charges[0].service, headers=headers, raw=raw, at=at)
        follow_charges_due(at)
    headers, raw = notices[0]
    with pytest.raises(Forged):  # a month later its time is over
        receive_notice(service=charges[0].service, headers=headers, raw=raw, at=in_days(at, 30))
    assert PaymentEvent.objects.count() == 5
    assert (GatewayCharge.objects.filter(status="paid").count(), differences(at)) == (5, [])


def test_4_pressing_pay_again_and_again_makes_one_charge(client, shop, departure, at, clock):
    a_money_service(shop.business, "opn", at)
    order = an_order(shop, seats(departure, 1), at=at)
    for _ in range(5):
        client.post(reverse("order_pay", args=[order.secret]), {"method": "card"})
    assert GatewayCharge.objects.count() == 1


def test_5_an_amount_or_shop_in_the_form_means_nothing(client, shop, departure, at, clock):
    other = a_money_service(a_shop().business, "opn", at)
    mine = a_money_service(shop.business, "opn", at)
    order = an_order(shop, seats(departure, 1), at=at)
    typed = {"method": "card", "satang": "1", "amount": "1", "service": other.public_id}
    client.post(reverse("order_pay", args=[order.secret]), typed)
    charge = GatewayCharge.objects.get()
    assert (charge.satang, charge.service) == (120000, mine)


def test_10_a_gateway_that_is_down_holds_up_nobody_else(shop, departure, at, monkeypatch):
    broken = a_charge(shop, departure, at)
    fine = a_charge(shop, departure, at)
    play.settle(fine.reference, paid=True)
    real = play.ask

    def half(method, url, **more):
        if broken.reference in url:
            raise Unavailable("TimeoutError")
        return real(method, url, **more)

    monkeypatch.setattr(play, "ask", half)
    follow_charges_due(at + timedelta(minutes=1))
    fine.order.refresh_from_db()
    assert fine.order.status == "confirmed"


# ------------------------------------------------------------------ keys
def test_18_keys_stand_in_no_log_page_row_or_export(shop, departure, owner, at, caplog, client_of, clock):
    order = an_order(shop, seats(departure, 1), at=at)
    with caplog.at_level(logging.DEBUG):
        for service, keys in CANARIES.items():
            connect(business=shop.business, service=service, keys=keys, by=owner, at=at)
        try_services_due(at)
        ask_to_pay(order=order, service=shop.business.money_services.get(service="opn"), method="promptpay", at=at)
        follow_charges_due(at)
        browser = client_of(owner)
        pages = [browser.get(reverse(name)).content for name in ("my_money", "my_shop", "my_orders", "my_orders_csv")]
        pages.append(browser.get(reverse("my_order", args=[order.code])).content)
    kept = b" ".join(pages) + caplog.text.encode() + rows()
    secrets_of = [value for keys in CANARIES.values() for name, value in keys.items() if name != "branch"]
    assert [one for one in secrets_of if one.encode() in kept] == []


def rows() -> bytes:
    """Every text in the database's tables of the shop, the audit log and the tasks."""
    from django.apps import apps

    models = [*apps.get_app_config("shop").get_models(), *apps.get_app_config("core").get_models(),
              *apps.get_app_config("django_tasks_database").get_models()]  # fmt: skip
    return " ".join(str(row) for model in models for row in model.objects.values_list()).encode()


def test_18_control_an_unsealed_key_would_be_found(shop, owner, at):
    row = connect(business=shop.business, service="opn", keys=CANARIES["opn"], by=owner, at=at)
    type(row).objects.update(keys=CANARIES["opn"]["secret_key"])
    assert b"CANARY1" in rows()


def test_50_the_signature_is_compared_in_constant_time(monkeypatch, at):
    """Every signature is compared as a whole, also after one that was right."""
    compared = []
    real = secrets.compare_digest
    monkeypatch.setattr(
        "tourdee.shop.payment_methods.gateways.signatures.hmac.compare_digest",
        lambda a, b: compared.append((a, b)) or real(a, b),
    )
    moment = str(int(at.timestamp()))
    right = signed(b"play", moment, b"{}")
    check_opn("cGxheQ==", {"Omise-Signature": f"{right},{'0' * 64}", "Omise-Signature-Timestamp": moment}, b"{}", at)
    assert len(compared) == 2


def test_58_services_that_are_off_leave_the_shop_as_it_was(client, shop, departure, at, settings, clock):
    a_money_service(shop.business, "opn", at)
    settings.MONEY_SERVICES = "off"
    order = an_order(shop, seats(departure, 1), at=at)
    page = client.get(reverse("order_status", args=[order.secret])).text
    assert ("order_pay" in page, 'name="method"' in page, "qr-code" in page) == (False, False, True)
