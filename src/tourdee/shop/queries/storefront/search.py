"""Searching: whole words first, those of a name on top; then what only contains the letters. The newest come first.

A word of two letters (รถ, ยา) is found exactly among words and would drown among letters; a word that the dictionary
fused or does not know is found by its letters. So the letters are asked where the words filled no page. Nothing is weighed:
SQLite reads the index from its newest row backwards until there is enough, so a common word costs no more than a rare one
(bm25 over 50,000 rows took 60 ms).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from tourdee.core.thai import key_of, words_of

from ...models.search import marker, sign

MAX_WORDS = 12
MAX_FOUND = 240  # ten pages; who looks further asks for something else
ENOUGH = 24  # a page of whole words: letters would only put weaker matches behind them
SHORTEST_INSIDE = 3  # letters: FTS5's trigrams know nothing shorter

# The rows of SearchEntry are joined so that filters cut before the limit does.
INDEXED_SQLITE = """
SELECT e.{item} FROM shop_search_{index} f JOIN shop_searchentry e ON e.id = f.rowid
WHERE f.shop_search_{index} MATCH %s AND e.is_listed AND e.{item} IS NOT NULL{filters} ORDER BY f.rowid DESC LIMIT %s"""
# PostgreSQL's index gives all rows of a word, however many, so what is common is looked for among the newest rows first: so
# many of them that a word is either there often enough, or rare enough to be read from the index.
NEWEST, NEWEST_FOR_FEW = 2500, 1000
NEWEST_POSTGRESQL = """
SELECT e.item, {title_words}, {words}, {letters}
FROM (SELECT e.{item} AS item, ' ' || e.title_words || ' ' AS title_words, ' ' || e.words || ' ' AS words, e.text
FROM shop_searchentry e WHERE e.is_listed AND e.{item} IS NOT NULL{filters} ORDER BY e.{item} DESC LIMIT {newest}) e
WHERE {words} OR {letters} ORDER BY e.item DESC"""
# MATERIALIZED: or else the planner, hoping to meet enough of them soon, walks through all rows backwards for a rare word.
INDEXED_POSTGRESQL = """
WITH matching AS MATERIALIZED (SELECT e.{item} AS item FROM shop_searchentry e
WHERE {match} AND e.is_listed AND e.{item} IS NOT NULL{filters})
SELECT item FROM matching ORDER BY item DESC LIMIT %s"""


COLUMNS = {"titles": "title_words", "words": "words"}


@dataclass(frozen=True, kw_only=True)
class Facets:
    """What the entries are narrowed by while they are searched. Empty means everything."""

    kind: str = ""
    province: int | None = None
    language: str = ""
    audience: str = ""
    most_satang: int | None = None


@dataclass(frozen=True)
class Search:
    """What was typed, cut for both questions."""

    words: list[str]
    runs: list[str] = field(default_factory=list)

    @property
    def is_unfinished(self) -> bool:
        """Whether the last word may be the beginning of one. A Thai word is found by its letters anyway, and as a
        beginning ยา (medicine) would find everything that is ยาว (long)."""
        return self.words[-1].isascii()

    @property
    def long_runs(self) -> list[str]:
        return [run for run in self.runs if len(run) >= SHORTEST_INSIDE]


@dataclass(frozen=True)
class Question:
    """What an index is asked: tours or products, and at most how many."""

    search: Search
    item: str
    facets: Facets
    most: int

    @property
    def kinds(self) -> list[str]:
        return [self.item, self.facets.kind] if self.facets.kind else [self.item]

    @property
    def newest(self) -> int:
        """Among how many it is looked for first."""
        return NEWEST if self.most == MAX_FOUND else NEWEST_FOR_FEW


def search_for(text: str) -> Search:
    """The words and the runs of letters in what somebody typed; at most MAX_WORDS of each."""
    return Search(words_of(text)[:MAX_WORDS], key_of(text).split()[:MAX_WORDS])


def found(
    text: str, *, item: str, facets: Facets, shown: Callable[[list[int]], list[int]], first: int = 0
) -> list[int]:
    """Row ids of tours (``item="tour"``) or products, the best match first, at most MAX_FOUND. ``shown`` leaves out those that
    may not be shown or do not fit otherwise: letters are asked where the words give no page of the rest. Who looks at the
    ``first`` few alone (fewer than ENOUGH) gets those for less. Three queries at most, on PostgreSQL four, and those of
    ``shown``; twice that where few of what was found may be shown."""
    if item not in {"tour", "product"}:
        raise ValueError(item)
    search = search_for(text)
    if first:
        rows, is_cut = _found(Question(search, item, facets, ENOUGH), shown, enough=first)
        if len(rows) >= first or not is_cut:
            return rows
    return _found(Question(search, item, facets, MAX_FOUND), shown, enough=ENOUGH)[0]


def _found(question: Question, shown: Callable[[list[int]], list[int]], *, enough: int) -> tuple[list[int], bool]:
    """What may be shown, and whether there may be more."""
    newest = _among_the_newest(question) if connection.vendor == "postgresql" else {}
    rows: dict[int, None] = {}
    for index in ("titles", "words") if question.search.words else ():
        if len(rows) < question.most:
            rows |= dict.fromkeys(newest.get(index) or _by_words(question, index))
    rows = dict.fromkeys(list(rows)[: question.most])
    has_letters = question.search.long_runs and len(rows) < question.most
    asked = list(rows) if len(rows) >= enough or not has_letters else []
    wanted = shown(asked)
    if len(wanted) < enough and has_letters:
        rows |= dict.fromkeys(newest.get("letters") or _by_letters(question))
        wanted = [*wanted, *shown(list(rows)[len(asked) : question.most])]
    return wanted, len(rows) >= question.most


def narrowed(rows: QuerySet[Any], facets: Facets) -> QuerySet[Any]:
    """The same facets on a list that is not searched by words."""
    wanted: dict[str, Any] = {}
    if facets.language:
        wanted["search__languages__contains"] = f",{facets.language},"
    if facets.audience:
        wanted["search__audiences__contains"] = f",{facets.audience},"
    if facets.most_satang is not None:
        wanted["search__from_satang__lte"] = facets.most_satang
    return rows.filter(**wanted) if wanted else rows


def _among_the_newest(question: Question) -> dict[str, list[int]]:
    """What the newest rows hold so often that no more of it is wanted: row ids by ``titles``, ``words``, ``letters``."""
    search = question.search
    words = [f" {word} " for word in search.words]
    if words and search.is_unfinished:
        words[-1] = words[-1].rstrip()
    has_words, runs = "true" if words else "false", search.long_runs
    inside = {
        "title_words": " AND ".join([has_words, *["strpos(e.title_words, %s) > 0"] * len(words)]),
        "words": " AND ".join([has_words, *["strpos(e.words, %s) > 0"] * len(words)]),
        "letters": " AND ".join(["true" if runs else "false", *["strpos(e.text, %s) > 0"] * len(runs)]),
    }
    filters, values = _filters(question.facets)
    sql = NEWEST_POSTGRESQL.format(item=f"{question.item}_id", filters=filters, newest=question.newest, **inside)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*words, *words, *runs, *values, *words, *runs])
        found = cursor.fetchall()
    kinds = {
        name: [row[0] for row in found if row[place]] for place, name in enumerate(("titles", "words", "letters"), 1)
    }
    return {name: rows[: question.most] for name, rows in kinds.items() if len(rows) >= question.most}


def _by_words(question: Question, index: str) -> list[int]:
    search, marks = question.search, list(map(marker, question.kinds))
    if connection.vendor == "postgresql":
        last = _lexeme(search.words[-1], prefix=search.is_unfinished)
        query = " & ".join([*map(_lexeme, [*marks, *search.words[:-1]]), last])
        return _matching(question, f"shop_lexemes(e.{COLUMNS[index]}) @@ %s::tsquery", [query])
    words = " ".join(f'"{word}"' for word in [*marks, *search.words])
    return _indexed(question, index, words + ("*" if search.is_unfinished else ""))


def _by_letters(question: Question) -> list[int]:
    runs, signs = question.search.long_runs, list(map(sign, question.kinds))
    if connection.vendor == "postgresql":
        query = " & ".join(map(_lexeme, [*signs, *sorted(set(chain.from_iterable(map(_some_grams, runs))))]))
        match = " AND ".join(["shop_lexemes(e.grams) @@ %s::tsquery", *["strpos(e.text, %s) > 0"] * len(runs)])
        return _matching(question, match, [query, *runs])
    return _indexed(question, "letters", " ".join('"' + run.replace('"', '""') + '"' for run in [*signs, *runs]))


def _some_grams(run: str) -> list[str]:
    """Three letters each that cover the run. The others would narrow little more; the text itself is looked at after."""
    last = len(run) - SHORTEST_INSIDE
    return [run[at : at + SHORTEST_INSIDE] for at in (*range(0, last, SHORTEST_INSIDE), last)]


def _matching(question: Question, match: str, values: list[str]) -> list[int]:
    """PostgreSQL's answer."""
    filters, chosen = _filters(question.facets)
    sql = INDEXED_POSTGRESQL.format(item=f"{question.item}_id", filters=filters, match=match)
    return _rows(sql, [*values, *chosen, question.most])


def _indexed(question: Question, index: str, query: str) -> list[int]:
    """SQLite's."""
    filters, chosen = _filters(question.facets)
    sql = INDEXED_SQLITE.format(item=f"{question.item}_id", filters=filters, index=index)
    return _rows(sql, [query, *chosen, question.most])


def _filters(facets: Facets) -> tuple[str, list[Any]]:
    """SQL made of fixed pieces only, and the values for its places."""
    pieces: list[tuple[str, Any]] = []
    if facets.kind:
        pieces.append(("e.kind = %s", facets.kind))
    if facets.province:
        pieces.append(("e.province = %s", facets.province))
    if facets.language:
        pieces.append(("e.languages LIKE %s", f"%,{facets.language},%"))
    if facets.audience:
        pieces.append(("e.audiences LIKE %s", f"%,{facets.audience},%"))
    if facets.most_satang is not None:
        pieces.append(("e.from_satang <= %s", facets.most_satang))
    return "".join(f" AND {sql}" for sql, _value in pieces), [value for _sql, value in pieces]


def _lexeme(word: str, *, prefix: bool = False) -> str:
    quoted = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'" + (":*" if prefix else "")


def _rows(sql: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
