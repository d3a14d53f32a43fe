"""The figures of a small cohort, against those counted by hand. Money in satang."""

from datetime import date

import pytest

from tourdee.core.dates import at_bangkok
from tourdee.programme.tests.factories import make_enrolment, make_programme, make_session
from tourdee.shop.tests.factories import a_departure, an_order, seats

from ..models import FollowUp
from ..queries import FourNumbers, scope_from, scopes_seen_by
from ..queries.report import GroupLine
from .factories import (
    SEATED,
    asked,
    attended,
    decided,
    make_finished_cohort,
    make_learner,
    open_shop,
    put_tour_on_sale,
    sell_goods,
    sell_seats,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(small, results):
    """The report of the small cohort."""
    return results(f"cohort:{small.cohort.slug}")


def line_of(counted, enrolment):
    return next(line for line in counted.learners if line.enrolment == enrolment)


def test_the_four_numbers_are_those_counted_by_hand(counted):
    four = counted.four
    assert four == FourNumbers(target=6, attended=5, passed=4, earns_more=2)
    assert (four.attended_percent, four.passed_percent, four.earns_more_percent) == (83.33, 80.0, 50.0)


def test_the_ministrys_own_project_comes_out_as_it_was_printed():
    four = FourNumbers(target=20_200, attended=20_246, passed=20_106, earns_more=16_881)
    assert (four.attended_percent, four.passed_percent, four.earns_more_percent) == (100.23, 99.31, 83.96)


def test_nothing_of_nothing_is_nought_per_cent():
    four = FourNumbers(target=0, attended=0, passed=0, earns_more=0)
    assert (four.attended_percent, four.passed_percent, four.earns_more_percent) == (0.0, 0.0, 0.0)


def test_the_funnel_counts_who_took_every_step_before(counted):
    """Kaeo sells without having passed: her income counts, her step does not."""
    assert counted.funnel == [
        ("applied", 8), ("seated", 6), ("attended", 5), ("passed", 4), ("opened", 2), ("published", 2), ("sold", 2),
    ]  # fmt: skip


def test_income_and_orders_are_those_counted_by_hand(counted, small):
    assert (counted.income_satang, counted.orders) == (520000, 4)
    assert [line.income_satang for line in counted.learners] == [360000, 40000, 0, 0, 120000, 0]
    assert [line.orders for line in counted.learners] == [2, 1, 0, 0, 1, 0]


def test_groups_and_provinces_add_up_to_the_whole(counted):
    assert counted.groups == [
        GroupLine("tour_guide", learners=2, passed=2, earns_more=1, unknown=0, income_satang=400000),
        GroupLine("informal_worker", learners=2, passed=0, earns_more=0, unknown=0, income_satang=120000),
        GroupLine("community_enterprise", learners=2, passed=2, earns_more=1, unknown=1, income_satang=0),
    ]
    assert counted.provinces == [
        GroupLine("50", learners=4, passed=2, earns_more=1, unknown=0, income_satang=520000),
        GroupLine("57", learners=2, passed=2, earns_more=1, unknown=1, income_satang=0),
    ]


def test_months_are_bangkoks_months_and_none_between_is_left_out(counted):
    assert counted.months == [(date(2026, 9, 1), 240000), (date(2026, 10, 1), 40000), (date(2026, 11, 1), 240000)]


def test_a_month_without_income_stands_between_two_with_some(office, officer, results):
    cohort = make_finished_cohort(office, starts_on=date(2025, 11, 3), ends_on=date(2025, 11, 5))
    woven = open_shop(make_learner(cohort, "มะลิ", at=at_bangkok(date(2025, 10, 1), 9)))
    sell_goods(woven, at=at_bangkok(date(2025, 12, 31), 23))
    sell_goods(woven, at=at_bangkok(date(2026, 2, 1), 0))
    months = results(f"cohort:{cohort.slug}").months
    assert months == [(date(2025, 12, 1), 40000), (date(2026, 1, 1), 0), (date(2026, 2, 1), 40000)]


def test_who_is_silent_is_counted_and_stays_in_the_totals(counted, small):
    champi = line_of(counted, small.champi)
    assert (champi.is_unknown, champi.answer, champi.passed) == (True, "none", True)
    assert (counted.unknown, counted.unknown_percent) == (1, 25.0)


def test_who_never_came_stays_a_line(counted, small):
    khwan = line_of(counted, small.khwan)
    assert (khwan.attended, khwan.passed, khwan.shop, khwan.answer) == (False, False, None, "")


def test_saying_that_one_earns_less_outweighs_a_sale(counted, small):
    bua = line_of(counted, small.bua)
    assert (bua.income_satang, bua.answer, bua.earns_more) == (40000, "earns_less", False)


def test_a_sale_counts_for_who_was_not_asked_or_did_not_answer(counted, small, results):
    assert line_of(counted, small.mali).earns_more
    asked(small.mali, FollowUp.Answer.NONE)
    again = line_of(results(f"cohort:{small.cohort.slug}"), small.mali)
    assert (again.answer, again.earns_more) == ("none", True)


def test_the_newest_answer_counts_and_silence_does_not_undo_it(small, results):
    asked(small.kan, FollowUp.Answer.EARNS_LESS, months=6)
    asked(small.kan, FollowUp.Answer.NONE, months=12)
    assert line_of(results(f"cohort:{small.cohort.slug}"), small.kan).answer == "earns_less"


def test_money_paid_back_or_still_owed_is_no_income(counted, small):
    assert line_of(counted, small.mali).months == {date(2026, 9, 1): 240000, date(2026, 11, 1): 120000}


def test_an_order_given_back_altogether_is_no_order(small, results):
    tour = small.mali.user.shops.get().tours.get()
    at = at_bangkok(date(2026, 9, 20), 9)
    order = sell_seats(tour, 1, at=at, starts_at=at_bangkok(date(2026, 10, 20), 9))
    order.refund_due_satang = order.total_satang
    order.save(update_fields=["refund_due_satang"])
    assert line_of(results(f"cohort:{small.cohort.slug}"), small.mali).orders == 2


def test_what_was_sold_before_the_seat_does_not_count(counted, small):
    """Bua's first cloth was paid a minute before she had a seat."""
    assert line_of(counted, small.bua).months == {date(2026, 10, 1): 40000}


def test_a_sale_between_seat_and_course_counts(office, results):
    cohort = make_finished_cohort(office)
    sell_goods(open_shop(make_learner(cohort, "มะลิ")), at=SEATED)
    assert results(f"cohort:{cohort.slug}").income_satang == 40000


def test_with_a_seat_written_down_later_sales_count_from_the_courses_first_morning(office, at, results):
    """The roster of a course of August that was imported in November."""
    cohort = make_finished_cohort(office)
    woven = open_shop(make_learner(cohort, "มะลิ", at=at))
    sell_goods(woven, at=at_bangkok(date(2026, 8, 9), 23))
    sell_goods(woven, at=at_bangkok(date(2026, 8, 10), 0))
    assert results(f"cohort:{cohort.slug}").income_satang == 40000


def test_an_order_that_was_not_paid_is_no_income(small, results):
    tour = small.mali.user.shops.get().tours.get()
    departure = a_departure(tour, starts_at=at_bangkok(date(2026, 12, 20), 9))
    an_order(tour.shop, seats(departure, 5), at=at_bangkok(date(2026, 11, 20), 9))
    assert results(f"cohort:{small.cohort.slug}").income_satang == 520000


def test_a_sale_under_a_partners_licence_counts_for_the_guide(counted, small):
    """The money goes to the operator, the sale to the guide's shop."""
    kaeo = line_of(counted, small.kaeo)
    assert (kaeo.orders, kaeo.income_satang) == (1, 120000)
    order = kaeo.shop.orders.get()
    assert order.seller != kaeo.shop.business


def test_a_seat_that_was_given_back_is_not_in_the_report(small, results):
    small.khwan.is_active = False
    small.khwan.save(update_fields=["is_active"])
    assert len(results(f"cohort:{small.cohort.slug}").learners) == 5


def test_a_learner_of_another_office_never_appears(small, other_office, other_officer, results):
    theirs = make_finished_cohort(other_office, programme=make_programme(other_office))
    canary = make_learner(theirs, "นกขมิ้น ลับเฉพาะ")
    attended(canary, make_session(theirs))
    decided(canary, other_officer)
    sell_goods(open_shop(canary), at=at_bangkok(date(2026, 9, 9), 9))
    counted = results(f"programme:{small.cohort.programme.slug}")
    assert "นกขมิ้น ลับเฉพาะ" not in [line.enrolment.name for line in counted.learners]
    assert (counted.income_satang, counted.funnel[0]) == (520000, ("applied", 8))


def test_a_programme_adds_its_cohorts_up(small, office, officer, results):
    second = make_finished_cohort(office, programme=small.cohort.programme, target=4, starts_on=date(2026, 9, 1))
    learner = make_learner(second, "ดาว เหนือ", province=57)
    attended(learner, make_session(second))
    decided(learner, officer)
    sell_seats(
        put_tour_on_sale(open_shop(learner)), 1,
        at=at_bangkok(date(2026, 9, 30), 9), starts_at=at_bangkok(date(2026, 10, 9), 9),
    )  # fmt: skip
    counted = results(f"programme:{small.cohort.programme.slug}")
    assert counted.four == FourNumbers(target=10, attended=6, passed=5, earns_more=3)
    assert [(line.key, line.income_satang) for line in counted.cohorts] == [
        (small.cohort.slug, 520000), (second.slug, 120000),
    ]  # fmt: skip


def test_a_draft_is_not_offered(office, officer):
    make_finished_cohort(office, status="draft")
    assert scopes_seen_by(officer) == []


def test_without_a_choice_the_newest_finished_cohort_is_shown(small, office, officer):
    make_finished_cohort(office, programme=small.cohort.programme, status="open", starts_on=date(2027, 1, 4))
    newest = make_finished_cohort(office, programme=small.cohort.programme, starts_on=date(2026, 9, 1))
    assert scope_from(scopes_seen_by(officer), "").key == f"cohort:{newest.slug}"


def test_a_scope_without_an_english_name_says_it_in_thai(small, officer):
    small.cohort.name_en = ""
    small.cohort.save(update_fields=["name_en"])
    assert scope_from(scopes_seen_by(officer), f"cohort:{small.cohort.slug}").name_en == small.cohort.name_th


@pytest.mark.parametrize("learners", [1, 3])
def test_the_report_asks_as_often_for_three_learners_as_for_one(
    learners, office, officer, results, django_assert_num_queries
):
    cohort = make_finished_cohort(office)
    session = make_session(cohort)
    for number in range(learners):
        learner = make_learner(cohort, f"ผู้เรียน {number}")
        attended(learner, session)
        decided(learner, officer)
        sell_goods(open_shop(learner), at=at_bangkok(date(2026, 9, 9), 9))
        asked(learner, FollowUp.Answer.NONE)
    with django_assert_num_queries(11):
        results(f"cohort:{cohort.slug}")


def test_who_takes_the_course_twice_sells_each_thing_once(office, other_office, officer, results):
    """What is sold before the second seat is the first cohort's, what comes after is the second's; the programme adds up
    to what was sold. A seat in another programme takes nothing away."""
    first = make_finished_cohort(office)
    seat = make_learner(first, "ดาว เหนือ")
    second = make_finished_cohort(office, programme=first.programme, starts_on=date(2026, 9, 1))
    again = at_bangkok(date(2026, 8, 25), 9)
    for cohort in (second, make_finished_cohort(other_office, starts_on=date(2026, 9, 1))):
        make_enrolment(cohort, seat.user, at=again)
    tour = put_tour_on_sale(open_shop(seat))
    starts = at_bangkok(date(2026, 12, 12), 9)
    sell_seats(tour, 1, at=at_bangkok(date(2026, 8, 25), 8), starts_at=starts)
    sell_seats(tour, 2, at=again, starts_at=at_bangkok(date(2026, 12, 13), 9))
    counted = results(f"programme:{first.programme.slug}")
    assert (counted.income_satang, counted.orders) == (360000, 2)
    assert [(line.key, line.income_satang) for line in counted.cohorts] == [(second.slug, 240000), (first.slug, 120000)]
    assert [satang for _month, satang in counted.months] == [360000]
    assert results(f"cohort:{first.slug}").income_satang == 120000
    assert results(f"cohort:{second.slug}").income_satang == 240000
