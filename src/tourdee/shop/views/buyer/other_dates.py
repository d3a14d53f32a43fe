"""A date does not go for want of guests: who booked it chooses another one, or takes everything back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ...actions.cancellation import CannotCancel
from ...actions.cancelled_departures import take_out_of
from ...actions.groups import REASON, CannotMove, choose_other_date
from ...queries.order_page import OrderPage
from .orders import behind_secret


@require_POST
@behind_secret
def other_date(request: HttpRequest, page: OrderPage) -> HttpResponse:
    """One of the dates offered, or none of them: then all money goes back."""
    offers = {f"{offer.departure.public_id}:{to.public_id}": (offer.departure, to)
              for offer in page.date_offers for to in offer.dates}  # fmt: skip
    chosen = request.POST.get("date", "")
    try:
        if chosen == "refund" and page.date_offers:
            for offer in page.date_offers:
                take_out_of(order=page.order, departure=offer.departure, reason=REASON, by=None, at=page.at)
        elif chosen in offers:
            departure, to = offers[chosen]
            choose_other_date(order=page.order, departure=departure, to=to, at=page.at)
        else:
            messages.error(request, _("Please choose one of the dates."))
    except (CannotMove, CannotCancel) as problem:
        messages.error(request, problem.message)
    return redirect("order_status", secret=page.order.secret)
