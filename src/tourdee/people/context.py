"""The tabs of a signed-in page, by role."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from . import queries


@dataclass(frozen=True)
class Tab:
    """One entry of the tab bar."""

    url: str
    icon: str
    label: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, object]:
    """``tabs``, worked out only when a template asks for them."""
    return {"tabs": SimpleLazyObject(lambda: _tabs(request))}


def _tabs(request: HttpRequest) -> list[Tab]:
    if not request.user.is_authenticated:
        return []
    entries = _office_entries() if queries.is_officer(request.user) else _learner_entries()
    if not queries.is_officer(request.user) and queries.is_instructor(request.user):
        entries = _instructor_entries()
    return [Tab(url, icon, label, current=request.path == url or (name != "today" and request.path.startswith(url)))
            for name, icon, label in entries for url in [reverse(name)]]  # fmt: skip


def _learner_entries() -> list[tuple[str, str, str]]:
    return [
        ("today", "home", _("Today")),
        ("learn", "school", _("Learn")),
        ("my_shop", "building-store", _("My shop")),
        ("my_orders", "receipt", _("Orders")),
        ("profile", "user", _("Me")),
    ]


def _instructor_entries() -> list[tuple[str, str, str]]:
    return [
        ("today", "home", _("Today")),
        ("teaching", "calendar", _("My sessions")),
        ("mission_reviews", "clipboard-check", _("Missions")),
        ("learn", "school", _("Lessons")),
        ("profile", "user", _("Me")),
    ]


def _office_entries() -> list[tuple[str, str, str]]:
    return [
        ("today", "home", _("Today")),
        ("office_cohorts", "users-group", _("Cohorts")),
        ("paper_checks", "file-certificate", _("Papers")),
        ("impact", "chart-bar", _("Results")),
        ("profile", "user", _("Me")),
    ]
