"""The office's results, and the questions after the course."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tourdee.core import charts
from tourdee.core.money import baht
from tourdee.core.spreadsheets import download
from tourdee.core.text import clean_line, without_hostile
from tourdee.people import queries as people

from . import exports, queries, words
from .actions import answer_follow_up
from .forms import FollowUpForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@login_required
def impact(request: HttpRequest) -> HttpResponse:
    """The four numbers, the funnel, the income; for a cohort or a programme."""
    scopes = _scopes(request)
    scope = queries.scope_from(scopes, request.GET.get("of", ""))
    if scope is None:
        if request.GET.get("of"):
            raise Http404
        return render(request, "impact/empty.html")
    return render(request, "impact/report.html", _page(queries.report(scope, timezone.now()), scopes))


def _page(report: queries.Report, scopes: list[queries.Scope]) -> dict[str, Any]:
    language = _language()
    return {
        "report": report,
        "scopes": scopes,
        "note": exports.note(report),
        "funnel": exports.funnel_rows(report),
        "funnel_chart": charts.funnel_chart(_("From the application to the first sale"), exports.funnel_rows(report)),
        "months": exports.month_rows(report, language),
        "months_chart": charts.line_chart(_("Income by month"), exports.month_rows(report, language), show=baht),
        "groups": [(words.group_name(line.key), line) for line in report.groups],
        "groups_chart": charts.bar_chart(
            _("Income by audience group"), _bars(report.groups, words.group_name), show=baht
        ),
        "provinces": [(words.province_of(line.key, language), line) for line in report.provinces],
        "cohorts": [(words.cohort_name(line.key, report.scope.cohorts, language), line) for line in report.cohorts],
        "learners": [(line, words.answer_words(line.answer)) for line in report.learners],
    }


def _bars(lines: list[Any], name: Any) -> list[tuple[str, int]]:
    return [(name(line.key), line.income_satang) for line in lines]


@require_safe
@login_required
def xlsx(request: HttpRequest) -> HttpResponse:
    """The report as a workbook."""
    report = _report(request)
    return download(exports.report_xlsx(report, _language()), f"tourdee-{_file_name(report)}.xlsx", XLSX)


@require_safe
@login_required
def pdf(request: HttpRequest) -> HttpResponse:
    """The report as a document."""
    report = _report(request)
    return download(exports.report_pdf(report, _language()), f"tourdee-{_file_name(report)}.pdf", "application/pdf")


def _report(request: HttpRequest) -> queries.Report:
    scope = queries.scope_from(_scopes(request), request.GET.get("of", ""))
    if scope is None:
        raise Http404
    return queries.report(scope, timezone.now())


def _scopes(request: HttpRequest) -> list[queries.Scope]:
    """What this officer may see; for anybody else the page does not exist."""
    if not people.is_officer(request.user):
        raise Http404
    return queries.scopes_seen_by(request.user)


def _file_name(report: queries.Report) -> str:
    return report.scope.key.replace(":", "-")


def _language() -> str:
    return (get_language() or "th")[:2]


@require_safe
@login_required
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Whom to ask, those without an answer first chosen; for officers."""
    if not people.is_officer(request.user):
        raise Http404
    words_typed = clean_line(without_hostile(request.GET.get("q", "")), 60)
    rows = queries.follow_ups_seen_by(request.user, words=words_typed)
    shown = "all" if request.GET.get("show") == "all" else "open"
    if shown == "open":
        rows = rows.filter(answered_at__isnull=True)
    page = Paginator(rows, 40).get_page(request.GET.get("page"))
    return render(request, "impact/follow_ups.html", {"page": page, "shown": shown, "typed": words_typed})


@require_safe
@login_required
def my_follow_ups(request: HttpRequest) -> HttpResponse:
    """What a learner is asked."""
    return render(request, "impact/my_follow_ups.html", {"rows": queries.own_follow_ups(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def follow_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer one: the learner, or an officer on the telephone."""
    user: Any = request.user
    row = queries.follow_up_of(user, public_id)
    if row is None:
        raise Http404
    own = row.enrolment.user_id == user.pk
    asked = {"answer": row.answer, "income_satang": row.income_satang, "note": row.note}
    form = FollowUpForm(request.POST or None, initial=asked if row.answered_at else None)
    if request.method == "POST" and form.is_valid():
        answer_follow_up(follow_up=row, by=user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Thank you, the answer is saved."))
        return redirect("my_follow_ups" if own else "follow_ups")
    return render(request, "impact/follow_up.html", {"form": form, "row": row, "own": own})
