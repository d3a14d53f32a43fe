"""Rows of the room for tests, here and in the rooms above."""

import io
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tourdee.core.dates import at_bangkok
from tourdee.legal.models import Business, OperatorAgreement, Paper
from tourdee.people.models import User

NUMBERS = {
    "tour_licence": "11/07440",
    "guide_licence": "11-12345",
    "commercial_registration": "1234567890121",
    "company_registration": "0105555000005",
    "community_enterprise_registration": "1-50-01-01/1-0001",
}
SENT = at_bangkok(date(2026, 11, 20), 9)


def photo(name: str = "paper.jpg", size: tuple[int, int] = (320, 240)) -> SimpleUploadedFile:
    """A small real JPEG as a browser sends it."""
    out = io.BytesIO()
    Image.new("RGB", size, (180, 120, 60)).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def make_business(owner: User, **fields: Any) -> Business:
    """A natural person of Chiang Mai who sells."""
    usual = {
        "kind": "natural", "name": "สมหญิง ใจดี", "address": "12 ถ.ท่าแพ อ.เมือง เชียงใหม่ 50100", "province": 50,
        "phone": "+66812345678", "promptpay": "0812345678", "promptpay_name": "น.ส. สมหญิง ใจดี",
    }  # fmt: skip
    return Business.objects.create(owner=owner, **{**usual, **fields})


def make_paper(business: Business, kind: str = "tour_licence", **fields: Any) -> Paper:
    """A paper that waits for its check."""
    usual = {"number": NUMBERS[kind], "submitted_at": SENT, "picture": ""}
    return Paper.objects.create(business=business, kind=kind, **{**usual, **fields})


def make_accepted(business: Business, checker: User, kind: str = "tour_licence", **fields: Any) -> Paper:
    """A paper that an officer has accepted."""
    checked = {"status": "accepted", "checked_by": checker, "checked_at": SENT}
    return make_paper(business, kind, **{**checked, **fields})


def make_agreement(guide: Business, operator: Business, asked_at: datetime = SENT, **fields: Any) -> OperatorAgreement:
    """An active agreement."""
    usual = {"status": "active", "job_order": "JO-1", "decided_at": asked_at}
    return OperatorAgreement.objects.create(guide=guide, operator=operator, asked_at=asked_at, **{**usual, **fields})
