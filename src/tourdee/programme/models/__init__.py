"""One row's truths of the room, by topic."""

from .answers import Answers
from .applications import Application, Enrolment
from .attendance import Attendance
from .certificates import Certificate, CertificateCounter, Decision
from .programmes import AudienceGroup, Cohort, Programme, Signatory
from .roster import RosterUpload
from .timetable import Session, SessionTopic

__all__ = [
    "Answers",
    "Application",
    "Attendance",
    "AudienceGroup",
    "Certificate",
    "CertificateCounter",
    "Cohort",
    "Decision",
    "Enrolment",
    "Programme",
    "RosterUpload",
    "Session",
    "SessionTopic",
    "Signatory",
]
