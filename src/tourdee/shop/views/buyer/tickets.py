"""What a telephone's own camera opens when it is held over a ticket."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ...queries.selling import departures_for
from ...queries.tickets import read_ticket


@never_cache
@require_safe
def ticket(request: HttpRequest, ticket: str) -> HttpResponse:
    """For a seller the check-in page with this ticket; for anybody else a word on what it is. Whether it is genuine is
    told to nobody here: only checking in looks."""
    if read_ticket(ticket) is None:
        raise Http404
    if request.user.is_authenticated and departures_for(request.user).exists():
        return redirect(f"{reverse('check_in_app')}?{urlencode({'ticket': ticket})}")
    response = render(request, "shop/ticket.html")
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
