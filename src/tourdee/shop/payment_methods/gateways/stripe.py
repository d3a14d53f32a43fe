"""Stripe: PromptPay by a payment intent that is confirmed at once, so that its code can be shown on our own page.

Tried against fakes of its published answers only; no account was reached (docs/settings.md, "What is not proven").
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from tourdee.core.calling import Answer, Ask, Refused, Unavailable, understood

from . import Made, Notice, State, Wanted, codes, signatures

VERSION = "2024-06-20"
STATES = {"succeeded": "paid", "canceled": "failed", "requires_payment_method": "failed"}
REFUNDS = {"succeeded": "paid", "failed": "failed", "canceled": "failed"}


class Stripe:
    """``keys``: ``secret_key`` (sk_… or rk_…) and ``webhook_secret`` (whsec_…)."""

    def __init__(self, keys: Mapping[str, str], ask: Ask) -> None:
        self._keys, self._ask = keys, ask
        self._headers = {"Authorization": f"Bearer {keys['secret_key']}", "Stripe-Version": VERSION}

    @understood
    def create(self, wanted: Wanted) -> Made:
        intent = self._call("POST", "/v1/payment_intents", {
            "amount": str(wanted.satang), "currency": "thb", "confirm": "true", "description": wanted.words,
            "payment_method_types[0]": "promptpay", "payment_method_data[type]": "promptpay",
            "payment_method_data[billing_details][email]": wanted.email, "metadata[tourdee]": wanted.key,
        }, key=wanted.key)  # fmt: skip
        shown = (intent.get("next_action") or {}).get("promptpay_display_qr_code") or {}
        if not shown.get("data"):
            raise Unavailable("an answer without a code")
        return Made(str(intent["id"]), code=codes.must_ask_for(str(shown["data"]), wanted.satang))

    @understood
    def look(self, *, reference: str, method: str) -> State:
        intent = self._call("GET", f"/v1/payment_intents/{reference}")
        if str(intent["currency"]).lower() != "thb":
            return State("failed", failure="currency")
        status = STATES.get(intent["status"], "open")
        failure = (intent.get("last_payment_error") or {}).get("code") or ""
        amount = intent.get("amount_received") if status == "paid" else intent.get("amount")
        return State(status, int(amount or 0), str(intent["id"]), str(failure)[:80])

    @understood
    def refund(self, *, paid_reference: str, satang: int, key: str) -> State:
        return _refund_state(self._call("POST", "/v1/refunds", {
            "payment_intent": paid_reference, "amount": str(satang), "metadata[tourdee]": key,
        }, key=key))  # fmt: skip

    @understood
    def look_at_refund(self, *, paid_reference: str, reference: str) -> State:
        return _refund_state(self._call("GET", f"/v1/refunds/{reference}"))

    @understood
    def read_notice(self, *, headers: Mapping[str, str], raw: bytes, at: datetime) -> Notice | None:
        signatures.check_stripe(self._keys["webhook_secret"], headers, raw, at)
        event = json.loads(raw)
        about = (event.get("data") or {}).get("object") or {}
        named = (about.get("id"), about.get("payment_intent"))
        return Notice(str(event["id"]), str(event.get("type", "")), tuple(one for one in named if isinstance(one, str)))

    @understood
    def test(self) -> None:
        self._call("GET", "/v1/balance")

    def _call(self, method: str, path: str, form: Mapping[str, str] | None = None, *, key: str = "") -> dict[str, Any]:
        once = {"Idempotency-Key": key} if key else {}
        address = settings.MONEY_SERVICE_ADDRESSES["stripe"] + path
        return _taken(self._ask(method, address, headers=self._headers | once, form=form))


def _taken(answer: Answer) -> dict[str, Any]:
    if answer.status >= 400:
        raise Refused(str((answer.data.get("error") or {}).get("code") or answer.status))
    if "id" not in answer.data and answer.data.get("object") != "balance":
        raise Unavailable("an answer without id")
    return answer.data


def _refund_state(refund: dict[str, Any]) -> State:
    status = REFUNDS.get(str(refund.get("status")), "open")
    return State(status, int(refund.get("amount", 0)), str(refund["id"]), str(refund.get("failure_reason") or "")[:80])
