"""Reviews by those who bought."""

from datetime import timedelta

import pytest

from ..actions.fulfilment import ship_order
from ..actions.orders import cancel_order
from ..actions.payments import record_manual_payment
from ..actions.reviews import BadStars, CannotReview, ReviewedBefore, write_review
from ..models import Product, Review, Tour
from .factories import a_buyer, a_departure, a_product, a_shop, a_tour, an_order, goods, in_days, seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(owner):
    return a_shop(owner)


def bought(shop, owner, at, *items, **buyer):
    order = an_order(shop, *items, at=at, buyer=a_buyer(**buyer))
    return record_manual_payment(order=order, by=owner, satang=order.total_satang, reference="T1", at=at)


@pytest.fixture
def line(shop, owner, at):
    """A seat on a tour of three hours that starts in five days."""
    return bought(shop, owner, at, seats(a_departure(a_tour(shop), starts_at=in_days(at, 5)), 1)).lines.get()


def review(line, at, stars=5):
    return write_review(line=line, stars=stars, text="สนุกมาก", name="Anna", at=at)


def test_a_tour_is_reviewed_once_it_is_over(line, at):
    over = in_days(at, 5) + timedelta(hours=3)
    with pytest.raises(CannotReview):
        review(line, over - timedelta(seconds=1))
    version = Tour.objects.get().version
    assert review(line, over).tour == line.departure.tour
    assert Tour.objects.get().version == version + 1


def test_goods_are_reviewed_once_they_were_sent(shop, owner, at):
    order = bought(shop, owner, at, goods(a_product(shop), 1))
    line = order.lines.get()
    with pytest.raises(CannotReview):
        review(line, in_days(at, 30))
    ship_order(order=order, by=owner, at=at, carrier="Flash", tracking="1")
    assert review(line, at).product == Product.objects.get()


def test_each_line_has_one_review(line, at):
    review(line, in_days(at, 6), stars=1)
    with pytest.raises(ReviewedBefore):
        review(line, in_days(at, 7))
    assert Review.objects.get().stars == 1


def test_a_cancelled_order_is_not_reviewed(line, at):
    cancel_order(order=line.order, by="seller", at=at)
    with pytest.raises(CannotReview):
        review(line, in_days(at, 6))


@pytest.mark.parametrize("stars", [0, 6, 4.5, True, "5"])
def test_stars_are_one_to_five(stars, line, at):
    with pytest.raises(BadStars):
        review(line, in_days(at, 6), stars=stars)


@pytest.mark.parametrize("own", [{"phone": "+66812345678"}, {"email": "Owner@example.org"}])
def test_a_seller_gives_the_own_shop_no_stars(own, shop, owner, at):
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5))
    line = bought(shop, owner, at, seats(departure, 1), **own).lines.get()
    with pytest.raises(CannotReview):
        review(line, in_days(at, 6))
