"""A roster from a file: template, upload, preview, import."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tourdee.core.crypto import unseal
from tourdee.core.spreadsheets import XLSX, Sheet, download, workbook

from .. import actions, queries
from ..forms import RosterFileForm, read_people
from ..forms.roster import COLUMNS
from ..models import AudienceGroup, RosterUpload
from .access import PersonRequest, officer_page

EXAMPLE = {
    "name": "นางสาวสมหญิง ใจดี",
    "citizen_id": "1101700230708",
    "phone": "081 234 5678",
    "email": "somying@example.com",
    "province": "เชียงใหม่",
    "works_as": "มัคคุเทศก์",
    "wants_to_sell": "ทริปเดินป่า 1 วัน",
    "income_before": "12000",
}


@officer_page
def import_roster(request: PersonRequest, slug: str) -> HttpResponse:
    """Choose a file. Nothing is saved but the rows for their preview."""
    cohort = get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)
    form = RosterFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = actions.keep_roster(
            cohort=cohort,
            owner=request.user,
            file_name=form.cleaned_data["file"].name,
            rows=form.rows,
            at=timezone.now(),
        )
        return redirect("roster_preview", public_id=upload.public_id)
    return render(request, "programme/roster_upload.html", {"cohort": cohort, "form": form, "current": "seats"})


@officer_page
def roster_preview(request: PersonRequest, public_id: str) -> HttpResponse:
    """Every row with what would happen; imported as a whole, or not at all."""
    own = RosterUpload.objects.filter(owner=request.user, cohort__in=queries.cohorts_seen_by(request.user).order_by())
    upload = get_object_or_404(own.select_related("cohort__programme__office"), public_id=public_id)
    if upload.imported_at or upload.expires_at < timezone.now():
        return _gone(request, upload)
    lines = read_people(json.loads(unseal(upload.rows_sealed)), upload.cohort)
    if request.method == "POST":
        return _import(request, upload, lines)
    plan = queries.roster_plan(upload.cohort, lines)
    context = {
        "upload": upload,
        "cohort": upload.cohort,
        "plan": plan,
        "bad": [line for line in plan if line.outcome == queries.BAD],
        "coming": sum(line.outcome in {queries.NEW, queries.SEAT} for line in plan),
        "importable": queries.is_importable(plan),
        "current": "seats",
    }
    return render(request, "programme/roster_preview.html", context)


@officer_page
@require_safe
def roster_template(request: PersonRequest, slug: str) -> HttpResponse:
    """An Excel file with the headings and an example to write over."""
    cohort = get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)
    header = [headings[0] for headings in COLUMNS.values()]
    example = EXAMPLE | {"audience_group": AudienceGroup(cohort.programme.audience[0]).label}
    rows = [[example[field] for field in COLUMNS]]
    groups = [[group] for group in cohort.programme.audience_labels]
    sheets = [Sheet("รายชื่อ", header, rows), Sheet("กลุ่มเป้าหมาย", ["กลุ่มเป้าหมาย"], groups)]
    return download(workbook(sheets), "roster.xlsx", XLSX)


def _import(request: PersonRequest, upload: RosterUpload, lines: list[queries.RosterLine]) -> HttpResponse:
    try:
        added = actions.import_roster(upload=upload, lines=lines, by=request.user, at=timezone.now())
    except actions.UploadGone:
        return _gone(request, upload)
    except actions.RosterHasProblems:
        messages.error(request, _("Nothing was imported, because at least one row is not in order any more."))
        return redirect("roster_preview", public_id=upload.public_id)
    text = ngettext("%(number)s person has a seat now.", "%(number)s people have a seat now.", added)
    messages.success(request, text % {"number": added})
    return redirect("office_seats", slug=upload.cohort.slug)


def _gone(request: PersonRequest, upload: RosterUpload) -> HttpResponse:
    if upload.imported_at:
        messages.info(request, _("This file has been imported already."))
    else:
        messages.error(request, _("This preview is older than an hour and was deleted. Please choose the file again."))
    return redirect("office_seats" if upload.imported_at else "import_roster", slug=upload.cohort.slug)
