"""How buyers pay, and how money is recognised: PromptPay codes (``promptpay``), slips and what their pictures show (here), services
that ask the bank about slips (``slip_services``), and gateways that take the money themselves (``gateways``).

Whatever speaks to the outside has a console twin; what is used when says ``mode``.
"""

from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from . import slip_picture, slip_qr


@dataclass(frozen=True)
class SlipReading:
    """What a picture shows. ``finding`` is one of Slip.Finding; ``bank``, ``trans_ref`` and ``code`` (the text of the mini QR)
    are empty if not read; then ``looks`` is the picture's print, by which one like it is found."""

    finding: str
    bank: str = ""
    trans_ref: str = ""
    code: str = field(default="", compare=False)
    looks: str = field(default="", compare=False)


def read_slip(path: str) -> SlipReading:
    """What the picture below PRIVATE_ROOT shows: form, bank, reference. This is not the bank's confirmation: the mini QR
    carries no amount, name or date, and anybody can draw one. Raises nothing: what cannot be read is a finding."""
    jpeg = (Path(settings.PRIVATE_ROOT) / path).read_bytes()
    texts = slip_picture.codes_in(jpeg)
    for text in texts:
        try:
            slip = slip_qr.parse(text)
        except slip_qr.NotASlip:
            continue
        known = slip.bank in slip_qr.BANKS
        return SlipReading("well_formed" if known else "unknown_bank", slip.bank, slip.trans_ref, text.strip())
    return SlipReading("not_a_slip" if texts else "no_qr", looks=slip_picture.print_of(jpeg))


def mode() -> str:
    """``live``: services are reached over the network; ``console``: their twins play them, for practice and
    demonstration; ``off``: there are none. A twin takes no real money, so outside the demo it must be asked for."""
    return str(settings.MONEY_SERVICES)
