"""The same form of the stock room, sent by four processes at once: it moves once, and nobody gets an error page."""

import pytest

from tests.races.racers import racers
from tourdee.shop.models import StockMovement, Variant
from tourdee.shop.tests.factories import a_product

PROCESSES, FORMS = 4, 40
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def four(django_db_setup):
    with racers(PROCESSES) as processes:
        yield processes


@pytest.mark.parametrize("act", ["move", "count"])
def test_a_form_that_is_sent_four_times_at_once_moves_once(four, act, at):
    variant = a_product(stock=FORMS)
    answers = four.run("tests.races.acts.count_goods", variant=variant.public_id, forms=FORMS, act=act, at=at)
    total = {name: sum(answer.get(name, 0) for answer in answers) for name in set().union(*answers)}
    assert total == {"moved": FORMS, "again": FORMS * (PROCESSES - 1)}
    assert (Variant.objects.get().stock, StockMovement.objects.count()) == (0, FORMS)
