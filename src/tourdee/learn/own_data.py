"""What this room knows of a learner."""

from tourdee.core.own_data import tells, written
from tourdee.people.models import User

from .models import Attempt, CostSheet, LessonRead, MissionProgress


@tells("learning")
def learning(user: User) -> object:
    """Lessons read, tests, missions, cost sheets."""
    sheets = (
        "name",
        "kind",
        "fixed_costs",
        "unit_costs",
        "units",
        "fee_percent",
        "price_satang",
        "wanted_percent",
        "at",
    )
    missions = ("mission__slug", "status", "link", "note", "comment", "at")
    return {
        "lessons_read": written(LessonRead.objects.filter(user=user).order_by("id").values("topic__slug", "number", "at")),
        "tests": written(
            Attempt.objects.filter(user=user).order_by("id").values("quiz__slug", "purpose", "answers", "right", "total", "at")
        ),
        "missions": written(MissionProgress.objects.filter(user=user).order_by("id").values(*missions)),
        "cost_sheets": written(CostSheet.objects.filter(user=user).order_by("id").values(*sheets)),
    }  # fmt: skip
