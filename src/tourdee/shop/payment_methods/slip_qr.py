"""The mini QR of a transfer slip: which bank, which transfer. It holds no amount, name or date and proves nothing; a
transfer that was seen before, though, can be told by it."""

import re
from dataclasses import dataclass

from . import tlv

TRUE_MONEY = "TMN"  # a wallet, not a bank: its slips have a form of their own and no bank number
REFERENCE = re.compile(r"[A-Za-z0-9]{6,40}")

# Three-digit numbers of the banks (Bank of Thailand) with their Thai names; the wallet last.
BANKS = {
    "002": "กรุงเทพ",
    "004": "กสิกรไทย",
    "006": "กรุงไทย",
    "008": "เจพีมอร์แกน เชส",
    "011": "ทหารไทยธนชาต",
    "014": "ไทยพาณิชย์",
    "017": "ซิตี้แบงก์",
    "018": "ซูมิโตโม มิตซุย",
    "020": "สแตนดาร์ดชาร์เตอร์ด (ไทย)",
    "022": "ซีไอเอ็มบี ไทย",
    "024": "ยูโอบี",
    "025": "กรุงศรีอยุธยา",
    "030": "ออมสิน",
    "031": "เอชเอสบีซี",
    "032": "ดอยซ์แบงก์",
    "033": "อาคารสงเคราะห์",
    "034": "เพื่อการเกษตรและสหกรณ์การเกษตร (ธ.ก.ส.)",
    "035": "เพื่อการส่งออกและนำเข้าแห่งประเทศไทย",
    "039": "มิซูโฮ",
    "045": "บีเอ็นพี พารีบาส์",
    "052": "แห่งประเทศจีน (ไทย)",
    "065": "ธนชาต",
    "066": "อิสลามแห่งประเทศไทย",
    "067": "ทิสโก้",
    "069": "เกียรตินาคินภัทร",
    "070": "ไอซีบีซี (ไทย)",
    "071": "ไทยเครดิต",
    "073": "แลนด์ แอนด์ เฮ้าส์",
    "098": "พัฒนาวิสาหกิจขนาดกลางและขนาดย่อม",
    TRUE_MONEY: "ทรูมันนี่ วอลเล็ท",
}


class NotASlip(ValueError):
    """The code is something else: a payment code, a link, or a damaged slip."""


@dataclass(frozen=True)
class SlipCode:
    """The sending bank's number and the transfer's reference."""

    bank: str
    trans_ref: str


def parse(text: str) -> SlipCode:
    """What a slip's code says. Raises NotASlip."""
    try:
        outer = tlv.opened(text.strip(), "91")
        inner = tlv.fields(outer.get("00", ""))
    except tlv.NotTlv as problem:
        raise NotASlip(str(problem)) from problem
    slip = _true_money(inner) if inner.get("00") == "01" else _bank(inner, outer)
    if not REFERENCE.fullmatch(slip.trans_ref):
        raise NotASlip("no reference of a transfer")
    return slip


def _bank(inner: dict[str, str], outer: dict[str, str]) -> SlipCode:
    bank = inner.get("01", "")
    if inner.get("00") != "000001" or outer.get("51") != "TH" or not re.fullmatch(r"[0-9]{3}", bank):
        raise NotASlip("not a slip")
    return SlipCode(bank, inner.get("02", ""))


def _true_money(inner: dict[str, str]) -> SlipCode:
    if inner.get("01") != "01":
        raise NotASlip("not a slip")
    return SlipCode(TRUE_MONEY, inner.get("03", ""))


def written(bank: str, trans_ref: str) -> str:
    """The code of a slip, as a bank draws it: for demonstrations and tests."""
    inner = tlv.field("00", "000001") + tlv.field("01", bank) + tlv.field("02", trans_ref)
    return tlv.sealed(tlv.field("00", inner) + tlv.field("51", "TH"), "91")
