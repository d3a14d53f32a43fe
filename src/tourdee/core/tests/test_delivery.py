"""Events: durable, in order of the transaction, once for each listener."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tourdee.core import delivery
from tourdee.core.delivery import event, listens, publish
from tourdee.core.ids import public_id
from tourdee.core.models import HandledEvent

heard: list[tuple[str, str]] = []


@dataclass(frozen=True, kw_only=True)
class BellRang:
    """An event for these tests only."""

    tower: str
    event_id: str = field(default_factory=public_id)


@pytest.fixture(autouse=True)
def _registry(monkeypatch):
    """The tests' own event and listeners, and none of the rooms'."""
    heard.clear()
    for name in ("_events", "_listeners", "_by_path"):
        monkeypatch.setattr(delivery, name, {})
    event(BellRang)


def first(happened: BellRang) -> None:
    heard.append(("first", happened.tower))


def second(happened: BellRang) -> None:
    heard.append(("second", happened.tower))


def broken(happened: BellRang) -> None:
    HandledEvent.objects.create(event_id="written by the broken one", listener="x")
    raise RuntimeError("broken")


def due_now() -> None:
    """What the pause before the next attempt would bring."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


@pytest.mark.django_db
def test_every_listener_hears_an_event_once_the_worker_runs(deliver_events):
    listens(BellRang)(first)
    listens(BellRang)(second)
    publish(BellRang(tower="north"))
    assert heard == []
    deliver_events()
    assert sorted(heard) == [("first", "north"), ("second", "north")]
    deliver_events()
    assert len(heard) == 2


@pytest.mark.django_db(transaction=True)
def test_an_event_is_committed_with_its_change_or_not_at_all(deliver_events):
    listens(BellRang)(first)
    with transaction.atomic():
        publish(BellRang(tower="never"))
        assert DBTaskResult.objects.count() == 1
        transaction.set_rollback(True)
    assert DBTaskResult.objects.count() == 0
    with transaction.atomic():
        publish(BellRang(tower="north"))
    deliver_events()
    assert heard == [("first", "north")]


@pytest.mark.django_db
def test_the_same_event_delivered_again_changes_nothing(deliver_events):
    listens(BellRang)(first)
    rang = BellRang(tower="north")
    for _ in range(3):
        publish(rang)
    deliver_events()
    assert heard == [("first", "north")]
    results = DBTaskResult.objects.values_list("return_value", flat=True)
    assert sorted(results) == ["again", "again", "done"]


@pytest.mark.django_db
def test_a_failing_listener_stops_no_other_and_leaves_nothing_half_done(deliver_events):
    listens(BellRang)(broken)
    listens(BellRang)(first)
    publish(BellRang(tower="north"))
    deliver_events()
    assert heard == [("first", "north")]
    assert HandledEvent.objects.filter(listener__endswith="broken").count() == 0
    assert HandledEvent.objects.filter(event_id="written by the broken one").count() == 0


@pytest.mark.django_db
def test_a_failing_listener_is_tried_again_after_growing_pauses_and_then_given_up(deliver_events):
    listens(BellRang)(broken)
    publish(BellRang(tower="north"))
    pauses = []
    for _ in range(delivery.ATTEMPTS):
        before = timezone.now()
        deliver_events()
        waiting = DBTaskResult.objects.filter(status="READY").first()
        if waiting:
            pauses.append(round((waiting.run_after - before).total_seconds()))
            due_now()
    assert pauses == [2, 4, 8, 16, 32, 64, 128]
    assert DBTaskResult.objects.filter(status="FAILED").count() == 1
    assert DBTaskResult.objects.filter(status="READY").count() == 0


@pytest.mark.django_db
def test_a_listener_that_recovers_acts_once(deliver_events, monkeypatch):
    tries = []

    def moody(happened: BellRang) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise RuntimeError("not yet")
        heard.append(("moody", happened.tower))

    listens(BellRang)(moody)
    publish(BellRang(tower="north"))
    for _ in range(5):
        deliver_events()
        due_now()
    assert heard == [("moody", "north")]


@pytest.mark.django_db
def test_before_its_pause_is_over_nothing_is_tried_again(deliver_events):
    listens(BellRang)(broken)
    publish(BellRang(tower="north"))
    deliver_events()
    deliver_events()
    waiting = DBTaskResult.objects.get(status="READY")
    assert waiting.run_after > timezone.now() + timedelta(seconds=1)


@pytest.mark.django_db
def test_an_event_for_a_listener_of_an_older_release_is_let_go(deliver_events):
    listens(BellRang)(first)
    publish(BellRang(tower="north"))
    delivery._by_path.clear()
    deliver_events()
    assert DBTaskResult.objects.get().return_value == "gone"


@pytest.mark.django_db
def test_only_listed_events_can_be_published():
    @dataclass(frozen=True, kw_only=True)
    class Unlisted:
        event_id: str = "1"

    with pytest.raises(LookupError, match="Unlisted is not listed"):
        publish(Unlisted())


def test_a_listener_registered_twice_hears_once():
    listens(BellRang)(first)
    listens(BellRang)(first)
    assert delivery._listeners == {"BellRang": [first]}
