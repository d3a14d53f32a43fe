"""Slip2Go, API 1.2. Tried against a fake of its published answers only."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from tourdee.core.calling import Ask, Refused, Unavailable, understood
from tourdee.core.money import plain_baht

from . import Told
from .reading import moment_of, numbers_of, references_of, satang_of

FOUND = {"200000", "200200"}
RESULTS = {
    "200401": "receiver_mismatch",
    "200402": "amount_mismatch",
    "200403": "ok",
    "200404": "not_found",
    "200500": "not_found",
    "200501": "duplicate",
}  # fmt: skip  (200403: another date; the time is judged by us)


class Slip2Go:
    """``keys``: ``api_secret``."""

    def __init__(self, keys: Mapping[str, str], ask: Ask) -> None:
        self._ask = ask
        self._address = f"{settings.MONEY_SERVICE_ADDRESSES['slip2go']}/api"
        self._headers = {"Authorization": f"Bearer {keys['api_secret']}"}

    @understood
    def verify(self, *, code: str, satang: int) -> Told:
        wanted = {"checkDuplicate": True, "checkAmount": {"type": "eq", "amount": plain_baht(satang)}}
        body = {"payload": {"qrCode": code, "checkCondition": wanted}}
        answer = self._ask("POST", f"{self._address}/verify-slip/qr-code/info", headers=self._headers, body=body)
        trouble, data = str(answer.data["code"]), answer.data.get("data") or {}
        if trouble in FOUND:
            return _told("ok", data)
        if trouble.startswith("5"):
            raise Unavailable(trouble)
        if trouble not in RESULTS:
            raise Refused(trouble)
        return _told(RESULTS[trouble], data) if data else Told(result=RESULTS[trouble])

    @understood
    def test(self) -> None:
        answer = self._ask("GET", f"{self._address}/account/info", headers=self._headers)
        if answer.status >= 400 or str(answer.data["code"]) not in FOUND | {"200001"}:
            raise Refused(str(answer.data.get("code", answer.status)))


def _told(result: str, data: Mapping[str, Any]) -> Told:
    account = data["receiver"]["account"]
    return Told(
        result=result, trans_ref=str(data["transRef"]), satang=satang_of(data["amount"]),
        transferred_at=moment_of(data["dateTime"]), receiver=str(account.get("name") or ""),
        accounts=numbers_of(account.get("proxy"), account.get("bank"), name="account"), references=references_of(data),
    )  # fmt: skip
