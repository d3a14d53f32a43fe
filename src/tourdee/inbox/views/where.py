"""Which item is where."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tourdee.shop.models import Shop

from ..queries.outlets import lines_of
from .access import PersonRequest, with_shop


@require_safe
@with_shop
def where(request: PersonRequest, shop: Shop) -> HttpResponse:
    """Every item with the places where it is offered, and what differs there from the shop itself."""
    lines = lines_of(shop, timezone.now())
    differing = [one for one in lines if one.line.differs]
    only = request.GET.get("only") == "differing"
    context = {"lines": differing if only else lines, "differing": len(differing), "all": len(lines), "only": only}
    return render(request, "inbox/where.html", context)
