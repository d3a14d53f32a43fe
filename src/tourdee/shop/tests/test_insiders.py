"""Abuse 64: somebody of the house changes what was paid, or what is remembered of it."""

import pytest
from django.db.models import F

from tourdee.core.models import AuditLine

from ..actions.payments import record_manual_payment
from ..models import Order, PaymentEvent, Posting
from ..queries.reconcile import differences
from .factories import a_departure, a_shop, a_tour, an_order, in_days, seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(owner, at):
    shop = a_shop(owner)
    order = an_order(shop, seats(a_departure(a_tour(shop), starts_at=in_days(at, 5)), 2), at=at)
    return record_manual_payment(order=order, by=owner, satang=240000, reference="1", at=at)


@pytest.mark.parametrize("memory", [AuditLine, Posting])
def test_abuse_64_lines_of_the_log_and_of_the_books_are_neither_changed_nor_deleted(paid, memory):
    before = list(memory.objects.order_by("pk").values())
    for act in (memory.objects.all().delete, memory.objects.first().delete, memory.objects.first().save):
        with pytest.raises(RuntimeError):
            act()
    with pytest.raises(RuntimeError):
        memory.objects.update(at=F("at"))
    assert list(memory.objects.order_by("pk").values()) == before != []


@pytest.mark.parametrize(
    ("row", "column"), [(Order, "paid_satang"), (PaymentEvent, "satang"), (Order, "refunded_satang")]
)
def test_abuse_64_an_amount_that_was_edited_past_the_acts_is_found(paid, at, row, column):
    assert differences(at) == []
    row.objects.update(**{column: F(column) + 100})
    assert {found.order for found in differences(at)} == {paid.code}


def test_abuse_64_money_is_recorded_with_who_recorded_it(paid, owner):
    line = AuditLine.objects.get(act="order.money_recorded")
    assert (line.actor, line.subject_id) == (owner.public_id, paid.public_id)
