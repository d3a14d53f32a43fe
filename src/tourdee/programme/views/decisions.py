"""The decisions desk and the pass rule."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from tourdee.core.spreadsheets import CSV, XLSX, Sheet, csv_text, download, workbook

from .. import actions, queries
from ..forms.rules import PassRuleForm
from ..models import Cohort
from ..words import lacking
from .access import officer_page


@officer_page
@require_safe
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody's figures, what is missing, what the rule says, what was decided."""
    cohort = _cohort(request, slug)
    desk = queries.decision_desk(cohort)
    lines = [(line, lacking(line.missing)) for line in desk.lines]
    return render(request, "programme/decisions.html", {"cohort": cohort, "desk": desk, "lines": lines})


@officer_page
@require_POST
def decide_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Apply the rule to everybody."""
    changed = actions.decide_all(cohort=_cohort(request, slug), by=request.user, at=timezone.now())
    text = ngettext("%(number)s decision was made.", "%(number)s decisions were made.", changed)
    messages.success(request, text % {"number": changed} if changed else _("Nothing was changed."))
    return redirect("decisions", slug=slug)


@officer_page
@require_POST
def decide(request: HttpRequest, slug: str, enrolment_id: str) -> HttpResponse:
    """Apply the rule to one learner."""
    learners = _cohort(request, slug).enrolments.filter(is_active=True).select_related("cohort__programme__office")
    enrolment = get_object_or_404(learners, public_id=enrolment_id)
    try:
        decision = actions.decide(enrolment=enrolment, by=request.user, at=timezone.now())
    except actions.HasCertificate:
        messages.error(request, _("A certificate stands on this decision. Revoke it before deciding again."))
    else:
        text = _("%(name)s passed.") if decision.passed else _("%(name)s did not pass.")
        messages.success(request, text % {"name": enrolment.name})
    return redirect("decisions", slug=slug)


@officer_page
@require_safe
def decisions_export(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The desk as a table, with the figures of the screen."""
    cohort = _cohort(request, slug)
    header, rows = _table(queries.decision_desk(cohort))
    name = f"{cohort.slug}-decisions.{kind}"
    if kind == "csv":
        return download(csv_text(header, rows), name, CSV)
    if kind != "xlsx":
        raise Http404
    return download(workbook([Sheet(_("Decisions"), header, rows)]), name, XLSX)


@officer_page
def pass_rule(request: HttpRequest, slug: str) -> HttpResponse:
    """The rule of the cohort's office, its history, and a new value from some day on."""
    cohort = _cohort(request, slug)
    office, rule = cohort.programme.office, queries.pass_rule_of(cohort)
    form = PassRuleForm(request.POST or None, initial=_of_rule(rule))
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_pass_rule(office=office, by=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.RuleExists:
            form.add_error("valid_from", _("There is a rule from this day on already. Please choose another day."))
        else:
            messages.success(request, _("The rule is set. Decisions made before keep the rule of their time."))
            return redirect("decisions", slug=slug)
    context = {"cohort": cohort, "rule": rule, "history": queries.pass_rule_history(office), "form": form}
    return render(request, "programme/decision_rule.html", context)


def _cohort(request: HttpRequest, slug: str) -> Cohort:
    return get_object_or_404(queries.cohorts_seen_by(request.user), slug=slug)


def _of_rule(rule: queries.PassRule) -> dict[str, object]:
    return {
        "hours_percent": rule.hours_percent,
        "post_test_percent": rule.post_test_percent,
        "missions": rule.missions,
    }


def _table(desk: queries.DecisionDesk) -> tuple[list[str], list[list[object]]]:
    header = [
        _("Seat"),
        _("Name"),
        _("Hours"),
        _("Hours, per cent"),
        _("Post-test, per cent"),
        _("Missions done"),
        _("Missions required"),
        _("Missing"),
        _("The rule says"),
        _("Decided"),
        _("Certificate"),
    ]
    return header, [_row(line) for line in desk.lines]


def _row(line: queries.DecisionLine) -> list[object]:
    figures = line.figures
    return [
        line.enrolment.seat_number,
        line.enrolment.name,
        figures.hours,
        figures.hours_percent,
        figures.post_test_percent,
        figures.missions_done,
        figures.missions_required,
        ", ".join(lacking(line.missing)),
        _("Pass") if line.passes else _("Not yet"),
        "" if line.decision is None else pgettext("decision", "Passed") if line.decision.passed else _("Not passed"),
        line.certificate.number if line.certificate else "",
    ]
