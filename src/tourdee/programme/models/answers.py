"""What an applicant says, before it becomes a row."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Answers:
    """``phone`` in E.164, ``citizen_id`` thirteen digits, ``province`` a DOPA code, income in satang a month."""

    name: str
    phone: str
    citizen_id: str
    audience_group: str
    province: int
    email: str = ""
    works_as: str = ""
    wants_to_sell: str = ""
    income_before_satang: int | None = None
