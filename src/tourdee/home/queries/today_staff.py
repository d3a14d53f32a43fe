"""The desk of officers and instructors on the today page."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tourdee.core.dates import clock
from tourdee.core.templatetags.tourdee import local
from tourdee.learn import queries as learn
from tourdee.legal import queries as legal
from tourdee.people.models import User
from tourdee.programme import queries as programme
from tourdee.programme.models import Session
from tourdee.programme.queries import AfterCourse

from .todo import Todo

WALL_BEFORE = timedelta(minutes=30)  # when the check-in opens by itself


def office(user: User, at: datetime, facts: list[tuple[str, str, str]]) -> list[Todo]:
    """Today's half-days, applications, papers, results; and the numbers of the running cohorts."""
    todo = programme.office_todo(user, at)
    facts += [
        ("clipboard-list", f"{todo.new_applications:,}", _("new applications")),
        ("hourglass", f"{todo.waiting:,}", _("on waiting lists")),
        ("users", f"{todo.seats_left:,}", _("seats left in open cohorts")),
    ]
    todos = [_wall(session) for session in todo.sessions_today]
    for cohort, counts in todo.cohorts:
        if counts.submitted:
            todos.append(Todo("clipboard-list", _("Applications to decide"), local(cohort, "name"),
                              reverse("office_applications", args=[cohort.slug]), _("Decide"), counts.submitted))  # fmt: skip
    todos += [each for one in todo.after for each in _after(one)]
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


def _wall(session: Session) -> Todo:
    return Todo(
        "qrcode", _("Half-day at %(time)s") % {"time": clock(session.starts_at, "th")}, local(session.cohort, "name"),
        reverse("attendance_wall", args=[session.public_id]), _("Show the QR on the wall"),
    )  # fmt: skip


def _after(one: AfterCourse) -> list[Todo]:
    """Presence first, for the decisions rest on it; then the decisions; then the certificates."""
    name, slug = local(one.cohort, "name"), [one.cohort.slug]
    rows = (
        (one.to_confirm, "user-check", _("Check-ins to confirm"), "attendance_register", _("Look")),
        (one.undecided, "list-check", _("Decide who has passed"), "decisions", _("Decide")),
        (one.uncertified, "certificate", _("Certificates to issue"), "certificates", _("Issue")),
    )
    return [Todo(icon, title, name, reverse(page, args=slug), action, n) for n, icon, title, page, action in rows if n]


def instructor(user: User, at: datetime) -> list[Todo]:
    """The wall of a half-day that is held now, submissions to look at, own half-days to come."""
    taught = programme.sessions_taught_by(user).filter(ends_at__gt=at)
    coming = taught.first()
    todos = [_wall(coming)] if coming and coming.starts_at - WALL_BEFORE <= at else []
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
    text = local(coming.cohort, "name") if coming else _("Nothing is planned for you at the moment.")
    todos.append(Todo("calendar", _("My sessions"), text, reverse("teaching"), pgettext("button", "Open")))
    return todos
