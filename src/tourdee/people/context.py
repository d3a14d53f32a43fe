"""The tabs of a signed-in page, by role; and every page that a person's roles open."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from . import queries

Entry = tuple[str, str, Any]  # url name, icon, label

TODAY: Entry = ("today", "home", _("Today"))
ME: Entry = ("profile", "user", _("Me"))
LEARNER: list[Entry] = [
    ("learn", "school", _("Learn")),
    ("my_shop", "building-store", _("My shop")),
    ("my_orders", "receipt", _("Orders")),
]
INSTRUCTOR: list[Entry] = [
    ("teaching", "calendar", _("My sessions")),
    ("mission_reviews", "clipboard-check", _("Missions")),
    ("learn", "school", _("Lessons")),
]
OFFICER: list[Entry] = [
    ("office_cohorts", "users-group", _("Cohorts")),
    ("paper_checks", "file-certificate", _("Papers")),
    ("impact", "chart-bar", _("Results")),
]
HOST: list[Entry] = [
    ("host_people", "users", _("People")),
    ("communities", "building-community", _("Communities")),
]


SHOP_PARTS = ("tours", "products", "pictures", "share", "books", "stock", "vouchers", "resources", "calendars", "schedules", "seasons",
              "channels", "line", "facebook", "feeds", "marketplaces", "resellers")  # fmt: skip
ALSO = {"my_shop": SHOP_PARTS, "my_orders": ("sell", "parcels", "returns", "dates", "waiting")}  # below my/


@dataclass(frozen=True)
class Tab:
    """One entry of the tab bar."""

    url: str
    icon: str
    label: str
    current: bool = False


@dataclass(frozen=True)
class Section:
    """What one role opens."""

    title: str
    pages: list[Tab]


def navigation(request: HttpRequest) -> dict[str, object]:
    """``tabs``, worked out only when a template asks for them: one query, shared with the second-factor check."""
    return {"tabs": SimpleLazyObject(lambda: _tabs(request))}


def pages_by_role(user: Any) -> list[Section]:
    """All pages of all roles that a person has: the tabs show those of one role only."""
    roles = [
        (_("Learning and selling"), [*LEARNER, ("my_communities", "building-community", _("My communities"))], True),
        (_("Teaching"), INSTRUCTOR[:2], queries.is_instructor(user)),
        (_("The office"), OFFICER, queries.is_officer(user)),
        (_("This installation"), HOST[:1], user.is_host),
    ]
    return [Section(str(title), [_tab(entry) for entry in entries]) for title, entries, has in roles if has]


def _tabs(request: HttpRequest) -> list[Tab]:
    if not request.user.is_authenticated:
        return []
    return [_tab(entry, request.path) for entry in [TODAY, *_entries(request.user), ME]]


def _entries(user: Any) -> list[Entry]:
    """The pages of the role that has most to do; a host who is nothing else sees people."""
    if queries.is_officer(user):
        return OFFICER
    if queries.is_instructor(user):
        return INSTRUCTOR
    return HOST if user.is_host else LEARNER


def _tab(entry: Entry, path: str = "") -> Tab:
    name, icon, label = entry
    url = reverse(name)
    root = url.rpartition("my/")[0]
    below = (url, *(f"{root}my/{part}/" for part in ALSO.get(name, ())))
    current = path == url or (name != "today" and path.startswith(below))
    return Tab(url, icon, str(label), current)
