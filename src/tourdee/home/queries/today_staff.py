"""The desk of officers and instructors on the today page."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tourdee.core.dates import clock
from tourdee.core.templatetags.tourdee import local
from tourdee.learn import queries as learn
from tourdee.legal import queries as legal
from tourdee.people.models import User
from tourdee.programme import queries as programme

from .todo import Todo


def office(user: User, at: datetime, facts: list[tuple[str, str, str]]) -> list[Todo]:
    """Today's half-days, applications, papers, results; and the numbers of the running cohorts."""
    todo = programme.office_todo(user, at)
    facts += [
        ("clipboard-list", f"{todo.new_applications:,}", _("new applications")),
        ("hourglass", f"{todo.waiting:,}", _("on waiting lists")),
        ("users", f"{todo.seats_left:,}", _("seats left in open cohorts")),
    ]
    todos = [
        Todo("qrcode", _("Half-day at %(time)s") % {"time": clock(session.starts_at, "th")}, local(session.cohort, "name"),
             reverse("attendance_wall", args=[session.public_id]), _("Show the QR on the wall"))
        for session in todo.sessions_today
    ]  # fmt: skip
    for cohort, counts in todo.cohorts:
        if counts.submitted:
            todos.append(Todo("clipboard-list", _("Applications to decide"), local(cohort, "name"),
                              reverse("office_applications", args=[cohort.slug]), _("Decide"), counts.submitted))  # fmt: skip
    if papers := legal.papers_waiting():
        todos.append(
            Todo(
                "file-certificate",
                _("Papers to check"),
                _("Sellers cannot sell tours before you have looked."),
                reverse("paper_checks"),
                _("Check"),
                papers,
            )
        )
    todos.append(
        Todo(
            "chart-bar",
            _("Results"),
            _("The four numbers, the funnel and the income, ready as XLSX and PDF."),
            reverse("impact"),
            pgettext("button", "Open"),
        )
    )
    return todos


def instructor(user: User, at: datetime) -> list[Todo]:
    """Own half-days to come and submissions to look at."""
    todos = []
    if waiting := learn.reviews_waiting(user):
        todos.append(
            Todo(
                "clipboard-check",
                _("Missions to look at"),
                _("Accept them or return them with a comment."),
                reverse("mission_reviews"),
                _("Look"),
                waiting,
            )
        )
    coming = programme.sessions_taught_by(user).filter(ends_at__gt=at).first()
    text = local(coming.cohort, "name") if coming else _("Nothing is planned for you at the moment.")
    todos.append(Todo("calendar", _("My sessions"), text, reverse("teaching"), pgettext("button", "Open")))
    return todos
