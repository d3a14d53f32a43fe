"""A roster file: its columns found by Thai or English headings, its rows read by the rules of the application form."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import ProvinceField
from tourdee.core.provinces import province_choices
from tourdee.core.spreadsheets import BadSheet, Row, read_rows
from tourdee.core.text import THAI_DIGITS, comparison_key

from ..models import AudienceGroup, Cohort
from ..queries import RosterLine
from .applications import PersonForm

MAX_ROWS = 500
HEADING_WITHIN = 10  # rows of titles that may stand above the headings
COLUMNS = {
    "name": ("ชื่อ-นามสกุล", "name", "ชื่อ", "ชื่อสกุล", "full name"),
    "citizen_id": ("เลขประจำตัวประชาชน", "citizen id", "เลขบัตรประชาชน", "id card"),
    "phone": ("โทรศัพท์มือถือ", "phone", "โทรศัพท์", "เบอร์โทร", "เบอร์โทรศัพท์", "mobile"),
    "email": ("อีเมล", "email", "e-mail"),
    "audience_group": ("กลุ่มเป้าหมาย", "group", "กลุ่ม", "audience group"),
    "province": ("จังหวัด", "province"),
    "works_as": ("อาชีพ", "work", "งานที่ทำ", "occupation"),
    "wants_to_sell": ("สิ่งที่อยากขาย", "wants to sell"),
    "income_before": ("รายได้ต่อเดือน (บาท)", "income per month (baht)", "รายได้ต่อเดือน", "รายได้", "income"),
}
REQUIRED = ("name", "citizen_id", "phone", "audience_group", "province")
BANGKOK_SHORT = {"กรุงเทพ", "กรุงเทพฯ", "กทม", "กทม.", "bkk"}
BANGKOK_CODE = 10


class RosterFileForm(forms.Form):
    """An XLSX or CSV file. Cleaned to ``rows``: number in the sheet, cells by field, cells that lost digits."""

    file = forms.FileField(
        label=_("Excel (.xlsx) or CSV file"),
        help_text=_("At most 500 rows. Nothing is saved before you have seen what would happen."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
        error_messages={"empty": _("This file is empty.")},
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            rows = read_rows(upload, max_rows=MAX_ROWS + HEADING_WITHIN)
        except BadSheet as problem:
            raise ValidationError(str(problem), code="sheet") from problem
        place, columns = _headings(rows)
        self.rows = [_as_stored(row, columns) for row in rows[place + 1 :]]
        if not self.rows:
            raise ValidationError(_("There are no people below the headings."), code="empty")
        if len(self.rows) > MAX_ROWS:
            raise ValidationError(
                _("This table has more than %(limit)s rows. Please split it."), params={"limit": MAX_ROWS}
            )
        return upload


class RosterRowForm(PersonForm):
    """One row, by the rules of the application form; what the sheet spells otherwise is put right before."""

    province = ProvinceField(error_messages={"invalid_choice": _("“%(value)s” is no province of Thailand.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unknown = _("“%(value)s” is no group that may apply to this programme.")
        self.fields["audience_group"].error_messages["invalid_choice"] = unknown


def read_people(rows: Sequence[dict[str, Any]], cohort: Cohort) -> list[RosterLine]:
    """The stored rows of a file as people, each with its problems in the page's language."""
    return [_line(row, cohort) for row in rows]


def _line(row: dict[str, Any], cohort: Cohort) -> RosterLine:
    cells = row["cells"]
    form = RosterRowForm(_spelled(cells), cohort=cohort)
    if "citizen_id" in row["floated"]:
        text = gettext(
            "The spreadsheet has rounded this citizen ID, its last digits are lost. Format the column as text first."
        )
        return RosterLine(row["number"], cells.get("name", ""), "", problems=(text,))
    problems = tuple(f"{_heading(name)}: {error}" for name, errors in form.errors.items() for error in errors)
    answers = None if problems else form.answers()
    return RosterLine(row["number"], cells.get("name", ""), _masked(cells), answers=answers, problems=problems)


def _heading(name: str) -> str:
    headings = {
        "name": gettext("Name"),
        "citizen_id": gettext("Citizen ID"),
        "phone": gettext("Phone"),
        "email": gettext("E-mail"),
        "audience_group": gettext("Group"),
        "province": gettext("Province"),
        "works_as": gettext("Work"),
        "wants_to_sell": gettext("Wants to sell"),
        "income_before": gettext("Income"),
    }
    return headings[name]


def _masked(cells: dict[str, str]) -> str:
    digits = "".join(c for c in cells.get("citizen_id", "").translate(THAI_DIGITS) if c.isdecimal())
    return f"•••{digits[-3:]}" if len(digits) >= 6 else "•••"


def _headings(rows: Sequence[Row]) -> tuple[int, dict[int, str]]:
    """Where the headings stand, and which field each column is. The first heading of a field counts."""
    best: dict[int, str] = {}
    place = 0
    for index, row in enumerate(rows[:HEADING_WITHIN]):
        columns: dict[int, str] = {}
        for column in range(len(row.cells)):
            field = _known_headings().get(_plain(row.text(column)))
            if field and field not in columns.values():
                columns[column] = field
        if len(columns) > len(best):
            place, best = index, columns
    missing = [COLUMNS[name][0] for name in REQUIRED if name not in best.values()]
    if missing:
        raise ValidationError(
            _("These columns are missing: %(columns)s. The template below has them all."),
            params={"columns": ", ".join(missing)},
        )
    return place, best


def _as_stored(row: Row, columns: dict[int, str]) -> dict[str, Any]:
    cells = {field: row.text(column) for column, field in columns.items()}
    return {"number": row.number, "cells": cells, "floated": [columns[c] for c in row.floated if c in columns]}


def _spelled(cells: dict[str, str]) -> dict[str, str]:
    """The cells as the form's fields want them: codes for province and group, the zero that Excel takes from phones."""
    phone = cells.get("phone", "").strip()
    if phone.isdecimal() and len(phone) == 9 and phone[0] in "689":
        phone = f"0{phone}"
    return {
        **cells,
        "phone": phone,
        "province": _province_code(cells.get("province", "")),
        "audience_group": _group_value(cells.get("audience_group", "")),
    }


def _province_code(text: str) -> str:
    plain = _plain(text).removeprefix("จังหวัด").removeprefix("จ.")
    return _provinces().get(plain, text)


def _group_value(text: str) -> str:
    return _groups().get(_plain(text), text)


def _plain(text: str) -> str:
    return comparison_key(text).replace(" ", "").replace("-", "").replace("–", "").replace("/", "")


@lru_cache(maxsize=1)
def _known_headings() -> dict[str, str]:
    return {_plain(heading): field for field, headings in COLUMNS.items() for heading in (field, *headings)}


@lru_cache(maxsize=1)
def _provinces() -> dict[str, str]:
    names = {_plain(name): str(code) for language in ("th", "en") for code, name in province_choices(language)}
    return names | {_plain(short): str(BANGKOK_CODE) for short in BANGKOK_SHORT}


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("th", "en"):
        with override(language):
            found |= {_plain(str(group.label)): group.value for group in AudienceGroup}
    return found | {_plain(group.value): group.value for group in AudienceGroup}
