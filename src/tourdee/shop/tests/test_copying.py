"""A tour like another: everything that it says and asks, without its pictures and dates."""

import pytest
from django.urls import reverse
from django.utils import timezone

from ..models import Picture, Tour
from ..queries.publishing import faults_of
from . import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def tour(owner) -> Tour:
    tour = f.a_tour(
        f.a_shop(owner, opened_at=timezone.now()), description_th=f.LONG, sold_as="both", deposit_percent=30
    )
    f.an_extra(tour)
    f.a_pickup(tour)
    f.a_question(tour)
    tour.private_prices.create(up_to=4, price_satang=400000)
    tour.prices.create(name_th="เลิกขาย", price_satang=1, is_active=False)
    Picture.objects.create(tour=tour, path="x/y", width=1, height=1)
    f.a_departure(tour, starts_at=timezone.now())
    tour.refresh_from_db()
    return tour


def parts(tour):
    return [
        list(getattr(tour, part).filter(**more).values_list(*names))
        for part, names, more in (
            ("prices", ("name_th", "price_satang", "seats"), {"is_active": True}),
            ("tiers", ("hours_before", "refund_percent"), {}),
            ("private_prices", ("up_to", "price_satang"), {}),
            ("extras", ("name_th", "price_satang", "per"), {}),
            ("pickups", ("name_th", "minutes_before"), {}),
            ("questions", ("text_th", "kind"), {}),
        )
    ]


def test_a_copy_is_a_draft_with_everything_but_pictures_and_dates(tour, owner, client_of):
    before = parts(tour)
    answer = client_of(owner).post(reverse("copy_tour", args=[tour.public_id]))
    copy = Tour.objects.exclude(pk=tour.pk).get()
    assert answer["Location"] == reverse("my_tour", args=[copy.public_id])
    assert (copy.name_th, copy.status, copy.published_at, copy.version) == (f"{tour.name_th} (สำเนา)", "draft", None, 1)
    assert (copy.description_th, copy.sold_as, copy.deposit_percent, copy.has_options) == (f.LONG, "both", 30, True)
    assert parts(copy) == before == parts(tour)
    assert copy.prices.filter(is_active=False).count() == 0
    assert (copy.pictures.count(), copy.departures.count(), tour.pictures.count(), tour.departures.count()) == (
        0,
        0,
        1,
        1,
    )
    assert [fault.key for fault in faults_of(copy)] == ["picture"]


def test_a_long_name_keeps_its_mark(tour, owner, client_of):
    Tour.objects.update(name_th="ก" * 160, name_en="")
    client_of(owner).post(reverse("copy_tour", args=[tour.public_id]))
    copy = Tour.objects.exclude(pk=tour.pk).get()
    assert (len(copy.name_th), copy.name_th[-8:], copy.name_en) == (160, " (สำเนา)", "")


def test_nobody_copies_a_tour_of_others(tour, stranger, client_of):
    assert client_of(stranger).post(reverse("copy_tour", args=[tour.public_id])).status_code == 404
    assert Tour.objects.count() == 1
