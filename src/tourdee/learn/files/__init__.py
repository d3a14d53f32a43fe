"""Reads the curriculum's files: topics, lessons in Markdown, questions, missions. Knows nothing of the database."""

from .reading import read_curriculum
from .shapes import BadCurriculum, Curriculum

__all__ = ["BadCurriculum", "Curriculum", "read_curriculum"]
