"""Names that are looked up the short way print what Django prints, whatever they stand for."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, TemplateSyntaxError, engines
from django.template import Template as DjangoTemplate
from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from tourdee.core.lookups import Template


class Missing(ObjectDoesNotExist):
    """Django shows nothing where a page asks for such a thing."""


class Asked(forms.Form):
    name = forms.CharField(label="<Name>")


class Pair(NamedTuple):
    one: str
    two: int


@dataclass
class Tour:
    name: str = "<ล่องเรือ> & more"
    words: SafeString = field(default_factory=lambda: mark_safe("<b>Boat</b>"))
    left: int = 12345
    price: Decimal = Decimal("1234.5")
    rate: float = 0.5
    full: bool = False
    nothing: None = None
    day: date = date(2026, 11, 23)
    at: datetime = datetime(2026, 11, 23, 5, tzinfo=UTC)
    lazy: Any = field(default_factory=lambda: gettext_lazy("Market"))
    table: dict[str, Any] = field(default_factory=lambda: {"name": "<item>", "items": "an item", "7": "seven"})
    rows: list[str] = field(default_factory=lambda: ["first", "second"])
    pair: Pair = field(default_factory=lambda: Pair("<1>", 2))
    deep: Any = None

    def call(self) -> str:
        return "<called>"

    def delete(self) -> str:
        raise AssertionError("a page deletes nothing")

    delete.alters_data = True  # type: ignore[attr-defined]  # as Django marks it

    def needs(self, more: str) -> str:
        return more

    @property
    def gone(self) -> str:
        raise Missing

    @property
    def broken(self) -> str:
        raise AttributeError("not this attribute but one inside of it")


EXPRESSIONS = [
    "tour.name", "tour.words", "tour.left", "tour.price", "tour.rate", "tour.full", "tour.nothing", "tour.day", "tour.at",
    "tour.lazy", "tour.table", "tour.table.name", "tour.table.items", "tour.table.7", "tour.table.none", "tour.rows",
    "tour.rows.1", "tour.rows.9", "tour.pair.one", "tour.pair.0", "tour.call", "tour.delete", "tour.needs", "tour.gone",
    "tour.deep.name", "tour.deep.none", "tour.none", "none", "none.name", "tour.name.upper", "tour.name.0", "text", "number",
    "late.name", "late.left", "made", "made.name", "tour", "True", "None", "1", '"<text>"', "tour.name|upper", "none|default:text",
    "tour.lazy|lower", "_('Market')", "tour.left|add:number", "form.name", "form.name.label", "form.name.errors", "form.name.0",
    "form.name.none", "form.name.field.required", "form.name.as_hidden",
]  # fmt: skip


def both(source: str, **settings: Any) -> list[str]:
    """What Django prints, and what we do."""
    engine = engines["django"].engine
    given = {
        "tour": Tour(deep=Tour(name="deep")), "text": "<plain>", "number": 2500, "late": SimpleLazyObject(Tour), "made": Tour,
        "form": Asked({"name": ""}),
    }  # fmt: skip
    printed = []
    for kind in (DjangoTemplate, Template):
        context = Context({"text": "hidden", "number": 1}, **settings)
        context.update(given)
        printed.append(kind(source, engine=engine).render(context))
    return printed


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_name_prints_what_django_prints(expression, language):
    where = "{{ %s }}|{%% if %s %%}yes{%% else %%}no{%% endif %%}|{%% with x=%s %%}{{ x }}{%% endwith %%}"
    with translation.override(language):
        django, ours = both(where % (expression, expression, expression))
    assert ours == django


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_so_it_does_where_nothing_is_escaped(expression):
    django, ours = both("{{ %s }}" % expression, autoescape=False)  # noqa: UP031  (braces are its text)
    assert ours == django


def test_numbers_are_grouped_where_the_settings_ask_for_it(settings):
    settings.USE_THOUSAND_SEPARATOR = True
    assert both("{{ tour.left }}") == ["12,345", "12,345"]


def test_what_is_missing_is_said_where_the_engine_asks_for_it(monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "[%s?]")
    assert both("{{ tour.none }}{{ none }}{{ tour.name }}") == ["[tour.none?][none?]&lt;ล่องเรือ&gt; &amp; more"] * 2


def test_a_name_that_a_page_translates_is_translated():
    source = "{% translate word %}{% translate word as said %}{{ said }}{{ word }}"
    engine = engines["django"].engine
    with translation.override("th"):
        assert Template(source, engine=engine).render(Context({"word": "Market"})) == "ตลาดตลาดMarket"


def test_a_fault_inside_of_an_attribute_is_not_hidden():
    with pytest.raises(AttributeError, match="inside of it"):
        Template("{{ tour.broken }}", engine=engines["django"].engine).render(Context({"tour": Tour()}))


def test_what_a_loop_brings_covers_what_the_page_was_given():
    django, ours = both("{% for text in tour.rows %}{{ forloop.counter }}{{ text }}{% endfor %}{{ text }}")
    assert ours == django == "1first2second&lt;plain&gt;"


def test_a_template_that_does_not_parse_says_where(monkeypatch):
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "debug", True)
    with pytest.raises(TemplateSyntaxError) as said:
        Template("<p>\n{{ tour.name| }}", engine=engine)
    assert said.value.template_debug["line"] == 2


def test_every_template_that_is_loaded_looks_up_so():
    assert type(get_template("core/base.html").template) is Template
