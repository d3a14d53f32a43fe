"""Carriers: what their numbers look like and where a parcel is followed. Links only: nothing is asked of a carrier.

The addresses are those that shops of this country use; none was tried against the real sites from here."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from .s10 import is_s10, right_s10

THAI_POST = "ไปรษณีย์ไทย"


@dataclass(frozen=True)
class Carrier:
    """``name`` stands on the order; ``number`` is how its parcel numbers look; ``page`` takes the number at its end."""

    name: str
    number: re.Pattern[str]
    page: str


CARRIERS = (
    Carrier(THAI_POST, re.compile(r"[A-Z]{2}[0-9]{9}TH"), "https://track.thailandpost.co.th/?trackNumber="),
    Carrier("Flash Express", re.compile(r"TH[0-9A-Z]{10,16}"), "https://www.flashexpress.co.th/fle/tracking?se="),
    Carrier("J&T Express", re.compile(r"(?:JT)?[0-9]{12}"), "https://www.jtexpress.co.th/service/track?billcode="),
    Carrier("KEX Express", re.compile(r"(?:KEX|KER|SXF|K)[0-9A-Z]{8,15}"), "https://th.kex-express.com/th/track/?track="),
    Carrier("SPX Express", re.compile(r"(?:SPX)?TH[0-9A-Z]{11,15}"), "https://spx.co.th/th/search?trackingNo="),
    Carrier("Ninja Van", re.compile(r"N[VA-Z]{3,6}[0-9A-Z]{8,14}"), "https://www.ninjavan.co/th-th/tracking?id="),
    Carrier("BEST Express", re.compile(r"6[0-9]{13}"), "https://www.best-inc.co.th/track?bills="),
    Carrier("DHL", re.compile(r"[0-9]{10}|TH[A-Z]{2}[0-9]{8,14}"), "https://www.dhl.com/th-th/home/tracking.html?tracking-id="),
)  # fmt: skip
BY_NAME = {carrier.name: carrier for carrier in CARRIERS}
NAMES = list(BY_NAME)
# What people call them besides, without blanks and signs.
ALSO_CALLED = {
    "ไปรษณีย์": THAI_POST, "ไปรษณี": THAI_POST, "ปณ": THAI_POST, "ปณท": THAI_POST, "ems": THAI_POST, "thaipost": THAI_POST,
    "thailandpost": THAI_POST, "thaipostems": THAI_POST, "ไปรษณีย์ems": THAI_POST, "ไปรษณีย์ไทยems": THAI_POST,
    "flash": "Flash Express", "แฟลช": "Flash Express", "j&t": "J&T Express", "jt": "J&T Express", "kerry": "KEX Express",
    "kerryexpress": "KEX Express", "kex": "KEX Express", "เคอรี่": "KEX Express", "spx": "SPX Express",
    "shopeeexpress": "SPX Express", "ninja": "Ninja Van", "best": "BEST Express",
}  # fmt: skip


def carrier_named(typed: str, number: str = "") -> str:
    """The carrier by any of its names; one of the post's numbers is the post's, whatever was typed beside. What we do not
    know stays as it was typed."""
    said = re.sub(r"[\s\-–./()]+", "", typed).casefold()
    known = next((name for name in NAMES if re.sub(r"\s+", "", name).casefold() == said), "") or ALSO_CALLED.get(
        said, ""
    )
    if not known and number.endswith("TH") and right_s10(number):
        return THAI_POST
    return known or typed


def clean_number(typed: str) -> str:
    """Without spaces and hyphens, in capitals: as carriers print it."""
    return re.sub(r"[\s\-–]+", "", typed).upper()


def fault_of(carrier: str, number: str) -> str:
    """What is wrong with a number: ``form`` (does not look like one), ``check`` (its check digit is not right), or
    nothing. Only Thai Post's numbers have a check digit that everybody may compute."""
    if carrier != THAI_POST or not number:
        return ""
    if not BY_NAME[THAI_POST].number.fullmatch(number):
        return "form"
    return "" if is_s10(number) else "check"


def carrier_of(number: str) -> str:
    """The carrier whose number this must be; empty where several might be or none is."""
    if is_s10(number) and number.endswith("TH"):
        return THAI_POST
    fitting = [one.name for one in CARRIERS if one.name != THAI_POST and one.number.fullmatch(number)]
    return fitting[0] if len(fitting) == 1 else ""


def tracking_page(carrier: str, number: str) -> str:
    """Where the buyer follows the parcel; empty for a carrier that we do not know."""
    known = BY_NAME.get(carrier)
    return known.page + quote(number, safe="") if known and number else ""


__all__ = [
    "CARRIERS",
    "NAMES",
    "THAI_POST",
    "carrier_named",
    "carrier_of",
    "clean_number",
    "fault_of",
    "right_s10",
    "tracking_page",
]
