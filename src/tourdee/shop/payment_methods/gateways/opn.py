"""Opn Payments, formerly Omise: PromptPay by charge, cards by a payment link on Opn's own page. API of 2019-05-29.

Tried against fakes of its published answers only; no account was reached (docs/settings.md, "What is not proven").
"""

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from tourdee.core.calling import Answer, Ask, Refused, Unavailable, understood

from . import Made, Notice, State, Wanted, codes, signatures

VERSION = "2019-05-29"
STATES = {"successful": "paid", "pending": "open", "failed": "failed", "expired": "failed", "reversed": "failed"}


class Opn:
    """``keys``: ``secret_key`` (skey_…) and ``webhook_secret`` (base64, from the dashboard)."""

    def __init__(self, keys: Mapping[str, str], ask: Ask) -> None:
        self._keys, self._ask = keys, ask
        login = base64.b64encode(f"{keys['secret_key']}:".encode()).decode()
        self._headers = {"Authorization": f"Basic {login}", "Omise-Version": VERSION}

    @understood
    def create(self, wanted: Wanted) -> Made:
        return self._link(wanted) if wanted.method == "card" else self._charge(wanted)

    def _charge(self, wanted: Wanted) -> Made:
        charge = self._call("POST", "/charges", {
            "amount": str(wanted.satang), "currency": "THB", "source[type]": "promptpay",
            "description": wanted.words, "metadata[tourdee]": wanted.key, "expires_at": wanted.until.isoformat(),
        }, key=wanted.key)  # fmt: skip
        picture = charge["source"]["scannable_code"]["image"]["download_uri"]
        code = codes.code_in(self._download(picture))
        return Made(charge["id"], code=codes.must_ask_for(code, wanted.satang))

    def _link(self, wanted: Wanted) -> Made:
        link = self._call("POST", "/links", {
            "amount": str(wanted.satang), "currency": "THB", "title": wanted.words, "description": wanted.key,
            "multiple": "false",
        }, key=wanted.key)  # fmt: skip
        return Made(link["id"], page=_page(link["payment_uri"]))

    @understood
    def look(self, *, reference: str, method: str) -> State:
        if method != "card":
            return _state(self._call("GET", f"/charges/{reference}"))
        charges = self._call("GET", f"/links/{reference}")["charges"]["data"]
        states = [_state(charge) for charge in charges]
        return next((state for state in states if state.status == "paid"), State("open"))  # a card may be tried again

    @understood
    def refund(self, *, paid_reference: str, satang: int, key: str) -> State:
        """Opn does not promise that a repeated request is one refund, so it is looked for first."""
        made = self._call("GET", f"/charges/{paid_reference}/refunds")["data"]
        mine = next((refund for refund in made if (refund.get("metadata") or {}).get("tourdee") == key), None)
        refund = mine or self._call("POST", f"/charges/{paid_reference}/refunds", {
            "amount": str(satang), "metadata[tourdee]": key,
        }, key=key)  # fmt: skip
        return _refund_state(refund)

    @understood
    def look_at_refund(self, *, paid_reference: str, reference: str) -> State:
        return _refund_state(self._call("GET", f"/charges/{paid_reference}/refunds/{reference}"))

    @understood
    def read_notice(self, *, headers: Mapping[str, str], raw: bytes, at: datetime) -> Notice | None:
        signatures.check_opn(self._keys["webhook_secret"], headers, raw, at)
        event = json.loads(raw)
        data = event.get("data") or {}
        named = (data.get("id"), data.get("link"), data.get("charge"))
        return Notice(str(event["id"]), str(event.get("key", "")), tuple(one for one in named if isinstance(one, str)))

    @understood
    def test(self) -> None:
        self._call("GET", "/account")

    # -------------------------------------------------------------- the wire
    def _call(self, method: str, path: str, form: Mapping[str, str] | None = None, *, key: str = "") -> dict[str, Any]:
        once = {"Idempotency-Key": key} if key else {}
        answer = self._ask(
            method, settings.MONEY_SERVICE_ADDRESSES["opn"] + path, headers=self._headers | once, form=form
        )
        return _taken(answer)

    def _download(self, address: str) -> bytes:
        """The picture of the code, from Opn and nowhere else: the key travels with it."""
        base = settings.MONEY_SERVICE_ADDRESSES["opn"]
        if not address.startswith(base + "/"):
            raise Unavailable("a picture from elsewhere")
        return self._ask("GET", address, headers=self._headers, raw=True).raw


def _taken(answer: Answer) -> dict[str, Any]:
    if answer.status >= 400:
        raise Refused(str(answer.data.get("code", answer.status)))
    return answer.data


def _page(address: str) -> str:
    if not address.startswith(("https://", "/")):
        raise Unavailable("no page")
    return address


def _state(charge: dict[str, Any]) -> State:
    if str(charge["currency"]).upper() != "THB":
        return State("failed", failure="currency")
    status = STATES.get(charge["status"], "open")
    return State(status, int(charge["amount"]), str(charge["id"]), str(charge.get("failure_code") or "")[:80])


def _refund_state(refund: dict[str, Any]) -> State:
    """Before the API spoke of a status, a refund that had a name was done."""
    status = {"closed": "paid", "pending": "open", "failed": "failed"}.get(str(refund.get("status", "closed")), "open")
    return State(status, int(refund["amount"]), str(refund["id"]))
