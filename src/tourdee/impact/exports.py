"""The same report as a workbook and as a document."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from tourdee.core import charts, pdf
from tourdee.core.dates import long_date, short_date
from tourdee.core.money import baht, plain_baht
from tourdee.core.spreadsheets import Sheet, workbook
from tourdee.core.templatetags.tourdee import local

from . import words
from .queries import Report
from .queries.report import GroupLine

TEMPLATE = Path(__file__).resolve().parent / "typst" / "report.typ"
Rows = list[list[object]]


def report_xlsx(report: Report, language: str) -> bytes:
    """Summary, groups, provinces, cohorts, learners. Money in baht as numbers, so that sums can be checked."""
    return workbook(
        [
            Sheet(_("Summary"), [_("Figure"), _("Number"), _("Per cent")], _summary(report)),
            Sheet(
                _("Funnel"),
                [_("Step"), _("Learners")],
                [[words.funnel_step(name), count] for name, count in report.funnel],
            ),
            _groups(_("Audience groups"), report.groups, words.group_name),
            _groups(_("Provinces"), report.provinces, lambda key: words.province_of(key, language)),
            _groups(_("Cohorts"), report.cohorts, lambda key: words.cohort_name(key, report.scope.cohorts, language)),
            Sheet(
                _("Months"),
                [_("Month"), _("Income (baht)")],
                [[month_name(month, language), _number(satang)] for month, satang in report.months],
            ),
            Sheet(_("Learners"), _learner_header(), learner_rows(report, language)),
        ]
    )


def report_pdf(report: Report, language: str) -> bytes:
    """The report as a document with the charts of the screen, to be signed."""
    charts_drawn = {"funnel.svg": _funnel(report), "months.svg": _months(report, language)}
    return pdf.pdf(TEMPLATE, report_data(report, language), files=charts_drawn)


def report_data(report: Report, language: str) -> dict[str, object]:
    """What the document shows, in the words and figures of the screen."""
    return {
        "language": language,
        "title": _("Results of the programme"),
        "programme": local(report.scope.programme, "name"),
        "scope": local(report.scope, "name"),
        "office": local(report.scope.programme.office, "name"),
        "made": _("Computed on %(date)s") % {"date": long_date(report.at, language)},
        "headings": _headings(),
        "summary": [[str(cell) for cell in row] for row in _summary(report, shown=True)],
        "note": note(report),
        "groups": _shown(report.groups, words.group_name),
        "provinces": _shown(report.provinces, lambda key: words.province_of(key, language)),
        "learners": [[str(cell) for cell in row] for row in learner_rows(report, language, shown=True)],
        "learner_header": _learner_header(shown=True),
    }


def note(report: Report) -> str:
    """Where the fourth number comes from, with the non-response in it."""
    return _(
        "“Used it and earned more” counts those who passed and whose own shop was paid since they got their seat, or who said so "
        "in a follow-up. Of %(passed)s who passed, nothing is known of %(unknown)s (%(percent)s %%): they stay in the totals."
    ) % {"passed": report.four.passed, "unknown": report.unknown, "percent": report.unknown_percent}


def month_name(month: date, language: str) -> str:
    """``พ.ย. 2569`` or ``Nov 2026``."""
    return short_date(month, language).split(" ", 1)[1]


def _summary(report: Report, *, shown: bool = False) -> Rows:
    four = report.four
    income = baht(report.income_satang) if shown else _number(report.income_satang)
    return [
        [_("Target (plan)"), four.target, ""],
        [_("Attended"), four.attended, four.attended_percent],
        [_("Passed"), four.passed, four.passed_percent],
        [_("Used it and earned more"), four.earns_more, four.earns_more_percent],
        [_("Passed, nothing known (non-response)"), report.unknown, report.unknown_percent],
        [_("Income through the shops (baht)"), income, ""],
        [_("Paid orders"), report.orders, ""],
    ]


def _groups(title: str, lines: list[GroupLine], name: Callable[[str], str]) -> Sheet:
    header = [title, _("Learners"), _("Passed"), _("Earned more"), _("Nothing known"), _("Income (baht)")]
    rows: Rows = [
        [name(line.key), line.learners, line.passed, line.earns_more, line.unknown, _number(line.income_satang)]
        for line in lines
    ]
    return Sheet(title, header, rows)


def _shown(lines: list[GroupLine], name: Callable[[str], str]) -> Rows:
    return [
        [
            name(line.key),
            str(line.learners),
            str(line.passed),
            str(line.earns_more),
            str(line.unknown),
            baht(line.income_satang),
        ]
        for line in lines
    ]


def _learner_header(*, shown: bool = False) -> list[str]:
    header = [
        _("Seat"),
        _("Name"),
        _("Cohort"),
        _("Attended"),
        _("Passed"),
        _("Shop"),
        _("Orders") if shown else _("Paid orders"),
        _("Income") if shown else _("Income (baht)"),
        _("Follow-up"),
    ]
    return [word for place, word in enumerate(header) if not (shown and place in (2, 5))]


def learner_rows(report: Report, language: str, *, shown: bool = False) -> Rows:
    """One row a learner, in the order of the screen."""
    rows: Rows = []
    for line in report.learners:
        income = baht(line.income_satang) if shown else _number(line.income_satang)
        row = [line.enrolment.seat_number, line.enrolment.name, words.cohort_name(line.cohort.slug, report.scope.cohorts, language),
               yes_no(line.attended), yes_no(line.passed), line.shop.name_th if line.shop else "", line.orders, income,
               words.answer_words(line.answer)]  # fmt: skip
        rows.append([cell for place, cell in enumerate(row) if not (shown and place in (2, 5))])
    return rows


def yes_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _headings() -> dict[str, object]:
    return {
        "numbers": _("The four numbers"),
        "funnel": _("From the application to the first sale"),
        "months": _("Income by month"),
        "groups": _("By audience group"),
        "provinces": _("By province"),
        "learners": _("By learner"),
        "prepared": _("Prepared by"),
        "approved": _("Approved by"),
        "date": _("Date"),
        "summary": [_("Figure"), _("Number"), _("Per cent")],
        "group": [_("Group"), _("Learners"), _("Passed"), _("Earned more"), _("Nothing known"), _("Income")],
        "province": [_("Province"), _("Learners"), _("Passed"), _("Earned more"), _("Nothing known"), _("Income")],
    }


def funnel_rows(report: Report) -> list[tuple[str, int]]:
    return [(words.funnel_step(name), count) for name, count in report.funnel]


def month_rows(report: Report, language: str) -> list[tuple[str, int]]:
    return [(month_name(month, language), satang) for month, satang in report.months]


def _funnel(report: Report) -> bytes:
    return charts.funnel_chart(_("From the application to the first sale"), funnel_rows(report), palette=True).encode()


def _months(report: Report, language: str) -> bytes:
    return charts.line_chart(_("Income by month"), month_rows(report, language), show=baht, palette=True).encode()


def _number(satang: int) -> Decimal:
    return Decimal(plain_baht(satang))
