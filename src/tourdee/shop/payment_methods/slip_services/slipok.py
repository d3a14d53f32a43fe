"""SlipOK. Tried against a fake of its published answers only; the name of the header is the one that public programs use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from tourdee.core.calling import Ask, Refused, Unavailable, understood
from tourdee.core.dates import BANGKOK
from tourdee.core.money import plain_baht

from . import Told
from .reading import numbers_of, references_of, satang_of

LATER = {1009, 1010}  # the bank is down, or late by some minutes
RESULTS = {1005: "not_found", 1006: "not_found", 1007: "not_found", 1008: "not_found", 1011: "not_found",
           1012: "duplicate", 1013: "amount_mismatch", 1014: "receiver_mismatch"}  # fmt: skip


class SlipOk:
    """``keys``: ``branch`` (a number) and ``api_key``."""

    def __init__(self, keys: Mapping[str, str], ask: Ask) -> None:
        self._ask = ask
        self._address = f"{settings.MONEY_SERVICE_ADDRESSES['slipok']}/api/line/apikey/{keys['branch']}"
        self._headers = {"x-authorization": keys["api_key"]}

    @understood
    def verify(self, *, code: str, satang: int) -> Told:
        body = {"data": code, "amount": float(plain_baht(satang)), "log": True}
        answer = self._ask("POST", self._address, headers=self._headers, body=body)
        data = answer.data.get("data") or {}
        if answer.status < 400 and answer.data["success"] is True:
            return _told("ok", data)
        trouble = int(answer.data["code"])
        if trouble == 1010:
            return Told(result="pending")
        if trouble in LATER:
            raise Unavailable(str(trouble))
        if trouble not in RESULTS:
            raise Refused(str(trouble))
        return _told(RESULTS[trouble], data) if data else Told(result=RESULTS[trouble])

    @understood
    def test(self) -> None:
        answer = self._ask("GET", f"{self._address}/quota", headers=self._headers)
        if answer.status >= 400 or answer.data["success"] is not True:
            raise Refused(str(answer.data.get("code", answer.status)))


def _told(result: str, data: Mapping[str, Any]) -> Told:
    receiver = data.get("receiver") or {}
    moment = datetime.strptime(f"{data['transDate']} {data['transTime']}", "%Y%m%d %H:%M:%S").replace(tzinfo=BANGKOK)
    return Told(
        result=result, trans_ref=str(data["transRef"]), satang=satang_of(data["amount"]), transferred_at=moment,
        receiver=str(receiver.get("displayName") or receiver.get("name") or ""),
        accounts=numbers_of(receiver.get("proxy"), receiver.get("account"), name="value"), references=references_of(data),
    )  # fmt: skip
