"""Pages of the room, by topic."""

from . import costs, lessons, missions, quizzes, reviews

__all__ = ["costs", "lessons", "missions", "quizzes", "reviews"]
