"""The rules, for everybody to read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tourdee.core.dates import bangkok_day

from .. import queries

TOPICS = {
    "tourism": (_("Tours and guides"), "route"),
    "registration": (_("Registration"), "file-certificate"),
    "price": (_("Prices"), "currency-baht"),
    "consumer": (_("Buyers and their data"), "shield-check"),
}


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """All rules by topic."""
    topics = [(*TOPICS[topic], found) for topic, found in queries.rules_by_topic()]
    return render(request, "legal/rules.html", {"topics": topics})


@require_safe
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule: what it asks, what to do, how sure we are."""
    found = queries.rule(rule_id)
    if found is None:
        raise Http404
    due = found.review_before < bangkok_day(timezone.now())
    return render(request, "legal/rule.html", {"rule": found, "review_is_due": due})


@require_safe
def local_licence(request: HttpRequest) -> HttpResponse:
    """How one person gets a local-area tour licence, step by step (TOUR-003, TOUR-004)."""
    found = {name: queries.rule(name) for name in ("TOUR-001", "TOUR-003", "TOUR-004")}
    return render(request, "legal/local_licence.html", {"classes": found["TOUR-003"], "renewal": found["TOUR-004"]})
