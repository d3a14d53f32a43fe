"""Waiting for seats of a full date: joining the list, seeing one's place behind a secret link, leaving it."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...actions.orders import Refused, TryAgain
from ...actions.waiting_list import join_waiting_list, leave_waiting_list, wait_again
from ...forms.buyer.waiting_list import WaitingForm
from ...models import Departure, Shop, Tour, WaitingParty
from ...queries.availability import seats_left
from ...queries.waiting_list import offer_until, party_by_secret, party_lines, place_in_queue
from .checkout import agreement, network_source


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wait(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form of one full date; where there is room again it says so."""
    departure = _full_date(public_id)
    form = WaitingForm(request.POST or None, departure=departure, notice_link=agreement())
    if request.method == "POST" and form.is_valid() and (party := _joined(request, departure, form)):
        return redirect("waiting_place", secret=party.secret)
    now = timezone.now()
    context = {
        "departure": departure,
        "tour": departure.tour,
        "form": form,
        "left": seats_left(departure, now),
        "until": offer_until(departure, now),
        "key": request.POST.get("key") or secrets.token_urlsafe(18),
    }
    return render(request, "shop/waiting/join.html", context)


def _full_date(public_id: str) -> Departure:
    public = Departure.objects.filter(
        tour__status=Tour.Status.PUBLISHED, tour__shop__status=Shop.Status.OPEN, starts_at__gt=timezone.now()
    )
    return get_object_or_404(public.select_related("tour__shop__owner", "tour__operator"), public_id=public_id)


def _joined(request: HttpRequest, departure: Departure, form: WaitingForm) -> WaitingParty | None:
    try:
        return join_waiting_list(
            departure=departure, wanted=form.party(), guest=form.guest(), key=request.POST.get("key", "")[:64],
            source=network_source(request), at=timezone.now(),
        )  # fmt: skip
    except (Refused, TryAgain) as refused:
        form.add_error(None, refused.message)
        return None


def _party(secret: str) -> WaitingParty:
    party = party_by_secret(secret)
    if party is None:
        raise Http404
    return party


@never_cache
@require_safe
def place(request: HttpRequest, secret: str) -> HttpResponse:
    """Where the party stands; with an offer, the way to its order."""
    return _shown(request, _party(secret))


def _shown(request: HttpRequest, party: WaitingParty, **more: Any) -> HttpResponse:
    now = timezone.now()
    state = party.state(now)
    context = {
        "party": party,
        "tour": party.departure.tour,
        "state": state,
        "people": party_lines([party])[party.pk],
        "place": place_in_queue(party) if state == WaitingParty.State.WAITING else 0,
    }
    response = render(request, "shop/waiting/place.html", context | more)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_POST
def leave(request: HttpRequest, secret: str) -> HttpResponse:
    """Somebody else may have the place."""
    leave_waiting_list(party=_party(secret), at=timezone.now())
    messages.success(request, _("You have left the list."))
    return redirect("waiting_place", secret=secret)


@require_POST
def again(request: HttpRequest, secret: str) -> HttpResponse:
    """After a missed offer: a new place, at the end."""
    party = _party(secret)
    try:
        party = wait_again(party=party, at=timezone.now())
    except (Refused, TryAgain) as refused:
        return _shown(request, party, problem=refused.message)
    return redirect("waiting_place", secret=party.secret)
