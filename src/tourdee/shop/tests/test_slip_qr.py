"""The mini QR of slips, against published examples (maythiwat/promptparse, MIT) and the quirks of bank apps."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..payment_methods import slip_qr, tlv
from ..payment_methods.slip_qr import BANKS, NotASlip, SlipCode

BANGKOK_BANK = "004000060000010103002021900021231231212000115102TH91049C30"
SCB = "004100060000010103014022000111222233344ABCD125102TH910417DF"
PAYMENT = "00020101021229370016A0000006770101110113006680111111153037645802TH540520.15630442BE"


@pytest.mark.parametrize(
    ("text", "bank", "reference"),
    [(BANGKOK_BANK, "002", "0002123123121200011"), (SCB, "014", "00111222233344ABCD12")],
)
def test_a_published_slip_is_read_and_written(text, bank, reference):
    assert slip_qr.parse(text) == SlipCode(bank, reference)
    assert slip_qr.written(bank, reference) == text


def test_a_checksum_whose_leading_zeros_were_dropped_is_taken():
    references = (f"01632{number:012d}" for number in range(100_000))
    text = next(text for text in (slip_qr.written("004", reference) for reference in references) if text[-4:-2] == "00")
    assert slip_qr.parse(text[:-4] + text[-2:]) == slip_qr.parse(text)


def test_a_true_money_slip_is_read():
    inner = tlv.field("00", "01") + tlv.field("01", "01") + tlv.field("02", "P2P") + tlv.field("03", "50001234567890")
    text = tlv.sealed(tlv.field("00", inner + tlv.field("04", "25112026")), "91")
    small = text[:-4] + text[-4:].lower()
    assert slip_qr.parse(small) == SlipCode(slip_qr.TRUE_MONEY, "50001234567890")


@pytest.mark.parametrize(
    "text",
    [
        PAYMENT,
        "AAAA0000",
        "",
        "https://example.org",
        BANGKOK_BANK[:-1] + "1",
        BANGKOK_BANK.replace("002", "004", 1),
        BANGKOK_BANK[:-8],
        slip_qr.written("00x", "0002123123121200011"),
        slip_qr.written("002", "a b c d e f"),
        slip_qr.written("002", "12"),
        tlv.sealed(
            tlv.field("00", tlv.field("00", "000002") + tlv.field("01", "002") + tlv.field("02", "123456789")), "91"
        ),
        tlv.sealed(tlv.field("00", tlv.field("00", "01") + tlv.field("01", "02") + tlv.field("03", "123456789")), "91"),
    ],
)
def test_what_is_no_slip_is_refused(text):
    with pytest.raises(NotASlip):
        slip_qr.parse(text)


def test_every_bank_has_a_thai_name():
    assert all(any("ก" <= sign <= "๛" for sign in name) for name in BANKS.values())
    assert {"002", "004", "006", "011", "014", "025", "030"} <= set(BANKS)


@given(bank=st.from_regex(r"[0-9]{3}", fullmatch=True), reference=st.from_regex(r"[0-9A-Za-z]{15,25}", fullmatch=True))
def test_whatever_is_written_is_read_back(bank, reference):
    assert slip_qr.parse(slip_qr.written(bank, reference)) == SlipCode(bank, reference)


@given(st.text(max_size=120) | st.from_regex(r"[0-9A-Z]{0,80}9104[0-9A-F]{4}", fullmatch=True))
def test_any_text_is_read_or_refused_and_breaks_nothing(text):
    with contextlib.suppress(NotASlip):
        slip_qr.parse(text)
