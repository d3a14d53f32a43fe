"""Folded templates print the same as Django's own, with fewer nodes."""

import re
from pathlib import Path

import pytest
from django.template import Context, engines
from django.template.base import Node
from django.template.loader import get_template
from django.utils import translation

from tourdee import core
from tourdee.core.folding import Run, fold

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
