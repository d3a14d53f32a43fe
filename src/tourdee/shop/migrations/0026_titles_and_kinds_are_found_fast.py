"""Names get an index of their own: a word that many descriptions hold and no name was looked for through all of them. And
what is found by its letters says among them what it is, as it does among its words."""

from importlib import import_module

from django.db import migrations

before = import_module("tourdee.shop.migrations.0004_search")
SIGN = "\ue000\ue000"
SIGNS = f"CASE kind WHEN 'tour' THEN '{SIGN}t ' WHEN 'workshop' THEN '{SIGN}t {SIGN}w ' ELSE '{SIGN}p ' END"
SIGNED = f"UPDATE shop_searchentry SET text = {SIGNS} || text, grams = CASE grams WHEN '' THEN '' ELSE {SIGNS} || grams END"


def _without_signs(column):
    """Wherever they stand: grams are sorted."""
    for letter in "twp":
        column = f"replace(replace({column}, '{SIGN}{letter} ', ''), ' {SIGN}{letter}', '')"
    return column


UNSIGNED = f"UPDATE shop_searchentry SET text = {_without_signs('text')}, grams = {_without_signs('grams')}"
TABLES = {"titles": "title_words", "words": "words", "letters": "text"}
WORDS = """CREATE VIRTUAL TABLE shop_search_{table} USING fts5({column}, content='shop_searchentry', content_rowid='id',
tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'")"""
LETTERS = """CREATE VIRTUAL TABLE shop_search_letters USING fts5(text, content='shop_searchentry', content_rowid='id',
tokenize='trigram', detail='full')"""
REBUILD = "INSERT INTO shop_search_{table}(shop_search_{table}) VALUES ('rebuild')"
ADD = "INSERT INTO shop_search_{table}(rowid, {column}) VALUES (new.id, new.{column})"
REMOVE = "INSERT INTO shop_search_{table}(shop_search_{table}, rowid, {column}) VALUES ('delete', old.id, old.{column})"


def _of_each(statement):
    return [statement.format(table=table, column=column) for table, column in TABLES.items()]


def _triggers():
    added, gone = "; ".join(_of_each(ADD)), "; ".join(_of_each(REMOVE))
    return [
        f"CREATE TRIGGER shop_search_added AFTER INSERT ON shop_searchentry BEGIN {added}; END",
        f"CREATE TRIGGER shop_search_gone AFTER DELETE ON shop_searchentry BEGIN {gone}; END",
        f"""CREATE TRIGGER shop_search_changed AFTER UPDATE OF title_words, words, text ON shop_searchentry
        WHEN old.text IS NOT new.text OR old.words IS NOT new.words OR old.title_words IS NOT new.title_words
        BEGIN {gone}; {added}; END""",
    ]


SQLITE = [
    *before.SQLITE_BACK, SIGNED, WORDS.format(table="titles", column="title_words"), WORDS.format(table="words", column="words"),
    LETTERS, *_of_each(REBUILD), *_triggers(),
]  # fmt: skip
SQLITE_BACK = [
    *before.SQLITE_BACK, "DROP TABLE shop_search_titles", UNSIGNED, *before.SQLITE,
    REBUILD.format(table="words"), REBUILD.format(table="letters"),
]  # fmt: skip


def _forward(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else [SIGNED]:
        schema_editor.execute(statement, params=None)


def _back(apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else [UNSIGNED]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("shop", "0025_former_addresses")]

    operations = [migrations.RunPython(_forward, _back)]
