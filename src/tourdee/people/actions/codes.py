"""One-time codes: sent to an address, typed back in the same browser."""

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import phonenumbers
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from tourdee.core import mail
from tourdee.core.crypto import keyed_hash

from ..addresses import Address, address_of
from ..models import OneTimeCode, User
from ..models.codes import MAX_ATTEMPTS
from ..sms import send_sms
from .budgets import BudgetSpent, forget_old_budgets, spend

logger = logging.getLogger(__name__)
LIFE = timedelta(minutes=10)
KEPT = timedelta(days=1)
QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
SENDS_PER_QUARTER, SENDS_PER_DAY = 5, 20
GUESSES_PER_DAY = 50  # of a million codes: a chance under 1 in 10,000 a day, however many browsers guess


class CannotSendCode(Exception):
    """No code was sent."""


class TooManyCodes(CannotSendCode):
    """A budget is spent: of this address, of this network, or of all together. ``until``: when to try again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


class NotAMobileNumber(CannotSendCode):
    """SMS goes to mobile numbers of the allowed countries only."""


class NotDelivered(CannotSendCode):
    """The mail server or SMS gateway did not take the message."""


class CodeRefused(Exception):
    """Not this code. ``left``: how often it may still be tried; 0: a new one must be asked for."""

    def __init__(self, left: int) -> None:
        super().__init__(str(left))
        self.left = left


@dataclass(frozen=True)
class SentCode:
    """``nonce`` stays in the browser's session and ties the code to it; ``code`` is shown by demonstrations only."""

    nonce: str
    code: str


def send_code(
    *, address: Address, purpose: str, network: str, language: str, at: datetime, user: User | None = None
) -> SentCode:
    """Make a code and send it at once, whether or not anybody has this address: nothing tells the two apart.

    Not through the worker, because a task would keep the code readable in the database. Raises CannotSendCode.
    """
    if address.kind == "phone" and not may_receive_sms(address):
        raise NotAMobileNumber
    sent = _issue(address=address, purpose=purpose, user=user, network=network, at=at)
    try:
        _deliver(address, sent.code, language)
    except Exception as problem:
        logger.exception("A one-time code could not be sent by %s", address.kind)
        raise NotDelivered from problem
    return sent


def check_code(*, nonce: str, purpose: str, typed: str, at: datetime, user: User | None = None) -> Address:
    """The address that the code proves; the code is used up. Raises CodeRefused.

    The verdict is reached inside a transaction and the refusal raised outside it, else the count of attempts would be
    rolled back with it.
    """
    verdict = _judge(nonce=nonce, purpose=purpose, typed=typed, at=at, user=user)
    if isinstance(verdict, int):
        raise CodeRefused(verdict)
    return verdict


def may_receive_sms(address: Address) -> bool:
    """Mobile numbers of the allowed countries (Thailand unless set otherwise): premium numbers cost money."""
    try:
        number = phonenumbers.parse(address.value)
    except phonenumbers.NumberParseException:
        return False
    mobile = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}
    return number.country_code in settings.SMS_COUNTRIES and phonenumbers.number_type(number) in mobile


def gets_sms(phone: str) -> bool:
    """The same of a number in E.164."""
    return may_receive_sms(Address("phone", phone))


@transaction.atomic
def _issue(*, address: Address, purpose: str, user: User | None, network: str, at: datetime) -> SentCode:
    _spend_send(address, network, at)
    sent = SentCode(nonce=secrets.token_urlsafe(24), code=f"{secrets.randbelow(10**6):06d}")
    OneTimeCode.objects.filter(expires_at__lt=at - KEPT).delete()
    forget_old_budgets(at=at)
    OneTimeCode.objects.create(
        nonce_hash=_nonce_hash(sent.nonce),
        purpose=purpose,
        target=address.value,
        user=user,
        code_hash=_code_hash(sent.nonce, purpose, address.value, sent.code),
        sent_at=at,
        expires_at=at + LIFE,
    )
    return sent


def _spend_send(address: Address, network: str, at: datetime) -> None:
    """Every budget of one sending, or none: the caller's transaction takes back the earlier ones."""
    all_of_kind = settings.SMS_CODES_PER_HOUR if address.kind == "phone" else settings.MAIL_CODES_PER_HOUR
    try:
        spend(what="code", subject=address.value, limit=SENDS_PER_QUARTER, window=QUARTER, at=at)
        spend(what="code", subject=address.value, limit=SENDS_PER_DAY, window=DAY, at=at)
        spend(what="network", subject=network, limit=settings.CODES_PER_NETWORK_HOUR, window=HOUR, at=at)
    except BudgetSpent as full:
        raise TooManyCodes(full.until) from full
    try:
        spend(what="all codes", subject=address.kind, limit=all_of_kind, window=HOUR, at=at)
    except BudgetSpent as full:
        logger.error("Circuit breaker: %s codes by %s an hour; none until %s", all_of_kind, address.kind, full.until)
        raise TooManyCodes(full.until) from full


@transaction.atomic
def _judge(*, nonce: str, purpose: str, typed: str, at: datetime, user: User | None) -> Address | int:
    code = OneTimeCode.objects.filter(nonce_hash=_nonce_hash(nonce), purpose=purpose, user=user).first()
    if code is None or not _take_attempt(code, at):
        return 0
    right = constant_time_compare(code.code_hash, _code_hash(nonce, purpose, code.target, typed))
    if right and OneTimeCode.objects.filter(pk=code.pk, used_at__isnull=True).update(used_at=at) == 1:
        return address_of(code.target)
    return max(0, MAX_ATTEMPTS - code.attempts - 1)


def _take_attempt(code: OneTimeCode, at: datetime) -> bool:
    """Counted before the comparison, by one conditional UPDATE: parallel guesses cannot exceed the five."""
    try:
        spend(what="guess", subject=code.target, limit=GUESSES_PER_DAY, window=DAY, at=at)
    except BudgetSpent:
        return False
    live = OneTimeCode.objects.filter(pk=code.pk, used_at__isnull=True, expires_at__gt=at, attempts__lt=MAX_ATTEMPTS)
    return live.update(attempts=F("attempts") + 1) == 1


def _nonce_hash(nonce: str) -> str:
    return keyed_hash("one-time-code nonce", nonce)


def _code_hash(nonce: str, purpose: str, target: str, code: str) -> str:
    return keyed_hash("one-time-code", f"{nonce}|{purpose}|{target}|{code}")


def _deliver(address: Address, code: str, language: str) -> None:
    with translation.override(language):
        if address.kind == "phone":
            text = _("TourDee code %(code)s, good for 10 minutes. Tell it to nobody.") % {"code": code}
            return send_sms(to=address.value, text=text)
        subject = _("%(code)s is your TourDee code") % {"code": code}
    context = {"code": code}
    return mail.send(to=address.value, subject=subject, template="people/mail/code", context=context, language=language)
