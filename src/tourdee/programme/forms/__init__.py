"""What is typed on the room's pages, cleaned."""

from .applications import ApplicationForm, ApplicationSearchForm, EnteredApplicationForm
from .cohorts import CohortForm, CohortSearchForm, CohortStatusForm, ProgrammeForm
from .decisions import DecisionForm, MoveForm, ReasonForm
from .roster import RosterFileForm, read_people
from .timetable import CopyTimetableForm, SessionForm, TaughtTopicForms

__all__ = [
    "ApplicationForm",
    "ApplicationSearchForm",
    "CohortForm",
    "CohortSearchForm",
    "CohortStatusForm",
    "CopyTimetableForm",
    "DecisionForm",
    "EnteredApplicationForm",
    "MoveForm",
    "ProgrammeForm",
    "ReasonForm",
    "RosterFileForm",
    "SessionForm",
    "TaughtTopicForms",
    "read_people",
]
