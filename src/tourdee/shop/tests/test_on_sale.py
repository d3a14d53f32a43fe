"""What is past its cut-off is not offered, on whichever database."""

from datetime import timedelta

import pytest

from tourdee.shop.queries.storefront.on_sale import bookable_departures

from .factories import a_departure, a_tour

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cut_off", "starts_in", "offered"),
    [(12, 13, True), (12, 11, False), (0, 1, True), (0, -1, False), (24, -1700, False)],
)
def test_departures_are_offered_until_their_cut_off(at, cut_off, starts_in, offered):
    departure = a_departure(a_tour(cut_off_hours=cut_off), starts_at=at + timedelta(hours=starts_in))
    assert list(bookable_departures(at)) == ([departure] if offered else [])
