"""What this room knows of somebody who applied or took part."""

from tourdee.core.own_data import tells, written
from tourdee.people.models import User

from .models import Application, Attendance, Certificate

APPLIED = (
    "cohort__name_th", "name", "phone", "email", "audience_group", "province", "works_as", "wants_to_sell",
    "income_before_satang", "status", "reason", "submitted_at",
)  # fmt: skip
ATTENDED = ("session__starts_at", "status", "minutes", "late_minutes", "away_minutes", "source", "note", "at")
CERTIFIED = ("number", "name", "programme_name", "cohort_name", "hours", "issued_at", "revoked_at", "revoked_reason")


@tells("course")
def course(user: User) -> object:
    """Applications, attendance, certificates. The citizen id stays sealed: a file is easily passed on."""
    mine = Certificate.objects.filter(enrolment__user=user)
    return {
        "applications": written(Application.objects.filter(user=user).order_by("id").values(*APPLIED)),
        "attendance": written(
            Attendance.objects.filter(enrolment__user=user).order_by("session__starts_at").values(*ATTENDED)
        ),
        "certificates": written(mine.order_by("id").values(*CERTIFIED)),
    }
