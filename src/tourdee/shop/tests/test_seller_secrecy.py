"""Another seller's things do not exist; the money of an order is handled by the one who is paid."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tourdee.legal.tests.factories import photo
from tourdee.shop import urls_dates, urls_seller
from tourdee.shop.actions import gallery
from tourdee.shop.actions.money import record_manual_payment
from tourdee.shop.actions.slips import receive_slip
from tourdee.shop.models import (
    DateChange,
    Departure,
    Enquiry,
    GatewayCharge,
    MoneyService,
    Order,
    OutsideCalendar,
    Picture,
    Product,
    Resource,
    Schedule,
    Season,
    Shop,
    Slip,
    Tour,
    Voucher,
    WaitingParty,
)

from . import factories as f

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "ความลับของเจ้าของ"


@pytest.fixture
def everything(owner):
    """A shop with one of everything, each holding what could leak."""
    now = timezone.now()
    shop = f.a_shop(owner, name_th=SECRET, opened_at=now)
    tour = f.a_tour(shop, name_th=SECRET)
    gallery.add_pictures(item=tour, uploads=[photo()], at=now)
    departure = f.a_departure(tour, starts_at=now + timedelta(days=40))
    product = f.a_product(shop, name_th=SECRET).product
    order = f.an_order(shop, f.seats(departure), at=now, buyer=f.a_buyer(name=SECRET, note=SECRET))
    slip = receive_slip(order=order, upload=f.a_slip(), at=now)
    money = f.a_money_service(shop.business, "opn", now)
    charge = GatewayCharge.objects.create(order=order, service=money, method="card", satang=1, asked_at=now)
    today = now.date()
    plan = Schedule.objects.create(tour=tour, weekdays=[5], times=["09:00"], first_day=today, capacity=8)
    season = Season.objects.create(tour=tour, name_th=SECRET, first_day=today, last_day=today)
    change = DateChange.objects.create(tour=tour, by=owner, at=now, act="close", before={})
    guide = Resource.objects.create(shop=shop, name=SECRET)
    calendar = OutsideCalendar.objects.create(shop=shop, resource=guide, name=SECRET)
    party = WaitingParty.objects.create(
        departure=departure, wanted=[], people=1, seats=1, name=SECRET, idempotency_key="x", joined_at=now
    )  # fmt: skip
    voucher = Voucher.objects.create(
        shop=shop, code="SECRET", percent=10, limit=5, valid_from=now, valid_to=now + timedelta(days=9), created_at=now
    )  # fmt: skip
    Enquiry.objects.create(shop=shop, name=SECRET, contact=SECRET, message=SECRET, at=now)
    return {
        "money": money.public_id, "charges": charge.public_id,
        "tours": tour.public_id, "dates": departure.public_id, "products": product.public_id, "orders": order.code,
        "slips": slip.public_id, "pictures": Picture.objects.get().public_id,
        "schedules": plan.public_id, "seasons": season.public_id, "date-changes": change.public_id,
        "resources": guide.public_id, "calendars": calendar.public_id, "waiting": party.public_id, "vouchers": voucher.public_id,
    }  # fmt: skip


def state():
    """Everything that a stranger could have changed."""
    rows = [Tour, Departure, Product, Order, Slip, Enquiry, Picture, Shop, Schedule, Season, DateChange, Resource,
            OutsideCalendar, MoneyService, GatewayCharge, Voucher]  # fmt: skip
    return [list(model.objects.order_by("pk").values()) for model in rows]


def routes(ids):
    """Every seller's address that names a thing, with the thing's id."""
    for pattern in [*urls_seller.urlpatterns, *urls_dates.urlpatterns]:
        wanted = pattern.pattern.converters
        if not str(pattern.pattern).startswith("my/"):
            continue
        if not wanted or pattern.name in {"open_shop_step", "connect_service"}:
            continue
        part = str(pattern.pattern).split("<")[0].strip("/").split("/")[-1]
        arguments = {name: _argument(name, part, ids) for name in wanted}
        yield pattern.name, reverse(pattern.name, kwargs=arguments)


def _argument(name, part, ids):
    return 1 if name == "number" else ids["orders" if name == "code" else part]


@pytest.mark.parametrize("role", ["stranger", "teammate", "officer", "instructor"])
def test_nothing_of_another_seller_exists_on_any_route(request, everything, client_of, role):
    """Abuse 23: every route, GET and POST, for every other role. The teammate even has a shop."""
    person = request.getfixturevalue(role)
    if role == "teammate":
        f.a_shop(person, opened_at=timezone.now())
    client, before = client_of(person), state()
    seen = []
    for name, url in routes(everything):
        seen.append(name)
        form = {"satang": "1", "reason": "x", "why": "less", "to": "up", "capacity": "99", "departure": ""}
        answers = [client.get(url), client.post(url, form)]
        assert {answer.status_code for answer in answers} in ({404}, {404, 405}), name
        assert not any(SECRET in answer.content.decode(errors="ignore") for answer in answers), name
    assert len(seen) == 75
    assert state() == before


def test_a_visitor_is_sent_to_sign_in_on_every_route(everything, client):
    for name, url in routes(everything):
        answer = client.get(url)
        if answer.status_code == 405:  # it only acts
            answer = client.post(url)
        assert answer.status_code == 302, name
        assert reverse("account_login") in answer["Location"], name


def test_lists_hold_nothing_of_others(everything, teammate, client_of):
    f.a_shop(teammate, opened_at=timezone.now())
    client = client_of(teammate)
    for name in ("my_shop", "my_orders", "my_orders_csv", "edit_shop"):
        assert SECRET not in client.get(reverse(name)).content.decode(), name


def test_looking_changes_nothing(everything, owner, client_of):
    """Abuse 47: a crawl with GET over every route leaves every row as it is."""
    client, before = client_of(owner), state()
    for _name, url in routes(everything):
        assert client.get(url).status_code in {200, 302, 404, 405}  # some pages are for orders of another kind
    for name in ("my_shop", "my_orders", "my_orders_csv", "share_shop", "lawful_ways", "new_tour"):
        assert client.get(reverse(name)).status_code == 200
    assert state() == before


# ------------------------------------------------------------------ the partner operator is paid
@pytest.fixture
def under_partner(owner):
    """A guide's tour under a partner's licence, and an order of it with its slip."""
    now = timezone.now()
    business = f.a_business(owner, licensed=False)
    operator = f.an_operator(business)
    shop = f.a_shop(owner, business=business, opened_at=now)
    departure = f.a_departure(f.a_tour(shop, operator=operator), starts_at=now + timedelta(days=40))
    order = f.an_order(shop, f.seats(departure), at=now)
    slip = receive_slip(order=order, upload=f.a_slip(), at=now)
    return operator, order, slip, departure


def test_the_operator_sees_the_order_and_handles_its_money(under_partner, client_of):
    operator, order, slip, departure = under_partner
    client = client_of(operator.owner)
    assert list(client.get(reverse("my_orders")).context["page"]) == [order]
    assert client.get(reverse("slip_picture", args=[slip.public_id])).status_code == 200
    assert client.get(reverse("manifest", args=[departure.public_id])).status_code == 200
    client.post(reverse("accept_slip", args=[slip.public_id]), {"satang": "2400"})
    order.refresh_from_db()
    assert order.status == "confirmed"


def test_the_guide_sees_the_order_but_not_its_money(under_partner, owner, client_of):
    _operator, order, slip, _departure = under_partner
    client = client_of(owner)
    page = client.get(reverse("my_order", args=[order.code]))
    assert (page.status_code, page.context["pays_me"], page.context["waiting"]) == (200, False, [])
    assert client.get(reverse("slip_picture", args=[slip.public_id])).status_code == 404
    for name in ("accept_slip", "refuse_slip"):
        answer = client.post(reverse(name, args=[slip.public_id]), {"satang": "2400", "why": "less"})
        assert answer.status_code == 404
    for name in ("record_payment", "cancel_order", "record_refund", "resolve_no_seat"):
        answer = client.post(reverse(name, args=[order.code]), {"satang": "2400", "reference": "x", "reason": "x"})
        assert answer.status_code == 404, name
    order.refresh_from_db()
    assert order.status == "slip_review"


def test_the_guide_ticks_the_guests_of_a_partners_order(under_partner, owner, client_of):
    operator, order, _slip, departure = under_partner
    record_manual_payment(order=order, by=operator.owner, satang=240000, reference="cash", at=timezone.now())
    client_of(owner).post(reverse("check_in_guests", args=[departure.public_id, order.code]))
    assert order.lines.get().checked_in_at is not None


def test_the_operator_cannot_change_the_guides_tour(under_partner, client_of):
    operator, _order, _slip, departure = under_partner
    client = client_of(operator.owner)
    assert client.get(reverse("my_tour", args=[departure.tour.public_id])).status_code == 404
    form = {"w-act": "seats", "w-seats": "99"}
    assert client.post(reverse("change_date", args=[departure.public_id]), form).status_code == 404
