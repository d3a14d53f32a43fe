"""Words that are the same on every page of a language: fixed texts, plain links and files are worked out once.

``{% translate "Book" %}``, ``{% url 'market' %}``, ``{% static 'core/tourdee.css' %}`` and ``{% icon "basket" %}`` with nothing
variable in them were a quarter of the time that a page took to print. Whatever holds a variable is left to Django's own tag.
Neighbours of this kind become one (``core.folding``). A process serves one place (``SCRIPT_NAME``), so links do not vary by it.
"""

from typing import Any

from django import template
from django.template.base import FilterExpression, Node, Parser, Token, TokenType, Variable
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import TranslateNode, do_block_translate, do_translate
from django.templatetags.static import StaticNode
from django.utils.translation import get_language

from . import tourdee

register = template.Library()


def language_of(context: Any) -> str | None:
    """The language that a page is printed in. Asked once for each page: no template changes it half-way (a test looks)."""
    try:
        language: str | None = context.printed_in
    except AttributeError:
        language = context.printed_in = get_language()
    return language


class Constant(Node):
    """Prints what another node printed the first time, by language."""

    child_nodelists = ()

    def __init__(self, node: Node) -> None:
        self.node = node
        self.printed: dict[str | None, str] = {}

    def render(self, context: Any) -> str:
        language = language_of(context)
        printed = self.printed.get(language)
        if printed is None:
            printed = self.printed[language] = self.node.render(context)
        return printed


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Django's ``translate``, remembered where its text is fixed."""
    node = do_translate(parser, token)
    fixed = isinstance(node, TranslateNode) and not node.asvar and _is_fixed(node.filter_expression)
    return Constant(node) if fixed and (node.message_context is None or _is_fixed(node.message_context)) else node


@register.tag
def blocktranslate(parser: Parser, token: Token) -> Node:
    """Django's ``blocktranslate``, remembered where nothing is put into its text."""
    node = do_block_translate(parser, token)
    varied = [node.extra_context, node.plural, node.asvar, node.message_context]
    varies = any(varied) or any(part.token_type is not TokenType.TEXT for part in node.singular)
    return node if varies else Constant(node)


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Django's ``url``, remembered where the page has no arguments."""
    node = django_url(parser, token)
    fixed = isinstance(node, URLNode) and not (node.args or node.kwargs or node.asvar) and _is_fixed(node.view_name)
    return Constant(node) if fixed else node


@register.tag
def static(parser: Parser, token: Token) -> Node:
    """Django's ``static``, remembered where the file's name is fixed."""
    node = StaticNode.handle_token(parser, token)
    return Constant(node) if node.varname is None and _is_fixed(node.path) else node


@register.tag
def icon(parser: Parser, token: Token) -> Node:
    """Our own ``icon``, remembered where its name (and label) is fixed."""
    node = tourdee.register.tags["icon"](parser, token)
    fixed = node.target_var is None and all(map(_is_fixed, [*node.args, *node.kwargs.values()]))
    return Constant(node) if fixed else node


def _is_fixed(expression: FilterExpression) -> bool:
    """A text in quotes, without filters. Django keeps it as text, or as a variable that is a literal."""
    said = expression.var
    is_literal = isinstance(said, str) or (isinstance(said, Variable) and said.literal is not None)
    return is_literal and not expression.filters
