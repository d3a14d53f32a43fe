"""Markdown that people or we wrote, as HTML that can do no harm."""

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False})  # tags are shown as text; javascript: links are not made


def as_html(text: str) -> SafeString:
    """Headings, lists, emphasis and links; nothing else."""
    return mark_safe(_markdown.render(text))  # noqa: S308  (no HTML of the text itself comes through)
