"""Templates, folded as they are loaded: neighbours that print the same for everybody become one.

Half of the nodes of a page are markup, fixed texts, icons and plain links (``templatetags.constant``). Standing side by side they
are printed once by language and then kept as one text, so that a page asks only for what differs. Blocks and included templates,
which are always the same, are looked for once.
"""

from itertools import groupby
from typing import Any, cast

from django.template import Origin, TemplateDoesNotExist
from django.template.base import Node, NodeList, TextNode
from django.template.loader_tags import IncludeNode, construct_relative_path
from django.template.loaders import cached
from django.template.loaders.base import Loader as BaseLoader
from django.utils.safestring import SafeString

from .lookups import Template
from .templatetags.constant import Constant, language_of


class _Folded(BaseLoader):
    """Folds a template that has just been parsed, before anybody else can see it."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """As Django's own, with our ``Template``."""
        tried: list[tuple[Origin, str]] = []
        for origin in self.get_template_sources(template_name):
            if skip and origin in skip:
                tried.append((origin, "Skipped to avoid recursion"))
                continue
            try:
                source = cast(Any, origin.loader).get_contents(origin)
            except TemplateDoesNotExist:
                tried.append((origin, "Source does not exist"))
                continue
            template = Template(source, origin, template_name, self.engine)
            fold(template.nodelist)
            template.nodelist = Whole(template.nodelist)
            return template
        raise TemplateDoesNotExist(template_name, tried=tried)


class Loader(cached.Loader, _Folded):
    """Keeps templates as Django's own does, folded."""


class Whole(NodeList):
    """The nodes of a loaded template, which stay as they are. A page that extends another one looks each time for all of its
    blocks, through every node: here once."""

    def __init__(self, nodes: NodeList) -> None:
        super().__init__(nodes)
        self._found: dict[type, list[Any]] = {}

    def get_nodes_by_type(self, nodetype: type) -> list[Any]:
        """As Django's own."""
        if nodetype not in self._found:
            self._found[nodetype] = super().get_nodes_by_type(nodetype)
        return self._found[nodetype]


class Included(IncludeNode):
    """``{% include "…" %}`` of a template that is always the same, which Django looks for each time."""

    def __init__(self, node: IncludeNode) -> None:
        vars(self).update(vars(node))
        self._included: Template | None = None

    def render(self, context: Any) -> SafeString:
        if self._included is None:
            name = construct_relative_path(str(self.origin.template_name), self.template.resolve(context))
            self._included = context.template.engine.get_template(name)
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        if self.isolated_context:
            return self._included.render(context.new(values))
        with context.push(**values):
            return self._included.render(context)


class Run(Node):
    """Neighbours that never differ: one text by language."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.printed: dict[str | None, SafeString] = {}

    def render_annotated(self, context: Any) -> SafeString:
        language = language_of(context)
        printed = self.printed.get(language)
        if printed is None:
            printed = self.printed[language] = self.render(context)
        return printed

    def render(self, context: Any) -> SafeString:
        return SafeString("".join(str(node.render_annotated(context)) for node in self.nodes))


def fold(nodes: NodeList) -> None:
    """Folds a list of nodes and all lists inside of them, in place."""
    folded: list[Node] = []
    for never_differs, neighbours in groupby(nodes, lambda node: isinstance(node, TextNode | Constant)):
        run = list(neighbours)
        folded += [Run(run)] if never_differs and len(run) > 1 else run
    nodes[:] = [_looked_for_once(node) for node in folded]
    for node in nodes:
        for inner in _lists_inside(node):
            fold(inner)


def _looked_for_once(node: Node) -> Node:
    if type(node) is IncludeNode and isinstance(node.template.var, str) and not node.template.filters:
        return Included(node)
    return node


def _lists_inside(node: Node) -> list[NodeList]:
    """The lists of nodes that a node holds: those it names, and the branches of an ``if``."""
    named = [getattr(node, name, None) for name in node.child_nodelists]
    branches = [branch for _condition, branch in getattr(node, "conditions_nodelists", ())]
    return [held for held in [*named, *branches] if isinstance(held, NodeList)]
