"""Asking a slip service, by the worker. What it says is written down, then acted on; only a slip that agrees in everything confirms
its order. Everything else waits for the seller, as it would without the service."""

import logging
from datetime import datetime

from django.db import transaction

from tourdee.core.calling import Refused, Unavailable

from ..models import Slip, SlipAnswer
from ..payment_methods.slip_services import Told, verifier_of
from ..queries.gateways import NoKeys, keys_of
from ..queries.slip_answers import verdict_on, wanted_satang
from . import waiting
from .conflicts import once_more
from .history import tell
from .money import NotAnAmount, PaymentTwice
from .slips import SlipDecided, Underpaid, accept_slip

logger = logging.getLogger(__name__)
VERDICT = SlipAnswer.Verdict
MOST_TRIES = 8  # about half an hour; then the seller looks alone


def ask_about_slips_due(at: datetime) -> int:
    """The worker's part. Returns how many slips were asked about."""
    answers = waiting.due(SlipAnswer.objects.select_related("service", "slip__order__shop"), at)
    for answer in answers:
        _asked(answer, at)
    return len(answers)


def _asked(answer: SlipAnswer, at: datetime) -> None:
    try:
        if answer.verdict != VERDICT.OK and answer.slip.status == Slip.Status.WAITING:
            _note(answer, _told(answer), at)
        _act_on(answer, at)
    except Unavailable as trouble:
        logger.warning("%s: slip %s: %s", answer.service.service, answer.slip.public_id, trouble)
        _later(answer, VERDICT.WAITING, at)
    except (Refused, NoKeys) as no:
        logger.warning("%s refuses to check slips: %s", answer.service.service, no)
        _close(answer, VERDICT.UNAVAILABLE, at)
    except Exception:
        logger.exception("Slip %s could not be asked about", answer.slip.public_id)
        if answer.verdict == VERDICT.OK:
            waiting.put_off(answer, at)  # what the service has said stays said
        else:
            _later(answer, VERDICT.WAITING, at)


def _told(answer: SlipAnswer) -> Told:
    verifier = verifier_of(answer.service.service, keys_of(answer.service))
    return verifier.verify(code=answer.slip.code, satang=wanted_satang(answer.slip.order))


def _note(answer: SlipAnswer, told: Told, at: datetime) -> None:
    """Committed before it is acted on: a service asked twice would call the same slip a duplicate."""
    answer.verdict = verdict_on(answer.slip, told, at)
    SlipAnswer.objects.filter(pk=answer.pk).update(
        verdict=answer.verdict, satang=told.satang, receiver=" ".join((told.receiver, *told.accounts))[:120].strip(),
        transferred_at=told.transferred_at, answered_at=at,
    )  # fmt: skip


def _act_on(answer: SlipAnswer, at: datetime) -> None:
    if answer.verdict == VERDICT.PENDING:
        return _later(answer, VERDICT.PENDING, at)
    if answer.verdict == VERDICT.OK:
        _accept(answer, at)
    return _close(answer, answer.verdict, at)


def _accept(answer: SlipAnswer, at: datetime) -> None:
    satang = SlipAnswer.objects.values_list("satang", flat=True).get(pk=answer.pk)
    try:
        accept_slip(slip=answer.slip, by=None, satang=satang or 0, at=at, part=True)
    except (SlipDecided, PaymentTwice, NotAnAmount, Underpaid) as no:  # the seller was quicker
        logger.info("Slip %s was not accepted: %s", answer.slip.public_id, type(no).__name__)


def _later(answer: SlipAnswer, verdict: str, at: datetime) -> None:
    if answer.tries < MOST_TRIES:
        waiting.put_off(answer, at, verdict=verdict)
    else:
        _close(answer, VERDICT.UNAVAILABLE if verdict == VERDICT.WAITING else verdict, at)


@once_more
@transaction.atomic
def _close(answer: SlipAnswer, verdict: str, at: datetime) -> None:
    open_ones = SlipAnswer.objects.filter(pk=answer.pk, try_at__isnull=False)
    if open_ones.update(verdict=verdict, try_at=None) and verdict not in {VERDICT.OK, VERDICT.WAITING}:
        tell("slip_doubtful", order=answer.slip.order, at=at)
