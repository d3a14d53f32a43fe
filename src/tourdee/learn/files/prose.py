"""Markdown of a lesson made into HTML that is safe to show.

markdown-it (CommonMark with tables, HTML in the text switched off) renders; nh3 lets through an allow-list. Pictures
are written ``![what it shows](lesson:NAME.svg)``; the name stays in the stored HTML and becomes an address when the
page is shown, because addresses change with every release.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

PICTURE = re.compile(r"lesson:([a-z0-9-]+\.svg)")
TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "img", "blockquote", "hr", "br", "code",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
    "h2": {"id"},
    "h3": {"id"},
    "ol": {"start"},
}
Sizes = Mapping[str, tuple[int, int]]


@dataclass
class Prose:
    """A rendered text, its headings in order, and what is wrong with it."""

    html: str = ""
    contents: list[dict[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def render(markdown: str, pictures: Sizes) -> Prose:
    """The lesson's HTML. ``pictures`` are those that exist, with width and height in px."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(markdown)
    prose = Prose()
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            _heading(token, tokens[place + 1], prose)
        for child in token.children or []:
            if child.type == "image":
                _picture(child, pictures, prose)
    dirty = parser.renderer.render(tokens, parser.options, {})
    clean = nh3.clean(dirty, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"https", "mailto", "tel", "lesson"})
    prose.html = _scrolling_tables(clean)
    return prose


def _heading(token: Token, text: Token, prose: Prose) -> None:
    """Numbers the parts alike in all languages, so that a link to a part survives the change of language."""
    if token.tag == "h1":
        prose.problems.append("a heading of the first level; the title stands in the front matter")
    if token.tag == "h2":
        name = f"part-{len(prose.contents) + 1}"
        token.attrSet("id", name)
        title = "".join(child.content for child in text.children or [])
        prose.contents.append({"id": name, "title": title})


def _picture(token: Token, pictures: Sizes, prose: Prose) -> None:
    found = PICTURE.fullmatch(str(token.attrs.get("src", "")))
    if not found or found[1] not in pictures:
        prose.problems.append(f"there is no picture {token.attrs.get('src')}")
        return
    if not token.content.strip():
        prose.problems.append(f"{found[1]} needs words for those who cannot see it")
    width, height = pictures[found[1]]
    token.attrs.update({"width": width, "height": height, "loading": "lazy"})


def _scrolling_tables(html: str) -> str:
    """A table that is too wide for a phone scrolls by itself, by finger and by keyboard."""
    return html.replace("<table>", '<div class="table-wrap" tabindex="0"><table>').replace("</table>", "</table></div>")


def with_addresses(html: str, address_of: Callable[[str], str]) -> str:
    """The stored HTML with each ``lesson:NAME.svg`` replaced by its address."""
    return re.sub(rf'src="{PICTURE.pattern}"', lambda found: f'src="{escape(address_of(found[1]))}"', html)
