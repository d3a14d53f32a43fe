"""Fixed words are remembered by language; what varies is worked out each time."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from tourdee.core.templatetags.constant import Constant


def printed(template: Template, language: str, **context: object) -> str:
    with translation.override(language):
        return template.render(Context(context))


def constants(template: Template) -> int:
    return sum(isinstance(node, Constant) for node in template.nodelist)


def test_a_fixed_text_is_printed_in_the_language_of_each_page():
    template = Template('{% translate "Market" %}')
    assert constants(template) == 1
    assert [printed(template, language) for language in ("th", "en", "th")] == ["ตลาด", "Market", "ตลาด"]


def test_a_fixed_link_leads_to_the_page_in_its_own_language():
    template = Template("{% url 'market' %}")
    assert constants(template) == 1
    assert [printed(template, language) for language in ("th", "en", "th")] == ["/market/", "/en/market/", "/market/"]


def test_an_icon_is_drawn_once_unless_its_name_varies():
    assert [constants(Template(source)) for source in ('{% icon "basket" %}', "{% icon name %}")] == [1, 0]
    assert 'aria-hidden="true"' in printed(Template('{% icon "basket" %}'), "th")


def test_a_text_is_worked_out_once(monkeypatch):
    template = Template('{% translate "Market" %}')
    printed(template, "en")
    monkeypatch.setattr(template.nodelist[0].node, "render", lambda context: "again")
    assert (printed(template, "en"), printed(template, "th")) == ("Market", "again")


@pytest.mark.parametrize(
    ("source", "context", "expected"),
    [
        ("{% translate said %}", {"said": "Market"}, ["Market", "Market"]),
        ("{% url 'shop' slug %}", {"slug": "a"}, ["/en/s/a/", "/en/s/a/"]),
        ('{% translate "Market" as word %}{{ word|upper }}', {}, ["MARKET", "MARKET"]),
        ("{% url 'market' as there %}[{{ there }}]", {}, ["[/en/market/]", "[/en/market/]"]),
        ('{% translate "Market"|upper %}', {}, ["MARKET", "MARKET"]),
    ],
)
def test_what_varies_or_is_named_is_left_to_django(source, context, expected):
    template = Template(source)
    assert constants(template) == 0
    assert [printed(template, "en", **context) for _turn in range(2)] == expected


def test_what_a_fixed_text_holds_is_written_safely():
    assert printed(Template("{% translate \"<b>Tom & 'Jerry'</b>\" %}"), "en") == "<b>Tom & 'Jerry'</b>"


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        ("/market/?q=boat&page=2", "th", "/en/market/?q=boat&amp;page=2"),
        ("/en/market/?page=2", "en", "/market/?page=2"),
        ("/", "th", "/en/"),
        ("/en/", "en", "/"),
        ("/energy/", "th", "/en/energy/"),
    ],
)
def test_the_other_language_is_a_prefix_away(path, language, expected):
    with translation.override(language):
        page = Template("{% language_link %}").render(Context({"request": RequestFactory().get(path)}))
    assert f'href="{expected}"' in page


def test_a_block_of_fixed_words_is_remembered_and_one_with_a_name_in_it_is_not():
    fixed, varied = (
        Template("{% blocktranslate %}" + words + "{% endblocktranslate %}") for words in ("Market", "{{ a }}")
    )
    assert (constants(fixed), constants(varied)) == (1, 0)
    assert (printed(fixed, "th"), printed(fixed, "en"), printed(varied, "en", a="b")) == ("ตลาด", "Market", "b")
