"""The waiting list: a freed seat goes to the first party that fits, an offer ends by itself, and nobody blocks a seat."""

from datetime import timedelta

import pytest
from django.db import transaction

from ..actions import waiting_list
from ..actions.departures import close_departure, open_departure, set_capacity
from ..actions.holds import expire_order, expire_stale_orders
from ..actions.money import record_manual_payment
from ..actions.orders import BadQuantity, KeyReused, NotOnSale, SoldOut, cancel_order
from ..actions.part_cancellation import give_up_part
from ..actions.reschedule import reschedule
from ..actions.waiting_list import (
    CannotOffer,
    StillFree,
    TooManyLists,
    WaitsAlready,
    join_waiting_list,
    leave_waiting_list,
    offer_by_hand,
    offer_everywhere,
    wait_again,
)
from ..models import Departure, Order, PriceCategory, WaitingParty
from ..queries.reconcile import differences
from ..queries.waiting_list import offer_until, place_in_queue
from . import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(owner):
    return f.a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return f.a_departure(f.a_tour(shop), starts_at=f.in_days(at, 5), capacity=4)


@pytest.fixture
def full(shop, departure, owner, at):
    """The order of two and the order of two that fill the date; both are paid."""
    return [paid(f.an_order(shop, f.seats(departure, 2), at=at), owner, at) for _order in range(2)]


def paid(order, owner, at):
    return record_manual_payment(order=order, by=owner, satang=order.total_satang, reference=order.code, at=at)


def joined(departure, people, at, *, key="", guest=None, children=0, source=""):
    adult, child, _lap = departure.tour.prices.all()
    wanted = [(one.public_id, number) for one, number in ((adult, people), (child, children)) if number]
    number = WaitingParty.objects.count()
    return join_waiting_list(
        departure=departure, wanted=wanted, guest=guest or f.a_buyer(), key=key or f"wait-{number}", source=source,
        at=at + timedelta(seconds=number),
    )  # fmt: skip


def state(party, at):
    return WaitingParty.objects.select_related("offer", "departure").get(pk=party.pk).state(at)


def states(at):
    return [party.state(at) for party in WaitingParty.objects.select_related("offer", "departure")]


def taken(departure):
    return Departure.objects.get(pk=departure.pk).taken


# ------------------------------------------------------------------ who gets what
def test_a_freed_seat_goes_to_the_first_party_that_fits(full, departure, at):
    joined(departure, 3, at)
    joined(departure, 2, at)
    joined(departure, 1, at)
    cancel_order(order=full[0], by="buyer", at=at)
    assert states(at) == ["waiting", "offered", "waiting"]
    assert taken(departure) == 4


def test_who_did_not_fit_keeps_the_place(full, departure, at):
    large, small = joined(departure, 3, at), joined(departure, 2, at)
    cancel_order(order=full[0], by="buyer", at=at)
    assert (state(large, at), place_in_queue(large)) == ("waiting", 1)
    leave_waiting_list(party=small, at=at)
    cancel_order(order=full[1], by="buyer", at=at)
    assert state(large, at) == "offered"


def test_an_offer_is_an_order_that_holds_the_seats_for_a_while(full, departure, at):
    party = joined(departure, 1, at, children=1)
    cancel_order(order=full[0], by="buyer", at=at)
    party.refresh_from_db()
    offer = party.offer
    assert (offer.status, offer.total_satang, offer.buyer_name, offer.buyer_phone) == (
        "awaiting_payment", 180000, party.name, party.phone,
    )  # fmt: skip
    assert offer.expires_at == offer_until(departure, at) == at + timedelta(hours=12)
    assert differences(at) == []


def test_a_stale_offer_blocks_no_seat_the_next_party_has_its_turn(full, departure, at):
    first, second = joined(departure, 2, at), joined(departure, 2, at)
    cancel_order(order=full[0], by="buyer", at=at)
    later = at + timedelta(hours=13)
    expire_stale_orders(later)
    assert (state(first, later), state(second, later)) == ("missed", "offered")
    last = at + timedelta(hours=26)
    expire_stale_orders(last)
    assert (states(last), taken(departure)) == (["missed", "missed"], 2)


def test_a_stranger_who_finds_an_offer_run_out_does_not_overtake_the_queue(full, departure, shop, at):
    joined(departure, 2, at)
    second = joined(departure, 2, at)
    cancel_order(order=full[0], by="buyer", at=at)
    later = at + timedelta(hours=13)
    with pytest.raises(SoldOut):
        f.an_order(shop, f.seats(departure, 2), at=later)
    assert state(second, later) == "offered"


def test_seats_that_fit_nobody_are_for_everybody(full, departure, shop, at):
    joined(departure, 3, at)
    cancel_order(order=full[0], by="buyer", at=at)
    assert f.an_order(shop, f.seats(departure, 2), at=at).status == "awaiting_payment"


def test_a_paid_offer_is_a_booking(full, departure, owner, at):
    party = joined(departure, 2, at)
    cancel_order(order=full[0], by="buyer", at=at)
    party.refresh_from_db()
    paid(party.offer, owner, at)
    assert (state(party, at), Order.objects.get(pk=party.offer_id).status) == ("booked", "confirmed")


# ------------------------------------------------------------------ every way in which seats come free
def freed_by_expiry(shop, departure, orders, at):
    Order.objects.filter(pk=orders[0].pk).update(status="awaiting_payment", paid_satang=0, expires_at=at)
    expire_order(order=Order.objects.get(pk=orders[0].pk), at=at)


def freed_by_the_seller(shop, departure, orders, at):
    cancel_order(order=orders[0], by="seller", at=at)


def freed_in_part(shop, departure, orders, at):
    for order in orders:
        line = order.lines.get()
        give_up_part(order=order, keep={line.pk: 1}, by="buyer", at=at, shown_refund_satang=120000)


def freed_by_a_move(shop, departure, orders, at):
    other = f.a_departure(departure.tour, starts_at=f.in_days(at, 8))
    reschedule(order=orders[0], departure=departure, to=other, by="buyer", at=at, shown_difference_satang=0)


def freed_by_more_capacity(shop, departure, orders, at):
    set_capacity(departure=departure, capacity=6)


def freed_by_hand_in_the_database(shop, departure, orders, at):
    Departure.objects.filter(pk=departure.pk).update(capacity=6)
    assert offer_everywhere(at) == 1


@pytest.mark.parametrize(
    "free",
    [freed_by_expiry, freed_by_the_seller, freed_in_part, freed_by_a_move, freed_by_more_capacity,
     freed_by_hand_in_the_database],
)  # fmt: skip
def test_however_seats_come_free_who_waits_hears_of_it_at_once(shop, departure, full, at, monkeypatch, free):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    party = joined(departure, 2, at)
    free(shop, departure, full, at)
    party.refresh_from_db()
    assert party.offer is not None
    assert taken(departure) == Departure.objects.get(pk=departure.pk).capacity
    assert offer_everywhere(at) == 0


def test_a_closed_date_offers_nothing_until_it_is_open_again(full, departure, at, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    party = joined(departure, 2, at)
    close_departure(departure=departure)
    cancel_order(order=full[0], by="buyer", at=at)
    assert state(party, at) == "waiting"
    open_departure(departure=departure)
    assert state(party, at) == "offered"


def test_an_offer_that_fails_does_not_undo_the_cancellation(full, departure, at, monkeypatch):
    party = joined(departure, 2, at)
    monkeypatch.setattr(waiting_list, "place_order", None)
    cancel_order(order=full[0], by="buyer", at=at)
    assert (Order.objects.get(pk=full[0].pk).status, state(party, at), taken(departure)) == ("cancelled", "waiting", 2)
    monkeypatch.undo()
    assert offer_everywhere(at) == 1


def test_seats_given_back_in_a_transaction_that_fails_are_offered_to_nobody(full, departure, at):
    party = joined(departure, 2, at)
    with transaction.atomic():
        cancel_order(order=full[0], by="buyer", at=at)
        assert state(party, at) == "offered"
        transaction.set_rollback(True)
    assert (state(party, at), taken(departure), WaitingParty.objects.get().offer) == ("waiting", 4, None)


def test_a_category_that_is_gone_passes_the_party_over(full, departure, at):
    joined(departure, 1, at, children=1)
    second = joined(departure, 2, at)
    PriceCategory.objects.filter(name_en="Child").update(is_active=False)
    cancel_order(order=full[0], by="buyer", at=at)
    assert (states(at), state(second, at)) == (["waiting", "offered"], "offered")


# ------------------------------------------------------------------ how long an offer stands
@pytest.mark.parametrize(
    ("hours_before", "stands"),
    [(24 * 5, timedelta(hours=12)), (34, timedelta(hours=2.5)), (25, timedelta(minutes=30)), (24.4, None), (2, None)],
)
def test_an_offer_leaves_time_for_the_next_and_ends_before_the_cut_off(departure, hours_before, stands):
    at = departure.starts_at - timedelta(hours=hours_before)
    assert offer_until(departure, at) == (at + stands if stands else None)


def test_by_hand_the_seller_offers_to_whom_they_like_even_after_the_cut_off(full, departure, owner, at):
    joined(departure, 1, at)
    second = joined(departure, 2, at)
    late = departure.starts_at - timedelta(hours=10)
    cancel_order(order=full[0], by="seller", at=late)
    assert states(late) == ["waiting", "waiting"]
    order = offer_by_hand(party=second, by=owner, at=late)
    assert (order.expires_at, states(late)) == (late + timedelta(hours=2), ["waiting", "offered"])


def test_what_is_not_there_cannot_be_offered_by_hand(full, departure, owner, at):
    party = joined(departure, 1, at)
    with pytest.raises(CannotOffer):
        offer_by_hand(party=party, by=owner, at=at)
    leave_waiting_list(party=party, at=at)
    cancel_order(order=full[0], by="buyer", at=at)
    with pytest.raises(CannotOffer):
        offer_by_hand(party=party, by=owner, at=at)


# ------------------------------------------------------------------ joining and leaving
def test_where_there_is_room_one_books_instead(departure, at):
    with pytest.raises(StillFree):
        joined(departure, 2, at)


def test_a_party_larger_than_what_is_left_may_wait(departure, shop, at):
    f.an_order(shop, f.seats(departure, 2), at=at)
    assert joined(departure, 3, at).seats == 3


def test_nobody_waits_for_what_could_not_be_booked(full, departure, at):
    with pytest.raises(NotOnSale):
        joined(departure, 2, departure.starts_at - timedelta(hours=1))
    with pytest.raises(BadQuantity):
        joined(departure, 11, at)


def test_the_same_key_is_the_same_place(full, departure, at):
    assert joined(departure, 2, at, key="one") == joined(departure, 2, at, key="one")
    with pytest.raises(KeyReused):
        joined(departure, 2, at, key="' OR 1")


def test_one_telephone_has_one_place_on_a_list_and_does_not_learn_of_it_whose(full, departure, at):
    guest = f.a_buyer()
    joined(departure, 2, at, guest=guest)
    with pytest.raises(WaitsAlready):
        joined(departure, 1, at, guest=f.a_buyer(phone=guest.phone))
    with pytest.raises(WaitsAlready):
        joined(departure, 1, at, guest=f.a_buyer(email=guest.email))


def test_who_waits_everywhere_waits_for_no_more(departure, shop, owner, at):
    guest = f.a_buyer()
    for days in range(6):
        day = f.a_departure(departure.tour, starts_at=f.in_days(at, 10 + days), capacity=1)
        paid(f.an_order(shop, f.seats(day, 1), at=at), owner, at)
        if days < 5:
            joined(day, 1, at, guest=guest)
    with pytest.raises(TooManyLists):
        joined(day, 1, at, guest=guest)


def test_one_source_does_not_fill_a_list(full, departure, at):
    for _party in range(12):
        joined(departure, 1, at, source="a" * 64)
    with pytest.raises(TooManyLists):
        joined(departure, 1, at, source="a" * 64)
    assert joined(departure, 1, at, source="b" * 64).seats == 1


def test_leaving_gives_offered_seats_to_the_next(full, departure, at):
    first, second = joined(departure, 2, at), joined(departure, 2, at)
    cancel_order(order=full[0], by="buyer", at=at)
    for _time in range(2):
        leave_waiting_list(party=first, at=at)
    assert (state(first, at), state(second, at), taken(departure)) == ("left", "offered", 4)


def test_who_missed_an_offer_may_wait_again_at_the_end(full, departure, at):
    first, second = joined(departure, 2, at), joined(departure, 2, at)
    cancel_order(order=full[0], by="buyer", at=at)
    later = at + timedelta(hours=13)
    expire_stale_orders(later)
    first.refresh_from_db()
    again = wait_again(party=first, at=later)
    assert wait_again(party=first, at=later) == again
    assert (state(second, later), state(again, later), place_in_queue(again)) == ("offered", "waiting", 1)


def test_the_list_of_a_day_long_over_is_forgotten(full, departure, at):
    joined(departure, 1, at)
    assert waiting_list.forget_old_parties(departure.starts_at + timedelta(days=29)) == 0
    assert waiting_list.forget_old_parties(departure.starts_at + timedelta(days=31)) == 1


# ------------------------------------------------------------------ private parties
@pytest.fixture
def alone(shop, at):
    """A date that a private party of three has; it is sold to parties alone."""
    tour = f.a_private_tour(shop, sold_as="private")
    departure = f.a_departure(tour, starts_at=f.in_days(at, 5), capacity=6)
    return f.an_order(shop, f.a_whole_departure(departure, 3), at=at)


def wait_alone(departure, people, at, key):
    return join_waiting_list(
        departure=departure, wanted=[("private", people)], guest=f.a_buyer(), key=key, source="", at=at
    )


def test_a_private_party_waits_for_the_whole_date_and_gets_it(alone, shop, at):
    departure = Departure.objects.get()
    first, second = wait_alone(departure, 4, at, "w1"), wait_alone(departure, 2, at + timedelta(seconds=1), "w2")
    cancel_order(order=alone, by="buyer", at=at)
    assert [state(party, at) for party in (first, second)] == ["offered", "waiting"]
    assert (Departure.objects.get().taken, Departure.objects.get().is_private) == (4, True)
    expire_stale_orders(at + timedelta(days=1))
    assert [state(party, at + timedelta(days=1)) for party in (first, second)] == ["missed", "offered"]


def test_where_somebody_sits_no_private_party_fits_and_the_next_in_the_queue_does(shop, at, owner):
    tour = f.a_private_tour(shop)
    departure = f.a_departure(tour, starts_at=f.in_days(at, 5), capacity=4)
    stays, goes = (f.an_order(shop, f.seats(departure, 2), at=at) for _order in range(2))
    for order in (stays, goes):
        paid(order, owner, at)
    party = wait_alone(departure, 2, at, "w1")
    joiner = joined(departure, 1, at)
    cancel_order(order=goes, by="buyer", at=at)
    assert [state(one, at) for one in (party, joiner)] == ["waiting", "offered"]
    with pytest.raises(CannotOffer):
        offer_by_hand(party=party, by=owner, at=at)


def test_a_private_party_books_a_date_that_nobody_has_and_waits_for_one_that_somebody_begun(shop, at):
    departure = f.a_departure(f.a_private_tour(shop), starts_at=f.in_days(at, 5), capacity=6)
    with pytest.raises(StillFree):
        wait_alone(departure, 2, at, "w1")
    f.an_order(shop, f.seats(departure, 1), at=at)
    assert wait_alone(departure, 2, at, "w2").seats == 2
