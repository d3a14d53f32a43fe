"""The dated rules of a course: when presence counts, and what it takes to pass. Each is shown with its source."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from tourdee.core.models import DatedSetting
from tourdee.core.queries import NoSuchSetting, SettingInForce, setting_on
from tourdee.people.models import Organisation

from ..models import Cohort

ATTENDANCE_RULE = "attendance_rule"
PASS_RULE = "pass_rule"  # the name of a setting, not a secret  # noqa: S105
FIRST_DAY = date(2020, 1, 1)


@dataclass(frozen=True)
class AttendanceRule:
    """``grace_minutes`` late cost nothing; the check-in opens so many minutes before the half-day by itself."""

    grace_minutes: int = 15
    opens_minutes_before: int = 30


@dataclass(frozen=True)
class PassRule:
    """What it takes to pass. ``missions`` is ``required`` (all required missions are done) or ``none``."""

    hours_percent: int
    post_test_percent: int
    missions: str
    valid_from: date
    source: str
    confirmed: bool

    @property
    def wants_missions(self) -> bool:
        return self.missions == "required"

    def as_json(self) -> dict[str, Any]:
        """The copy that is kept with a decision."""
        return asdict(self) | {"valid_from": self.valid_from.isoformat()}


# What stands until an office has set its own. Nobody has confirmed these figures; the pages say so.
FIRST_VALUES: dict[str, SettingInForce] = {
    ATTENDANCE_RULE: SettingInForce(
        ATTENDANCE_RULE,
        asdict(AttendanceRule()),
        FIRST_DAY,
        "ข้อกำหนดของหน่วยงานผู้จัด: มาสายไม่เกิน 15 นาทีไม่หักเวลา",
        confirmed=False,
    ),
    PASS_RULE: SettingInForce(
        PASS_RULE,
        {"hours_percent": 80, "post_test_percent": 60, "missions": "required"},
        FIRST_DAY,
        "ค่าเริ่มต้นของระบบ ยังไม่ยืนยัน: เกณฑ์เข้าอบรมไม่น้อยกว่าร้อยละ 80 ไม่พบข้อความยืนยันในเอกสารที่ค้นได้ "
        "(ระเบียบกรมพัฒนาฝีมือแรงงานว่าด้วยการฝึกอบรมฝีมือแรงงาน พ.ศ. 2566 ค้นพบเพียงส่วนต้น) "
        "คะแนนหลังเรียนร้อยละ 60 และภารกิจบังคับเป็นข้อกำหนดของหลักสูตรนี้ โปรดให้เจ้าหน้าที่ตรวจสอบก่อนใช้จริง",
        confirmed=False,
    ),
}


def attendance_rule(on: date) -> AttendanceRule:
    """How presence counts at a half-day of that day."""
    return AttendanceRule(**_setting(ATTENDANCE_RULE, on).value)


def pass_rule_key(office: Organisation) -> str:
    """The name of an office's own rule; one office never changes another's."""
    return f"{PASS_RULE}:{office.public_id}"


def pass_rule_of(cohort: Cohort) -> PassRule:
    """The rule in force on the cohort's first day, the office's own or else everybody's: it does not change under
    those who have begun."""
    try:
        setting = setting_on(pass_rule_key(cohort.programme.office), cohort.starts_on)
    except NoSuchSetting:
        setting = _setting(PASS_RULE, cohort.starts_on)
    return PassRule(**setting.value, valid_from=setting.valid_from, source=setting.source, confirmed=setting.confirmed)


def pass_rule_history(office: Organisation) -> list[DatedSetting]:
    """All values that the rule had or will have for this office, the newest first."""
    return list(DatedSetting.objects.filter(key__in=[PASS_RULE, pass_rule_key(office)]).order_by("-valid_from", "-key"))


def _setting(key: str, on: date) -> SettingInForce:
    try:
        return setting_on(key, on)
    except NoSuchSetting:
        return FIRST_VALUES[key]
