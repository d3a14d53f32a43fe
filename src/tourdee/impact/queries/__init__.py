"""What changed, in figures that are the same on the screen, in XLSX and in PDF."""

from .follow_ups import due_unanswered, follow_up_of, follow_ups_seen_by, own_follow_ups
from .learners import LearnerLine
from .report import FourNumbers, Report, report
from .scope import Scope, scope_from, scopes_seen_by

__all__ = [
    "FourNumbers",
    "LearnerLine",
    "Report",
    "Scope",
    "due_unanswered",
    "follow_up_of",
    "follow_ups_seen_by",
    "own_follow_ups",
    "report",
    "scope_from",
    "scopes_seen_by",
]
