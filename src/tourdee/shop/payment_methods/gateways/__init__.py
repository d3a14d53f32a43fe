"""Gateways: services that take a buyer's money for the seller and tell us of it. What they tell by webhook is only a hint; what
counts is what they answer when asked.

A card's number never comes here: cards are paid on the gateway's own page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tourdee.core.calling import Refused, Unavailable, ask

from .. import mode

__all__ = ["Gateway", "Made", "Notice", "Refused", "State", "Unavailable", "Wanted", "gateway_of", "methods_of"]

METHODS = {"opn": ("promptpay", "card"), "stripe": ("promptpay",)}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Money to be taken. ``key`` is ours and makes repeated asking one charge; ``until`` ends the offer."""

    key: str
    method: str
    satang: int
    words: str
    email: str
    until: datetime


@dataclass(frozen=True)
class Made:
    """What the buyer can do now: scan ``code``, or go to ``page``."""

    reference: str
    code: str = ""
    page: str = ""


@dataclass(frozen=True)
class State:
    """How a charge or refund stands: ``open``, ``paid`` or ``failed``. ``satang`` and ``reference`` are the gateway's."""

    status: str
    satang: int = 0
    reference: str = ""
    failure: str = ""


@dataclass(frozen=True)
class Notice:
    """A webhook whose signature is right: what happened to which objects (charge, link, refund)."""

    event_id: str
    kind: str
    references: tuple[str, ...]


class Gateway(Protocol):
    """All raise Unavailable where nothing is known and Refused where asking again will not help."""

    def create(self, wanted: Wanted) -> Made: ...

    def look(self, *, reference: str, method: str) -> State: ...

    def refund(self, *, paid_reference: str, satang: int, key: str) -> State:
        """Repeated with the same key it is one refund, whatever became of the first answer."""
        ...

    def look_at_refund(self, *, paid_reference: str, reference: str) -> State: ...

    def read_notice(self, *, headers: Mapping[str, str], raw: bytes, at: datetime) -> Notice | None:
        """The notice; ``None`` where it is of no interest. Raises signatures.Forged before anything is parsed."""
        ...

    def test(self) -> None:
        """Whether the keys work. Changes nothing there."""
        ...


def gateway_of(service: str, keys: Mapping[str, str]) -> Gateway:
    """The gateway, or its console twin, with a payee's keys. Raises Unavailable where services are off."""
    from . import opn, play, stripe

    if mode() == "off":
        raise Unavailable("services are off")
    reach = ask if mode() == "live" else play.ask
    known: dict[str, Callable[..., Gateway]] = {"opn": opn.Opn, "stripe": stripe.Stripe}
    return known[service](keys, reach)


def methods_of(service: str) -> tuple[str, ...]:
    """How buyers can pay through it."""
    return METHODS.get(service, ())
