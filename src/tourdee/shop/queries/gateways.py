"""Which services a payee uses, and how the buyer of an order may pay."""

import json
from dataclasses import dataclass

from django.db.models import QuerySet

from tourdee.core.crypto import CannotUnseal, unseal
from tourdee.core.prepared import Prepared
from tourdee.legal.models import Business
from tourdee.people.models import User

from ..models import GatewayCharge, GatewayRefund, HowToPay, MoneyService, Order
from ..payment_methods import mode
from ..payment_methods.gateways import methods_of

LEAST_SATANG = 2000  # gateways take no less than 20 baht


class NoKeys(Exception):
    """The account was disconnected, or its keys cannot be opened with this installation's key."""


def keys_of(service: MoneyService) -> dict[str, str]:
    """The keys in the clear, for the worker alone. Raises NoKeys."""
    try:
        keys: dict[str, str] = json.loads(unseal(service.keys)) if service.keys else {}
    except (CannotUnseal, ValueError):
        keys = {}
    if not keys:
        raise NoKeys
    return keys


def services_of(business: Business) -> QuerySet[MoneyService]:
    """The accounts in use."""
    return MoneyService.objects.filter(business=business).exclude(keys="")


HOW_TO_PAY = Prepared(lambda business: HowToPay.objects.filter(business=business), business=1)


def how_to_pay(business: Business) -> HowToPay:
    """What the business asks of its codes; all off where nothing was chosen."""
    return HOW_TO_PAY.first(business=business.pk) or HowToPay(business=business)


def slip_service_of(order: Order) -> MoneyService | None:
    """The service that the order's payee lets check slips."""
    if mode() == "off":
        return None
    mine = MoneyService.objects.filter(business=order.seller_id, service__in=MoneyService.SLIP_SERVICES)
    return mine.exclude(keys="").first()


@dataclass(frozen=True)
class Offer:
    """One more way to pay an order: by PromptPay that confirms itself, or by card."""

    method: str
    service: MoneyService


def offers_for(order: Order, satang: int) -> list[Offer]:
    """Each method once, by the first of the payee's gateways that has it and whose keys were not refused. Stripe writes to the
    buyer's e-mail when something is paid back, so without one it cannot be used."""
    if mode() == "off" or satang < LEAST_SATANG:
        return []
    gateways = MoneyService.objects.filter(business=order.seller_id, service__in=MoneyService.GATEWAYS).exclude(keys="")
    found: dict[str, Offer] = {}
    for service in gateways.exclude(test=MoneyService.Test.REFUSED):
        if service.service == MoneyService.Service.STRIPE and not order.buyer_email:
            continue
        for method in methods_of(service.service):
            found.setdefault(method, Offer(method, service))
    return list(found.values())


def charge_in_hand(order: Order) -> GatewayCharge | None:
    """The charge that the buyer has asked for last, while it can still be paid or is being made."""
    return order.charges.filter(status__in=GatewayCharge.LIVE).select_related("service").first()


def refundable_charges(order: Order) -> list[tuple[GatewayCharge, int]]:
    """Payments of an order that can go back the way they came, and how many satang of each."""
    paid = order.charges.filter(status=GatewayCharge.Status.PAID).exclude(paid_reference="").exclude(service__keys="")
    left = [(charge, charge.satang - _going_back(charge)) for charge in paid.select_related("service")]
    return [(charge, satang) for charge, satang in left if satang > 0]


def _going_back(charge: GatewayCharge) -> int:
    lost = GatewayRefund.Status.FAILED
    return sum(charge.refunds.exclude(status=lost).values_list("satang", flat=True))


def open_refunds(order: Order) -> list[GatewayRefund]:
    """Refunds whose end the gateway has not told."""
    return list(GatewayRefund.objects.filter(charge__order=order, status__in=GatewayRefund.LIVE))


def failed_refunds(order: Order) -> list[GatewayRefund]:
    """Refunds that the gateway would not or could not make."""
    return list(GatewayRefund.objects.filter(charge__order=order, status=GatewayRefund.Status.FAILED))


def charge_of(user: User, public_id: str) -> GatewayCharge | None:
    """A charge whose money came to this person's business."""
    mine = GatewayCharge.objects.filter(order__seller__owner=user).select_related("order__shop__owner", "service")
    return mine.filter(public_id=public_id).first()
