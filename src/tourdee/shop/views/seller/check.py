"""Whether the seller's own seats, stock, money and books agree."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tourdee.legal.models import Business

from ...queries.advice import findings
from ...queries.reconcile import differences
from .access import PersonRequest
from .books import with_books


@require_safe
@with_books
def my_check(request: PersonRequest, business: Business) -> HttpResponse:
    """Green, or what differs and what to do."""
    now = timezone.now()
    context = {"findings": findings(differences(now, business)), "at": now, "business": business}
    return render(request, "shop/seller/books/check.html", context)
