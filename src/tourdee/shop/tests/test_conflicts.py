"""Transactions that stand in each other's way."""

import pytest
from django.db import OperationalError, transaction

from ..actions.conflicts import TryAgain, once_more


class FromDriver(Exception):
    def __init__(self, sqlstate=None, sqlite_errorname=None):
        self.sqlstate, self.sqlite_errorname = sqlstate, sqlite_errorname


def broken(times, cause):
    """An act that the database breaks off so many times, and how often it was tried."""
    tries = []

    @once_more
    def act():
        tries.append(1)
        if len(tries) <= times:
            raise OperationalError from cause
        return "done"

    return act, tries


CONFLICTS = [
    FromDriver(sqlstate="40P01"),
    FromDriver(sqlstate="40001"),
    FromDriver(sqlstate="55P03"),
    FromDriver(sqlite_errorname="SQLITE_BUSY"),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cause", CONFLICTS)
def test_an_act_that_was_broken_off_is_done_once_more(cause):
    act, tries = broken(1, cause)
    assert (act(), len(tries)) == ("done", 2)


@pytest.mark.django_db(transaction=True)
def test_after_the_second_time_the_buyer_is_asked_to_try_again():
    act, tries = broken(2, CONFLICTS[0])
    with pytest.raises(TryAgain):
        act()
    assert len(tries) == 2


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_it_is_not_repeated():
    act, tries = broken(1, CONFLICTS[0])
    with pytest.raises(TryAgain), transaction.atomic():
        act()
    assert len(tries) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cause", [FromDriver(), FromDriver(sqlstate="53100"), None])
def test_other_faults_are_not_repeated(cause):
    act, tries = broken(1, cause)
    with pytest.raises(OperationalError):
        act()
    assert len(tries) == 1
