"""Questions to guests: set by the seller, answered by the buyer; numbers are read deliberately and erased in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core import audit
from tourdee.core.crypto import seal, unseal
from tourdee.core.periodic import each_in_turn
from tourdee.people.models import User

from ..models import Answer, Order, OrderLine, Question, Shop, Tour
from ..queries.questions import unanswered_orders
from .history import tell
from .versions import tour_changed

REMIND_BEFORE = timedelta(days=3)
SHOWN = 4  # last signs of a number


@dataclass(frozen=True, kw_only=True)
class QuestionRow:
    """One question as typed. ``public_id`` empty: a new one; ``remove``: no longer asked."""

    text_th: str
    kind: str = Question.Kind.TEXT
    text_en: str = ""
    choices_th: str = ""
    choices_en: str = ""
    each_guest: bool = True
    required: bool = False
    before_paying: bool = False
    public_id: str = ""
    remove: bool = False


@dataclass(frozen=True, kw_only=True)
class Given:
    """One answer as typed; for numbers the whole number."""

    question: str
    guest: int
    value: str


class AnswersClosed(Exception):
    """The tour has started, or the order is no longer in force."""

    @property
    def message(self) -> str:
        return _("Answers can no longer be changed. Please call the shop.")


class NumberErased(Exception):
    """Its time was over."""

    @property
    def message(self) -> str:
        days = {"days": settings.GUEST_ANSWERS_KEPT_DAYS}
        return _("This number has been erased: it is kept only until %(days)s days after the tour.") % days


@transaction.atomic
def set_questions(*, tour: Tour, rows: Sequence[QuestionRow], by: User, at: datetime) -> None:
    """The questions in the order given. One that is no longer asked keeps its answers."""
    for position, row in enumerate(rows):
        _set_question(tour, row, position)
    asks = Question.objects.filter(tour__shop=tour.shop_id, is_active=True).exists()
    Shop.objects.filter(pk=tour.shop_id).update(asks_guests=asks)
    said = ", ".join(row.text_th for row in rows if not row.remove)
    audit.record("tour.questions", subject=tour, text=f"คำถามถึงผู้ร่วมทริป {tour.name_th}: {said}", at=at, actor=by)
    tour_changed(tour)


def _set_question(tour: Tour, row: QuestionRow, position: int) -> None:
    """The kind of one that is known stays: there may be answers of that kind."""
    known = Question.objects.filter(tour=tour, public_id=row.public_id).first()
    if row.remove or (row.public_id and not known):
        Question.objects.filter(tour=tour, public_id=row.public_id).update(is_active=False)
        return
    question = known or Question(tour=tour, kind=row.kind)
    question.text_th, question.text_en = row.text_th, row.text_en
    question.choices_th, question.choices_en = row.choices_th, row.choices_en
    question.each_guest, question.required = row.each_guest, row.required
    question.before_paying = row.before_paying and question.kind != Question.Kind.ID_NUMBER
    question.position, question.is_active = position, True
    question.save()


@transaction.atomic
def answer_questions(*, order: Order, given: Sequence[Given], at: datetime) -> None:
    """Keep what the buyer answered; answered again, the newer word holds, an empty one takes it back. A number left
    empty stays as it is. Raises AnswersClosed."""
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.status not in Order.HOLDING or not _is_ahead(order, at):
        raise AnswersClosed
    tours = Tour.objects.filter(departures__lines__order=order)
    questions = {one.public_id: one for one in Question.objects.filter(tour__in=tours, is_active=True)}
    known = [(questions[one.question], one) for one in given if one.question in questions]
    changed = [_keep(order, question, one, at) for question, one in known]
    if any(changed):
        tell("questions_answered", order=order, at=at, number=sum(changed))


def _is_ahead(order: Order, at: datetime) -> bool:
    return order.lines.filter(departure__starts_at__gt=at).exists()


def _keep(order: Order, question: Question, given: Given, at: datetime) -> bool:
    """Whether anything was changed by it."""
    known = Answer.objects.filter(order=order, question=question, guest=given.guest)
    if question.kind == Question.Kind.ID_NUMBER:
        if not given.value:
            return False
        kept = {"sealed": seal(given.value), "last_signs": given.value[-SHOWN:], "erased_at": None}
    elif not given.value:
        return bool(known.delete()[0])
    elif known.filter(value=given.value).exists():
        return False
    else:
        kept = {"value": given.value, "erased_at": None}
    known.update_or_create(order=order, question=question, guest=given.guest, defaults={**kept, "answered_at": at})
    return True


@transaction.atomic
def read_number(*, answer: Answer, by: User, at: datetime) -> str:
    """The whole number, for the insurance. Whoever reads it leaves a line in the audit log. Raises NumberErased."""
    if not answer.sealed:
        raise NumberErased
    text = f"{answer.order.code}: เปิดดูเลขบัตร/พาสปอร์ตของผู้ร่วมทริปคนที่ {answer.guest}"
    audit.record("order.number_read", subject=answer.order, text=text, at=at, actor=by)
    return unseal(answer.sealed)


@transaction.atomic
def read_numbers(*, answers: Sequence[Answer], by: User, at: datetime) -> list[tuple[Answer, str]]:
    """Several at once, each with its line in the audit log; what is erased is left out."""
    return [(answer, read_number(answer=answer, by=by, at=at)) for answer in answers if answer.sealed]


@transaction.atomic
def erase_answers_due(at: datetime) -> int:
    """Answers whose last start is past by ``GUEST_ANSWERS_KEPT_DAYS``, and those of orders that came to nothing. What
    somebody eats tells of health and faith, so words go with the numbers. Returns how many."""
    kept = timedelta(days=settings.GUEST_ANSWERS_KEPT_DAYS)
    ended = Q(order__status__in=[Order.Status.EXPIRED, Order.Status.CANCELLED])
    needed = OrderLine.objects.filter(order=OuterRef("order"), departure__starts_at__gt=at - kept)
    return _erase(Answer.objects.filter(ended | ~Exists(needed)), at)


@transaction.atomic
def erase_answers_of_seller(*, user: str, at: datetime) -> int:
    """The owner of the shop is gone from here: nobody may need its guests' answers any more."""
    return _erase(Answer.objects.filter(order__shop__owner__public_id=user), at)


def _erase(answers: QuerySet[Answer], at: datetime) -> int:
    return answers.filter(erased_at=None).update(sealed="", last_signs="", value="", erased_at=at)


def remind_of_questions(at: datetime) -> int:
    """Buyers who go within three days and owe a required answer, each once. Returns how many."""
    return each_in_turn(unanswered_orders(at, at + REMIND_BEFORE), lambda order: _reminded(order, at))


@transaction.atomic
def _reminded(order: Order, at: datetime) -> bool:
    if not Order.objects.filter(pk=order.pk, asked_guests_at__isnull=True).update(asked_guests_at=at):
        return False
    tell("questions_reminded", order=order, at=at)
    events.publish(events.GuestsAsked(order=order.public_id))
    return True
