"""What the rule asks for, in the page's language, for pages, tables and letters alike."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from . import queries


def lacking(missing: Iterable[str]) -> list[str]:
    """What is missing (``queries.HOURS`` …) as words."""
    words = {queries.HOURS: _("hours"), queries.POST_TEST: _("post-test"), queries.MISSIONS: _("missions")}
    return [words[one] for one in missing]
