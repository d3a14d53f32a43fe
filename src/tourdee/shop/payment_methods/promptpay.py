"""PromptPay QR codes (EMVCo merchant-presented mode with Thailand's tags 29 and 30).

A personal PromptPay id (tag 29) carries no order number, so a transfer is found by its amount and slip. The order of
currency, country and amount differs between programs; bank apps take any. ``ORDER`` is ours, others are for tests.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from tourdee.core.money import MAX_SATANG, plain_baht, satang_from_baht

from . import tlv

ANY_ID = "A000000677010111"
BILL_PAYMENT = "A000000677010112"
BAHT = "764"
ORDER = ("53", "54", "58")  # currency, amount, country
AMOUNT = re.compile(r"[0-9]{1,10}(\.[0-9]{1,2})?")


class BadTarget(ValueError):
    """No phone number, 13-digit id or 15-digit e-wallet."""


class BadAmount(ValueError):
    """Not more than nothing and at most a hundred million baht."""


class NotAPayment(ValueError):
    """The code does not ask for a PromptPay payment."""


@dataclass(frozen=True)
class Payment:
    """What a payment code asks for. ``kind``: phone, id, wallet or bill; ``satang`` is ``None`` where the payer types
    the amount; ``refs`` are a bill's references."""

    kind: str
    target: str
    satang: int | None = None
    refs: tuple[str, ...] = ()


def payload(target: str, satang: int | None = None, *, order: Sequence[str] = ORDER) -> str:
    """The text of a QR code that pays a phone number, id or e-wallet. Raises BadTarget, BadAmount."""
    tag, value = _account(target)
    account = tlv.field("00", ANY_ID) + tlv.field(tag, value)
    return _code(tlv.field("29", account), satang, order)


def bill_payload(
    biller: str, refs: Sequence[str], satang: int | None = None, *, terminal: str = "", order: Sequence[str] = ORDER
) -> str:
    """The text of a bill-payment code: a biller id from the seller's bank (tax id and suffix), one or two references,
    and a terminal (``ref3``). Raises BadTarget, BadAmount."""
    if not re.fullmatch(r"[0-9]{13}([0-9]{2})?", biller) or not 1 <= len(refs) <= 2:
        raise BadTarget(biller)
    if not all(re.fullmatch(r"[A-Z0-9]{1,20}", text) for text in [*refs, terminal or "0"]):
        raise BadTarget(refs)
    numbered = "".join(tlv.field(tag, ref) for tag, ref in zip(("02", "03"), refs, strict=False))
    account = tlv.field("00", BILL_PAYMENT) + tlv.field("01", biller) + numbered
    extra = tlv.field("62", tlv.field("07", terminal)) if terminal else ""
    return _code(tlv.field("30", account), satang, order, extra)


def _code(account: str, satang: int | None, order: Sequence[str], extra: str = "") -> str:
    values = {"53": BAHT, "58": "TH"}
    if satang is not None:
        if type(satang) is not int or not 0 < satang <= MAX_SATANG:
            raise BadAmount(satang)
        values["54"] = plain_baht(satang)
    once = "12" if satang is not None else "11"
    middle = "".join(tlv.field(tag, values[tag]) for tag in order if tag in values)
    return tlv.sealed(tlv.field("00", "01") + tlv.field("01", once) + account + middle + extra, "63")


def _account(target: str) -> tuple[str, str]:
    """Tag and value of what people write with dashes, spaces and +66."""
    digits = re.sub(r"[\s()+.-]", "", target)
    if not re.fullmatch(r"[0-9]+", digits):
        raise BadTarget(target)
    if len(digits) == 15:
        return "03", digits
    if len(digits) == 13:
        return "02", digits
    if len(digits) == 10 and digits.startswith("0"):
        return "01", "0066" + digits[1:]
    if len(digits) == 11 and digits.startswith("66"):
        return "01", "00" + digits
    raise BadTarget(target)


def true_money_wallet(mobile: str) -> str:
    """The 15 digits by which PromptPay knows the TrueMoney wallet of a mobile number. Raises BadTarget."""
    digits = re.sub(r"[\s-]", "", mobile)
    if not re.fullmatch(r"0[0-9]{9}", digits):
        raise BadTarget(mobile)
    return f"14000{digits}"


def parse(text: str) -> Payment:
    """What a payment code asks for. Raises NotAPayment."""
    try:
        found = tlv.opened(text, "63")
        if found.get("53") != BAHT or found.get("58") != "TH":
            raise NotAPayment("not in baht")
        satang = _satang(found.get("54"))
        if "29" in found:
            return _transfer(tlv.fields(found["29"]), satang)
        return _bill(tlv.fields(found.get("30", "")), satang)
    except tlv.NotTlv as problem:
        raise NotAPayment(str(problem)) from problem


def _satang(amount: str | None) -> int | None:
    if amount is None:
        return None
    if not AMOUNT.fullmatch(amount):
        raise NotAPayment("not an amount")
    try:
        return satang_from_baht(Decimal(amount))
    except InvalidOperation as problem:
        raise NotAPayment("not an amount") from problem


def _transfer(account: dict[str, str], satang: int | None) -> Payment:
    kinds = {"01": "phone", "02": "id", "03": "wallet"}
    tag = next((tag for tag in kinds if tag in account), None)
    if account.get("00") != ANY_ID or tag is None:
        raise NotAPayment("not PromptPay")
    value = account[tag]
    return Payment(kinds[tag], "0" + value[-9:] if tag == "01" else value, satang)


def _bill(account: dict[str, str], satang: int | None) -> Payment:
    if account.get("00") != BILL_PAYMENT or "01" not in account:
        raise NotAPayment("not PromptPay")
    refs = tuple(account[tag] for tag in ("02", "03") if tag in account)
    return Payment("bill", account["01"], satang, refs)
