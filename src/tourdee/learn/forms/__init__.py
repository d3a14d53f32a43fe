"""What was typed in this room, cleaned."""

from .costs import CostDraft
from .missions import ReviewForm, SubmissionForm
from .quizzes import OTHER_QUESTIONS, QuizForm

__all__ = ["OTHER_QUESTIONS", "CostDraft", "QuizForm", "ReviewForm", "SubmissionForm"]
