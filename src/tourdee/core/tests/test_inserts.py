"""A row that is put in the short way stands there as ``save`` would have put it."""

from datetime import date

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import Value
from django.db.models.functions import Concat, Upper
from django.db.models.signals import post_save
from django.utils.functional import lazy

from tourdee.core.dates import at_bangkok
from tourdee.core.inserts import _written, insert, insert_all
from tourdee.core.models import AuditLine, AuditSeal, DatedSetting, HandledEvent, SignOfLife

pytestmark = pytest.mark.django_db

AT = at_bangkok(date(2026, 7, 1), 9)
LINE = {"at": AT, "act": "x", "subject_type": "", "subject_id": "", "text": "เรือ 100% %s"}
ROWS = [
    (AuditLine, LINE),
    (AuditLine, LINE | {"data": {"a": [1, None, "ข"], "100%": "%s"}, "actor_name": lazy(str, str)("ชื่อ")}),
    (AuditLine, LINE | {"act": 7}),
    (AuditLine, LINE | {"text": Concat(Value("a"), Upper(Value("b")))}),
    (DatedSetting, {"key": "vat", "valid_from": "2026-01-01", "value": 7, "source": "", "confirmed": True}),
    (AuditSeal, {"first_line": "1", "last_line": 2, "lines": 1, "digest": "", "at": AT}),
    (SignOfLife, {"name": "worker", "at": AT}),
]


def stored(row: models.Model) -> dict:
    """What the database has of it, apart from the id."""
    assert row.pk is not None
    found = type(row)._default_manager.filter(pk=row.pk).values().get()
    return {name: value for name, value in found.items() if name != "id"}


@pytest.mark.parametrize(("model", "values"), ROWS)
def test_a_row_is_the_same_the_first_time_and_later(model, values):
    _written.cache_clear()
    kept = []
    for put in (insert, insert, lambda row: row.save(force_insert=True)):
        with transaction.atomic():
            row = model(**values)
            put(row)
            kept.append(stored(row))
            assert (row._state.adding, row._state.db) == (False, "default")
            transaction.set_rollback(True)
    assert kept[0] == kept[1] == kept[2]


def test_what_is_set_by_the_field_itself_is_set():
    row = insert(HandledEvent(event_id="e", listener="here"))
    assert row.at is not None
    assert stored(row)["at"] == row.at


def test_it_can_be_saved_again_and_read_by_its_id():
    row = insert(DatedSetting(key="vat", valid_from=date(2026, 1, 1), value=7, source=""))
    row.value = 10
    row.save()
    assert DatedSetting.objects.get(pk=row.pk).value == 10
    assert DatedSetting.objects.count() == 1


def test_what_the_database_refuses_ends_the_transaction():
    insert(HandledEvent(event_id="e", listener="here"))
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            insert(HandledEvent(event_id="e", listener="here"))
        assert transaction.get_connection().needs_rollback
    assert HandledEvent.objects.count() == 1


@pytest.mark.parametrize("number", [0, 1, 3])
def test_several_rows_take_one_statement(number, django_assert_num_queries):
    with django_assert_num_queries(bool(number)):
        put = insert_all([HandledEvent(event_id="e", listener=str(one)) for one in range(number)])
    assert [one.pk for one in put] == list(HandledEvent.objects.order_by("pk").values_list("pk", flat=True))
    assert len(put) == number


def test_a_row_with_an_id_goes_the_long_way():
    line = insert(AuditLine(**LINE))
    with pytest.raises(RuntimeError, match="never changed"):
        insert(line)


def test_who_listens_to_a_table_hears_of_its_rows():
    heard = []

    def listener(instance, created, **_more):
        heard.append((instance.key, created))

    _written.cache_clear()
    post_save.connect(listener, sender=DatedSetting)
    try:
        insert(DatedSetting(key="vat", valid_from=date(2026, 1, 1), value=7, source=""))
    finally:
        post_save.disconnect(listener, sender=DatedSetting)
        _written.cache_clear()
    assert heard == [("vat", True)]
