"""One line a learner: what is known of everybody who had a seat. Nobody is dropped because nothing is known."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db.models import F

from tourdee.core.dates import BANGKOK, at_bangkok
from tourdee.programme.models import Attendance, Cohort, Decision, Enrolment
from tourdee.shop.models import Order, Product, Shop, Tour

from ..models import FollowUp

Answer = FollowUp.Answer


@dataclass(frozen=True)
class LearnerLine:
    """A learner of the report. Money in satang; ``months`` is income by first day of the month (Bangkok).

    ``answer`` is the newest answer to a follow-up; empty while none was asked, ``none`` where nobody answered.
    """

    enrolment: Enrolment
    cohort: Cohort
    group: str
    province: int
    attended: bool
    passed: bool
    shop: Shop | None
    published: bool
    orders: int
    income_satang: int
    months: dict[date, int]
    first_sale_at: datetime | None
    answer: str

    @property
    def uses_it(self) -> bool:
        """Opened the shop that the course is about."""
        return self.shop is not None and self.shop.opened_at is not None

    @property
    def earns_more(self) -> bool:
        """Used what was learned and earned more: money came through the own shop since the learner got the seat (the
        first sale may come while learning), or the learner says so in a follow-up. Saying "less" or "the same"
        outweighs small sales."""
        return self.answer == Answer.EARNS_MORE or (self.income_satang > 0 and self.answer in {"", Answer.NONE})

    @property
    def is_unknown(self) -> bool:
        """Neither sales nor an answer: counted as non-response, kept in every total."""
        return self.income_satang == 0 and self.answer in {"", Answer.NONE}


def learner_lines(cohorts: Sequence[Cohort]) -> list[LearnerLine]:
    """Everybody with a seat in these cohorts, by cohort and seat number. A constant number of queries."""
    enrolments = list(
        Enrolment.objects.filter(cohort__in=cohorts, is_active=True)
        .select_related("application", "cohort", "user")
        .order_by("cohort__starts_on", "cohort_id", "seat_number")
    )
    known = _Known([enrolment.pk for enrolment in enrolments], [enrolment.user_id for enrolment in enrolments])
    return [_line(enrolment, known) for enrolment in enrolments]


class _Known:
    """What the rooms know of these learners, each asked once."""

    def __init__(self, enrolments: list[int], users: list[int]) -> None:
        present = Attendance.objects.filter(enrolment__in=enrolments, minutes__gt=0)
        self.attended = set(present.values_list("enrolment_id", flat=True))
        self.passed = set(
            Decision.objects.filter(enrolment__in=enrolments, passed=True).values_list("enrolment_id", flat=True)
        )
        self.until = _until(users)
        self.shops = {shop.owner_id: shop for shop in Shop.objects.filter(owner__in=users)}
        self.published = _published(users)
        self.income = _income(users)
        answers = FollowUp.objects.filter(enrolment__in=enrolments).order_by("months")
        self.answers = {row.enrolment_id: row.answer for row in answers if row.answer != Answer.NONE}
        self.asked = {row.enrolment_id for row in answers}


def _until(users: list[int]) -> dict[int, datetime]:
    """Until when sales count for a seat, by its row: who took a seat in the same programme once more sells from then on
    under that one, so that no sale is counted twice. Seats of other offices' programmes do not matter."""
    seats: dict[tuple[int, int], list[Enrolment]] = defaultdict(list)
    for one in Enrolment.objects.filter(user__in=users, is_active=True).select_related("cohort"):
        seats[one.user_id, one.cohort.programme_id].append(one)
    ends: dict[int, datetime] = {}
    for several in seats.values():
        several.sort(key=_since)
        ends |= {one.pk: _since(following) for one, following in pairwise(several)}
    return ends


def _published(users: list[int]) -> set[int]:
    owners: set[int] = set()
    for model in (Tour, Product):
        owners |= set(
            model.objects.filter(shop__owner__in=users, published_at__isnull=False).values_list(
                "shop__owner_id", flat=True
            )
        )
    return owners


def _income(users: list[int]) -> dict[int, list[tuple[datetime, int]]]:
    """Per owner of a shop: (when confirmed, satang kept) of every order that was paid, refunds taken off."""
    paid = Order.objects.filter(shop__owner__in=users, confirmed_at__isnull=False)
    kept = paid.annotate(kept=F("paid_satang") - F("refunded_satang") - F("refund_due_satang")).filter(kept__gt=0)
    found: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for owner, at, satang in kept.values_list("shop__owner_id", "confirmed_at", "kept").order_by("confirmed_at"):
        if at:
            found[owner].append((at, satang))
    return found


def _line(enrolment: Enrolment, known: _Known) -> LearnerLine:
    since, until = _since(enrolment), known.until.get(enrolment.pk)
    own = known.income.get(enrolment.user_id, [])
    sales = [(at, satang) for at, satang in own if at >= since and (until is None or at < until)]
    answer = known.answers.get(enrolment.pk) or (Answer.NONE if enrolment.pk in known.asked else "")
    return LearnerLine(
        enrolment=enrolment,
        cohort=enrolment.cohort,
        group=enrolment.application.audience_group,
        province=enrolment.application.province,
        attended=enrolment.pk in known.attended,
        passed=enrolment.pk in known.passed,
        shop=known.shops.get(enrolment.user_id),
        published=enrolment.user_id in known.published,
        orders=len(sales),
        income_satang=sum(satang for _at, satang in sales),
        months=_by_month(sales),
        first_sale_at=sales[0][0] if sales else None,
        answer=str(answer),
    )


def _since(enrolment: Enrolment) -> datetime:
    """From when sales count: the seat, since learners open their shop before the first half-day; the first half-day where
    the seat was written down later, as with a roster imported after the course."""
    return min(enrolment.at, at_bangkok(enrolment.cohort.starts_on, 0))


def _by_month(sales: list[tuple[datetime, int]]) -> dict[date, int]:
    months: dict[date, int] = defaultdict(int)
    for at, satang in sales:
        months[at.astimezone(BANGKOK).date().replace(day=1)] += satang
    return dict(months)
