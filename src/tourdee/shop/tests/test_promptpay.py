"""PromptPay codes against those of two open programs (dtinth/promptpay-qr and maythiwat/promptparse, both MIT)."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..payment_methods import promptpay, tlv
from ..payment_methods.promptpay import BadAmount, BadTarget, NotAPayment, Payment

COUNTRY_FIRST = ("58", "53", "54")
CURRENCY_FIRST = ("53", "58", "54")
PHONE_A = "0801234567"
TEXT_A = "00020101021129370016A000000677010111011300668012345675802TH530376463046197"
TEXT_B = "00020101021129370016A000000677010111021311111111111115802TH530376463047B5A"

TRANSFERS = [
    (COUNTRY_FIRST, PHONE_A, None, TEXT_A),
    (COUNTRY_FIRST, "080-123-4567", None, TEXT_A),
    (COUNTRY_FIRST, "+66-89-123-4567", None,
     "00020101021129370016A000000677010111011300668912345675802TH5303764630429C1"),
    (COUNTRY_FIRST, "1111111111111", None, TEXT_B),
    (COUNTRY_FIRST, "1-1111-11111-11-1", None, TEXT_B),
    (COUNTRY_FIRST, "0123456789012", None,
     "00020101021129370016A000000677010111021301234567890125802TH530376463040CBD"),
    (COUNTRY_FIRST, "012345678901234", None,
     "00020101021129390016A00000067701011103150123456789012345802TH530376463049781"),
    (COUNTRY_FIRST, "000-000-0000", 422,
     "00020101021229370016A000000677010111011300660000000005802TH530376454044.226304E469"),
    (CURRENCY_FIRST, "0812223333", None,
     "00020101021129370016A0000006770101110113006681222333353037645802TH63041DCF"),
    (CURRENCY_FIRST, "0812223333", 3000,
     "00020101021229370016A0000006770101110113006681222333353037645802TH540530.0063043CAD"),
    (CURRENCY_FIRST, "0801111111", 2015,
     "00020101021229370016A0000006770101110113006680111111153037645802TH540520.15630442BE"),
    (CURRENCY_FIRST, promptpay.true_money_wallet("0801111111"), None,
     "00020101021129390016A000000677010111031514000080111111153037645802TH63047C0F"),
]  # fmt: skip

BILLS = [
    ("0112233445566", ["CUSTOMER001", "INV001"], "SCB", None,
     "00020101021130620016A000000677010112011301122334455660211CUSTOMER0010306INV00153037645802TH62070703SCB6304780E"),
    ("099999999999990", ["111222333444"], "", None,
     "00020101021130550016A0000006770101120115099999999999990021211122233344453037645802TH63043EE7"),
    ("099400016550100", ["123456789012", "670429"], "", 364922,
     "00020101021230650016A00000067701011201150994000165501000212123456789012030667042953037645802TH54073649.2263044534"),
]  # fmt: skip


@pytest.mark.parametrize(("order", "target", "satang", "text"), TRANSFERS)
def test_a_transfer_code_is_the_one_that_others_write(order, target, satang, text):
    assert promptpay.payload(target, satang, order=order) == text


@pytest.mark.parametrize(("biller", "refs", "terminal", "satang", "text"), BILLS)
def test_a_bill_code_is_the_one_that_others_write(biller, refs, terminal, satang, text):
    assert promptpay.bill_payload(biller, refs, satang, terminal=terminal, order=CURRENCY_FIRST) == text


@pytest.mark.parametrize(
    ("text", "payment"),
    [
        (TEXT_A, Payment("phone", PHONE_A)),
        (TEXT_B, Payment("id", "1111111111111")),
        (TRANSFERS[6][3], Payment("wallet", "012345678901234")),
        (TRANSFERS[10][3], Payment("phone", "0801111111", 2015)),
        (BILLS[0][4], Payment("bill", "0112233445566", None, ("CUSTOMER001", "INV001"))),
        (BILLS[2][4], Payment("bill", "099400016550100", 364922, ("123456789012", "670429"))),
    ],
)
def test_what_others_write_is_read(text, payment):
    assert promptpay.parse(text) == payment


@pytest.mark.parametrize(
    "text",
    [
        "00020101021229370016A0000006770101110113006680111111153037645802TH540520.156304FFFF",
        "004000060000010103002021900021231231212000115102TH91049C30",
        "AAAA0000",
        "",
        "https://example.org/pay",
        "๐๐๐๒" * 4,
        "0" * 2000,
        tlv.sealed("000201010211" + tlv.field("29", "0016A000000677010111") + "53037645802TH", "63"),
        tlv.sealed("000201010211" + tlv.field("29", "0016A000000677010111011300668012345675") + "53038405802US", "63"),
        tlv.sealed(TEXT_A[:-8] + tlv.field("54", "1e9"), "63"),
    ],
)
def test_what_asks_for_no_payment_is_refused(text):
    with pytest.raises(NotAPayment):
        promptpay.parse(text)


@pytest.mark.parametrize("target", ["", "12345", "081234567", "08123456789", "abc", "๐๘๑๒๓๔๕๖๗๘", "1" * 14, "1" * 16])
def test_a_target_that_no_bank_knows_is_refused(target):
    with pytest.raises(BadTarget):
        promptpay.payload(target)


@pytest.mark.parametrize("satang", [0, -1, 10.5, True, 10_000_000_001])
def test_an_amount_that_nobody_owes_is_refused(satang):
    with pytest.raises(BadAmount):
        promptpay.payload(PHONE_A, satang)


@pytest.mark.parametrize(
    ("biller", "refs"),
    [("123", ["A"]), ("0112233445566", []), ("0112233445566", ["a b"]), ("0112233445566", ["A" * 21])],
)
def test_a_bill_that_no_bank_knows_is_refused(biller, refs):
    with pytest.raises(BadTarget):
        promptpay.bill_payload(biller, refs)


@given(
    target=st.from_regex(r"0[0-9]{9}|[0-9]{13}|[0-9]{15}", fullmatch=True),
    satang=st.none() | st.integers(1, 10_000_000_000),
    order=st.permutations(("53", "54", "58")),
)
def test_whatever_is_written_is_read_back(target, satang, order):
    read = promptpay.parse(promptpay.payload(target, satang, order=order))
    assert (read.target, read.satang) == (target, satang)


@given(st.text(max_size=120) | st.from_regex(r"[0-9A-Z]{0,80}6304[0-9A-F]{4}", fullmatch=True))
def test_any_text_is_read_or_refused_and_breaks_nothing(text):
    with contextlib.suppress(NotAPayment):
        promptpay.parse(text)
