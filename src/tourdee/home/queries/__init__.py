"""What the composed pages show. Home owns no rows; these questions put other rooms' answers side by side."""

from .course import TopicLine, course_programme, past_cohorts, topic_lines
from .today import Today, Todo, today_of

__all__ = ["Today", "Todo", "TopicLine", "course_programme", "past_cohorts", "today_of", "topic_lines"]
