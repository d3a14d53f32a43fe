"""What is taught, and how far each learner has come. Lessons, questions and missions are loaded from curriculum/."""

from .costs import CostSheet
from .lessons import Lesson, LessonRead, Topic
from .missions import Mission, MissionProgress
from .quizzes import Attempt, Question, Quiz

__all__ = ["Attempt", "CostSheet", "Lesson", "LessonRead", "Mission", "MissionProgress", "Question", "Quiz", "Topic"]
