"""What changed, in figures that are the same on the screen, in XLSX and in PDF."""

from .follow_ups import follow_up_of, follow_ups_seen_by, own_follow_ups
from .learners import LearnerLine
from .report import Report, report
from .scope import Scope, scope_from, scopes_seen_by

__all__ = [
    "LearnerLine",
    "Report",
    "Scope",
    "follow_up_of",
    "follow_ups_seen_by",
    "own_follow_ups",
    "report",
    "scope_from",
    "scopes_seen_by",
]
