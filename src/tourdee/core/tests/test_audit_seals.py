"""Abuse 64: whoever changes the log past the program is found."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from tourdee.core.audit import SETTLED, broken_seals, record, seal_lines
from tourdee.core.models import AuditLine, AuditSeal

pytestmark = pytest.mark.django_db
LATER = SETTLED + timedelta(minutes=1)


@pytest.fixture
def sealed(owner, at):
    """Three seals of two lines each."""
    for number in range(3):
        for place in range(2):
            write(owner, at + number * LATER, f"{number}{place}")
        seal_lines(at + (number + 1) * LATER)
    return list(AuditSeal.objects.order_by("first_line"))


def write(owner, at, text):
    with transaction.atomic():
        return record("test.done", subject=owner, text=text, at=at, actor=owner, data={"ก": [1, None], "b": text})


def past_the_program(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_what_nobody_touched_is_as_it_was_sealed(sealed):
    assert [seal.lines for seal in sealed] == [2, 2, 2]
    assert broken_seals() == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_auditline SET text = 'else' WHERE id = %s",
        "UPDATE core_auditline SET actor_name = 'somebody else' WHERE id = %s",
        "UPDATE core_auditline SET data = '{}' WHERE id = %s",
        "DELETE FROM core_auditline WHERE id = %s",
    ],
)
def test_abuse_64_a_line_that_was_changed_or_taken_away_breaks_its_seal_alone(sealed, sql):
    past_the_program(sql, sealed[1].last_line)
    assert broken_seals() == [sealed[1]]


def test_abuse_64_a_line_that_was_slipped_in_breaks_the_seal(sealed):
    hidden = AuditLine.objects.get(pk=sealed[2].first_line)
    past_the_program("DELETE FROM core_auditline WHERE id = %s", hidden.pk)
    AuditLine.objects.bulk_create([hidden])
    assert broken_seals() == []  # put back just as it was, nothing has changed
    hidden.act = "test.other"
    past_the_program("DELETE FROM core_auditline WHERE id = %s", hidden.pk)
    AuditLine.objects.bulk_create([hidden])
    assert broken_seals() == [sealed[2]]


def test_abuse_64_a_seal_that_was_taken_away_breaks_the_next(sealed):
    past_the_program("DELETE FROM core_auditseal WHERE id = %s", sealed[1].pk)
    assert broken_seals() == [sealed[2]]


def test_a_seal_of_a_former_key_still_holds_and_a_strangers_does_not(sealed, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a-new-key-of-this-installation"
    assert broken_seals() == []
    settings.SECRET_KEY_FALLBACKS = []
    assert broken_seals() == sealed


def test_a_line_waits_until_slower_acts_are_written_too(owner, at):
    write(owner, at, "first")
    assert seal_lines(at + SETTLED - timedelta(seconds=1)) is None
    assert seal_lines(at + SETTLED).lines == 1
    assert seal_lines(at + LATER) is None


def test_of_two_workers_one_seals(sealed, owner, at, monkeypatch):
    write(owner, at, "more")
    before = AuditSeal.objects.order_by("first_line")
    seal_lines(at + LATER)
    monkeypatch.setattr(AuditSeal.objects, "order_by", lambda *_columns: before.filter(pk__lte=sealed[-1].pk))
    assert seal_lines(at + LATER) is None
    assert AuditSeal.objects.count() == 4
