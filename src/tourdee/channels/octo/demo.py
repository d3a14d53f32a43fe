"""An agency that sells a demo shop's tours, with two bookings: one confirmed, one still held."""

from datetime import datetime, timedelta

from tourdee.core.dates import bangkok_day
from tourdee.shop.models import Departure, Shop

from .actions.bookings import confirm, reserve
from .actions.keys import add_reseller, digest_of, make_key
from .contract.bodies import ConfirmationBody, ContactBody, ReservationBody, UnitItemBody
from .queries.callers import caller_of
from .queries.products import OPTION


def load(at: datetime) -> None:
    """In the licensed boat shop of the demo. The key's secret is shown to nobody: make one to try."""
    shop = Shop.objects.get(slug="bang-bua-boats")
    agency = add_reseller(
        shop=shop, name="เอเจนซี่ล่องใต้ (ตัวอย่าง)", email="desk@agency.example", commission_percent=15, by=shop.owner, at=at
    )
    digest = digest_of(make_key(reseller=agency, by=shop.owner, at=at).secret)
    caller = caller_of(slug=shop.slug, digest=digest, on=bangkok_day(at))
    assert caller, "the demo's boat shop has its licence"
    starts = Departure.objects.filter(tour__shop=shop, starts_at__gt=at + timedelta(days=9)).order_by("starts_at")
    for departure, guest in zip(starts[:2], ("Ingrid Solberg", ""), strict=True):
        adult = departure.tour.prices.order_by("position")[0].public_id
        wanted = ReservationBody(
            product_id=departure.tour.public_id, option_id=OPTION, availability_id=departure.public_id,
            unit_items=[UnitItemBody(unit_id=adult), UnitItemBody(unit_id=adult)], reseller_reference="AG-1042",
        )  # fmt: skip
        booking = reserve(caller=caller, body=wanted, at=at)
        if guest:
            contact = ContactBody(full_name=guest, email_address="ingrid@guest.example")
            confirm(caller=caller, uuid=str(booking.uuid), body=ConfirmationBody(contact=contact), at=at)
