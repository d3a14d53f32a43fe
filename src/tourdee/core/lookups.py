"""Names in templates, looked up the short way.

``{{ page.name }}`` is nearly always an attribute of a plain object and a text. Django first asks each object for an item of that
name, and each value whether it is a date, a number or a lazy text: two thirds of the time that a page took to print. Here the
common case is tried first; whatever is not common (items, calls, what is missing) is left to Django, whose answers these are.
"""

from functools import lru_cache
from html import escape
from typing import Any, Final

from django.conf import settings
from django.forms import BoundField
from django.template import Template as DjangoTemplate
from django.template.base import (
    DebugLexer,
    FilterExpression,
    Lexer,
    Node,
    NodeList,
    Parser,
    Token,
    VariableNode,
    render_value_in_context,
)
from django.utils.safestring import SafeString

UNUSUAL: Final = object()
NUMBERED: Final = (str, tuple, list, BoundField)  # their items have numbers, never names


class Template(DjangoTemplate):
    """A template whose names are looked up the short way."""

    def compile_nodelist(self) -> NodeList:
        """As Django's own, with our parser."""
        tokens = (DebugLexer if self.engine.debug else Lexer)(self.source).tokenize()
        parser = _Parser(tokens, self.engine.template_libraries, self.engine.template_builtins, self.origin)
        try:
            nodes = parser.parse()
        except Exception as error:
            if self.engine.debug:
                error.template_debug = self.get_exception_info(error, error.token)  # type: ignore[attr-defined]  # as Django keeps it
            raise
        self.extra_data = parser.extra_data
        return nodes


class _Parser(Parser):
    def compile_filter(self, token: str) -> "Expression":
        return Expression(token, self)

    def extend_nodelist(self, nodelist: NodeList, node: Node, token: Token) -> None:
        """Every node passes here on its way into the page."""
        kept = Printed(node.filter_expression) if type(node) is VariableNode else node
        super().extend_nodelist(nodelist, kept, token)


class Expression(FilterExpression):
    """What stands between braces, or behind an ``if``."""

    __slots__ = ("path",)

    def __init__(self, token: str, parser: Parser) -> None:
        super().__init__(token, parser)
        self.path: tuple[str, ...] | None = self.var.lookups if self.is_var and not self.filters else None

    def resolve(self, context: Any, ignore_failures: bool = False) -> Any:
        """A name that ``{% translate %}`` has marked is left to Django."""
        value = found(self.path, context) if self.path and not self.var.translate else UNUSUAL
        return super().resolve(context, ignore_failures) if value is UNUSUAL else value


class Printed(VariableNode):
    """``{{ … }}``: a text is escaped at once, a whole number printed."""

    def render(self, context: Any) -> str:
        value = self.filter_expression.resolve(context)
        if type(value) is SafeString:
            return value
        if type(value) is str and context.autoescape:
            return SafeString(escape(value))
        if type(value) is int and not settings.USE_THOUSAND_SEPARATOR:
            return SafeString(value)
        return render_value_in_context(value, context)


def found(path: tuple[str, ...], context: Any) -> Any:
    """The attribute of an attribute of what the page was given, or ``UNUSUAL``: then Django must look."""
    name, *attributes = path
    for names in reversed(context.dicts):
        if name in names:
            value = names[name]
            break
    else:
        return UNUSUAL
    try:
        for attribute in attributes:
            if callable(value) or _has_items(value.__class__):
                return UNUSUAL
            value = getattr(value, attribute)
    except Exception:  # Django looks again, and hides or shows it
        return UNUSUAL
    return UNUSUAL if callable(value) else value


@lru_cache(maxsize=1024)
def _has_items(kind: type) -> bool:
    return hasattr(kind, "__getitem__") and not issubclass(kind, NUMBERED)
