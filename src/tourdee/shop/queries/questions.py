"""Which questions are put to the guests of a basket or an order, and what they answered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tourdee.core.templatetags.tourdee import local

from ..models import Answer, Departure, Order, OrderLine, Question
from .baskets import Item
from .orders import expected_lines

KIND = Question.Kind
DIET_NAMES = {
    "all": gettext_lazy("eats everything"),
    "halal": gettext_lazy("halal"),
    "vegetarian": gettext_lazy("vegetarian"),
    "vegan": gettext_lazy("vegan"),
    "jay": gettext_lazy("jay (Thai vegan, no strong herbs)"),
    "other": gettext_lazy("something else"),
}
BETWEEN = "|"  # the diet's code and what was added in own words
MOST_GUESTS = 30  # of one booking are asked one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question to one guest (0: to the booking), with the answer there is."""

    question: Question
    guest: int
    answer: Answer | None = None

    @property
    def name(self) -> str:
        """How the form names it."""
        return f"{self.question.public_id}-{self.guest}"

    @property
    def is_missing(self) -> bool:
        return self.question.required and self.answer is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One answer as the seller reads it. ``number``: public id of a sealed number."""

    guest: int
    text: str
    answer: str
    number: str = ""
    is_number: bool = False

    @property
    def line(self) -> str:
        """``2: Food: halal``; of the booking as a whole without the number of the guest."""
        line = f"{self.text}: {self.answer}"
        return f"{self.guest}. {line}" if self.guest else line


def asked_of_basket(items: Sequence[Item]) -> list[Asked]:
    """What must be answered before paying. Two queries; ask only for a shop that ``asks_guests``."""
    people = _people_of_items(items)
    tours = dict(Departure.objects.filter(public_id__in=people).values_list("public_id", "tour"))
    most: defaultdict[int, int] = defaultdict(int)
    for departure, tour in tours.items():
        most[tour] = max(most[tour], people[departure])
    return _asked(Question.objects.filter(before_paying=True), most, {})


def _people_of_items(items: Sequence[Item]) -> dict[str, int]:
    people: defaultdict[str, int] = defaultdict(int)
    for item in items:
        if item.departure and not item.extra:
            people[item.departure] += item.quantity
    return people


def asked_of_order(order: Order, lines: Iterable[OrderLine]) -> list[Asked]:
    """Every question to the guests of an order, answered or not. Two queries, none for a shop that asks nothing."""
    if not order.shop.asks_guests:
        return []
    people: defaultdict[int, int] = defaultdict(int)
    most: defaultdict[int, int] = defaultdict(int)
    for line in lines:
        if line.departure:
            people[line.departure.pk] += line.people
            most[line.departure.tour_id] = max(most[line.departure.tour_id], people[line.departure.pk])
    answers = {(one.question_id, one.guest): one for one in Answer.objects.filter(order=order, erased_at=None)}
    return _asked(Question.objects.all(), most, answers)


def _asked(
    questions: QuerySet[Question], people: Mapping[int, int], answers: Mapping[tuple[int, int], Answer]
) -> list[Asked]:
    """By guest, what is asked of the booking first."""
    found = [
        Asked(question=question, guest=guest, answer=answers.get((question.pk, guest)))
        for question in questions.filter(tour__in=list(people), is_active=True)
        for guest in (range(1, min(people[question.tour_id], MOST_GUESTS) + 1) if question.each_guest else (0,))
    ]
    return sorted(found, key=lambda one: (one.guest, one.question.position))


def choices_of(question: Question) -> list[tuple[str, str]]:
    """(Thai text that is kept, text in the page's language)."""
    kept = question.choices_th.splitlines()
    shown = local(question, "choices").splitlines()
    return list(zip(kept, shown if len(shown) == len(kept) else kept, strict=True))


def answer_text(question: Question, value: str) -> str:
    """An answer in the page's language."""
    if question.kind == KIND.YES_NO:
        return _("yes") if value == "yes" else _("no")
    if question.kind == KIND.CHOICE:
        return dict(choices_of(question)).get(value, value)
    if question.kind == KIND.DIET:
        code, _between, words = value.partition(BETWEEN)
        return ", ".join(part for part in (str(DIET_NAMES.get(code, "")), words) if part)
    return value


def told_by_order(departures: Sequence[Departure]) -> dict[int, list[Told]]:
    """The answers of the guests of departures, by row of the order; of numbers the last signs alone. One query."""
    asking = [one for one in departures if one.tour.shop.asks_guests]
    if not asking:
        return {}
    answers = Answer.objects.filter(
        order__in=OrderLine.objects.filter(departure__in=asking).values("order"),
        question__tour__in=[one.tour_id for one in asking],
    )
    told: defaultdict[int, list[Told]] = defaultdict(list)
    for answer in answers.select_related("question"):
        told[answer.order_id].append(_told(answer))
    return told


def _told(answer: Answer) -> Told:
    question, text = answer.question, local(answer.question, "text")
    if question.kind != KIND.ID_NUMBER:
        words = _("erased") if answer.erased_at else answer_text(question, answer.value)
        return Told(guest=answer.guest, text=text, answer=words)
    shown = answer.masked or _("erased")
    return Told(
        guest=answer.guest, text=text, answer=shown, is_number=True, number=answer.public_id if answer.sealed else ""
    )


def numbers_of(departure: Departure) -> QuerySet[Answer]:
    """The answers with a sealed number of those who are expected at a departure."""
    orders = expected_lines([departure]).order_by().values("order")
    answers = Answer.objects.filter(order__in=orders, question__tour=departure.tour_id).exclude(sealed="")
    return answers.select_related("order").order_by("order__buyer_name", "order_id", "guest")


def unanswered_orders(after: datetime, until: datetime) -> list[Order]:
    """Confirmed orders that start between these two, owe a required answer, and were not reminded of it."""
    lines = Q(departure__starts_at__gt=after, departure__starts_at__lte=until)
    near = OrderLine.objects.filter(lines, departure__tour__questions__is_active=True)
    orders = Order.objects.filter(
        pk__in=near.values("order"), status=Order.Status.CONFIRMED, asked_guests_at=None, resold_by=""
    )
    found = orders.select_related("shop").prefetch_related("lines__departure")
    return [order for order in found if any(one.is_missing for one in asked_of_order(order, order.lines.all()))]
