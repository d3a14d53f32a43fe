"""Who looked at what should stay hidden, and who took lists out of the system."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tourdee.people.models import User

from .. import queries
from ..models import Application, Cohort
from .history import write_line


@transaction.atomic
def disclose_citizen_id(*, application: Application, by: User, at: datetime) -> str:
    """The thirteen digits, once, with a line that says who saw them."""
    write_line(
        "citizen_id.shown",
        about=application,
        by=by,
        at=at,
        name=application.name,
        text=_("The citizen ID of %(name)s was looked at"),
    )
    return queries.citizen_id_of(application)


@transaction.atomic
def note_export(*, cohort: Cohort, rows: int, kind: str, by: User, at: datetime) -> None:
    """That a list of applicants was downloaded."""
    write_line(
        "applications.exported",
        about=cohort,
        by=by,
        at=at,
        rows=rows,
        kind=kind,
        text=_("List of %(rows)s applications downloaded (%(kind)s)"),
    )
