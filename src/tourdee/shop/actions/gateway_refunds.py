"""Paying back through the gateway by which the money came. It takes days and may fail; until its end is known the sum is
spoken for, and what failed is for the seller to pay by hand."""

import logging
from datetime import datetime

from django.db import transaction

from tourdee.core.calling import Refused, Unavailable
from tourdee.core.money import baht
from tourdee.people.models import User

from ..models import GatewayCharge, GatewayRefund, Order, Refund, Way
from ..payment_methods.gateways import State, gateway_of
from ..queries.gateways import NoKeys, keys_of, open_refunds, refundable_charges
from . import waiting
from .cancellation import TooMuchRefund, record_refund
from .conflicts import once_more
from .history import tell
from .holds import locked

logger = logging.getLogger(__name__)
STATUS = GatewayRefund.Status


@once_more
@transaction.atomic
def ask_refund(*, charge: GatewayCharge, satang: int, by: User, at: datetime) -> GatewayRefund:
    """Have so much of a payment paid back. A second click while one is on its way gives that one. Raises TooMuchRefund."""
    order = locked(charge.order)
    if earlier := charge.refunds.filter(status__in=GatewayRefund.LIVE).first():
        return earlier
    of_charge = dict((one.pk, left) for one, left in refundable_charges(order)).get(charge.pk, 0)
    spoken_for = sum(refund.satang for refund in open_refunds(order))
    most = min(of_charge, order.received_satang - spoken_for)
    if not 0 < satang <= most:
        raise TooMuchRefund(max(most, 0))
    refund = GatewayRefund.objects.create(charge=charge, satang=satang, asked_by=by, asked_at=at, try_at=at)
    tell("refund_asked", order=order, at=at, by=by, amount=baht(satang), service=str(charge.service))
    return refund


def follow_refunds_due(at: datetime) -> int:
    """The worker's part: ask for refunds and look what became of them. Returns how many."""
    rows = GatewayRefund.objects.select_related("charge__service", "charge__order", "asked_by")
    refunds = waiting.due(rows, at)
    for refund in refunds:
        _followed(refund, at)
    return len(refunds)


def _followed(refund: GatewayRefund, at: datetime) -> None:
    try:
        _settle(refund, _state(refund), at)
    except (Unavailable, NoKeys) as trouble:
        logger.warning("Refund %s: %s", refund.public_id, trouble)
        waiting.put_off(refund, at)
    except Refused as no:
        _failed(refund, no.code, at)
    except Exception:
        logger.exception("Refund %s could not be followed", refund.public_id)
        waiting.put_off(refund, at)


def _state(refund: GatewayRefund) -> State:
    charge = refund.charge
    gateway = gateway_of(charge.service.service, keys_of(charge.service))
    if refund.reference:
        return gateway.look_at_refund(paid_reference=charge.paid_reference, reference=refund.reference)
    return gateway.refund(paid_reference=charge.paid_reference, satang=refund.satang, key=refund.public_id)


def _settle(refund: GatewayRefund, state: State, at: datetime) -> None:
    if state.status == "failed":
        _failed(refund, state.failure or "failed", at)
    elif state.status == "paid":
        _done(refund, state.reference, at)
    else:
        waiting.put_off(refund, at, status=STATUS.PENDING, reference=state.reference)


@once_more
@transaction.atomic
def _done(refund: GatewayRefund, reference: str, at: datetime) -> None:
    order = locked(refund.charge.order)
    alive = GatewayRefund.objects.filter(pk=refund.pk, status__in=GatewayRefund.LIVE)
    if alive.update(status=STATUS.DONE, reference=reference, try_at=None):
        record_refund(
            order=order, satang=refund.satang, reference=_name(order, refund, reference), by=refund.asked_by, at=at,
            way=Way.GATEWAY,
        )  # fmt: skip


def _name(order: Order, refund: GatewayRefund, reference: str) -> str:
    """The gateway's reference. Where the seller typed it beside another amount, both stand: this money has gone."""
    typed = Refund.objects.filter(order=order, reference=reference).exclude(satang=refund.satang)
    return f"{reference[:60]} {refund.public_id}" if typed.exists() else reference


@once_more
@transaction.atomic
def _failed(refund: GatewayRefund, failure: str, at: datetime) -> None:
    order = locked(refund.charge.order)
    alive = GatewayRefund.objects.filter(pk=refund.pk, status__in=GatewayRefund.LIVE)
    if alive.update(status=STATUS.FAILED, failure=failure[:80], try_at=None):
        tell("refund_failed", order=order, at=at, amount=baht(refund.satang), service=str(refund.charge.service))


__all__ = ["TooMuchRefund", "ask_refund", "follow_refunds_due"]
