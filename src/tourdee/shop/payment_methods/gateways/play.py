"""The console twins of Opn and Stripe: both play the service behind our own adapters, in its published words, so that a demo or a
practice shop walks the real way from the charge to the signed webhook. Charges live in the cache for a day. No money
moves: whoever opens the play page presses "pay".
"""

import base64
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.cache import caches
from django.urls import reverse

from tourdee.core.calling import Answer, Unavailable
from tourdee.core.multipart import Upload
from tourdee.core.qr import qr_svg_bytes

from .. import promptpay
from . import signatures

KEPT_SECONDS = 24 * 60 * 60
PLAY_ID = "0000000000000"  # nobody's number: a bank app that scans a play code finds no payee
OPN_KEYS = {"secret_key": "skey_play", "webhook_secret": base64.b64encode(b"play").decode()}
STRIPE_KEYS = {"secret_key": "sk_play", "webhook_secret": "whsec_play"}


@dataclass
class Charge:
    """A charge of the play bank. ``kind``: charge (Opn), link (Opn, card) or intent (Stripe)."""

    reference: str
    kind: str
    satang: int
    words: str
    key: str
    status: str = "pending"
    refunds: list[dict[str, Any]] = field(default_factory=list)


def charge(reference: str) -> Charge | None:
    """What the play page shows."""
    found: Charge | None = caches["default"].get(f"play:{reference}")
    return found


def settle(reference: str, *, paid: bool) -> Charge | None:
    """The demo person presses a button. Only a pending charge changes."""
    found = charge(reference)
    if found and found.status == "pending":
        found.status = "paid" if paid else "declined"
        _keep(found)
    return found


def notice(about: Charge, *, secret: str, at: datetime) -> tuple[dict[str, str], bytes]:
    """Headers and body of the webhook that the service would send now."""
    moment = str(int(at.timestamp()))
    if about.kind == "intent":
        kind = "payment_intent.succeeded" if about.status == "paid" else "payment_intent.payment_failed"
        raw = json.dumps(
            {"id": f"evt_{secrets.token_hex(8)}", "type": kind, "data": {"object": _intent(about)}}
        ).encode()
        return {"Stripe-Signature": f"t={moment},v1={signatures.signed(secret.encode(), moment, raw)}"}, raw
    event = {"object": "event", "id": f"evnt_{secrets.token_hex(8)}", "key": "charge.complete", "data": _charge(about)}
    raw = json.dumps(event).encode()
    signature = signatures.signed(base64.b64decode(secret), moment, raw)
    return {"Omise-Signature": signature, "Omise-Signature-Timestamp": moment}, raw


def ask(
    method: str, url: str, *, headers: Mapping[str, str], form: Mapping[str, str] | None = None,
    files: Mapping[str, Upload] | None = None, body: Mapping[str, Any] | None = None, raw: bool = False,
) -> Answer:  # fmt: skip
    """In the place of ``calling.ask``."""
    path = url.split("://", 1)[1].partition("/")[2].strip("/").split("/")
    if path[0] == "v1":
        path = path[1:]
    act = ACTS.get((method, path[0], len(path)))
    if act is None:
        raise Unavailable("the play bank does not know this")
    return act(path, form or {})


def _keep(charge: Charge) -> None:
    caches["default"].set(f"play:{charge.reference}", charge, KEPT_SECONDS)


def _made(prefix: str, kind: str, satang: str, words: str, key: str) -> Charge:
    """Asked twice with one key it is one charge."""
    earlier: Charge | None = caches["default"].get(f"play:key:{key}:{kind}")
    if earlier:
        return earlier
    made = Charge(f"{prefix}_play_{secrets.token_hex(8)}", kind, int(satang), words, key)
    _keep(made)
    caches["default"].set(f"play:key:{key}:{kind}", made, KEPT_SECONDS)
    return made


# ------------------------------------------------------------------ Opn
def _charge(about: Charge) -> dict[str, Any]:
    status = {"paid": "successful", "declined": "failed"}.get(about.status, "pending")
    picture = f"https://api.omise.co/charges/{about.reference}/documents/docu_play/downloads/PLAY"
    return {
        "object": "charge", "id": f"chrg_of_{about.reference}" if about.kind == "link" else about.reference,
        "amount": about.satang, "currency": "THB", "status": status, "metadata": {"tourdee": about.key},
        "link": about.reference if about.kind == "link" else None,
        "failure_code": "payment_rejected" if about.status == "declined" else None,
        "source": {"type": "promptpay", "scannable_code": {"type": "qr", "image": {"download_uri": picture}}},
    }  # fmt: skip


def _new_charge(path: list[str], form: Mapping[str, str]) -> Answer:
    words, key = form["description"], form["metadata[tourdee]"]
    return Answer(200, _charge(_made("chrg", "charge", form["amount"], words, key)))


def _new_link(path: list[str], form: Mapping[str, str]) -> Answer:
    return Answer(200, _link(_made("link", "link", form["amount"], form["title"], form["description"])))


def _link(about: Charge) -> dict[str, Any]:
    charges = [_charge(about)] if about.status != "pending" else []
    return {
        "object": "link", "id": about.reference, "amount": about.satang, "currency": "THB", "charges": {"data": charges},
        "payment_uri": reverse("play_bank", args=[about.reference]),
    }  # fmt: skip


def _picture(path: list[str], form: Mapping[str, str]) -> Answer:
    found = _known(path[1])
    return Answer(200, {}, qr_svg_bytes(promptpay.payload(PLAY_ID, found.satang)))


def _known(reference: str) -> Charge:
    found = charge(reference.removeprefix("chrg_of_"))
    if found is None:
        raise Unavailable("the play bank has forgotten this charge")
    return found


def _refunds(path: list[str], form: Mapping[str, str]) -> Answer:
    return Answer(200, {"object": "list", "data": _known(path[1]).refunds})


def _new_refund(path: list[str], form: Mapping[str, str]) -> Answer:
    found = _known(path[1])
    refund = {
        "object": "refund", "id": f"rfnd_play_{secrets.token_hex(8)}", "amount": int(form["amount"]), "status": "closed",
        "metadata": {"tourdee": form["metadata[tourdee]"]},
    }  # fmt: skip
    found.refunds.append(refund)
    _keep(found)
    return Answer(200, refund)


# ------------------------------------------------------------------ Stripe
def _intent(about: Charge) -> dict[str, Any]:
    status = {"paid": "succeeded", "declined": "requires_payment_method"}.get(about.status, "requires_action")
    code = {"data": promptpay.payload(PLAY_ID, about.satang)}
    return {
        "object": "payment_intent", "id": about.reference, "amount": about.satang, "currency": "thb", "status": status,
        "amount_received": about.satang if about.status == "paid" else 0, "metadata": {"tourdee": about.key},
        "next_action": {"type": "promptpay_display_qr_code", "promptpay_display_qr_code": code},
    }  # fmt: skip


def _new_intent(path: list[str], form: Mapping[str, str]) -> Answer:
    words, key = form["description"], form["metadata[tourdee]"]
    return Answer(200, _intent(_made("pi", "intent", form["amount"], words, key)))


def _new_stripe_refund(path: list[str], form: Mapping[str, str]) -> Answer:
    found, key = _known(form["payment_intent"]), form["metadata[tourdee]"]
    refund = next((one for one in found.refunds if one["metadata"]["tourdee"] == key), None)
    if refund is None:
        refund = {
            "object": "refund", "id": f"re_play_{secrets.token_hex(8)}", "amount": int(form["amount"]), "status": "succeeded",
            "metadata": {"tourdee": key},
        }  # fmt: skip
        found.refunds.append(refund)
        _keep(found)
    return Answer(200, refund)


ACTS: dict[tuple[str, str, int], Callable[[list[str], Mapping[str, str]], Answer]] = {
    ("GET", "account", 1): lambda path, form: Answer(200, {"object": "account", "id": "account_play"}),
    ("POST", "charges", 1): _new_charge,
    ("GET", "charges", 2): lambda path, form: Answer(200, _charge(_known(path[1]))),
    ("GET", "charges", 6): _picture,
    ("GET", "charges", 3): _refunds,
    ("POST", "charges", 3): _new_refund,
    ("POST", "links", 1): _new_link,
    ("GET", "links", 2): lambda path, form: Answer(200, _link(_known(path[1]))),
    ("GET", "balance", 1): lambda path, form: Answer(200, {"object": "balance"}),
    ("POST", "payment_intents", 1): _new_intent,
    ("GET", "payment_intents", 2): lambda path, form: Answer(200, _intent(_known(path[1]))),
    ("POST", "refunds", 1): _new_stripe_refund,
}
