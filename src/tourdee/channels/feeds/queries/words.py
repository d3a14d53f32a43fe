"""What is wrong with an item, as the seller reads it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..readers import Rule
from .rows import LEAST_SIDE

FIELDS = {
    "title": gettext_lazy("the name"),
    "description": gettext_lazy("the description"),
    "price": gettext_lazy("the price"),
    "brand": gettext_lazy("the shop's name"),
    "operator": gettext_lazy("the shop's name"),
    "option_id": gettext_lazy("the price"),
    "option_title": gettext_lazy("the name of the price"),
}


def gap_words(rule: Rule, how: str, language: str) -> str:
    """One sentence that says what to do."""
    name = str(FIELDS.get(rule.field, rule.field))
    if how == "none":
        return _("There is no picture yet: add one.")
    if how == "too_small":
        return _("The picture is too small: at least %(side)s × %(side)s pixels.") % {"side": LEAST_SIDE}
    if how == "missing":
        return _missing(name, language)
    if how == "too_long":
        return _("Shorten %(field)s: at most %(most)s characters.") % {"field": name, "most": rule.most}
    if rule.field == "price":
        return _("The price must be above zero.")
    return _("Take signs like < and > out of %(field)s.") % {"field": name}


def _missing(name: str, language: str) -> str:
    if language == "en":
        return _("Write %(field)s in English.") % {"field": name}
    return _("%(field)s is missing.") % {"field": name[:1].upper() + name[1:]}
