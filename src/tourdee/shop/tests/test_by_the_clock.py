"""What the shop does by the clock: a row that fails keeps no other waiting, and is tried again at the next turn."""

from datetime import timedelta
from unittest.mock import MagicMock

import pytest

from tourdee.legal.models import Paper

from ..actions import books, calendar_reading, deposits, groups, money_services, publishing, questions, stock_notes
from ..actions.calendar_reading import read_due_calendars
from ..actions.publishing import hide_unlawful_tours
from ..actions.stock_notes import ask_for_stock, tell_of_stock
from ..models import MoneyService, OutsideCalendar, StockNote, Tour
from .factories import a_money_service, a_product, a_shop, a_tour

JOBS = [
    (deposits, lambda at: deposits.drop_unpaid_rests(at), "rests_to_drop", "cancel_order"),
    (groups, lambda at: groups.decide_due_groups(at), "groups_to_decide", "decide_group"),
    (questions, lambda at: questions.remind_of_questions(at), "unanswered_orders", "_reminded"),
    (books, lambda at: books.open_books(at=at), "orders_off_the_books", "keep_books"),
]


def failing_first(act=lambda *_asked, **_more: True):
    """Does as ``act`` does, but not the first time."""
    times = []

    def once_broken(*asked, **more):
        times.append(asked)
        if len(times) == 1:
            raise RuntimeError("broken")
        return act(*asked, **more)

    return once_broken


@pytest.mark.parametrize(("topic", "job", "rows", "act"), JOBS, ids=[one[3] for one in JOBS])
def test_one_that_fails_keeps_no_other_from_its_turn(at, monkeypatch, caplog, topic, job, rows, act):
    monkeypatch.setattr(topic, rows, lambda *_asked: [MagicMock(), MagicMock()])
    monkeypatch.setattr(topic, act, failing_first())
    assert job(at) == 1
    assert [record.exc_info[0] for record in caplog.records] == [RuntimeError]


@pytest.mark.django_db
def test_a_tour_that_cannot_be_hidden_leaves_no_other_unlawful_one_on_the_market(owner, at, monkeypatch):
    shop = a_shop(owner)
    for _number in range(2):
        a_tour(shop)
    Paper.objects.update(expires_on=at.date() - timedelta(days=1))
    monkeypatch.setattr(publishing, "hide_tour", failing_first(publishing.hide_tour))
    assert [hide_unlawful_tours(at=at), hide_unlawful_tours(at=at)] == [1, 1]
    assert not Tour.objects.filter(status="published").exists()


@pytest.mark.django_db
def test_a_letter_that_cannot_be_written_keeps_nobody_else_from_hearing_of_goods(owner, at, monkeypatch):
    product = a_product(a_shop(owner)).product
    for name in ("a", "b"):
        ask_for_stock(product=product, email=f"{name}@example.org", language="th", source="1.2.3.4", at=at)
    monkeypatch.setattr(stock_notes, "_write", failing_first(stock_notes._write))
    assert [tell_of_stock(at), StockNote.objects.filter(told_at=None).count(), tell_of_stock(at)] == [1, 1, 1]


@pytest.mark.django_db
def test_calendars_that_take_long_are_read_in_several_turns_the_longest_due_first(owner, at, monkeypatch):
    shop = a_shop(owner)
    for minutes in (1, 3, 2):
        due = at - timedelta(minutes=minutes)
        OutsideCalendar.objects.create(shop=shop, name=str(minutes), sealed_url="x", next_at=due)
    slow, read = iter(range(0, 1000, 15)).__next__, []

    def read_calendar(*, calendar, at):
        read.append(calendar.name)
        return OutsideCalendar.objects.filter(pk=calendar.pk).update(next_at=at + timedelta(hours=1)) == 1

    monkeypatch.setattr(calendar_reading, "read_calendar", read_calendar)
    assert [read_due_calendars(at, clock=slow), list(read), read_due_calendars(at, clock=slow)] == [2, ["3", "2"], 1]


@pytest.mark.django_db
def test_keys_whose_trial_breaks_keep_no_other_service_waiting_and_are_tried_later(owner, at, monkeypatch):
    business = a_shop(owner).business
    for service in ("slipok", "opn"):
        a_money_service(business, service, at)
    MoneyService.objects.update(try_at=at)
    monkeypatch.setattr(money_services, "_try", failing_first())
    assert money_services.try_services_due(at) == 2
    assert sorted(MoneyService.objects.values_list("try_at", flat=True), key=str) == [at + timedelta(seconds=15), None]
