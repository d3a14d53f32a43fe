"""The report's words in the page's language, for screen, XLSX and PDF alike."""

from django.utils.translation import gettext as _

from tourdee.core.provinces import province_name
from tourdee.programme.models import AudienceGroup, Cohort

from .models import FollowUp


def funnel_step(name: str) -> str:
    """A step of the funnel."""
    return {
        "applied": _("Applied"),
        "seated": _("Got a seat"),
        "attended": _("Attended"),
        "passed": _("Passed"),
        "opened": _("Opened a shop"),
        "published": _("Put something on sale"),
        "sold": _("Made the first sale"),
    }[name]


def group_name(key: str) -> str:
    """An audience group."""
    return str(AudienceGroup(key).label) if key in AudienceGroup.values else key


def province_of(key: str, language: str) -> str:
    """A province of a group line."""
    return province_name(int(key), language)


def cohort_name(key: str, cohorts: tuple[Cohort, ...], language: str) -> str:
    """A cohort of a group line."""
    cohort = next(one for one in cohorts if one.slug == key)
    return cohort.name_th if language.startswith("th") or not cohort.name_en else cohort.name_en


def answer_words(answer: str) -> str:
    """An answer to a follow-up, as a result of one learner."""
    return str(FollowUp.Answer(answer).label) if answer else _("Not asked yet")
