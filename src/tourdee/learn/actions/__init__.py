"""What can be done in this room; each act in one transaction."""

from .costs import delete_cost_sheet, save_cost_sheet
from .curriculum import load_curriculum
from .lessons import mark_lesson_read
from .missions import (
    CannotReview,
    CannotSubmit,
    accept_mission,
    complete_mission_by_event,
    return_mission,
    submit_mission,
)
from .quizzes import CannotHandIn, NoAttemptsLeft, OtherAnswers, PreTestFirst, UnknownAnswers, hand_in

__all__ = [
    "CannotHandIn",
    "CannotReview",
    "CannotSubmit",
    "NoAttemptsLeft",
    "OtherAnswers",
    "PreTestFirst",
    "UnknownAnswers",
    "accept_mission",
    "complete_mission_by_event",
    "delete_cost_sheet",
    "hand_in",
    "load_curriculum",
    "mark_lesson_read",
    "return_mission",
    "save_cost_sheet",
    "submit_mission",
]
