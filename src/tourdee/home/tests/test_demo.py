"""The demo: loaded once into an empty installation, complete, in balance, and never where real people are."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from tourdee.core.dates import bangkok_day
from tourdee.core.models import AuditLine
from tourdee.core.pictures import StoredPicture
from tourdee.home.demo import pictures
from tourdee.home.demo.cast import CAST, e_mail
from tourdee.home.demo.load import load
from tourdee.impact.models import FollowUp
from tourdee.impact.queries import report, scope_from, scopes_seen_by
from tourdee.people.models import User
from tourdee.programme.actions import pilot
from tourdee.programme.models import Cohort, Decision, Enrolment
from tourdee.programme.queries import cohorts_open
from tourdee.shop.models import Order, Product, Shop, Tour
from tourdee.shop.queries.checkin import day_for_phone
from tourdee.shop.queries.reconcile import differences
from tourdee.shop.tests.factories import a_product, a_shop, an_order, goods

pytestmark = pytest.mark.django_db


@pytest.fixture
def quick_pictures(monkeypatch):
    """Nothing is drawn: the pictures have tests of their own."""
    named = {}

    def draw_all(wanted):
        return {one: named.setdefault(one, StoredPicture(f"demo/{one[0]}-{one[1]}", 1600, 1200)) for one in wanted}

    monkeypatch.setattr("tourdee.home.demo.load.draw_all", draw_all)
    return pictures


def counts():
    return [
        model.objects.count() for model in (User, Cohort, Enrolment, Shop, Tour, Product, Order, FollowUp, AuditLine)
    ]


def test_the_demo_is_complete_in_balance_and_loaded_once(quick_pictures, monkeypatch, at, client_of):
    """One test, because loading takes its time: forty and thirty learners, three shops, ten weeks of sales.
    In the evening of a Monday, when no boat goes any more that day."""
    at += timedelta(hours=7)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    call_command("load_curriculum", verbosity=0)
    call_command("load_demo", verbosity=0)
    loaded = counts()
    assert loaded[1:6] == [3, 70, 3, 4, 5]
    call_command("load_demo", verbosity=0)
    assert counts() == loaded
    assert differences(at) == []
    books = StringIO()
    call_command("reconcile", stdout=books)
    assert books.getvalue() == "The books balance.\n"
    for part in CAST:
        user = User.objects.get(email=e_mail(part.key))
        assert client_of(user).get(reverse("today")).status_code == 200
    _check_results(at)
    boats = day_for_phone(User.objects.get(email=e_mail("somying")), at)["departures"]
    assert [len(boat["bookings"]) for boat in boats] == [0, 3, 2]  # this morning's, and the two of tomorrow


def _check_results(at):
    officer = User.objects.get(email=e_mail("wipa"))
    scopes = [scope for scope in scopes_seen_by(officer) if not scope.is_programme]
    assert [(scope.target, scope.cohorts[0].seats) for scope in scopes] == [(40, 40), (32, 30), (40, 40)]
    newest = report(scope_from(scopes, ""), at)
    passed = Decision.objects.filter(enrolment__cohort=newest.scope.cohorts[0], passed=True).count()
    assert (newest.four.target, newest.four.attended, newest.four.passed) == (32, 29, passed)
    assert newest.funnel[-1] == ("sold", 3)
    assert 0 < newest.unknown < newest.four.earns_more
    assert newest.income_satang == sum(line.income_satang for line in newest.learners if line.shop)


def test_the_demo_refuses_where_a_real_host_is(db):
    User.objects.create_user("somebody@office.example", is_host=True)
    with pytest.raises(CommandError, match="real host"):
        call_command("load_demo", verbosity=0)
    assert User.objects.count() == 1


def test_a_host_of_the_demo_does_not_stop_it(db, monkeypatch):
    User.objects.create_user(e_mail("host"), is_host=True)
    loads = []
    monkeypatch.setattr("tourdee.home.management.commands.load_demo.load", loads.append)
    call_command("load_demo", verbosity=0)
    assert len(loads) == 1


def test_who_is_who_lists_the_whole_cast():
    told = StringIO()
    call_command("who_is_who", stdout=told)
    for part in CAST:
        assert f"{e_mail(part.key):38} {part.name} — {part.what_en}" in told.getvalue()


def test_every_part_of_the_cast_is_somebody_of_the_demo_only():
    assert len({part.key for part in CAST}) == len({part.phone for part in CAST}) == len(CAST) == 8
    assert {e_mail(part.key).split("@")[1] for part in CAST} == {"demo.tourdee.example"}


def test_a_demo_of_weeks_ago_has_a_cohort_ahead_of_today_again(office, clock, at):
    """Without loading all of it: what is looked for is one order of the demo."""
    call_command("load_curriculum", verbosity=0)
    pilot.load_pilot(at=at)
    first = pilot.open_cohort_ahead(at=at)
    shop = a_shop()
    order = an_order(shop, goods(a_product(shop)), at=at)
    Order.objects.filter(pk=order.pk).update(idempotency_key="demo-1")
    assert (load(at), Cohort.objects.count()) == (False, 2)
    later = at + timedelta(weeks=3)
    assert (load(later), load(later)) == (True, False)
    [opened] = cohorts_open(later)
    assert (opened.pk == first.pk, opened.starts_on > bangkok_day(later), opened.sessions.count()) == (False, True, 6)
