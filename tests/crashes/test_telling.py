"""The worker dies while it tells of what has happened: whoever follows it tells what was not told, and nothing twice."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tourdee.core.periodic import ABANDONED_AFTER, take_up_abandoned_tasks

from .dying import NEVER, Died, dying_at, undone
from .left import left, what
from .ways import WAYS


def begun(task: DBTaskResult, until: int = NEVER) -> bool:
    """A worker takes the task and does it; whether to the end. That it did, it does not live to note down."""
    task = DBTaskResult.objects.get(pk=task.pk)  # as it stands: an earlier death was undone, and five are too many
    task.claim("somebody")
    with dying_at(until):
        try:
            task.task.call(*task.args_kwargs["args"])
        except Died:
            return False
    return True


def followed(task: DBTaskResult) -> None:
    take_up_abandoned_tasks(timezone.now() + ABANDONED_AFTER + timedelta(minutes=1))
    begun(DBTaskResult.objects.ready().get(pk=task.pk))


def tells_once(task: DBTaskResult) -> int:
    """Dies before every write, and after the last. How many times that was."""
    with undone():
        begun(task)
        whole = left()
    for write in count(1):
        with undone():
            ended = begun(task, write)
            followed(task)
            assert left() == whole, what(task)
        if ended:
            return write
    raise AssertionError("unreachable")


@pytest.mark.django_db
def test_a_worker_that_dies_in_the_middle_of_telling_is_followed_by_one_that_tells_once(at, gateway, settings):
    """Each listener once, with the first event that a way has for it."""
    deaths = {}
    for way in WAYS:
        settings.MONEY_SERVICES = way.services
        with undone():
            scene = way.scene(at)
            for act in way.acts:
                act(scene)
            for task in DBTaskResult.objects.order_by("enqueued_at"):
                if what(task) not in deaths:
                    deaths[what(task)] = tells_once(task)
    assert len(deaths) >= 25
    assert deaths["tourdee.shop.listeners.buyers.tell_buyer_confirmed", "OrderConfirmed"] >= 4
