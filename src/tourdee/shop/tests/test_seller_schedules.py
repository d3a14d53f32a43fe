"""The seller's pages of schedules, seasons, single dates, guides; the buyer's page of a date that does not go."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tourdee.core.dates import at_bangkok, bangkok_day

from ..actions import groups, schedules
from ..actions.payments import record_manual_payment
from ..models import Departure, Order, Resource, ResourceUse, Schedule, Season
from . import factories as f

SCHEDULE = {
    "weekdays": ["5", "6"], "times": "9.00 13:30", "rhythm": "weekly", "capacity": "๘", "first_day": "1/12/2569",
    "last_day": "31/12/2569", "days_ahead": "60",
}  # fmt: skip


@pytest.fixture
def shop(owner):
    return f.a_shop(owner)


@pytest.fixture
def tour(shop):
    return f.a_tour(shop, minimum_group=4, if_too_few="move")


@pytest.fixture
def departure(tour, at):
    return f.a_departure(tour, starts_at=f.in_days(at, 5))


@pytest.fixture
def seller(owner, client_of, clock):
    return client_of(owner)


def paid(departure, seats, at, **buyer):
    order = f.an_order(departure.tour.shop, f.seats(departure, seats), at=at, buyer=f.a_buyer(**buyer))
    return record_manual_payment(
        order=order, by=departure.tour.shop.owner, satang=order.total_satang, reference=order.code, at=at
    )


# ------------------------------------------------------------------ schedules and seasons
def test_a_weekly_tour_is_set_up_by_one_form(tour, seller):
    adult = tour.prices.first()
    form = {**SCHEDULE, f"price_{adult.public_id}": "1,500"}
    answer = seller.post(reverse("new_schedule", args=[tour.public_id]), form)
    assert answer.url == reverse("tour_dates", args=[tour.public_id])
    schedule = Schedule.objects.get()
    assert (schedule.weekdays, schedule.times, schedule.capacity) == ([5, 6], ["09:00", "13:30"], 8)
    assert Departure.objects.count() == 16
    assert set(Departure.objects.values_list("special_prices__price_satang", flat=True)) == {150000}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"weekdays": []}, "weekdays"),
        ({"times": "25:00"}, "times"),
        ({"times": ""}, "times"),
        (
            {"times": " ".join(["9:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00", "17:00"])},
            "times",
        ),
        ({"last_day": "30/11/2569"}, "last_day"),
        ({"capacity": "0"}, "capacity"),
        ({"days_ahead": "9999"}, "days_ahead"),
        ({"rhythm": "hourly"}, "rhythm"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(tour, seller, change, field):
    page = seller.post(reverse("new_schedule", args=[tour.public_id]), {**SCHEDULE, **change})
    assert list(page.context["form"].errors) == [field]
    assert Schedule.objects.count() == 0


def test_a_schedule_is_changed_and_ended(tour, seller, at):
    seller.post(reverse("new_schedule", args=[tour.public_id]), SCHEDULE)
    schedule = Schedule.objects.get()
    page = seller.get(reverse("edit_schedule", args=[schedule.public_id]))
    assert page.context["form"]["times"].value() == "09:00 13:30"
    seller.post(reverse("edit_schedule", args=[schedule.public_id]), {**SCHEDULE, "times": "10:00"})
    assert {f"{one.starts_at:%H:%M}" for one in Departure.objects.all()} == {"03:00"}
    seller.post(reverse("end_schedule", args=[schedule.public_id]))
    assert Departure.objects.count() == 0
    assert seller.get(reverse("edit_schedule", args=[schedule.public_id])).status_code == 404


def test_a_season_is_made_moved_and_removed(tour, departure, seller):
    adult = tour.prices.first()
    form = {
        "name_th": "ปีใหม่", "first_day": "25/11/2569", "last_day": "5/1/2570", f"price_{adult.public_id}": "2000",
    }  # fmt: skip
    answer = seller.post(reverse("new_season", args=[tour.public_id]), form)
    assert answer["Location"] == f"{reverse('tour_dates', args=[tour.public_id])}?month=2026-11"
    assert departure.special_prices.get().price_satang == 200000
    page = seller.post(reverse("new_season", args=[tour.public_id]), form)
    assert page.context["form"].errors["first_day"] == ["บางวันอยู่ใน “ปีใหม่” อยู่แล้ว"]
    season = Season.objects.get()
    seller.post(reverse("edit_season", args=[season.public_id]), {**form, "first_day": "1/1/2570"})
    assert departure.special_prices.count() == 0
    seller.post(reverse("remove_season", args=[season.public_id]))
    assert Season.objects.count() == 0


# ------------------------------------------------------------------ one date
def test_one_date_is_changed_and_the_way_back_is_offered(departure, seller):
    answer = seller.post(reverse("change_date", args=[departure.public_id]), {"w-act": "until", "w-hours": "2"})
    departure.refresh_from_db()
    assert departure.closes_at == departure.starts_at - timedelta(hours=2)
    page = seller.get(answer.url)
    answer = seller.post(reverse("undo_change", args=[page.context["undo"].public_id]), {"month": "2027-01"})
    assert (
        answer["Location"] == f"{reverse('tour_dates', args=[departure.tour.public_id])}?month=2027-01"
    )  # where they were looking
    departure.refresh_from_db()
    assert departure.closes_at is None


def test_the_seller_decides_about_a_small_group(departure, seller, at):
    paid(departure, 2, at)
    page = seller.get(reverse("my_date", args=[departure.public_id]))
    assert page.context["booked"] == 2
    seller.post(reverse("decide_group", args=[departure.public_id]), {"outcome": "go"})
    departure.refresh_from_db()
    assert departure.decision == "go"


def test_calling_off_first_lists_who_gets_how_much(departure, seller, at):
    first, second = paid(departure, 2, at, name="Anna"), paid(departure, 1, at, name="Bert")
    address = reverse("cancel_date", args=[departure.public_id])
    page = seller.get(address)
    assert [(order, owed) for order, owed in page.context["orders"]] == [(first, 240000), (second, 120000)]
    assert page.context["owed"] == 360000
    assert list(seller.post(address, {"reason": ""}).context["form"].errors) == ["reason"]
    seller.post(address, {"reason": "พายุเข้า"})
    assert set(Order.objects.values_list("status", flat=True)) == {"cancelled"}


@pytest.mark.parametrize("number", [1, 3])
def test_a_date_s_page_takes_as_many_queries_however_many_guests(
    departure, seller, at, number, django_assert_num_queries
):
    for _guest in range(number):
        paid(departure, 1, at)
    seller.get(reverse("my_date", args=[departure.public_id]))
    with django_assert_num_queries(11):
        seller.get(reverse("my_date", args=[departure.public_id]))


# ------------------------------------------------------------------ guides, vans, boats
def test_a_guide_is_made_and_given_to_a_tour(tour, departure, seller):
    seller.post(reverse("my_resources"), {"kind": "guide", "name": "พี่สมชาย", "seats": "", "buffer_minutes": "30"})
    guide = Resource.objects.get()
    seller.post(reverse("resource_tours", args=[guide.public_id]), {"tour": [tour.public_id]})
    assert ResourceUse.objects.get().departure == departure
    page = seller.get(reverse("my_resource", args=[guide.public_id]))
    assert [use.departure for use in page.context["agenda"]] == [departure]
    seller.post(reverse("resource_tours", args=[guide.public_id]), {})
    assert ResourceUse.objects.count() == 0


def test_two_of_one_name_are_refused(shop, seller):
    form = {"kind": "guide", "name": "พี่สมชาย", "buffer_minutes": "30"}
    seller.post(reverse("my_resources"), form)
    page = seller.post(reverse("my_resources"), form)
    assert page.context["form"].errors["name"] == ["มีชื่อนี้อยู่แล้ว"]


def test_a_date_that_clashes_is_refused_at_its_field(shop, tour, departure, seller, at):
    guide = Resource.objects.create(shop=shop, name="พี่สมชาย")
    seller.post(reverse("resource_tours", args=[guide.public_id]), {"tour": [tour.public_id]})
    day = bangkok_day(departure.starts_at).isoformat()
    page = seller.post(reverse("tour_dates", args=[tour.public_id]), {"day": day, "start": "13:00", "capacity": "8"})
    assert page.context["form"].errors["day"] == ["พี่สมชาย อยู่กับ “เดินเมืองเก่าเชียงใหม่” วันที่ 28 พ.ย. 2569 เวลา 12.00 น."]


# ------------------------------------------------------------------ what guests see
def test_the_promise_stands_on_the_tour_s_page_and_before_paying(tour, departure, shopper):
    words = "ถ้ามีผู้จองไม่ถึง 4 คน คุณเลือกวันอื่นได้ หรือรับเงินคืนเต็มจำนวน"
    page = shopper.get(reverse("tour", args=[tour.shop.slug, tour.public_id]))
    assert words in page.content.decode()
    shopper.choose(departure=departure, category=tour.prices.first())
    row = shopper.get(reverse("checkout_details")).context["page"].rows[0]
    assert row.terms[0] == f"{words} ทราบผลวันที่ 27 พ.ย. 2569 เวลา 12.00 น."


def test_a_guest_chooses_another_date_by_the_order_s_link(departure, client, at, clock):
    other = f.a_departure(departure.tour, starts_at=f.in_days(at, 9))
    order = paid(departure, 2, at)
    groups.carry_out(departure=departure, outcome="move", by=departure.tour.shop.owner, at=at)
    page = client.get(reverse("order_status", args=[order.secret]))
    assert [(offer.departure, offer.dates) for offer in page.context["page"].date_offers] == [(departure, [other])]
    address = reverse("order_other_date", args=[order.secret])
    client.post(address, {"date": "nonsense"})
    assert order.lines.get().departure == departure
    client.post(address, {"date": f"{departure.public_id}:{other.public_id}"})
    assert order.lines.get().departure == other
    assert client.get(reverse("order_status", args=[order.secret])).context["page"].date_offers == []


def test_a_guest_takes_the_money_instead(departure, client, at, clock):
    order = paid(departure, 2, at)
    address = reverse("order_other_date", args=[order.secret])
    client.post(address, {"date": "refund"})
    order.refresh_from_db()
    assert order.status == "confirmed"  # while nothing was offered there is nothing to choose
    groups.carry_out(departure=departure, outcome="move", by=departure.tour.shop.owner, at=at)
    client.post(address, {"date": "refund"})
    order.refresh_from_db()
    assert (order.status, order.refund_due_satang) == ("cancelled", 240000)


# ------------------------------------------------------------------ nobody else's
def test_a_stranger_finds_none_of_it(tour, departure, shop, stranger, client_of, at, clock):
    details = schedules.ScheduleDetails(
        weekdays=[5], times=["09:00"], first_day=bangkok_day(at), capacity=8, days_ahead=14
    )
    schedule, _made = schedules.begin_schedule(tour=tour, details=details, by=shop.owner, at=at)
    season = Season.objects.create(tour=tour, name_th="x", first_day=bangkok_day(at), last_day=bangkok_day(at))
    guide = Resource.objects.create(shop=shop, name="ความลับ")
    f.a_shop(stranger)
    client = client_of(stranger)
    pages = [("tour_dates", tour), ("new_schedule", tour), ("new_season", tour), ("edit_schedule", schedule),
             ("edit_season", season), ("my_date", departure), ("cancel_date", departure), ("my_resource", guide)]  # fmt: skip
    acts = [("change_dates", tour), ("end_schedule", schedule), ("remove_season", season), ("change_date", departure),
            ("date_resources", departure), ("decide_group", departure), ("resource_tours", guide),
            ("put_resource_aside", guide)]  # fmt: skip
    answers = {name: client.get(reverse(name, args=[one.public_id])).status_code for name, one in pages}
    answers |= {name: client.post(reverse(name, args=[one.public_id])).status_code for name, one in acts}
    assert set(answers.values()) == {404}, answers
    assert "ความลับ" not in client.get(reverse("my_resources")).content.decode()
    assert client.post(reverse("make_feed"), {"of": f"resource:{guide.public_id}"}).status_code == 404


def test_a_date_of_the_past_offers_no_change(tour, seller, at):
    over = f.a_departure(tour, starts_at=at_bangkok(bangkok_day(at), 9))
    page = seller.get(reverse("my_date", args=[over.public_id]))
    assert (page.status_code, page.context["is_ahead"]) == (200, False)
