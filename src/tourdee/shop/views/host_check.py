"""The host's check of everything: seats, stock, payments, books, and the log of who did what."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tourdee.core.audit import broken_seals

from ..queries.advice import findings
from ..queries.reconcile import differences


@require_safe
@login_required
def host_check(request: HttpRequest) -> HttpResponse:
    """The same as ``tourdee reconcile``, as a page. For everybody but the host it does not exist."""
    if not request.user.is_host:
        raise Http404
    now = timezone.now()
    context = {"findings": findings(differences(now)), "broken": broken_seals(), "at": now}
    return render(request, "shop/host_check.html", context)
