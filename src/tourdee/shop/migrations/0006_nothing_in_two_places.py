"""A guide, van or boat can't be in two places: the database itself refuses a use that overlaps another of the same
resource. A trigger, because SQLite knows no exclusion constraint and PostgreSQL's needs an extension.

On PostgreSQL the resource's row is locked first, so that of two writers the second looks after the first has finished;
SQLite lets only one write at a time. Whoever changes the table ``shop_resourceuse`` on SQLite must make the triggers
again (it is rebuilt, and they go with the old one); test_resources.py would notice."""

from django.db import migrations

OVERLAP = """
    SELECT 1 FROM shop_resourceuse other
    WHERE other.resource_id = NEW.resource_id AND other.id <> NEW.id
      AND other.from_at < NEW.to_at AND NEW.from_at < other.to_at
"""
SQLITE = [
    f"""CREATE TRIGGER nothing_in_two_places_{when.lower()} AFTER {when} ON shop_resourceuse
    WHEN EXISTS ({OVERLAP}) BEGIN SELECT RAISE(ABORT, 'nothing_in_two_places'); END"""
    for when in ("INSERT", "UPDATE")
]
POSTGRESQL = [
    f"""CREATE FUNCTION nothing_in_two_places() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM shop_resource WHERE id = NEW.resource_id FOR NO KEY UPDATE;
        IF EXISTS ({OVERLAP}) THEN
            RAISE EXCEPTION 'nothing_in_two_places' USING ERRCODE = 'exclusion_violation';
        END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER nothing_in_two_places BEFORE INSERT OR UPDATE ON shop_resourceuse
    FOR EACH ROW EXECUTE FUNCTION nothing_in_two_places()""",
]
GONE = {
    "sqlite": [f"DROP TRIGGER nothing_in_two_places_{when}" for when in ("insert", "update")],
    "postgresql": [
        "DROP TRIGGER nothing_in_two_places ON shop_resourceuse", "DROP FUNCTION nothing_in_two_places()",
    ],
}


def _make(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def _drop(apps, schema_editor):
    for statement in GONE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [("shop", "0005_dates_and_resources")]
    operations = [migrations.RunPython(_make, _drop)]
