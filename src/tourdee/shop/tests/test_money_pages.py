"""The pages of money: the seller's services, the buyer's ways to pay, the webhook's door, the play bank."""

import json

import pytest
from django.urls import reverse

from tourdee.core.crypto import unseal

from ..actions.charges import follow_charges_due
from ..actions.money_services import connect, disconnect, try_services_due
from ..models import GatewayCharge, GatewayRefund, HowToPay, MoneyService, PaymentEvent
from ..payment_methods.gateways import play
from ..queries.gateways import NoKeys, keys_of
from .factories import a_departure, a_money_service, a_shop, a_slip, a_tour, an_order, in_days, seats

pytestmark = pytest.mark.django_db
CANARY = "skey_live_CANARY_9c2e"


@pytest.fixture(autouse=True)
def _console(settings, clock):
    settings.MONEY_SERVICES = "console"


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def browser(client_of, owner):
    return client_of(owner)


@pytest.fixture
def order(shop, at):
    return an_order(shop, seats(a_departure(a_tour(shop), starts_at=in_days(at, 5)), 2), at=at)


# ------------------------------------------------------------------ the seller's page
def test_what_codes_carry_is_saved_and_shown(browser, shop):
    typed = {"tells_apart": "on", "account_number": "123-4-56789-0", "biller_id": "0105556000000 99"}
    assert browser.post(reverse("my_money"), typed).status_code == 302
    row = HowToPay.objects.get(business=shop.business)
    assert (row.tells_apart, row.account_number, row.biller_id) == (True, "1234567890", "010555600000099")
    assert 'value="010555600000099"' in browser.get(reverse("my_money")).text


@pytest.mark.parametrize(("name", "typed"), [("biller_id", "123"), ("biller_id", "abc"), ("account_number", "12")])
def test_a_wrong_number_stays_at_its_field(name, typed, browser, shop):
    page = browser.post(reverse("my_money"), {name: typed})
    assert list(page.context["form"].errors) == [name]
    assert (f'value="{typed}"' in page.text, HowToPay.objects.count()) == (True, 0)


def test_a_key_is_sealed_tried_and_never_shown_again(browser, shop, at):
    keys = {"secret_key": CANARY, "webhook_secret": "Y2FuYXJ5"}
    answer = browser.post(reverse("connect_service", args=["opn"]), keys)
    row = MoneyService.objects.get()
    assert (answer.url, row.business, row.hint) == (
        reverse("money_service", args=[row.public_id]),
        shop.business,
        "9c2e",
    )
    assert json.loads(unseal(row.keys)) == keys
    assert CANARY not in row.keys
    waiting = browser.get(answer.url)
    assert (waiting.headers["Refresh"], CANARY in waiting.text) == ("3", False)
    assert try_services_due(at) == 1
    row.refresh_from_db()
    pages = [browser.get(url).text for url in (
        answer.url, reverse("my_money"), reverse("connect_service", args=["opn"]), reverse("my_shop"), reverse("my_orders"))]  # fmt: skip
    assert (row.test, "Refresh" in browser.get(answer.url).headers) == ("works", False)
    assert [CANARY in page or "Y2FuYXJ5" in page for page in pages] == [False] * 5


@pytest.mark.parametrize(
    ("service", "typed", "wrong"),
    [
        ("opn", {"secret_key": "pkey_1", "webhook_secret": "cGxheQ=="}, "secret_key"),
        ("opn", {"secret_key": "skey_1", "webhook_secret": "not base64!"}, "webhook_secret"),
        ("stripe", {"secret_key": "sk_1", "webhook_secret": "cGxheQ=="}, "webhook_secret"),
        ("stripe", {"secret_key": "ｓｋ_1", "webhook_secret": "whsec_1"}, "secret_key"),
        ("slipok", {"branch": "x", "api_key": "k"}, "branch"), ("slipok", {"branch": "", "api_key": "k"}, "branch"),
        ("easyslip", {"token": "a b"}, "token"), ("slip2go", {"api_secret": ""}, "api_secret"),
    ],
)  # fmt: skip
def test_a_key_that_cannot_be_one_is_refused_and_not_echoed(service, typed, wrong, browser, shop):
    page = browser.post(reverse("connect_service", args=[service]), typed)
    assert list(page.context["form"].errors) == [wrong]
    assert MoneyService.objects.count() == 0
    assert not any(secret and f'value="{secret}"' in page.text for name, secret in typed.items() if name != "branch")


def test_a_second_slip_service_takes_the_place_of_the_first(shop, at):
    a_money_service(shop.business, "slipok", at)
    a_money_service(shop.business, "easyslip", at)
    assert [one.service for one in MoneyService.objects.exclude(keys="")] == ["easyslip"]


def test_disconnecting_forgets_the_keys(browser, shop, at):
    row = a_money_service(shop.business, "opn", at)
    browser.post(reverse("disconnect_service", args=[row.public_id]))
    row.refresh_from_db()
    assert (row.keys, row.hint) == ("", "")
    with pytest.raises(NoKeys):
        keys_of(row)
    assert browser.get(reverse("money_service", args=[row.public_id])).status_code == 404


def test_a_service_through_which_a_buyer_is_paying_stays(browser, shop, order, at):
    row = a_money_service(shop.business, "opn", at)
    browser_of_buyer = browser.__class__()
    browser_of_buyer.post(reverse("order_pay", args=[order.secret]), {"method": "card"})
    browser.post(reverse("disconnect_service", args=[row.public_id]))
    row.refresh_from_db()
    assert row.keys != ""


def test_another_sellers_service_does_not_exist(client_of, stranger, shop, at):
    row = a_money_service(shop.business, "opn", at)
    a_shop(stranger)
    browser, args = client_of(stranger), [row.public_id]
    asked = [browser.get(reverse("money_service", args=args)), browser.post(reverse("test_service", args=args)),
             browser.post(reverse("disconnect_service", args=args))]  # fmt: skip
    assert [one.status_code for one in asked] == [404, 404, 404]
    assert reverse("money_service", args=args) not in browser.get(reverse("my_money")).text
    row.refresh_from_db()
    assert row.keys != ""


def test_keys_survive_no_other_installation(shop, at, settings):
    row = a_money_service(shop.business, "opn", at)
    settings.SECRET_KEY = "another installation"
    with pytest.raises(NoKeys):
        keys_of(row)


def test_where_services_are_off_nothing_can_be_connected(browser, shop, settings):
    settings.MONEY_SERVICES = "off"
    assert browser.get(reverse("connect_service", args=["opn"])).status_code == 404
    assert "connect_service" not in browser.get(reverse("my_money")).text


# ------------------------------------------------------------------ the buyer pays
def test_a_buyer_pays_through_the_gateway_without_scripts(shopper, shop, order, at):
    a_money_service(shop.business, "opn", at)
    own = reverse("order_status", args=[order.secret])
    assert 'value="card"' in shopper.get(own).text
    address = shopper.post(reverse("order_pay", args=[order.secret]), {"method": "promptpay"}).url
    assert shopper.get(address).headers["Refresh"] == "2"
    follow_charges_due(at)
    shown = shopper.get(address)
    charge = GatewayCharge.objects.get()
    assert ("qr-code" in shown.text, shown.headers["Refresh"]) == (True, "10")
    bank = reverse("play_bank", args=[charge.reference])
    assert "฿2,400" in shopper.get(bank).text
    assert shopper.post(bank, {"do": "pay"}).url == address
    follow_charges_due(at)
    assert shopper.get(address).url == own
    order.refresh_from_db()
    assert order.status == "confirmed"


def test_a_card_is_paid_on_the_gateways_page(shopper, shop, order, at):
    a_money_service(shop.business, "opn", at)
    address = shopper.post(reverse("order_pay", args=[order.secret]), {"method": "card"}).url
    follow_charges_due(at)
    page = shopper.get(address)
    assert f'href="/play-bank/{GatewayCharge.objects.get().reference}/"' in page.text
    assert "<input" not in page.text.split("<main", 1)[1].split("</main>", 1)[0]  # nowhere to type a card
    assert 'href="/en/play-bank/' in shopper.get("/en" + address).text  # who reads English goes on in English


def test_who_has_no_thai_bank_is_led_to_the_other_ways_and_nobody_else(shopper, shop, order, at):
    own = reverse("order_status", args=[order.secret])
    assert "#other-ways" not in shopper.get(own).text
    a_money_service(shop.business, "opn", at)
    page = shopper.get(own).text
    assert (page.count('href="#other-ways"'), page.count('id="other-ways"')) == (1, 1)


def test_a_method_that_is_not_offered_is_not_asked_for(shopper, shop, order, at):
    a_money_service(shop.business, "stripe", at)
    shopper.post(reverse("order_pay", args=[order.secret]), {"method": "card"})
    assert GatewayCharge.objects.count() == 0


def test_a_payment_that_did_not_work_offers_another_try(shopper, shop, order, at):
    a_money_service(shop.business, "opn", at)
    address = shopper.post(reverse("order_pay", args=[order.secret]), {"method": "promptpay"}).url
    follow_charges_due(at)
    shopper.post(reverse("play_bank", args=[GatewayCharge.objects.get().reference]), {"do": "decline"})
    follow_charges_due(at)
    assert 'value="promptpay"' in shopper.get(address).text


@pytest.mark.parametrize("mode", ["off", "live"])
def test_the_play_bank_exists_in_the_demo_only(mode, shopper, shop, order, at, settings):
    a_money_service(shop.business, "opn", at)
    shopper.post(reverse("order_pay", args=[order.secret]), {"method": "card"})
    follow_charges_due(at)
    bank = reverse("play_bank", args=[GatewayCharge.objects.get().reference])
    settings.MONEY_SERVICES = mode
    assert [shopper.get(bank).status_code, shopper.post(bank, {"do": "pay"}).status_code] == [404, 404]


# ------------------------------------------------------------------ the webhook's door
def test_the_door_takes_a_signed_notice_and_no_other(client, shop, order, at):
    service = a_money_service(shop.business, "opn", at)
    client.post(reverse("order_pay", args=[order.secret]), {"method": "promptpay"})
    follow_charges_due(at)
    headers, raw = play.notice(
        play.settle(GatewayCharge.objects.get().reference, paid=True), secret=play.OPN_KEYS["webhook_secret"], at=at
    )
    door = reverse("gateway_notice", args=[service.public_id])

    def knock(body=raw, **more):
        return client.post(door, body, content_type="application/json", headers=more).status_code

    assert (knock(), knock(raw + b" ", **headers), knock(b"x" * 300_001, **headers), client.get(door).status_code) == (
        401, 401, 413, 405)  # fmt: skip
    assert knock(**headers) == 200
    other = reverse("gateway_notice", args=["nobody0000000000"])
    assert client.post(other, raw, content_type="application/json", headers=headers).status_code == 404
    follow_charges_due(at)
    assert PaymentEvent.objects.get().satang == 240000


# ------------------------------------------------------------------ paying back, and what a slip service says
def test_a_seller_pays_back_through_the_gateway(browser, shopper, shop, order, at):
    a_money_service(shop.business, "opn", at)
    shopper.post(reverse("order_pay", args=[order.secret]), {"method": "card"})
    follow_charges_due(at)
    charge = GatewayCharge.objects.get()
    shopper.post(reverse("play_bank", args=[charge.reference]), {"do": "pay"})
    follow_charges_due(at)
    own = reverse("my_order", args=[order.code])
    assert reverse("gateway_refund", args=[charge.public_id]) in browser.get(own).text
    wrong = browser.post(reverse("gateway_refund", args=[charge.public_id]), {"back-satang": "x"})
    assert wrong.context["gateway_refund_form"].errors != {}
    browser.post(reverse("gateway_refund", args=[charge.public_id]), {"back-satang": "100.50"})
    assert GatewayRefund.objects.get().satang == 10050


def test_another_sellers_payment_cannot_be_paid_back(client_of, stranger, shopper, shop, order, at):
    a_money_service(shop.business, "opn", at)
    shopper.post(reverse("order_pay", args=[order.secret]), {"method": "card"})
    address = reverse("gateway_refund", args=[GatewayCharge.objects.get().public_id])
    assert client_of(stranger).post(address, {"back-satang": "1"}).status_code == 404


def test_a_seller_reads_what_the_slip_service_says(browser, shopper, shop, order, at):
    a_money_service(shop.business, "slipok", at)
    shopper.post(reverse("order_slip", args=[order.secret]), {"slip": a_slip()})
    order.slips.get().answer.__class__.objects.update(verdict="amount_mismatch", satang=100)
    assert "ยอดที่โอนไม่ตรง โอนมา ฿1" in browser.get(reverse("my_order", args=[order.code])).text


def test_tell_no_key_in_the_audit_log(shop, owner, at):
    from tourdee.core.models import AuditLine

    row = connect(
        business=shop.business, service="opn", keys={"secret_key": CANARY, "webhook_secret": "x"}, by=owner, at=at
    )
    disconnect(service=row, by=owner, at=at)
    written = " ".join(f"{line.text} {line.data}" for line in AuditLine.objects.all())
    assert ("Opn" in written, CANARY in written, CANARY[-4:] in written) == (True, False, False)
