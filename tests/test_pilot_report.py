"""The pilot at full size, to the end: the report's numbers are those counted by hand.

From ``programme/tests/test_full_size.py``: 40 learners, 39 came at least once (all but 39), 32 passed (seats 1–32).
Afterwards, by hand:

    seats    shop   sold                          follow-up      used it and earned more     nothing known
    1–3      open   two seats at ฿1,200 each      –              3 (฿2,400 each)             –
    4        open   one cloth at ฿350 + ฿50       earns less     no                          –
    5–6      open   nothing                       earns more     2                           –
    7–10     –      nothing                       earns more     4                           –
    11–32    –      nothing                       –              –                           22
    33       open   two seats (did not pass)      –              no: did not pass            –

    income 3 × 2,400 + 400 + 2,400 = ฿10,000 in 5 orders
"""

from datetime import date

import pytest

from tourdee.core.dates import at_bangkok
from tourdee.impact import exports, queries
from tourdee.impact.models import FollowUp
from tourdee.impact.tests.factories import asked, open_shop, put_tour_on_sale, sell_goods, sell_seats
from tourdee.programme import actions as programme
from tourdee.programme.models import Enrolment
from tourdee.programme.tests.test_full_size import AFTER, attend, learn, pilot

__all__ = ["pilot"]  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)
SOLD, STARTS = at_bangkok(date(2021, 1, 10), 9), at_bangkok(date(2021, 1, 20), 9)


def test_the_report_of_the_pilot_says_what_was_counted_by_hand(pilot, officer, client_of):
    learners = list(Enrolment.objects.filter(cohort=pilot).select_related("user").order_by("seat_number"))
    for session in pilot.sessions.all():
        attend(session, learners, officer)
    learn(learners)
    programme.decide_all(cohort=pilot, by=officer, at=AFTER)
    for seat in (1, 2, 3, 33):
        sell_seats(put_tour_on_sale(open_shop(learners[seat - 1])), 2, at=SOLD, starts_at=STARTS)
    sell_goods(open_shop(learners[3]), at=SOLD)
    asked(learners[3], FollowUp.Answer.EARNS_LESS)
    for seat in (5, 6):
        open_shop(learners[seat - 1])
    for seat in range(5, 11):
        asked(learners[seat - 1], FollowUp.Answer.EARNS_MORE)

    scope = queries.scope_from(queries.scopes_seen_by(officer), f"cohort:{pilot.slug}")
    report = queries.report(scope, STARTS)
    four = report.four
    assert (four.target, four.attended, four.passed, four.earns_more) == (40, 39, 32, 9)
    assert (four.attended_percent, four.passed_percent, four.earns_more_percent) == (97.5, 82.05, 28.12)
    assert (report.income_satang, report.orders, report.unknown) == (1_000_000, 5, 22)
    assert report.months == [(date(2021, 1, 1), 1_000_000)]
    assert report.funnel == [
        ("applied", 40), ("seated", 40), ("attended", 39), ("passed", 32), ("opened", 6), ("published", 4), ("sold", 4),
    ]  # fmt: skip
    page = client_of(officer).get(f"/en/office/impact/?of=cohort:{pilot.slug}").content.decode()
    assert all(figure in page for figure in ("<b>40</b>", "<b>39</b>", "<b>32</b>", "<b>9</b>", "฿10,000"))
    assert exports.report_pdf(report, "th").startswith(b"%PDF")
