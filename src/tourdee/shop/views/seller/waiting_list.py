"""Who waits for seats of a date; seats offered by hand."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ...actions.conflicts import TryAgain
from ...actions.waiting_list import CannotOffer, offer_by_hand
from ...models import WaitingParty
from ...queries.selling import departures_for
from ...queries.waiting_list import everybody_waiting, party_lines
from .access import PersonRequest


@require_safe
@login_required
def waiting(request: PersonRequest, public_id: str) -> HttpResponse:
    """In the order in which they came, with what became of them."""
    departure = get_object_or_404(departures_for(request.user), public_id=public_id)
    now = timezone.now()
    parties = everybody_waiting(departure)
    people = party_lines(parties)
    rows = [(party, party.state(now), people[party.pk], party.fits(departure, departure.left)) for party in parties]
    return render(request, "shop/seller/waiting_parties.html", {"departure": departure, "rows": rows})


@require_POST
@login_required
def offer(request: PersonRequest, public_id: str) -> HttpResponse:
    """This party, whoever stands before it."""
    mine = WaitingParty.objects.filter(departure__in=departures_for(request.user)).select_related("departure")
    party = get_object_or_404(mine, public_id=public_id)
    try:
        offer_by_hand(party=party, by=request.user, at=timezone.now())
    except (CannotOffer, TryAgain) as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Offered. The guest is told until when to pay."))
    return redirect("waiting_parties", public_id=party.departure.public_id)
