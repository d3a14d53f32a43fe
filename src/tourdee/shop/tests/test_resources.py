"""Guides, vans and boats can't be in two places."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tourdee.core.dates import at_bangkok

from ..actions import catalogue, departures, resources, schedules
from ..actions.assignments import assign_resources, attach_resources
from ..models import Departure, Resource, ResourceUse, Tour
from . import factories as f


@pytest.fixture
def shop(owner):
    return f.a_shop(owner)


@pytest.fixture
def guide(shop):
    return Resource.objects.create(shop=shop, name="พี่สมชาย", buffer_minutes=30)


@pytest.fixture
def tours(shop, guide):
    made = [f.a_tour(shop, name_th=name) for name in ("เดินเมืองเก่า", "ล่องเรือ")]
    for tour in made:
        tour.resources.add(guide)
    return made


def add(tour, hour, at, minute=0, day=16):
    start = at_bangkok(date(2026, 12, day), hour, minute)
    departures.add_departures(tour=tour, starts=[start], capacity=8, at=at)
    return Departure.objects.get(tour=tour, starts_at=start)


def test_a_guide_is_not_promised_twice_and_the_page_says_what_clashes(tours, at):
    add(tours[0], 9, at)
    with pytest.raises(resources.ResourceBusy) as refusal:
        add(tours[1], 12, at)
    assert refusal.value.message == "พี่สมชาย อยู่กับ “เดินเมืองเก่า” วันที่ 16 ธ.ค. 2569 เวลา 09.00 น."
    assert Departure.objects.count() == 1


def test_the_buffer_lies_on_both_sides(tours, at):
    add(tours[0], 9, at)  # three hours: until 12:00, with both buffers free again at 13:00
    with pytest.raises(resources.ResourceBusy):
        add(tours[1], 12, at, minute=59)
    assert add(tours[1], 13, at)


def test_the_database_itself_refuses_two_places(tours, guide, at):
    """Whoever writes past the acts is refused as well, by insert and by update."""
    first, other = add(tours[0], 9, at), f.a_departure(tours[1], starts_at=at_bangkok(date(2026, 12, 20), 9))
    use = first.uses.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ResourceUse.objects.create(resource=guide, departure=other, from_at=use.from_at, to_at=use.to_at)
    elsewhen = ResourceUse.objects.create(
        resource=guide, departure=other, from_at=f.in_days(use.from_at, 5), to_at=f.in_days(use.to_at, 5)
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        ResourceUse.objects.filter(pk=elsewhen.pk).update(from_at=use.from_at, to_at=use.to_at)
    assert ResourceUse.objects.count() == 2


def test_a_closed_date_lets_its_guide_go_and_an_opened_one_asks_again(tours, at):
    first = add(tours[0], 9, at)
    departures.close_departure(departure=first)
    second = add(tours[1], 9, at)
    with pytest.raises(resources.ResourceBusy):
        departures.open_departure(departure=first)
    assert Departure.objects.get(pk=first.pk).status == "closed"
    departures.close_departure(departure=second)
    departures.open_departure(departure=first)
    assert list(ResourceUse.objects.values_list("departure", flat=True)) == [first.pk]


def test_a_closed_date_with_guests_keeps_its_guide(tours, at):
    first = add(tours[0], 9, at)
    f.an_order(tours[0].shop, f.seats(first, 1), at=at)
    departures.close_departure(departure=first)
    with pytest.raises(resources.ResourceBusy):
        add(tours[1], 9, at)


def test_a_schedule_leaves_out_the_dates_for_which_its_guide_is_elsewhere(tours, at):
    add(tours[0], 9, at, day=12)
    details = schedules.ScheduleDetails(
        weekdays=[5], times=["09:00", "11:00"], first_day=date(2026, 12, 1), last_day=date(2026, 12, 20), capacity=8
    )
    _schedule, made = schedules.begin_schedule(tour=tours[1], details=details, by=tours[1].shop.owner, at=at)
    assert (made.new, len(made.clashing)) == (2, 4)  # 11:00 clashes with its own 09:00, too
    assert [f"{one.starts_at:%d}" for one in Departure.objects.filter(tour=tours[1])] == ["05", "19"]


def test_a_boat_caps_the_seats(shop, at):
    boat = Resource.objects.create(shop=shop, kind="boat", name="เรือหางยาว", seats=6)
    tour = f.a_tour(shop)
    tour.resources.add(boat)
    departure = add(tour, 9, at)
    assert departure.capacity == 6
    with pytest.raises(departures.TooFewPlaces) as refusal:
        departures.set_capacity(departure=departure, capacity=7)
    assert refusal.value.message == "เรือหางยาว มีแค่ 6 ที่นั่ง"


@pytest.mark.parametrize(("taken", "seats", "said"), [(6, 6, []), (7, 10, ["เรือหางยาว มีแค่ 6 ที่นั่ง"])])
def test_a_boat_that_is_chosen_later_takes_the_seats_off_that_it_does_not_have(shop, at, taken, seats, said):
    """Where more have booked already the date keeps what it had, and the seller is told."""
    boat = Resource.objects.create(shop=shop, kind="boat", name="เรือหางยาว", seats=6)
    departure = f.a_departure(f.a_tour(shop), starts_at=f.in_days(at, 9), capacity=10, taken=taken)
    assert attach_resources(tour=departure.tour, resources=[boat], by=shop.owner, at=at) == said
    departure.refresh_from_db()
    assert (departure.capacity, departure.uses.count()) == (seats, 0 if said else 1)


def test_a_smaller_boat_for_one_date_or_in_itself_is_refused_where_more_have_booked(shop, at):
    boat = Resource.objects.create(shop=shop, kind="boat", name="เรือหางยาว", seats=8)
    departure = f.a_departure(f.a_tour(shop), starts_at=f.in_days(at, 9), capacity=10, taken=7)
    assign_resources(departure=departure, resources=[boat], by=shop.owner, at=at)
    departure.refresh_from_db()
    assert departure.capacity == 8
    smaller = resources.ResourceDetails(kind="boat", name="เรือหางยาว", seats=6)
    with pytest.raises(resources.TooFewPlaces):
        resources.change_resource(resource=boat, details=smaller, at=at)
    boat.refresh_from_db()
    assert boat.seats == 8
    raft = Resource.objects.create(shop=shop, kind="boat", name="แพ", seats=4)
    with pytest.raises(resources.TooFewPlaces):
        assign_resources(departure=departure, resources=[raft], by=shop.owner, at=at)
    assert [use.resource.name for use in departure.uses.all()] == ["เรือหางยาว"]


def test_one_date_may_have_another_guide(tours, guide, shop, at):
    other = Resource.objects.create(shop=shop, name="น้องฝน")
    departure = add(tours[0], 9, at)
    assign_resources(departure=departure, resources=[other], by=shop.owner, at=at)
    assert [use.resource.name for use in departure.uses.all()] == ["น้องฝน"]
    second = add(tours[1], 9, at)
    with pytest.raises(resources.ResourceBusy):
        assign_resources(departure=departure, resources=[guide], by=shop.owner, at=at)
    assert [use.resource.name for use in departure.uses.all()] == ["น้องฝน"]
    assert [use.resource.name for use in second.uses.all()] == ["พี่สมชาย"]


def test_a_longer_buffer_is_refused_where_it_clashes(tours, guide, at):
    add(tours[0], 9, at)
    add(tours[1], 13, at)
    longer = resources.ResourceDetails(kind="guide", name="พี่สมชาย", buffer_minutes=60)
    with pytest.raises(resources.ResourceBusy):
        resources.change_resource(resource=guide, details=longer, at=at)
    assert Resource.objects.get(pk=guide.pk).buffer_minutes == 30


def test_a_tour_made_longer_keeps_its_guide_in_one_place(tours, at):
    """Nothing of the tour is changed where its guide would then be late for another."""
    early, late = add(tours[0], 9, at), add(tours[1], 14, at)
    Tour.objects.update(status=Tour.Status.DRAFT)
    said = {name: getattr(tours[0], name) for name in catalogue.TourDetails.__dataclass_fields__}
    longer = catalogue.TourDetails(**said | {"minutes": 300})
    with pytest.raises(resources.ResourceBusy):
        catalogue.edit_tour(tour=tours[0], details=longer, at=at)
    tours[0].refresh_from_db()
    assert (tours[0].minutes, early.uses.get().to_at) == (180, at_bangkok(date(2026, 12, 16), 12, 30))
    late.uses.all().delete()
    catalogue.edit_tour(tour=tours[0], details=longer, at=at)
    assert early.uses.get().to_at == at_bangkok(date(2026, 12, 16), 14, 30)
