"""A payee connects services of money, and says what to ask of PromptPay codes. Keys are sealed the moment they come and are never
shown again."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee.core import audit
from tourdee.core.calling import Refused, Unavailable
from tourdee.core.crypto import seal
from tourdee.core.periodic import each_in_turn
from tourdee.legal.models import Business
from tourdee.people.models import User

from ..models import GatewayCharge, HowToPay, MoneyService
from ..payment_methods.gateways import gateway_of
from ..payment_methods.slip_services import verifier_of
from ..queries.gateways import NoKeys, keys_of
from . import waiting

logger = logging.getLogger(__name__)
TEST = MoneyService.Test
SECRETS = ("secret_key", "api_key", "token", "api_secret")  # of which the end is shown, so that its owner knows it
MOST_TRIES = 4


class StillInUse(Exception):
    """A buyer is paying through it."""

    @property
    def message(self) -> str:
        return _("A buyer is paying through this service just now. Please try again in an hour.")


@transaction.atomic
def ask_of_codes(
    *, business: Business, biller_id: str, tells_apart: bool, account_number: str, by: User, at: datetime
) -> None:
    """What the payee's PromptPay codes carry from now on; orders that were placed keep theirs."""
    wanted = {"biller_id": biller_id, "tells_apart": tells_apart, "account_number": account_number}
    HowToPay.objects.update_or_create(business=business, defaults=wanted)
    text = f"{business.name}: รหัสผู้รับชำระ {biller_id or '-'} ยอดไม่ซ้ำ {'เปิด' if tells_apart else 'ปิด'}"
    audit.record("payee.codes_changed", subject=business, text=text, at=at, actor=by)


@transaction.atomic
def connect(*, business: Business, service: str, keys: Mapping[str, str], by: User, at: datetime) -> MoneyService:
    """Keep the keys and let the worker try them. New keys take the place of old ones; one slip service that of another."""
    if service in MoneyService.SLIP_SERVICES:
        others = MoneyService.objects.filter(business=business, service__in=MoneyService.SLIP_SERVICES)
        others.exclude(service=service).update(keys="", hint="", try_at=None)
    secret = next((keys[name] for name in SECRETS if name in keys), "")
    wanted = {
        "keys": seal(json.dumps(dict(keys))), "hint": secret[-4:], "connected_at": at, "try_at": at, "tries": 0,
        "test": "", "tested_at": None,
    }  # fmt: skip
    row, _made = MoneyService.objects.update_or_create(business=business, service=service, defaults=wanted)
    audit.record("payee.service_connected", subject=row, text=f"{business.name}: เชื่อมต่อ {row}", at=at, actor=by)
    return row


@transaction.atomic
def disconnect(*, service: MoneyService, by: User, at: datetime) -> None:
    """Forget the keys. Again changes nothing. Raises StillInUse while a buyer is paying through it."""
    if GatewayCharge.objects.filter(service=service, status__in=GatewayCharge.LIVE, try_at__isnull=False).exists():
        raise StillInUse
    if MoneyService.objects.filter(pk=service.pk).exclude(keys="").update(keys="", hint="", try_at=None, test=""):
        text = f"{service.business.name}: ยกเลิกการเชื่อมต่อ {service}"
        audit.record("payee.service_disconnected", subject=service, text=text, at=at, actor=by)


def test_again(*, service: MoneyService, at: datetime) -> None:
    """Let the worker try the keys once more."""
    MoneyService.objects.filter(pk=service.pk).exclude(keys="").update(try_at=at, tries=0, test="", tested_at=None)


def try_services_due(at: datetime) -> int:
    """The worker's part: try keys that were connected or are to be tried again. Returns how many were."""
    services = waiting.due(MoneyService.objects.exclude(keys=""), at)
    return each_in_turn(services, lambda service: _tested(service, at))


def _tested(service: MoneyService, at: datetime) -> bool:
    try:
        _test(service, at)
    except Exception:
        logger.exception("The keys of %s could not be tried", service.service)
        waiting.put_off(service, at)
    return True


def _test(service: MoneyService, at: datetime) -> None:
    try:
        _try(service)
    except (Refused, NoKeys):
        found = TEST.REFUSED
    except Unavailable as trouble:
        logger.warning("%s does not answer: %s", service.service, trouble)
        if service.tries < MOST_TRIES:
            waiting.put_off(service, at, test=TEST.UNAVAILABLE, tested_at=at)
            return
        found = TEST.UNAVAILABLE
    else:
        found = TEST.WORKS
    mine = MoneyService.objects.filter(
        pk=service.pk, try_at=service.try_at
    )  # new keys came meanwhile: theirs is the word
    mine.update(test=found, tested_at=at, try_at=None)


def _try(service: MoneyService) -> None:
    of = gateway_of if service.service in MoneyService.GATEWAYS else verifier_of
    of(service.service, keys_of(service)).test()
