"""How buyers pay, and what is known about it: PromptPay QR codes, transfer slips, and who confirms them.

``SlipCheck`` is the door for a service that asks the bank (SlipOK, EasySlip, a gateway). The only one here is
``ManualSlipCheck``: it reads what the picture shows, and a person looks into the bank.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

from . import slip_picture, slip_qr


@dataclass(frozen=True)
class SlipReading:
    """What a check found. ``finding`` is one of Slip.Finding; ``bank`` and ``trans_ref`` are empty if not read.
    ``confirmed_satang`` is what the bank itself says arrived; ``None`` from a check that does not ask it."""

    finding: str
    bank: str = ""
    trans_ref: str = ""
    confirmed_satang: int | None = None


class SlipCheck(Protocol):
    """Looks at a slip. It must answer in seconds or give up, and may never call something confirmed that the bank has
    not confirmed: amount, receiver and time included."""

    asks_the_bank: bool

    def read(self, path: str) -> SlipReading:
        """What the picture below PRIVATE_ROOT shows. Raises nothing: what cannot be read is a finding."""
        ...


class ManualSlipCheck:
    """Form, bank and (by the database) reuse are checked. This is not the bank's confirmation: the mini QR carries no
    amount, name or date, and anybody can draw one. The seller looks into the bank app and decides."""

    asks_the_bank = False

    def read(self, path: str) -> SlipReading:
        texts = slip_picture.codes_in((Path(settings.PRIVATE_ROOT) / path).read_bytes())
        if not texts:
            return SlipReading("no_qr")
        for text in texts:
            try:
                slip = slip_qr.parse(text)
            except slip_qr.NotASlip:
                continue
            known = slip.bank in slip_qr.BANKS
            return SlipReading("well_formed" if known else "unknown_bank", slip.bank, slip.trans_ref)
        return SlipReading("not_a_slip")


def slip_check() -> SlipCheck:
    """The check of this installation."""
    return ManualSlipCheck()
