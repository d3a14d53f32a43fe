"""What can be asked of this room; nothing here writes."""

from .costs import CostResult, cost_sheets_of, result_of
from .lessons import LessonPage, lesson_page, team_of
from .missions import MissionCount, MissionState, mission_of, missions_done, missions_of, required_missions_done
from .progress import NextStep, Progress, TopicProgress, next_step, next_step_after, progress_of
from .quizzes import (
    attempts_left,
    course_test_for,
    has_taken_pre_test,
    post_test_percent,
    post_test_percents,
    pre_test_percent,
    pre_test_percents,
)
from .results import Result, TopicScore, best_attempt, result_of_attempt
from .reviews import evidence_visible_to, reviewable, reviews_waiting

__all__ = [
    "CostResult",
    "LessonPage",
    "MissionCount",
    "MissionState",
    "NextStep",
    "Progress",
    "Result",
    "TopicProgress",
    "TopicScore",
    "attempts_left",
    "best_attempt",
    "cost_sheets_of",
    "course_test_for",
    "evidence_visible_to",
    "has_taken_pre_test",
    "lesson_page",
    "mission_of",
    "missions_done",
    "missions_of",
    "next_step",
    "next_step_after",
    "post_test_percent",
    "post_test_percents",
    "pre_test_percent",
    "pre_test_percents",
    "progress_of",
    "required_missions_done",
    "result_of",
    "result_of_attempt",
    "reviewable",
    "reviews_waiting",
    "team_of",
]
