"""What somebody should do next, out of all rooms: one thing first, the others below it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tourdee.people import queries as people
from tourdee.people.models import User

from . import today_learner, today_seller, today_staff
from .todo import Todo

__all__ = ["Today", "Todo", "today_of"]


@dataclass
class Today:
    """The page of one person. ``progress`` is that of the course, for learners; ``facts`` are a few numbers to see."""

    first: Todo | None = None
    others: list[Todo] = field(default_factory=list)
    facts: list[tuple[str, str, str]] = field(default_factory=list)
    progress: Any = None
    session: Any = None


def today_of(user: User, at: datetime) -> Today:
    """Staff see their desk first; everybody who learns or sells sees the way to the first sale."""
    todos: list[Todo] = []
    page = Today()
    if user.is_host:
        todos += _first_office()
        todos += [
            Todo(
                "users",
                _("People and roles"),
                _("Invite officers and instructors, see requests for erasure."),
                reverse("host_people"),
                pgettext("button", "Open"),
            )
        ]
    if people.is_officer(user):
        todos += today_staff.office(user, at, page.facts)
    if people.is_instructor(user):
        todos += today_staff.instructor(user, at)
    if not todos or today_learner.takes_part(user):
        todos += _learner(user, at, page)
    page.first, page.others = (todos[0], todos[1:]) if todos else (None, [])
    return page


def _first_office() -> list[Todo]:
    """What a new installation lacks before anything else."""
    if people.offices():
        return []
    return [
        Todo(
            "building-community", _("Add your office"), _("It runs the programmes; then invite its officers."),
            reverse("host_organisations"), pgettext("button", "Open"),
        )
    ]  # fmt: skip


def _learner(user: User, at: datetime, page: Today) -> list[Todo]:
    """Money first, then presence, then learning: what others wait for comes before what only oneself waits for."""
    page.progress = today_learner.progress(user)
    page.session = today_learner.session(user, at)
    todos = today_seller.waiting(user, page.facts, at)
    todos += today_learner.course(user, at, page.progress, page.session)
    return todos + today_seller.next_for_shop(user, at) + today_learner.certificates(user)
