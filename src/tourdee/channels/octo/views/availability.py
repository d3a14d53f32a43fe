"""When there is room."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router

from tourdee.shop.queries.baskets import PUBLIC_ID

from ..contract import answers, bodies
from ..contract.refusals import BadRequest, InvalidOption, InvalidProduct, InvalidUnit
from ..queries import availability as when
from ..queries import products as what
from .door import NO, OctoRequest, answer

LONGEST_SPAN = timedelta(days=366)
router = Router(by_alias=True)


@router.post(
    "/availability/calendar",
    response={200: list[answers.CalendarDay], **NO},
    operation_id="availabilityCalendar",
    tags=["Availability"],
)
def calendar(request: OctoRequest, body: bodies.CalendarBody) -> HttpResponse:
    """One line for each day."""
    first, last = span(body.local_date_start, body.local_date_end)
    sold, asked = _asked(request, body)
    starts = when.starts_between(sold.tour, first, last, asked.at)
    return answer(when.calendar(sold, starts, first, last, asked))


@router.post(
    "/availability",
    response={200: list[answers.Availability], **NO},
    operation_id="availabilityCheck",
    tags=["Availability"],
)
def availability(request: OctoRequest, body: bodies.AvailabilityBody) -> HttpResponse:
    """One line for each departure, by day, by a span of days, or by ids."""
    days, ids = _days_or_ids(body)
    sold, asked = _asked(request, body)
    starts = (
        when.starts_between(sold.tour, *days, asked.at) if days else when.starts_by_id(sold.tour, ids or [], asked.at)
    )
    return answer([when.availability(sold, start, asked) for start in starts])


def _days_or_ids(body: bodies.AvailabilityBody) -> tuple[tuple[str, str] | None, list[str] | None]:
    """Exactly one way to ask. Raises BadRequest."""
    spans = body.local_date_start is not None or body.local_date_end is not None
    if [body.local_date is not None, spans, body.availability_ids is not None].count(True) != 1:
        raise BadRequest(
            _("Please ask by exactly one of localDate, localDateStart with localDateEnd, availabilityIds.")
        )
    if body.availability_ids is not None:
        return None, [one for one in body.availability_ids if PUBLIC_ID.fullmatch(one)]
    return span(body.local_date or body.local_date_start, body.local_date or body.local_date_end), None


def span(first: str | None, last: str | None) -> tuple[str, str]:
    """Two days, in order, no more than a year apart. Raises BadRequest."""
    if not first or not last:
        raise BadRequest(_("localDateStart and localDateEnd belong together."))
    if not timedelta() <= date.fromisoformat(last) - date.fromisoformat(first) <= LONGEST_SPAN:
        raise BadRequest(_("The days must be in order and no more than a year apart."))
    return first, last


def _asked(request: OctoRequest, body: bodies.AvailabilityBody | bodies.CalendarBody) -> tuple[when.Sold, when.Asked]:
    """The product, and what is to be known of it. Raises Refusal."""
    caller = request.auth
    sold = when.sold_tour(caller, body.product_id) if PUBLIC_ID.fullmatch(body.product_id) else None
    if sold is None:
        raise InvalidProduct(body.product_id)
    if body.option_id != what.OPTION:
        raise InvalidOption(body.option_id)
    if body.currency not in {None, "THB"}:
        raise BadRequest(_("Prices are in THB."))
    wanted: dict[str, int] = {}
    for unit in body.units or []:
        if unit.id not in sold.units:
            raise InvalidUnit(unit.id)
        wanted[unit.id] = wanted.get(unit.id, 0) + unit.quantity
    special = when.special_prices(sold.tour) if what.PRICING in request.asked else {}
    return sold, when.Asked(wanted, set(request.asked), caller.commission_percent, timezone.now(), special)
