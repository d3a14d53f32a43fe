"""Services that ask the bank whether the transfer of a slip took place. They get the text of the mini QR and the amount, never
the picture: it shows more of the buyer than they need.

What they say is judged by us once more (``queries.slip_answers``): no service's "ok" alone confirms an order.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tourdee.core.calling import Refused, Unavailable, ask

from .. import mode

__all__ = ["Refused", "SlipVerifier", "Told", "Unavailable", "verifier_of"]


@dataclass(frozen=True, kw_only=True)
class Told:
    """An answer. ``result``: ok, duplicate, amount_mismatch, receiver_mismatch, pending (the bank is late) or not_found.
    ``accounts`` are the receiver's numbers as the bank masks them, ``references`` those of a bill payment."""

    result: str
    trans_ref: str = ""
    satang: int | None = None
    receiver: str = ""
    accounts: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    transferred_at: datetime | None = None


class SlipVerifier(Protocol):
    """One call, seconds at most. Raises Unavailable (ask again later) and Refused (the key is wrong, the quota is
    used up)."""

    def verify(self, *, code: str, satang: int) -> Told: ...

    def test(self) -> None:
        """Whether the key works, without using up a check."""
        ...


def verifier_of(service: str, keys: Mapping[str, str]) -> SlipVerifier:
    """The service, or its console twin, with a payee's keys. Raises Unavailable where services are off."""
    from . import easyslip, play, slip2go, slipok

    if mode() == "off":
        raise Unavailable("services are off")
    if mode() == "console":
        return play.PlayVerifier()
    known: dict[str, Callable[..., SlipVerifier]] = {
        "slipok": slipok.SlipOk, "easyslip": easyslip.EasySlip, "slip2go": slip2go.Slip2Go,
    }  # fmt: skip
    return known[service](keys, ask)
