"""Money through a gateway. The buyer's wish is written first; the worker asks the gateway, and asks again until it knows. A webhook
is a reason to look, never the news itself. Money that came becomes a ``PaymentEvent`` like any other."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tourdee.core.calling import Refused, Unavailable

from ..models import GatewayCharge, GatewayNotice, GatewayRefund, MoneyService, Order
from ..payment_methods.gateways import Gateway, Made, State, Wanted, gateway_of
from ..payment_methods.gateways.signatures import Forged
from ..queries.gateways import LEAST_SATANG, NoKeys, keys_of
from ..queries.slip_answers import wanted_satang
from . import waiting
from .conflicts import once_more
from .holds import locked
from .money import PaymentTwice, apply_payment, record_payment

logger = logging.getLogger(__name__)
STATUS = GatewayCharge.Status
MOST_CHARGES = 8  # of one order
MOST_TRIES = 5  # to make a charge: about four minutes, then the buyer chooses another way
FIRST_LOOK = timedelta(seconds=20)
OFFER = timedelta(minutes=15)  # a charge can be paid at least so long,
LONGEST_OFFER = timedelta(minutes=60)  # and no longer than gateways let a code live
WATCHED = timedelta(days=2)  # after that only a webhook makes us look


class CannotPay(Exception):
    """The order wants no money, its time has run out, or too many tries were made."""

    @property
    def message(self) -> str:
        return _("This order cannot be paid this way. Please look at its page.")


@once_more
@transaction.atomic
def ask_to_pay(*, order: Order, service: MoneyService, method: str, at: datetime) -> GatewayCharge:
    """The buyer wants to pay what is due this way. Asked again it is the same charge while it can be paid. Raises CannotPay."""
    now = locked(order)
    satang = wanted_satang(now)
    held = now.status == Order.Status.AWAITING_PAYMENT and now.expires_at > at
    if now.status == Order.Status.CONFIRMED and now.pay_by in Order.PAID_ELSEWHERE:  # the label says what is collected
        raise CannotPay
    if not (held or now.status in {Order.Status.SLIP_REVIEW, Order.Status.CONFIRMED}) or satang < LEAST_SATANG:
        raise CannotPay
    earlier = now.charges.filter(method=method, status__in=GatewayCharge.LIVE).first()
    if earlier and earlier.satang == satang:
        earlier.asked_at = at  # asked for last: the page shows this one, not the other way that was looked at meanwhile
        earlier.save(update_fields=["asked_at"])
        return earlier
    if now.charges.count() >= MOST_CHARGES:
        raise CannotPay
    if earlier:  # part of the price came meanwhile; should this one be paid all the same, it is money like any other
        replaced = GatewayCharge.objects.filter(pk=earlier.pk)
        replaced.update(status=STATUS.FAILED, failure="replaced", ended_at=at)
        replaced.filter(reference="").update(try_at=None)  # never made: the gateway has nothing to be looked at
    if (
        now.pay_by != Order.PayBy.ON_THE_DAY
    ):  # who pays early after all is still expected to pay on the day until it came
        Order.objects.filter(pk=now.pk).update(pay_by=Order.PayBy.GATEWAY)
    return GatewayCharge.objects.create(
        order=now, service=service, method=method, satang=satang, asked_at=at, try_at=at
    )


def follow_charges_due(at: datetime) -> int:
    """The worker's part: make the charges that were asked for, look at those that can be paid. Returns how many."""
    charges = waiting.due(GatewayCharge.objects.select_related("service", "order__shop"), at)
    for charge in charges:
        _followed(charge, at)
    return len(charges)


def _followed(charge: GatewayCharge, at: datetime) -> None:
    """One that fails must not keep the others waiting; it is tried again."""
    try:
        if charge.status == STATUS.ASKED:
            _make(charge, at)
        else:
            settle(charge, _gateway(charge).look(reference=charge.reference, method=charge.method), at)
    except (Unavailable, NoKeys) as trouble:
        logger.warning("%s: charge %s: %s", charge.service.service, charge.public_id, trouble)
        _not_known(charge, at)
    except Refused as no:
        _fail(charge, no.code, at)
    except Exception:
        logger.exception("Charge %s could not be followed", charge.public_id)
        _not_known(charge, at)


def _gateway(charge: GatewayCharge) -> Gateway:
    return gateway_of(charge.service.service, keys_of(charge.service))


def _make(charge: GatewayCharge, at: datetime) -> None:
    made: Made = _gateway(charge).create(
        Wanted(
            key=charge.public_id, method=charge.method, satang=charge.satang, email=charge.order.buyer_email,
            words=f"{charge.order.shop.name_en or charge.order.shop.name_th} {charge.order.code}",
            until=min(max(charge.order.expires_at, at + OFFER), at + LONGEST_OFFER),
        )
    )  # fmt: skip
    GatewayCharge.objects.filter(pk=charge.pk, status=STATUS.ASKED).update(
        status=STATUS.OPEN, reference=made.reference, code=made.code, page=made.page, tries=0, try_at=at + FIRST_LOOK
    )


def _not_known(charge: GatewayCharge, at: datetime) -> None:
    if charge.status == STATUS.ASKED and charge.tries >= MOST_TRIES:
        _fail(charge, "unavailable", at)
    else:
        waiting.put_off(charge, at)


def _fail(charge: GatewayCharge, failure: str, at: datetime) -> None:
    alive = GatewayCharge.objects.filter(pk=charge.pk).exclude(status=STATUS.PAID)
    alive.update(status=STATUS.FAILED, failure=failure, ended_at=at, try_at=None)


def settle(charge: GatewayCharge, state: State, at: datetime) -> None:
    """Do what follows from what the gateway says. Paid is written as an event first, then at the charge, then applied; any of
    it again changes nothing, and nothing said later undoes it."""
    if state.status == "paid":
        _paid(charge, state, at)
    elif state.status == "failed":
        _fail(charge, state.failure or "declined", at)
    elif charge.status == STATUS.OPEN and at - charge.asked_at < WATCHED:
        waiting.put_off(charge, at)
    else:
        GatewayCharge.objects.filter(pk=charge.pk, try_at=charge.try_at).update(try_at=None)


def _paid(charge: GatewayCharge, state: State, at: datetime) -> None:
    if state.satang != charge.satang:  # it is the seller's money all the same: what came is what counts
        logger.error("Charge %s: %s satang came, not %s", charge.public_id, state.satang, charge.satang)
    try:
        event = record_payment(
            provider=charge.service.service, reference=state.reference, order=charge.order, satang=state.satang, at=at,
            payload={"charge": charge.public_id, "method": charge.method},
        )  # fmt: skip
    except PaymentTwice:
        logger.exception("Charge %s: its payment belongs to another order", charge.public_id)
        _fail(charge, "payment_of_another_order", at)
        return
    GatewayCharge.objects.filter(pk=charge.pk).update(
        status=STATUS.PAID, paid_reference=state.reference, satang=state.satang, failure="", ended_at=at, try_at=None
    )
    apply_payment(event=event, at=at)


# ------------------------------------------------------------------ webhooks
def receive_notice(*, service: MoneyService, headers: Mapping[str, str], raw: bytes, at: datetime) -> bool:
    """A webhook came. Whether anything of ours is to be looked at because of it; the same notice again is nothing new. Raises
    Forged, also where there are no keys to check it by."""
    try:
        notice = gateway_of(service.service, keys_of(service)).read_notice(headers=headers, raw=raw, at=at)
    except NoKeys:
        raise Forged from None
    except Unavailable:  # rightly signed, of a kind that we do not know
        return False
    return notice is not None and _noted(service, notice.event_id[:80], notice.kind[:60], notice.references, at)


@once_more
@transaction.atomic
def _noted(service: MoneyService, event_id: str, kind: str, references: tuple[str, ...], at: datetime) -> bool:
    charges = GatewayCharge.objects.filter(service=service, reference__in=references).exclude(status=STATUS.PAID)
    refunds = GatewayRefund.objects.filter(charge__service=service, status__in=GatewayRefund.LIVE)
    refunds = refunds.filter(reference__in=references)
    if not (charges.exists() or refunds.exists()):
        return False
    try:
        with transaction.atomic():
            GatewayNotice.objects.create(service=service, event_id=event_id, kind=kind, at=at)
    except IntegrityError:
        return False
    return bool(charges.update(try_at=at) + refunds.update(try_at=at))
