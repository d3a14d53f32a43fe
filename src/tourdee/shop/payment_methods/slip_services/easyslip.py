"""EasySlip, API v1. Tried against a fake of its published answers only."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from tourdee.core.calling import Ask, Refused, Unavailable, understood

from . import Told
from .reading import moment_of, numbers_of, references_of, satang_of

RESULTS = {"duplicate_slip": "duplicate", "invalid_payload": "not_found", "slip_not_found": "not_found",
           "qrcode_not_found": "not_found"}  # fmt: skip
LATER = {"api_server_error", "server_error"}


class EasySlip:
    """``keys``: ``token``."""

    def __init__(self, keys: Mapping[str, str], ask: Ask) -> None:
        self._ask = ask
        self._address = f"{settings.MONEY_SERVICE_ADDRESSES['easyslip']}/api/v1"
        self._headers = {"Authorization": f"Bearer {keys['token']}"}

    @understood
    def verify(self, *, code: str, satang: int) -> Told:
        body = {"payload": code, "checkDuplicate": True}
        answer = self._ask("POST", f"{self._address}/verify", headers=self._headers, body=body)
        data = answer.data.get("data") or {}
        if answer.status < 400:
            return _told("ok", data)
        trouble = str(answer.data["message"])
        if trouble == "slip_pending":
            return Told(result="pending")
        if trouble in LATER:
            raise Unavailable(trouble)
        if trouble not in RESULTS:
            raise Refused(trouble)
        return _told(RESULTS[trouble], data) if data else Told(result=RESULTS[trouble])

    @understood
    def test(self) -> None:
        answer = self._ask("GET", f"{self._address}/me", headers=self._headers)
        if answer.status >= 400:
            raise Refused(str(answer.data.get("message", answer.status)))


def _told(result: str, data: Mapping[str, Any]) -> Told:
    account = data["receiver"]["account"]
    names = account.get("name") or {}
    return Told(
        result=result, trans_ref=str(data["transRef"]), satang=satang_of(data["amount"]["amount"]),
        transferred_at=moment_of(data["date"]), receiver=str(names.get("th") or names.get("en") or ""),
        accounts=numbers_of(account.get("proxy"), account.get("bank"), name="account"), references=references_of(data),
    )  # fmt: skip
