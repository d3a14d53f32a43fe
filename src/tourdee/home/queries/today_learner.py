"""A learner's part of the today page: seat, presence, lessons, missions, certificate."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from tourdee.core.dates import long_date
from tourdee.core.templatetags.tourdee import local
from tourdee.impact import queries as impact
from tourdee.learn import queries as learn
from tourdee.learn.queries import NextStep, Progress
from tourdee.people.models import User
from tourdee.programme import queries as programme
from tourdee.programme.models import Application, Certificate, Session

from .todo import Todo

CHECK_IN_BEFORE = timedelta(minutes=30)


def takes_part(user: User) -> bool:
    """Whether somebody applied, learns or sells, and so has a learner's page besides another role."""
    return user.applications.exists() or user.shops.exists()


def progress(user: User) -> Progress:
    return learn.progress_of(user)


def session(user: User, at: datetime) -> Session | None:
    return programme.next_session_of(user, at)


def course(user: User, at: datetime, progress: Progress, session: Session | None) -> list[Todo]:
    """Check in, look at the answer to an application, say how it is going, go on learning."""
    applications = programme.applications_of(user)
    todos = [_check_in()] if session and session.starts_at - CHECK_IN_BEFORE <= at else []
    todos += [_application(one) for one in applications if one.status in {"submitted", "waiting"}]
    if not any(one.status in {"submitted", "waiting", "seated"} for one in applications):
        todos.append(_apply(at))
    todos += _follow_up(user) + _result(user)
    step = _step(learn.next_step_after(progress))
    return [*todos, step] if step else todos


def _follow_up(user: User) -> list[Todo]:
    """The office's question, when one waits."""
    if (row := impact.due_unanswered(user)) is None:
        return []
    text = ngettext(
        "%(months)s month after the course the office asks: one question, one minute.",
        "%(months)s months after the course the office asks: one question, one minute.",
        row.months,
    ) % {"months": row.months}
    return [
        Todo("message-circle", _("How is it going?"), text, reverse("follow_up", args=[row.public_id]), _("Answer"))
    ]


def _result(user: User) -> list[Todo]:
    """A decision that the learner can still turn."""
    if (seat := programme.not_passed(user)) is None:
        return []
    page = reverse("application", args=[seat.application.public_id])
    text = _("%(name)s: not passed yet. See what is missing and bring it.") % {"name": local(seat.cohort, "name")}
    return [Todo("clipboard-check", _("Your result of the course"), text, f"{page}#result", _("See it"))]


def _check_in() -> Todo:
    return Todo(
        "qrcode",
        _("Check in to today's half-day"),
        _("Scan the QR on the wall with your camera, or type the spoken code."),
        reverse("check_in_code"),
        _("Check in"),
    )


def _apply(at: datetime) -> Todo:
    open_cohorts = programme.cohorts_open(at)
    if not open_cohorts:
        return Todo(
            "calendar",
            _("The course"),
            _("No cohort takes applications just now; the lessons are open to you."),
            reverse("course"),
            _("See the course"),
        )
    cohort = open_cohorts[0]
    text = _("%(name)s begins on %(date)s. %(left)s seats are left.") % {
        "name": local(cohort, "name"), "date": long_date(cohort.starts_on, get_language() or "th"), "left": cohort.seats_left,
    }  # fmt: skip
    return Todo(
        "clipboard-check", _("Apply for the course"), text, reverse("cohort", args=[cohort.slug]), _("Look and apply")
    )


def _application(application: Application) -> Todo:
    texts = {
        "submitted": _("The office is looking at it. You will get a message with the answer and its reason."),
        "waiting": _("You are on the waiting list. A seat that becomes free comes to you by itself."),
    }
    return Todo(
        "hourglass",
        _("Your application"),
        texts[application.status],
        reverse("application", args=[application.public_id]),
        _("See it"),
    )


def certificates(user: User) -> list[Todo]:
    """What was earned stays at hand, below what is still to do."""
    valid = Certificate.objects.filter(enrolment__user=user, revoked_at__isnull=True).exists()
    if not valid:
        return []
    return [
        Todo(
            "award",
            _("Your certificate"),
            _("Download it or show its QR: anybody can check it."),
            reverse("my_certificates"),
            pgettext("button", "Open"),
        )
    ]


def _step(step: NextStep) -> Todo | None:
    """Learning's own next step in the words of this page."""
    name = local(step.topic, "title") if step.topic else ""
    mission = local(step.mission, "title") if step.mission else ""
    words = {
        "pre": (
            _("Take the pre-test"),
            _("Eighteen questions, ten minutes. It counts for nothing but shows what you learn."),
            _("Begin"),
        ),
        "mend": (_("Mend a mission"), mission, _("See the comment")),
        "lesson": (_("Next lesson"), name, _("Read")),
        "check": (_("Check what you learned"), name, _("Begin")),
        "mission": (_("Next mission"), mission, _("Do it")),
        "post": (_("Take the post-test"), _("You have read all topics. Show what you know."), _("Begin")),
        "wait": (_("Nearly there"), mission, _("See it")),
    }
    if step.kind not in words:
        return None
    title, text, action = words[step.kind]
    return Todo("school", title, text, step.url, action)
