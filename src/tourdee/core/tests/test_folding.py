"""Folded templates print the same as Django's own, with fewer nodes."""

import re
from pathlib import Path

import pytest
from django.template import Context, Engine, engines
from django.template.base import Node
from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from django.utils import translation

from tourdee import core
from tourdee.core.folding import Loader, Run, fold

MIXED = """<p>{% icon "basket" %} {% translate "Market" %}</p>{{ name }}<a href="{% url 'market' %}">{% translate "Market" %}</a>
{% if name %}<b>{% translate "Market" %}</b>!{% else %}<i>{% translate "Market" %}</i>?{% endif %}
{% for one in many %}<li>{% icon "check" %} </li>{{ one }}{% empty %}<li>{% icon "x" %} -</li>{% endfor %}
{% with more=name %}[{% translate "Market" %}]{{ more }}{% endwith %}{% blocktranslate %}Market{% endblocktranslate %}.
{% block inner %}({% translate "Market" %}){% endblock %}"""


def both(source: str, language: str, **context: object) -> tuple[str, str]:
    """The page as Django prints it, and folded; each twice, for what is kept the first time."""
    printed = []
    for folding in (False, True):
        template = engines["django"].engine.from_string(source)
        if folding:
            fold(template.nodelist)
        with translation.override(language):
            template.render(Context(context))
            printed.append(template.render(Context(context)))
    return printed[0], printed[1]


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("context", [{}, {"name": "<อัมพวา>", "many": [1]}, {"name": "x", "many": [1, 2, 3]}])
def test_a_folded_page_is_the_same_page(language, context):
    plain, folded = both(MIXED, language, **context)
    assert plain == folded


def test_a_folded_page_speaks_the_language_of_each_visitor():
    template = engines["django"].engine.from_string('<p>{% translate "Market" %}</p>')
    fold(template.nodelist)
    said = []
    for language in ("th", "en", "th"):
        with translation.override(language):
            said.append(template.render(Context()))
    assert said == ["<p>ตลาด</p>", "<p>Market</p>", "<p>ตลาด</p>"]


def test_neighbours_become_one_node_and_what_varies_stays_apart():
    template = engines["django"].engine.from_string('<p>{% translate "Market" %}</p>{{ name }}<hr>{% icon "x" %}')
    fold(template.nodelist)
    assert [type(node) is Run for node in template.nodelist] == [True, False, True]


def test_every_template_is_folded_as_it_is_loaded():
    def all_nodes(nodes) -> list[Node]:
        return [found for node in nodes for found in (node, *all_nodes(getattr(node, "nodelist", None) or []))]

    nodes = all_nodes(get_template("core/base.html").template.nodelist)
    assert any(isinstance(node, Run) for node in nodes)
    assert get_template("core/base.html").template is get_template("core/base.html").template


def test_no_template_changes_the_language_half_way():
    """A page asks once in which language it is printed."""
    folder = Path(core.__file__).parent.parent
    templates = [path for path in folder.rglob("templates/**/*") if path.is_file()]
    assert len(templates) > 300
    assert [path.name for path in templates if re.search(r"{% language\b", path.read_text(encoding="utf-8"))] == []


INCLUDED = """{% for one in many %}{% include "core/_one.html" %}|{% include "./_one.html" with one=name %}|
{% include "core/_one.html" with two=one only %}|{% include which %}{% endfor %}"""
EXTENDS = '{% extends "core/_whole.html" %}{% block a %}<b>{{ block.super }}{{ name }}</b>{% endblock %}'
FILES = {
    "core/page.html": INCLUDED,
    "core/_one.html": '[{{ one }}{{ two }}{% translate "Market" %}{% cycle "a" "b" %}]',
    "core/child.html": EXTENDS,
    "core/_whole.html": "{% if name %}{% block a %}a{% endblock %}{% endif %}{% block b %}b{% endblock %}",
}


def engine_of(loader: str) -> Engine:
    django = engines["django"].engine
    loaders = [("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", FILES)])]
    engine = Engine(builtins=django.builtins, loaders=loaders)
    if loader == "ours":
        engine.template_loaders[0].__class__ = Loader
    return engine


@pytest.mark.parametrize("name", ["core/page.html", "core/child.html"])
@pytest.mark.parametrize("context", [{}, {"name": "<อัมพวา>", "many": [1, 2, 3], "which": "core/_one.html"}])
def test_what_is_included_or_extended_is_the_same_each_time(name, context):
    """The second time it is remembered."""
    django, ours = (
        [engine.get_template(name).render(Context(context)) for _time in range(2)]
        for engine in map(engine_of, ("Django's", "ours"))
    )
    assert django == ours


def test_an_included_template_is_looked_for_once(monkeypatch):
    engine, asked = engine_of("ours"), []
    page = engine.get_template("core/page.html")
    really = Engine.get_template
    monkeypatch.setattr(Engine, "get_template", lambda self, name: asked.append(name) or really(self, name))
    for _time in range(2):
        page.render(Context({"many": [1, 2], "which": "core/_one.html"}))
    assert len(asked) == 3 + 2  # each of the three tags once; the fourth goes by a name of its own, for each page


def test_the_blocks_of_a_page_are_looked_for_once():
    nodes = engine_of("ours").get_template("core/_whole.html").nodelist
    found = nodes.get_nodes_by_type(BlockNode)
    assert [block.name for block in found] == ["a", "b"]
    assert nodes.get_nodes_by_type(BlockNode) is found
