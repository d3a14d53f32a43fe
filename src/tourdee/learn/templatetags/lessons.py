"""Words for the room's templates."""

from django import template
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tourdee.learn.files.prose import with_addresses

register = template.Library()


@register.filter
def with_pictures(html: str) -> SafeString:
    """A lesson's stored HTML, allow-listed when it was loaded, with the present addresses of its pictures."""
    return mark_safe(with_addresses(html, lambda name: static(f"learn/lessons/{name}")))  # noqa: S308  (our own lessons)


@register.simple_tag(takes_context=True)
def in_other_language(context: template.Context, language: str) -> SafeString:
    """A link to the same lesson in another language."""
    words = {"en": "Read in English", "th": "อ่านภาษาไทย"}
    url = translate_url(context["request"].get_full_path(), language)
    return format_html('<a href="{}" lang="{}" hreflang="{}">{}</a>', url, language, language, words[language])


@register.filter
def in_language(texts: dict[str, str], language: str) -> str:
    """``{{ choice|in_language:LANGUAGE_CODE }}``: one of ``{"th": …, "en": …}``."""
    return texts.get(language[:2]) or texts["th"]
