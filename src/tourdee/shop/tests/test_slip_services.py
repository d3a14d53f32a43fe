"""Slip services: what their published answers become, and what an order may be confirmed by."""

from datetime import timedelta

import pytest

from tourdee.core.calling import Answer, Refused, Unavailable

from ..actions.holds import HOLD
from ..actions.slip_answers import ask_about_slips_due
from ..actions.slips import accept_slip, receive_slip, refuse_slip
from ..models import PaymentEvent, Slip, SlipAnswer
from ..payment_methods import slip_services
from ..payment_methods.slip_services import Told
from ..payment_methods.slip_services.easyslip import EasySlip
from ..payment_methods.slip_services.slip2go import Slip2Go
from ..payment_methods.slip_services.slipok import SlipOk
from ..queries.slip_answers import fits
from .factories import a_departure, a_money_service, a_shop, a_slip, a_tour, an_order, in_days, seats

REFERENCE = "0163200000000777"
AT = "2026-11-23T12:00:00+07:00"


# ------------------------------------------------------------------ what they say
def slipok(code=None, **columns):
    data = {
        "success": True, "transRef": REFERENCE, "sendingBank": "014", "transDate": "20261123", "transTime": "12:00:00",
        "receiver": {"displayName": "นาง ผู้ขาย 1", "name": "MRS SELLER", "proxy": {"type": "MSISDN", "value": "xxx-xxx-5678"},
                     "account": {"type": "BANKAC", "value": "xxx-x-x4321-x"}},
        "amount": 2400, "ref1": "", "ref2": "",
    } | columns  # fmt: skip
    if code:
        return Answer(400, {"code": code, "message": "…", "data": data if code in {1012, 1013, 1014} else None})
    return Answer(200, {"success": True, "data": data})


def easyslip(message="", **columns):
    data = {
        "payload": "…", "transRef": REFERENCE, "date": AT, "countryCode": "TH", "amount": {"amount": 2400.0, "local": {}},
        "fee": 0, "ref1": "", "ref2": "", "ref3": "", "receiver": {"bank": {"id": "004"}, "account": {
            "name": {"th": "นาง ผู้ขาย 1"}, "bank": {"type": "BANKAC", "account": "xxx-x-x4321-x"},
            "proxy": {"type": "MSISDN", "account": "xxx-xxx-5678"}}},
    } | columns  # fmt: skip
    if message:
        return Answer(
            400, {"status": 400, "message": message, **({"data": data} if message == "duplicate_slip" else {})}
        )
    return Answer(200, {"status": 200, "data": data})


def slip2go(code="200000", **columns):
    data = {
        "transRef": REFERENCE, "dateTime": "2026-11-23T05:00:00.000Z", "amount": 2400, "ref1": None, "ref2": None, "ref3": None,
        "receiver": {"account": {"name": "นาง ผู้ขาย 1", "bank": {"account": "xxx-x-x4321-x"},
                                 "proxy": {"type": "MSISDN", "account": "xxx-xxx-5678"}}, "bank": {"id": "004"}},
    } | columns  # fmt: skip
    return Answer(200, {"code": code, "message": "…", **({"data": data} if code not in {"200404"} else {})})


KEYS = {"branch": "12345", "api_key": "k", "token": "k", "api_secret": "k"}
SERVICES = {"slipok": (SlipOk, slipok), "easyslip": (EasySlip, easyslip), "slip2go": (Slip2Go, slip2go)}


def verified(service, answer, satang=240000):
    asked = []

    def ask(method, url, **more):
        asked.append((method, url, more))
        if isinstance(answer, Exception):
            raise answer
        return answer

    told = SERVICES[service][0](KEYS, ask).verify(code="0041…", satang=satang)
    return told, asked[0]


@pytest.mark.parametrize("service", SERVICES)
def test_a_found_transfer_is_told_in_our_words(service, at):
    told, _asked = verified(service, SERVICES[service][1]())
    assert told == Told(
        result="ok", trans_ref=REFERENCE, satang=240000, receiver="นาง ผู้ขาย 1",
        accounts=("xxx-xxx-5678", "xxx-x-x4321-x"), references=(), transferred_at=at,
    )  # fmt: skip


def test_what_is_sent_is_the_code_and_never_the_picture():
    sent = {name: verified(name, answer())[1] for name, (_class, answer) in SERVICES.items()}
    assert sent["slipok"] == ("POST", "https://api.slipok.com/api/line/apikey/12345", {
        "headers": {"x-authorization": "k"}, "body": {"data": "0041…", "amount": 2400.0, "log": True}})  # fmt: skip
    assert sent["easyslip"] == ("POST", "https://developer.easyslip.com/api/v1/verify", {
        "headers": {"Authorization": "Bearer k"}, "body": {"payload": "0041…", "checkDuplicate": True}})  # fmt: skip
    assert sent["slip2go"] == ("POST", "https://connect.slip2go.com/api/verify-slip/qr-code/info", {
        "headers": {"Authorization": "Bearer k"}, "body": {"payload": {"qrCode": "0041…", "checkCondition": {
            "checkDuplicate": True, "checkAmount": {"type": "eq", "amount": "2400.00"}}}}})  # fmt: skip


@pytest.mark.parametrize(
    ("service", "answer", "result"),
    [
        ("slipok", slipok(1012), "duplicate"), ("slipok", slipok(1013), "amount_mismatch"),
        ("slipok", slipok(1014), "receiver_mismatch"), ("slipok", slipok(1010), "pending"),
        ("slipok", slipok(1011), "not_found"), ("easyslip", easyslip("duplicate_slip"), "duplicate"),
        ("easyslip", easyslip("slip_not_found"), "not_found"), ("easyslip", easyslip("slip_pending"), "pending"),
        ("slip2go", slip2go("200501"), "duplicate"), ("slip2go", slip2go("200402"), "amount_mismatch"),
        ("slip2go", slip2go("200401"), "receiver_mismatch"), ("slip2go", slip2go("200404"), "not_found"),
    ],
)  # fmt: skip
def test_a_refused_slip_is_told_in_our_words(service, answer, result):
    assert verified(service, answer)[0].result == result


@pytest.mark.parametrize(
    ("service", "answer"),
    [
        ("slipok", slipok(1009)), ("slipok", Answer(200, {})), ("slipok", slipok(amount="?")), ("slipok", slipok(transDate="x")),
        ("easyslip", easyslip("server_error")), ("easyslip", Answer(200, {"data": {"amount": 1}})),
        ("easyslip", easyslip(date=None)), ("slip2go", slip2go("500500")), ("slip2go", slip2go(receiver=None)),
        ("slip2go", Answer(200, {"code": "200000"})),
    ],
)  # fmt: skip
def test_trouble_and_junk_are_no_answer(service, answer):
    with pytest.raises(Unavailable):
        verified(service, answer)


@pytest.mark.parametrize(
    ("service", "answer"),
    [("slipok", slipok(1002)), ("easyslip", easyslip("unauthorized")), ("slip2go", slip2go("401004"))],
)
def test_a_wrong_key_is_refused(service, answer):
    with pytest.raises(Refused):
        verified(service, answer)


# ------------------------------------------------------------------ whose account it is
@pytest.mark.parametrize(
    ("mask", "number", "same"),
    [
        ("xxx-xxx-5678", "0812345678", True), ("XXX-XXX-5678", "0812345678", True), ("xxx-xxx-5679", "0812345678", False),
        ("xxx-xxx-678", "0812345678", False), ("xxx-xxx-x678", "0812345678", False), ("xxxxxxxxxx", "0812345678", False),
        ("0812345678", "0812345678", True), ("66xxxxx5678", "0812345678", True), ("0066xxxxx5678", "0812345678", True),
        ("x-xxxx-xxxx1-11-1", "1111111111111", True), ("x-xxxx-xxxx1-11-2", "1111111111111", False), ("", "0812345678", False),
        ("๕๖๗๘", "0812345678", False), ("5678", "0812345678", False),
    ],
)  # fmt: skip
def test_a_masked_number_fits_or_not(mask, number, same):
    assert fits(mask, number) is same


# ------------------------------------------------------------------ what an order is confirmed by
@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def order(shop, at, settings):
    settings.MONEY_SERVICES = "live"  # nothing is called: the verifier is put in place below
    a_money_service(shop.business, "slipok", at)
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5))
    return an_order(shop, seats(departure, 2), at=at)


@pytest.fixture
def says(monkeypatch):
    """``says(answer, …)``: what the service will say, one after the other; exceptions are raised. Returns what it was asked."""

    def put(*answers):
        coming, asked = list(answers), []

        class Service:
            def verify(self, *, code, satang):
                asked.append((code, satang))
                answer = coming.pop(0) if len(coming) > 1 else coming[0]
                if isinstance(answer, Exception):
                    raise answer
                return answer

        monkeypatch.setattr("tourdee.shop.actions.slip_answers.verifier_of", lambda *args: Service())
        return asked

    return put


def told(at, **columns):
    agreeing = {"result": "ok", "trans_ref": REFERENCE, "satang": 240000, "receiver": "นาง ผู้ขาย",
                "accounts": ("xxx-xxx-5678",), "transferred_at": at}  # fmt: skip
    return Told(**(agreeing | columns))


def send(order, at):
    return receive_slip(order=order, upload=a_slip(reference=REFERENCE), at=at)


def state(order):
    order.refresh_from_db()
    return order.status, SlipAnswer.objects.get().verdict, PaymentEvent.objects.count()


@pytest.mark.django_db
def test_a_slip_that_agrees_in_everything_confirms_the_order(order, says, at):
    asked, slip = says(told(at)), send(order, at)
    assert (asked, order.status) == ([], "awaiting_payment")  # nothing is asked while the buyer waits
    assert ask_about_slips_due(at) == 1
    assert asked == [(slip.code, 240000)]
    assert state(order) == ("confirmed", "ok", 1)
    event = PaymentEvent.objects.get()
    assert (event.provider, event.provider_ref, event.recorded_by) == ("slip", f"004:{REFERENCE}", None)
    assert ask_about_slips_due(in_days(at, 1)) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("columns", "verdict"),
    [
        ({"satang": 239999}, "amount_mismatch"), ({"satang": 240001}, "amount_mismatch"), ({"satang": None}, "amount_mismatch"),
        ({"accounts": ("xxx-xxx-5679",)}, "receiver_mismatch"), ({"accounts": ()}, "receiver_mismatch"),
        ({"accounts": ("xxxxxxxxxx",)}, "receiver_mismatch"), ({"trans_ref": "0163200000000778"}, "not_found"),
        ({"transferred_at": None}, "time_mismatch"), ({"result": "duplicate"}, "duplicate"),
        ({"result": "not_found"}, "not_found"),
    ],
)  # fmt: skip
def test_a_slip_that_disagrees_in_anything_waits_for_the_seller(columns, verdict, order, says, at):
    says(told(at, **columns))
    send(order, at)
    ask_about_slips_due(at)
    assert state(order) == ("slip_review", verdict, 0)
    assert order.notes.last().kind == "slip_doubtful"


@pytest.mark.django_db
@pytest.mark.parametrize("off", [timedelta(minutes=-11), timedelta(minutes=6), timedelta(days=-30)])
def test_a_transfer_of_another_time_waits_for_the_seller(off, order, says, at):
    says(told(at + off))
    send(order, at)
    ask_about_slips_due(at)
    assert state(order) == ("slip_review", "time_mismatch", 0)


@pytest.mark.django_db
def test_a_bank_account_that_the_seller_named_is_known(order, shop, says, at):
    from ..models import HowToPay

    HowToPay.objects.create(business=shop.business, account_number="1234567890")
    says(told(at, accounts=("xxx-x-x6789-x",)))
    send(order, at)
    ask_about_slips_due(at)
    assert state(order)[0] == ("slip_review" if not fits("xxx-x-x6789-x", "1234567890") else "confirmed")


@pytest.mark.django_db
def test_a_service_that_is_down_is_asked_again_then_the_seller_looks_alone(order, says, at):
    asked = says(Unavailable("TimeoutError"))
    send(order, at)
    moment = at
    for _ in range(30):
        ask_about_slips_due(moment)
        moment += timedelta(minutes=10)
    assert (len(asked), state(order)) == (8, ("slip_review", "unavailable", 0))
    assert order.expires_at == at + HOLD  # and nothing runs out meanwhile


@pytest.mark.django_db
def test_a_fault_of_ours_is_no_reason_to_ask_for_ever(order, says, at):
    asked = says(KeyError("surprise"))
    send(order, at)
    for minutes in range(0, 300, 10):
        ask_about_slips_due(at + timedelta(minutes=minutes))
    assert (len(asked), state(order)) == (8, ("slip_review", "unavailable", 0))


def test_a_slip_that_was_found_good_is_accepted_after_a_fault_of_ours_and_not_asked_about_again(
    order, says, at, monkeypatch
):
    asked = says(told(at))
    send(order, at)
    with monkeypatch.context() as broken:
        broken.setattr("tourdee.shop.actions.slip_answers.accept_slip", lambda **_all: 1 / 0)
        ask_about_slips_due(at)
    assert SlipAnswer.objects.get().try_at == at + timedelta(seconds=15)
    ask_about_slips_due(at + timedelta(seconds=15))
    assert (len(asked), state(order)) == (1, ("confirmed", "ok", 1))


def test_a_bank_that_is_late_is_asked_again(order, says, at):
    says(Told(result="pending"), Told(result="pending"), told(at))
    send(order, at)
    for minute in range(3):
        ask_about_slips_due(at + timedelta(minutes=minute))
    assert state(order) == ("confirmed", "ok", 1)


@pytest.mark.django_db
def test_a_refused_key_leaves_the_slip_to_the_seller(order, says, at, owner):
    says(Refused("1002"))
    slip = send(order, at)
    ask_about_slips_due(at)
    assert state(order) == ("slip_review", "unavailable", 0)
    assert accept_slip(slip=slip, by=owner, satang=240000, at=at).status == "confirmed"


@pytest.mark.django_db
@pytest.mark.parametrize("quick", ["accepts", "refuses"])
def test_a_seller_who_is_quicker_than_the_service_decides(quick, order, says, at, owner):
    asked, slip = says(told(at)), send(order, at)
    if quick == "accepts":
        accept_slip(slip=slip, by=owner, satang=240000, at=at)
    else:
        refuse_slip(slip=slip, by=owner, reason="ไม่พบเงิน", at=at)
    ask_about_slips_due(at)
    order.refresh_from_db()
    assert (asked, order.status) == ([], "confirmed" if quick == "accepts" else "awaiting_payment")


@pytest.mark.django_db
def test_dying_after_the_answer_asks_no_second_time(order, says, at, monkeypatch):
    """A second check of the same slip would be called a duplicate."""
    asked, _slip = says(told(at)), send(order, at)
    with monkeypatch.context() as dying:
        dying.setattr("tourdee.shop.actions.slip_answers.accept_slip", lambda **named: 1 / 0)
        ask_about_slips_due(at)
    assert state(order) == ("slip_review", "ok", 0)
    ask_about_slips_due(at + timedelta(minutes=3))
    assert (len(asked), state(order)) == (1, ("confirmed", "ok", 1))


@pytest.mark.django_db
def test_a_slip_without_a_code_is_not_asked_about(order, says, at):
    asked = says(told(at))
    receive_slip(order=order, upload=a_slip(text="https://example.org"), at=at)
    assert (ask_about_slips_due(at), asked, Slip.objects.get().status) == (0, [], "waiting")


@pytest.mark.django_db
def test_a_shop_without_a_service_asks_nobody(at, says, settings):
    settings.MONEY_SERVICES = "live"
    asked, shop = says(told(at)), a_shop()
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5))
    send(an_order(shop, seats(departure, 2), at=at), at)
    assert (ask_about_slips_due(at), asked) == (0, [])


@pytest.mark.django_db
def test_the_console_twin_finds_only_what_is_marked_as_play(order, at, settings):
    settings.MONEY_SERVICES = "console"
    receive_slip(order=order, upload=a_slip(reference="01632000000PLAY"), at=at)
    ask_about_slips_due(at)
    order.refresh_from_db()
    assert SlipAnswer.objects.get().verdict in {"ok", "time_mismatch"}  # its clock is the wall's


def test_nothing_is_asked_where_services_are_off(settings):
    settings.MONEY_SERVICES = "off"
    with pytest.raises(Unavailable):
        slip_services.verifier_of("slipok", KEYS)
