"""What the adapters say over the wire, against fakes on the loopback that answer in the services' published shapes."""

import base64
import logging

import pytest

from tourdee.core.calling import Refused, Unavailable, ask
from tourdee.core.qr import qr_png_bytes, qr_svg_bytes

from ..payment_methods import promptpay
from ..payment_methods.gateways import State, Wanted, gateway_of
from ..payment_methods.slip_services import verifier_of
from .money_fakes import Fake, a_fake

CANARY = "skey_live_CANARY_6f1d"
KEYS = {
    "opn": {"secret_key": CANARY, "webhook_secret": "cGxheQ=="},
    "stripe": {"secret_key": CANARY, "webhook_secret": "whsec_x"},
}
BILL = promptpay.bill_payload("010555600000099", ["ORDER1"], 240000)


@pytest.fixture
def fake(settings):
    settings.MONEY_SERVICES = "live"
    with a_fake() as fake:
        names = settings.MONEY_SERVICE_ADDRESSES
        settings.MONEY_SERVICE_ADDRESSES = dict.fromkeys(names, fake.address)
        yield fake


@pytest.fixture
def wanted(at) -> Wanted:
    return Wanted(key="k1", method="promptpay", satang=240000, words="Shop ABC", email="a@example.org", until=at)


def opn_charge(fake: Fake, **columns: object) -> dict[str, object]:
    """As Opn's documentation and webhooks show it."""
    picture = f"{fake.address}/charges/chrg_1/documents/docu_1/downloads/AAAB"
    return {
        "object": "charge", "id": "chrg_1", "livemode": False, "amount": 240000, "currency": "THB", "status": "pending",
        "link": None, "failure_code": None, "metadata": {"tourdee": "k1"}, "refunds": {"object": "list", "data": []},
        "source": {"object": "source", "type": "promptpay", "flow": "offline", "scannable_code": {
            "object": "barcode", "type": "qr", "image": {"object": "document", "filename": "qrcode.svg", "download_uri": picture}}},
    } | columns  # fmt: skip


def intent(**columns: object) -> dict[str, object]:
    """As Stripe's documentation shows it."""
    return {
        "id": "pi_1", "object": "payment_intent", "amount": 240000, "amount_received": 0, "currency": "thb",
        "status": "requires_action", "metadata": {"tourdee": "k1"}, "next_action": {
            "type": "promptpay_display_qr_code", "promptpay_display_qr_code": {"data": BILL, "image_url_png": "https://x"}},
    } | columns  # fmt: skip


# ------------------------------------------------------------------ Opn
@pytest.mark.parametrize("picture", [qr_svg_bytes(BILL), qr_png_bytes(BILL)], ids=["svg", "png"])
def test_opn_promptpay_is_a_charge_whose_picture_is_read(picture, fake, wanted):
    fake.says((200, opn_charge(fake)), (200, picture))
    made = gateway_of("opn", KEYS["opn"]).create(wanted)
    assert (made.reference, made.code, made.page) == ("chrg_1", BILL, "")
    first, second = fake.asked
    assert (first["is"], first["sent"]) == ("POST /charges", {
        "amount": "240000", "currency": "THB", "source[type]": "promptpay", "description": "Shop ABC",
        "metadata[tourdee]": "k1", "expires_at": wanted.until.isoformat()})  # fmt: skip
    login = base64.b64encode(f"{CANARY}:".encode()).decode()
    assert (first["headers"]["Authorization"], first["headers"]["Omise-Version"], first["headers"]["Idempotency-Key"]) == (
        f"Basic {login}", "2019-05-29", "k1")  # fmt: skip
    assert second["is"] == "GET /charges/chrg_1/documents/docu_1/downloads/AAAB"


def test_opn_cards_are_paid_on_opns_own_page(fake, wanted):
    link = {"object": "link", "id": "link_1", "amount": 240000, "payment_uri": "https://link.omise.co/CB35C0A1",
            "charges": {"data": []}}  # fmt: skip
    fake.says((200, link), (200, link), (200, link | {"charges": {"data": [
        opn_charge(fake, id="chrg_0", status="failed"), opn_charge(fake, status="successful", link="link_1")]}}))  # fmt: skip
    gateway = gateway_of("opn", KEYS["opn"])
    made = gateway.create(Wanted(**(vars(wanted) | {"method": "card"})))
    assert (made.reference, made.page) == ("link_1", "https://link.omise.co/CB35C0A1")
    assert gateway.look(reference="link_1", method="card") == State("open")
    assert gateway.look(reference="link_1", method="card") == State("paid", 240000, "chrg_1")


def test_opn_refunds_are_looked_for_before_they_are_made(fake):
    mine = {"object": "refund", "id": "rfnd_1", "amount": 5000, "status": "closed", "metadata": {"tourdee": "r1"}}
    other = mine | {"id": "rfnd_0", "metadata": {"tourdee": "r0"}}
    fake.says((200, {"data": [other]}), (200, mine), (200, {"data": [other, mine]}))
    gateway = gateway_of("opn", KEYS["opn"])
    for _ in range(2):
        state = gateway.refund(paid_reference="chrg_1", satang=5000, key="r1")
        assert state == State("paid", 5000, "rfnd_1")
    assert [one["is"].split()[0] for one in fake.asked] == ["GET", "POST", "GET"]


@pytest.mark.parametrize(
    ("said", "status"),
    [("successful", "paid"), ("pending", "open"), ("failed", "failed"), ("expired", "failed"), ("new word", "open")],
)
def test_opns_states_in_our_words(said, status, fake):
    fake.says((200, opn_charge(fake, status=said)))
    assert gateway_of("opn", KEYS["opn"]).look(reference="chrg_1", method="promptpay").status == status


def test_a_picture_from_elsewhere_is_not_fetched(fake, wanted):
    charge = opn_charge(fake)
    charge["source"]["scannable_code"]["image"]["download_uri"] = "http://127.0.0.1:1/steal"
    fake.says((200, charge))
    with pytest.raises(Unavailable):
        gateway_of("opn", KEYS["opn"]).create(wanted)
    assert len(fake.asked) == 1


@pytest.mark.parametrize(
    "picture",
    [
        b"",
        b"<svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG?",
        qr_svg_bytes(promptpay.payload("0" * 13, 1)),
    ],
    ids=["empty", "broken svg", "no code", "broken png", "another amount"],
)
def test_a_picture_that_does_not_ask_for_the_amount_is_not_shown(picture, fake, wanted):
    fake.says((200, opn_charge(fake)), (200, picture))
    with pytest.raises(Unavailable):
        gateway_of("opn", KEYS["opn"]).create(wanted)


# ------------------------------------------------------------------ Stripe
def test_stripe_promptpay_is_an_intent_confirmed_at_once(fake, wanted):
    fake.says((200, intent()))
    made = gateway_of("stripe", KEYS["stripe"]).create(wanted)
    assert (made.reference, made.code) == ("pi_1", BILL)
    asked = fake.asked[0]
    assert (asked["is"], asked["sent"]) == ("POST /v1/payment_intents", {
        "amount": "240000", "currency": "thb", "confirm": "true", "description": "Shop ABC",
        "payment_method_types[0]": "promptpay", "payment_method_data[type]": "promptpay",
        "payment_method_data[billing_details][email]": "a@example.org", "metadata[tourdee]": "k1"})  # fmt: skip
    assert (asked["headers"]["Authorization"], asked["headers"]["Idempotency-Key"]) == (f"Bearer {CANARY}", "k1")


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"status": "succeeded", "amount_received": 240000}, State("paid", 240000, "pi_1")),
        ({"status": "processing"}, State("open", 240000, "pi_1")), ({"status": "canceled"}, State("failed", 240000, "pi_1")),
        ({"status": "requires_payment_method", "last_payment_error": {"code": "payment_intent_payment_attempt_failed"}},
         State("failed", 240000, "pi_1", "payment_intent_payment_attempt_failed")),
    ],
)  # fmt: skip
def test_stripes_states_in_our_words(said, state, fake):
    fake.says((200, intent(**said)))
    assert gateway_of("stripe", KEYS["stripe"]).look(reference="pi_1", method="promptpay") == state


@pytest.mark.parametrize(
    ("said", "status"), [("succeeded", "paid"), ("pending", "open"), ("requires_action", "open"), ("failed", "failed")]
)
def test_stripes_refunds_in_our_words(said, status, fake):
    fake.says((200, {"id": "re_1", "object": "refund", "amount": 5000, "status": said}))
    state = gateway_of("stripe", KEYS["stripe"]).refund(paid_reference="pi_1", satang=5000, key="r1")
    assert (state.status, state.reference, fake.asked[0]["headers"]["Idempotency-Key"]) == (status, "re_1", "r1")


# ------------------------------------------------------------------ the wire itself
@pytest.mark.parametrize("name", ["opn", "stripe"])
def test_a_wrong_key_is_refused_by_name(name, fake):
    opn, stripe = {"object": "error", "code": "authentication_failure"}, {"error": {"code": "api_key_expired"}}
    fake.says((401, opn if name == "opn" else stripe))
    with pytest.raises(Refused) as no:
        gateway_of(name, KEYS[name]).test()
    assert no.value.code == {"opn": "authentication_failure", "stripe": "api_key_expired"}[name]


@pytest.mark.parametrize(
    "answer",
    [
        (500, {"x": 1}),
        (503, b"busy"),
        (429, {"x": 1}),
        (200, b"<html>"),
        (200, b"[1]"),
        (200, b""),
        (200, None),
        (302, "/x"),
    ],
)
@pytest.mark.parametrize("name", ["opn", "stripe"])
def test_trouble_is_never_an_answer_and_tells_no_key(name, answer, fake, caplog):
    fake.says(answer)
    with caplog.at_level(logging.DEBUG), pytest.raises((Unavailable, Refused)) as trouble:
        gateway_of(name, KEYS[name]).look(reference="chrg_1", method="promptpay")
    assert CANARY not in f"{trouble.value!r} {trouble.value.__cause__!r} {caplog.text}"
    assert len(fake.asked) == 1  # a redirect is not followed


@pytest.mark.parametrize("address", ["http://example.org/x", "ftp://example.org", "file:///etc/passwd", "gopher://x"])
def test_keys_travel_over_https_only(address):
    with pytest.raises(Unavailable):
        ask("GET", address, headers={})


@pytest.mark.parametrize(
    ("name", "keys", "path", "works", "no"),
    [
        ("slipok", {"branch": "7", "api_key": "k"}, "GET /api/line/apikey/7/quota", {"success": True, "data": {"quota": 9}},
         {"success": False, "code": 1002}),
        ("easyslip", {"token": "k"}, "GET /api/v1/me", {"status": 200, "data": {}}, {"status": 401, "message": "unauthorized"}),
        ("slip2go", {"api_secret": "k"}, "GET /api/account/info", {"code": "200001", "data": {}}, {"code": "401004"}),
    ],
)  # fmt: skip
def test_a_slip_services_key_is_tried_without_using_up_a_check(name, keys, path, works, no, fake):
    fake.says((200, works), (401, no))
    verifier_of(name, keys).test()
    with pytest.raises(Refused):
        verifier_of(name, keys).test()
    assert [one["is"] for one in fake.asked] == [path, path]


def test_nothing_is_reached_where_services_are_off(settings):
    settings.MONEY_SERVICES = "off"
    with pytest.raises(Unavailable):
        gateway_of("opn", KEYS["opn"])
