"""What the learners of the demo say of their income, months after the pilot. Some never answer."""

from datetime import datetime, timedelta

from tourdee.core.dates import at_bangkok
from tourdee.impact.actions import plan_follow_ups
from tourdee.impact.models import FollowUp

from .cast import person

MORE, SAME, LESS, NONE = (
    FollowUp.Answer.EARNS_MORE,
    FollowUp.Answer.EARNS_SAME,
    FollowUp.Answer.EARNS_LESS,
    FollowUp.Answer.NONE,
)
ANSWERS = (MORE, MORE, MORE, MORE, MORE, NONE, MORE, SAME, LESS, MORE, NONE, MORE)
NOTES = {MORE: "ลูกค้าจองผ่านลิงก์ ไม่ต้องรอสายโทรศัพท์", SAME: "ยังขายได้เท่าเดิม กำลังถ่ายรูปใหม่", LESS: "ช่วงฝนแขกน้อย"}


def load_follow_ups(at: datetime) -> None:
    """Ask everybody who is due, and let most of the pilot answer: by the officer's telephone, 3, 6 and 12 months later."""
    plan_follow_ups(at=at)
    officer = person("wipa")
    rows = list(FollowUp.objects.filter(answer=NONE).select_related("enrolment"))
    for row in rows:
        row.answer = ANSWERS[row.enrolment.seat_number % len(ANSWERS)]
        if row.answer != NONE:
            row.note = NOTES[row.answer]
            row.income_satang = (4 + row.enrolment.seat_number % 7 + row.months // 3) * 100_000
            row.answered_at = at_bangkok(row.due_on, 14) + timedelta(days=row.enrolment.seat_number % 5)
            row.recorded_by = officer
    FollowUp.objects.bulk_update(rows, ["answer", "note", "income_satang", "answered_at", "recorded_by"])
