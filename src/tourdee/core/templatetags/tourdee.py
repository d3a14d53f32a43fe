"""Template words that every page knows: icon, baht, thai_date, language_link."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tourdee.core import dates, money, pictures
from tourdee.core.forms.fields import PhoneField
from tourdee.core.provinces import province_name

register = template.Library()
HALF_SCREEN = "(min-width: 48rem) 50vw, 100vw"


@register.simple_tag
def icon(name: str, label: str = "", css: str = "icon") -> SafeString:
    """An icon of the sprite. Without a label it is decoration and hidden from screen readers."""
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"/></svg>', css, label, _sprite(), name
        )
    return _decoration(name, css)


@lru_cache(maxsize=512)
def _decoration(name: str, css: str) -> SafeString:
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, _sprite(), name)


@lru_cache(maxsize=1)
def _sprite() -> str:
    return static("core/icons.svg")


@register.filter
def baht(satang: int | None) -> str:
    """``{{ price_satang|baht }}`` → ``฿1,250``."""
    return "" if satang is None else money.baht(satang)


@register.filter
def thai_date(value: date | datetime | None) -> str:
    """``25 พ.ย. 2569`` in Thai, ``25 Nov 2026`` in English; Bangkok time."""
    return dates.short_date(value, get_language() or "th") if value else ""


@register.filter
def long_date(value: date | datetime | None) -> str:
    """``วันพุธที่ 25 พฤศจิกายน 2569`` in Thai, ``Wednesday 25 November 2026`` in English."""
    return dates.long_date(value, get_language() or "th") if value else ""


@register.filter
def day_line(value: datetime) -> str:
    """``ส. 28 พ.ย. 2569`` in Thai, ``Sat 28 Nov 2026`` in English."""
    return dates.day_line(value, get_language() or "th")


@register.filter
def thai_month(value: date | datetime) -> str:
    """``พฤศจิกายน 2569`` in Thai, ``November 2026`` in English."""
    return dates.month_name(value, get_language() or "th")


@register.filter
def thai_year(year: int) -> int:
    """2026 is 2569 in Thai and stays in English."""
    return year + dates.BUDDHIST_ERA if (get_language() or "th").startswith("th") else year


@register.filter
def clock(value: datetime | None) -> str:
    """``09.00 น.`` in Thai, ``09:00`` in English; Bangkok time."""
    return dates.clock(value, get_language() or "th") if value else ""


@register.filter
def duration(minutes: int) -> str:
    """``3 ชม. 30 นาที`` or ``3 h 30 min``; whole days from 24 hours on."""
    return dates.duration(int(minutes), get_language() or "th")


@register.filter
def local(thing: Any, field: str) -> str:
    """``{{ tour|local:"name" }}``: the field in the page's language, the Thai one where English is missing."""
    value = getattr(thing, f"{field}_{(get_language() or 'th')[:2]}", "") or getattr(thing, f"{field}_th")
    return str(value)


@register.filter
def province(code: int) -> str:
    """The province's name in the page's language."""
    return province_name(int(code), get_language() or "th")


@register.filter
def map_search(place: str) -> str:
    """The address at which a map looks for a place by its words."""
    return "https://www.google.com/maps/search/?" + urlencode({"api": "1", "query": place})


@register.filter
def line_address(line_id: str) -> str:
    """The address that opens LINE at an official account (``@shop``) or a person (``shop``)."""
    return "https://line.me/R/ti/p/" + quote(line_id if line_id.startswith("@") else f"~{line_id}")


@register.filter
def phone(number: str) -> str:
    """A stored telephone number as people write it: ``081 234 5678``."""
    return str(PhoneField().prepare_value(number))


@register.filter
def lines(text: str) -> list[str]:
    """The non-empty lines of a text."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def stars(number: float | str | None) -> SafeString:
    """Five stars, so many of them full, and the figure for screen readers."""
    full = round(float(number or 0))
    drawn = "".join(icon("star-filled" if place <= full else "star") for place in range(1, 6))
    return format_html('<span class="stars" role="img" aria-label="{}/5">{}</span>', number or 0, mark_safe(drawn))  # noqa: S308  (our own icons)


@register.simple_tag
def picture(path: str, alt: str = "", sizes: str = HALF_SCREEN, css: str = "pic", eager: bool = False) -> SafeString:
    """A public picture in the width that the screen needs. ``eager=True`` only for the first picture of a page."""
    size = pictures.size_of(path)
    drawn = format_html(' width="{}" height="{}"', *size) if size else ""
    return format_html(
        '<img class="{}" src="{}" srcset="{}" sizes="{}" alt="{}"{} {} decoding="async">',
        css, pictures.picture_url(path), _srcset(path, size), sizes, alt, drawn,
        SafeString("fetchpriority=\"high\"" if eager else "loading=\"lazy\""),
    )  # fmt: skip


def _srcset(path: str, size: tuple[int, int] | None) -> str:
    """The stored widths, each said truly: a small picture is not as wide as its name promises."""
    true_width = size[0] if size else pictures.WIDTHS[-1]
    offered: dict[int, str] = {}
    for width in pictures.WIDTHS:
        offered.setdefault(min(width, true_width), pictures.picture_url(path, width))
    return ", ".join(f"{url} {width}w" for width, url in offered.items())


@register.simple_tag(takes_context=True)
def language_link(context: template.Context) -> SafeString:
    """A link to the same page in the other language."""
    request = context.get("request")
    other, name = ("en", "English") if (get_language() or "th").startswith("th") else ("th", "ไทย")
    url = _in_language(request.get_full_path(), other) if request else "/"
    return format_html('<a href="{}" lang="{}" hreflang="{}">{}</a>', url, other, other, name)


@register.simple_tag(takes_context=True)
def own_address(context: template.Context) -> SafeString:
    """For search engines: the page's address without what was filtered, and where each language of it stands."""
    path = context["request"].path
    thai, english = (settings.SITE_URL + _in_language(path, language) for language in ("th", "en"))
    own = english if get_language() == "en" else thai
    links = '<link rel="canonical" href="{}"><link rel="alternate" hreflang="th" href="{}">'
    links += '<link rel="alternate" hreflang="en" href="{}"><link rel="alternate" hreflang="x-default" href="{}">'
    return format_html(links, own, thai, english, thai)


def _in_language(path: str, language: str) -> str:
    """The address of a page in a language. Only the prefix differs, so nothing is resolved and reversed for it."""
    root = get_script_prefix()
    rest = path.removeprefix(root).removeprefix("en/")
    return f"{root}{rest}" if language == "th" else f"{root}{language}/{rest}"
