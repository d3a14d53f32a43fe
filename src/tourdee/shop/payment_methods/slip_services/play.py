"""The console twin of the slip services: it knows nothing and asks nobody, so it says "not found" of every slip; one whose reference ends
in PLAY it finds in the bank for exactly the amount asked, as if it had been transferred just now to everybody."""

from django.utils import timezone

from .. import slip_qr
from . import Told

EVERYBODY = "xxx"  # see queries.slip_answers: in play only, a mask without a digit


class PlayVerifier:
    """For the demo and for practice. It is never used where services are live."""

    def verify(self, *, code: str, satang: int) -> Told:
        try:
            reference = slip_qr.parse(code).trans_ref
        except slip_qr.NotASlip:
            return Told(result="not_found")
        if not reference.endswith("PLAY"):
            return Told(result="not_found", trans_ref=reference)
        return Told(
            result="ok", trans_ref=reference, satang=satang, receiver="PLAY", accounts=(EVERYBODY,),
            transferred_at=timezone.now(),
        )  # fmt: skip

    def test(self) -> None:
        return None
