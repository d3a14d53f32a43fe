"""Small things said in the page's language."""

from functools import lru_cache

import phonenumbers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from ...models import Tour

HOURS_A_DAY = 24
LANGUAGE_NAMES = {
    "th": pgettext_lazy("spoken language", "Thai"),
    "en": pgettext_lazy("spoken language", "English"),
    "zh": pgettext_lazy("spoken language", "Chinese"),
    "ja": pgettext_lazy("spoken language", "Japanese"),
    "ko": pgettext_lazy("spoken language", "Korean"),
    "fr": pgettext_lazy("spoken language", "French"),
    "de": pgettext_lazy("spoken language", "German"),
    "es": pgettext_lazy("spoken language", "Spanish"),
    "it": pgettext_lazy("spoken language", "Italian"),
    "ru": pgettext_lazy("spoken language", "Russian"),
}

AUDIENCE_NAMES = {
    Tour.Audience.FAMILY.value: pgettext_lazy("made for", "families with children"),
    Tour.Audience.COUPLE.value: pgettext_lazy("made for", "couples"),
    Tour.Audience.FRIENDS.value: pgettext_lazy("made for", "groups of friends"),
    Tour.Audience.ELDERS.value: pgettext_lazy("made for", "older people"),
    Tour.Audience.SCHOOL.value: pgettext_lazy("made for", "schools"),
    Tour.Audience.COMPANY.value: pgettext_lazy("made for", "companies"),
}


def said_audiences(codes: list[str]) -> str:
    """``couples, schools``; a code that we have no name for is left out."""
    return ", ".join(str(AUDIENCE_NAMES[code]) for code in codes if code in AUDIENCE_NAMES)


def spoken_languages(codes: list[str]) -> str:
    """``Thai, English``; a code that we have no name for is left as it is."""
    return ", ".join(str(LANGUAGE_NAMES.get(code, code)) for code in codes)


def party_unit(people: int) -> str:
    """What the price of a private party is for."""
    return _("per group of up to %(people)s") % {"people": people}


def price_unit(seats: int) -> str:
    """What a price is for: a person, or a group of so many (PRICE-001)."""
    return _("per person") if seats <= 1 else _("per group of %(seats)s") % {"seats": seats}


@lru_cache(maxsize=512)
def seats_left(number: int, _language: str) -> str:
    """``3 seats left``, in the page's language; every tour page says it for each of its dates."""
    return ngettext("%(number)s seat left", "%(number)s seats left", number) % {"number": number}


def span(hours: int) -> str:
    """``7 days``, or ``36 hours`` where it is no whole number of days."""
    days, rest = divmod(hours, HOURS_A_DAY)
    if hours and not rest:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}


def cancellation_terms(tiers: list[tuple[int, int]]) -> list[str]:
    """The tiers (hours before the start, per cent back) in plain words, most generous first, and what comes after."""
    paying = [(hours, percent) for hours, percent in tiers if percent]
    if not paying:
        return [_("No refund when you cancel. If the seller cancels, you get everything back.")]
    said = [_tier(hours, percent) for hours, percent in paying]
    if paying[-1][0] > 0:
        said.append(_("Later than that: no refund"))
    return said


def _tier(hours: int, percent: int) -> str:
    if hours == 0:
        return _("Cancel at any time before the start: %(percent)s%% back") % {"percent": percent}
    said = {"span": span(hours), "percent": percent}
    return _("Cancel at least %(span)s before the start: %(percent)s%% back") % said


def spoken_number(phone: str) -> str:
    """A stored telephone number as people write it: ``081 234 5678``."""
    if not phone.startswith("+66"):
        return phone
    return phonenumbers.format_number(phonenumbers.parse(phone), phonenumbers.PhoneNumberFormat.NATIONAL)
