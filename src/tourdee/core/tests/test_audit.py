"""The audit log."""

import pytest
from django.db import transaction

from tourdee.core import queries
from tourdee.core.audit import NotInTransaction, record
from tourdee.core.models import AuditLine


@pytest.mark.django_db
def test_a_line_says_who_did_what_to_what_and_when(officer, owner, at):
    line = record("role_given", subject=owner, text="วิภาให้สิทธิ์วิทยากร", at=at, actor=officer, data={"role": "instructor"})
    [found] = queries.audit_lines_of("people.user", owner.public_id)
    assert found == line
    assert (found.at, found.act, found.text, found.data) == (at, "role_given", "วิภาให้สิทธิ์วิทยากร", {"role": "instructor"})
    assert (found.actor, found.actor_name) == (officer.public_id, officer.get_full_name())


@pytest.mark.django_db
def test_what_the_system_does_has_no_actor(owner, at):
    line = record("hold_expired", subject=owner, text="หมดเวลา", at=at)
    assert (line.actor, line.actor_name, line.data) == ("", "", {})


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_refused_and_one_inside_falls_with_it(owner, at):
    with pytest.raises(NotInTransaction):
        record("x", subject=owner, text="x", at=at)
    with transaction.atomic():
        record("x", subject=owner, text="x", at=at)
        transaction.set_rollback(True)
    assert AuditLine.objects.count() == 0


@pytest.mark.django_db
def test_a_line_is_never_changed_nor_deleted(owner, at):
    line = record("x", subject=owner, text="before", at=at)
    line.text = "after"
    with pytest.raises(RuntimeError, match="never changed"):
        line.save()
    with pytest.raises(RuntimeError, match="never deleted"):
        line.delete()
    with pytest.raises(RuntimeError, match="never"):
        AuditLine.objects.all().update(text="after")
    with pytest.raises(RuntimeError, match="never"):
        AuditLine.objects.all().delete()
    assert AuditLine.objects.get().text == "before"
