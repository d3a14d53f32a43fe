"""The worker: tasks, the clock's jobs, signs of life, a graceful end."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks import task
from django_tasks_db.management.commands import db_worker

from tourdee.core import periodic, worker
from tourdee.core.models import SignOfLife

done: list[str] = []


@task()
def note(text: str) -> None:
    done.append(text)


@task()
def stumble() -> None:
    raise RuntimeError("a task that fails")


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += seconds


class SlowList(list[str]):
    """Whoever writes into it takes a while."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        super().__init__()
        self.clock, self.seconds = clock, seconds

    def append(self, text: str) -> None:
        self.clock.move(self.seconds)
        super().append(text)


@pytest.fixture(autouse=True)
def _nothing_else(monkeypatch):
    done.clear()
    for module in (worker, db_worker):  # it would close the connection in which the test's transaction lives
        monkeypatch.setattr(module, "close_old_connections", lambda: None)
    monkeypatch.setattr(periodic, "_jobs", {})


@pytest.mark.django_db
def test_a_turn_does_the_tasks_that_wait_even_when_one_fails():
    note.enqueue("one")
    stumble.enqueue()
    note.enqueue("two")
    one = worker.Worker()
    assert one.turn() is True
    assert done == ["one", "two"]
    assert one.turn() is False


@pytest.mark.django_db
def test_the_clocks_jobs_get_their_turn_while_tasks_keep_coming(monkeypatch):
    monkeypatch.setattr(worker, "TASKS_A_ROUND", 2)
    for number in range(5):
        note.enqueue(str(number))
    ran_after = []
    periodic.every(seconds=0)(lambda at: ran_after.append(len(done)))
    one = worker.Worker()
    while one.turn():
        pass
    assert ran_after == [0, 2, 4, 5]


@pytest.mark.django_db
def test_a_sign_of_life_is_given_at_least_every_fifteen_seconds():
    clock = Clock()
    one = worker.Worker(clock=clock)
    one.turn()
    SignOfLife.objects.update(at=timezone.now() - timedelta(hours=1))
    clock.now += worker.SIGN_SECONDS - 0.1
    one.turn()
    assert SignOfLife.objects.get().at < timezone.now() - timedelta(minutes=59)
    clock.now += 0.1
    one.turn()
    assert SignOfLife.objects.get().at > timezone.now() - timedelta(minutes=1)
    assert worker.SIGN_SECONDS + worker.PAUSE_SECONDS < 15


@pytest.mark.django_db
def test_slow_jobs_and_tasks_do_not_keep_the_worker_from_saying_that_it_lives(monkeypatch):
    clock, signs = Clock(), []
    monkeypatch.setattr(worker, "say_alive", lambda: signs.append(clock.now - 1000))
    monkeypatch.setattr(f"{__name__}.done", SlowList(clock, 15))
    for name in ("a", "b"):
        periodic._jobs[name] = periodic.Job(lambda at: clock.move(30), 3600, name)
    for number in range(4):
        note.enqueue(str(number))
    one = worker.Worker(clock=clock)
    one.turn()
    assert (signs, list(done)) == ([0, 30, 60, 75, 90], ["0", "1"])
    one.turn()
    assert list(done) == ["0", "1", "2", "3"]


@pytest.mark.django_db
def test_a_task_that_ends_the_worker_is_finished_and_the_next_one_waits():
    one = worker.Worker()
    note.enqueue("before")
    periodic.every(seconds=60)(lambda at: one.end())
    assert one.turn() is False
    assert done == []
    one.run()
    assert done == []


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_waited_for(monkeypatch, caplog):
    one = worker.Worker()
    turns = []

    def turn() -> bool:
        turns.append(1)
        if len(turns) < 3:
            raise OperationalError("the database system is starting up")
        one.end()
        return False

    monkeypatch.setattr(one, "turn", turn)
    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    one.run()
    assert len(turns) == 3
    assert [record.message for record in caplog.records] == ["The database does not answer; trying again"] * 2


def test_the_command_ends_gracefully_when_told(tmp_path):
    environment = {**os.environ, "TOURDEE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tourdee.config.settings"}
    environment.pop("DATABASE_URL", None)  # a small SQLite of its own, whatever the suite runs on
    tool = [sys.executable, "-m", "tourdee.config.cli"]
    subprocess.run([*tool, "migrate", "core", "-v", "0", "--skip-checks"], env=environment, check=True, timeout=60)
    subprocess.run(
        [*tool, "migrate", "django_tasks_database", "-v", "0", "--skip-checks"], env=environment, check=True, timeout=60
    )
    with (tmp_path / "log.txt").open("w") as log:  # a pipe that nobody reads would fill up and stop the worker
        process = subprocess.Popen([*tool, "worker"], env=environment, stderr=log)
    try:
        assert alive_within(tmp_path, 30)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    finally:
        process.kill()


def alive_within(data, seconds: float) -> bool:
    import sqlite3

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with sqlite3.connect(data / "tourdee.sqlite3") as database:
            if database.execute("SELECT COUNT(*) FROM core_signoflife WHERE name = 'worker'").fetchone()[0]:
                return True
        time.sleep(0.1)
    return False
