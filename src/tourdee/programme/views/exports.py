"""Lists of applicants that leave the system: citizen ids masked, each download in the log, named after its taker."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tourdee.core.dates import clock, short_date
from tourdee.core.money import plain_baht
from tourdee.core.provinces import province_name
from tourdee.core.spreadsheets import CSV, XLSX, Sheet, csv_text, download, workbook

from .. import actions, queries
from ..forms import ApplicationSearchForm
from ..models import Application
from .access import PersonRequest, officer_page


@officer_page
@require_POST
def export_applications(request: PersonRequest, slug: str) -> HttpResponse:
    """The applications as the list shows them at the moment (``?`` parameters), as XLSX or CSV."""
    cohort = get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)
    kind = "csv" if request.POST.get("kind") == "csv" else "xlsx"
    found = list(queries.applications_matching(cohort, ApplicationSearchForm(request.GET).search()))
    at = timezone.now()
    actions.note_export(cohort=cohort, rows=len(found), kind=kind, by=request.user, at=at)
    header, rows = _header(), list(_rows(found))
    name = f"{cohort.slug}-applications.{kind}"
    if kind == "csv":
        return download(csv_text(header, rows), name, CSV)
    language = get_language() or "th"
    taken = [
        [_("Downloaded by"), request.user.get_full_name()],
        [_("When"), f"{short_date(at, language)} {clock(at, language)}"],
    ]
    sheets = [Sheet(_("Applications"), header, rows), Sheet(_("About this list"), [cohort.name_th, ""], taken)]
    return download(workbook(sheets), name, XLSX)


def _header() -> list[str]:
    return [
        _("Applied on"),
        _("Name"),
        _("Citizen ID"),
        _("Phone"),
        _("E-mail"),
        _("Group"),
        _("Province"),
        _("Work"),
        _("Wants to sell"),
        _("Income a month (baht)"),
        _("Status"),
        _("Reason"),
    ]


def _rows(applications: Iterable[Application]) -> Iterable[list[object]]:
    language = get_language() or "th"
    for one in applications:
        income = one.income_before_satang
        yield [
            short_date(one.submitted_at, language),
            one.name,
            queries.masked_citizen_id(one),
            one.phone,
            one.email,
            one.get_audience_group_display(),
            province_name(one.province, language),
            one.works_as,
            one.wants_to_sell,
            "" if income is None else plain_baht(income),
            one.get_status_display(),
            one.reason,
        ]
