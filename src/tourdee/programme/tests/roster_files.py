"""Roster files as offices send them."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from tourdee.core.spreadsheets import XLSX

from .factories import citizen_id

HEADINGS = ["ชื่อ-นามสกุล", "เลขประจำตัวประชาชน", "โทรศัพท์มือถือ", "กลุ่มเป้าหมาย", "จังหวัด", "อีเมล"]


def person(number, **values):
    """One row of a good file."""
    row = {
        "name": f"นายคนที่ {number} ทดสอบ", "citizen_id": citizen_id(number), "phone": f"08{number:08d}",
        "group": "มัคคุเทศก์", "province": "เชียงใหม่", "email": "", **values,
    }  # fmt: skip
    return list(row.values())


def excel(*rows, headings=HEADINGS, above=()):
    book = Workbook()
    for row in (*above, headings, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("รายชื่อ.xlsx", out.getvalue(), XLSX)


def comma(*rows, headings=HEADINGS, encoding="utf-8-sig"):
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return SimpleUploadedFile("list.csv", out.getvalue().encode(encoding), "text/csv")
