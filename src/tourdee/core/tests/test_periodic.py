"""What is due by the clock."""

from datetime import timedelta

import pytest
from django.db import connection
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tourdee.core import periodic
from tourdee.core.delivery import deliver


@pytest.fixture
def jobs(monkeypatch):
    """An empty list of jobs, so that the rooms' own do not run."""
    monkeypatch.setattr(periodic, "_jobs", {})


def test_a_job_runs_when_it_is_due_and_not_before(jobs):
    ran = []
    periodic.every(seconds=30)(ran.append)
    for now in (0, 29.9, 30, 59, 60.5):
        periodic.run_due(now=now)
    assert len(ran) == 3
    assert all(at.tzinfo is not None for at in ran)


def test_a_failing_job_stops_no_other_and_is_tried_again(jobs, caplog):
    ran = []

    @periodic.every(seconds=10)
    def fails(at):
        ran.append("fails")
        raise RuntimeError("broken")

    @periodic.every(seconds=10)
    def works(at):
        ran.append("works")

    periodic.run_due(now=0)
    periodic.run_due(now=10)
    assert ran == ["fails", "works", "fails", "works"]
    assert [record.exc_info[0] for record in caplog.records] == [RuntimeError, RuntimeError]


def test_a_turn_ends_when_its_time_is_over_and_gets_on_by_one_row_at_least():
    def rows(*moments):
        return list(periodic.in_turn("abcd", clock=iter(moments).__next__))

    assert rows(0, 5, 19, 20) == ["a", "b", "c"]
    assert rows(0, 60) == ["a"]
    assert rows(0, 1, 2, 3, 4) == ["a", "b", "c", "d"]
    assert list(periodic.in_turn([])) == []


def test_a_row_that_fails_keeps_no_other_from_its_turn(caplog):
    assert periodic.each_in_turn([4, 0, 2], lambda row: 8 // row) == 6
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]


def test_between_two_jobs_there_is_time_for_a_sign_of_life(jobs):
    said = []
    for name in ("one", "two"):
        periodic.every(seconds=10)(lambda at, name=name: said.append(name))
        periodic._jobs[name] = periodic._jobs.popitem()[1]
    periodic.run_due(now=0, after_each=lambda: said.append("alive"))
    assert said == ["one", "alive", "two", "alive"]


def test_the_rooms_jobs_are_found_when_the_program_starts():
    assert "tourdee.core.periodic.forget_finished_tasks" in periodic._jobs


@pytest.mark.django_db
def test_finished_tasks_are_forgotten_after_a_day_and_failed_ones_after_three_months(at):
    for status in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED, TaskResultStatus.READY):
        for hours in (23, 25, 91 * 24):
            task = deliver.enqueue("x", "y", {})
            DBTaskResult.objects.filter(id=task.id).update(status=status, finished_at=at - timedelta(hours=hours))
    periodic.forget_finished_tasks(at)
    counts = {status: DBTaskResult.objects.filter(status=status).count() for status in TaskResultStatus}
    assert counts == {"READY": 3, "RUNNING": 0, "FAILED": 2, "SUCCESSFUL": 1}


@pytest.mark.django_db
def test_a_task_whose_worker_was_killed_is_taken_up_again(at):
    tasks = [deliver.enqueue("x", "y", {}).id for _ in range(2)]
    for task, minutes in zip(tasks, (16, 5), strict=True):
        started = at - timedelta(minutes=minutes)
        DBTaskResult.objects.filter(id=task).update(status=TaskResultStatus.RUNNING, started_at=started)
    periodic.take_up_abandoned_tasks(at)
    assert [DBTaskResult.objects.get(id=task).status for task in tasks] == ["READY", "RUNNING"]


@pytest.mark.django_db
def test_what_sqlite_chooses_an_index_by_is_counted(at):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL counts by itself")
    periodic.count_rows(at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1")
        assert cursor.fetchone()[0] > 0


@pytest.mark.django_db
def test_a_task_that_has_ended_several_workers_is_given_up(at):
    lost = at - periodic.ABANDONED_AFTER - timedelta(seconds=1)
    for workers in (periodic.MOST_WORKERS - 1, periodic.MOST_WORKERS):
        task = deliver.enqueue("x", "y", {})
        DBTaskResult.objects.filter(id=task.id).update(
            status=TaskResultStatus.RUNNING, started_at=lost, worker_ids=["w"] * workers
        )
    periodic.take_up_abandoned_tasks(at)
    assert list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True)) == ["READY", "FAILED"]
