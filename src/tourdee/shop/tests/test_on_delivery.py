"""Cash on delivery: for whom and for what, and how it ends."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ..actions.cancellation import cancel_order
from ..actions.charges import CannotPay, ask_to_pay
from ..actions.fulfilment import ship_order
from ..actions.on_delivery import NotUnderway, record_came_back, record_collected
from ..actions.orders import Delivery, NotOnDelivery, place_order
from ..actions.part_cancellation import give_up_part
from ..models import DeliveryTerms, Order, Parcel, PaymentEvent, Variant
from ..queries.reconcile import differences
from .factories import a_buyer, a_departure, a_money_service, a_product, a_shop, a_tour, goods, in_days, seats

pytestmark = pytest.mark.django_db(transaction=True)  # money is committed before it is applied
HOME = {"way": "post", "postcode": "50200", "subdistrict": "500108", "house": "99"}
PHONE = "+66811112222"


@pytest.fixture
def shop(owner):
    shop = a_shop(owner)
    DeliveryTerms.objects.create(
        shop=shop, on_delivery=True, on_delivery_fee_satang=2000, on_delivery_most_satang=100000
    )
    return shop


@pytest.fixture
def variant(shop):
    return a_product(shop, stock=20)


def ordered(shop, *items, at, key="k", phone=PHONE, **changed):
    buyer = a_buyer(phone=phone, email="")
    delivery = Delivery(**{**HOME, "on_delivery": True, **changed})
    return place_order(shop=shop, buyer=buyer, items=items, idempotency_key=key, at=at, delivery=delivery)


def sent(shop, variant, owner, at, **changed):
    order = ordered(shop, goods(variant, 2), at=at, **changed)
    return ship_order(order=order, by=owner, at=at, carrier="Flash Express", tracking="TH1")


def test_it_is_confirmed_without_money_and_kept_for_the_buyer(shop, variant, at):
    order = ordered(shop, goods(variant, 2), at=at)
    assert (order.status, order.pay_by, order.due_now_satang, order.paid_satang) == ("confirmed", "on_delivery", 0, 0)
    assert (order.total_satang, order.shipping_satang) == (77000, 7000)  # two cloths, ฿50 to send, ฿20 fee
    assert (order.parcel.collect_satang, order.parcel.fee_satang) == (77000, 2000)
    assert Variant.objects.get().reserved == 2
    assert differences(at) == []


@pytest.mark.parametrize(
    ("terms", "delivery"),
    [({"on_delivery": False}, {}), ({"on_delivery_most_satang": 50000}, {}), ({"on_delivery_provinces": [10]}, {}),
     ({}, {"subdistrict": ""}), ({}, {"subdistrict": "100402"})],
)  # fmt: skip
def test_the_rules_of_the_shop_are_kept_on_the_server(shop, variant, at, terms, delivery):
    DeliveryTerms.objects.update(**terms)
    shop.refresh_from_db()
    with pytest.raises(NotOnDelivery):
        ordered(shop, goods(variant, 2), at=at, **delivery)
    assert Order.objects.count() == 0


def test_tours_are_paid_beforehand(shop, variant, at):
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5))
    DeliveryTerms.objects.update(on_delivery_most_satang=10_000_000)
    shop.refresh_from_db()
    with pytest.raises(NotOnDelivery):
        ordered(shop, seats(departure), goods(variant), at=at)


def test_a_number_that_once_refused_pays_beforehand_in_every_shop(shop, variant, owner, at):
    record_came_back(order=sent(shop, variant, owner, at), by=owner, at=at, fit=True)
    other = a_shop()
    DeliveryTerms.objects.create(shop=other, on_delivery=True)
    with pytest.raises(NotOnDelivery):
        ordered(other, goods(a_product(other)), at=at, key="k2")
    assert ordered(other, goods(a_product(other)), at=at, key="k3", phone="+66811119999").status == "confirmed"


def test_nobody_takes_the_whole_shelf_without_paying(shop, variant, at):
    for number in range(3):
        ordered(shop, goods(variant), at=at, key=f"k{number}")
    with pytest.raises(NotOnDelivery):
        ordered(shop, goods(variant), at=at, key="k9")


def test_money_counts_when_it_is_collected_and_once(shop, variant, owner, at):
    order = sent(shop, variant, owner, at)
    for _time in range(2):
        record_collected(order=order, by=owner, at=at)
    order.refresh_from_db()
    parcel = Parcel.objects.get()
    assert (order.paid_satang, order.refund_due_satang, parcel.collected_at) == (77000, 0, at)
    assert [(event.provider, event.satang) for event in PaymentEvent.objects.all()] == [("on_delivery", 77000)]
    assert differences(at) == []


def test_nothing_is_collected_before_it_is_sent(shop, variant, owner, at):
    order = ordered(shop, goods(variant), at=at)
    with pytest.raises(NotUnderway):
        record_collected(order=order, by=owner, at=at)
    with pytest.raises(NotUnderway):
        record_came_back(order=order, by=owner, at=at, fit=True)
    assert PaymentEvent.objects.count() == 0


@pytest.mark.parametrize(("fit", "stock"), [(True, 20), (False, 18)])
def test_a_parcel_that_comes_back_closes_the_order_once(shop, variant, owner, at, fit, stock):
    order = sent(shop, variant, owner, at)
    assert Variant.objects.get().stock == 18
    for _time in range(2):
        record_came_back(order=order, by=owner, at=at, fit=fit)
    order.refresh_from_db()
    now = Variant.objects.get()
    assert (order.status, order.refund_due_satang, now.stock, now.reserved) == ("cancelled", 0, stock, 0)
    with pytest.raises(NotUnderway):
        record_collected(order=order, by=owner, at=at)
    assert differences(at) == []


def test_collected_is_not_refused_and_refused_not_collected(shop, variant, owner, at):
    order = sent(shop, variant, owner, at)
    record_collected(order=order, by=owner, at=at)
    with pytest.raises(NotUnderway):
        record_came_back(order=order, by=owner, at=at, fit=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Parcel.objects.update(came_back_at=at)


def test_the_buyer_may_cancel_until_it_is_sent(shop, variant, owner, at):
    order = ordered(shop, goods(variant), at=at)
    assert cancel_order(order=order, by="buyer", at=at).status == "cancelled"
    assert Variant.objects.get().reserved == 0


# ------------------------------------------------------------------ as it is walked
def test_the_buyer_chooses_it_on_the_details_page(shopper, shop, variant):
    shopper.choose(variant=variant, quantity=2)
    page = shopper.get("/en" + reverse("checkout_details"))
    assert "In cash when the parcel arrives: ฿770" in page.content.decode()
    order = shopper.order(pay_by="on_delivery")
    assert (order.status, order.total_satang) == ("confirmed", 77000)
    shown = shopper.get(reverse("order_status", args=[order.secret])).content.decode()
    assert "Please have ฿770 in cash ready when the parcel arrives." in shown


def test_without_the_choice_it_is_paid_now_without_the_fee(shopper, shop, variant):
    shopper.choose(variant=variant, quantity=2)
    order = shopper.order(pay_by="now")
    assert (order.status, order.total_satang, order.pay_by) == ("awaiting_payment", 75000, "promptpay")


def test_a_refusal_stands_at_the_choice(shopper, shop, variant, owner, at):
    record_came_back(order=sent(shop, variant, owner, at, phone="+66812345679"), by=owner, at=at, fit=True)
    shopper.choose(variant=variant, quantity=2)
    form = shopper.details(pay_by="on_delivery").context["form"]
    assert set(form.errors) == {"pay_by"}


def test_the_seller_records_both_ends(shop, variant, owner, at, clock, client_of, stranger):
    order = sent(shop, variant, owner, at)
    page = client_of(owner).get("/en" + reverse("my_order", args=[order.code])).content.decode()
    assert "The carrier collects ฿770" in page
    assert client_of(stranger).post(reverse("parcel_collected", args=[order.code])).status_code == 404
    client_of(owner).post(reverse("parcel_collected", args=[order.code]))
    order.refresh_from_db()
    assert order.paid_satang == 77000


def test_the_sellers_list_calls_it_paid_only_once_it_is(shop, variant, owner, client_of, at):
    order = sent(shop, variant, owner, at)
    client = client_of(owner)
    assert "ยืนยันแล้ว เก็บเงินปลายทาง" in client.get(reverse("my_orders")).content.decode()
    record_collected(order=order, by=owner, at=at)
    page = client.get(reverse("my_orders")).content.decode()
    assert ("ยืนยันแล้ว เก็บเงินปลายทาง" in page, "ชำระแล้ว ยืนยันแล้ว" in page) == (False, True)


# ------------------------------------------------------------------ when the price or what is paid of it changes
def test_fewer_pieces_are_less_for_the_carrier_to_collect(shop, variant, owner, at):
    order = ordered(shop, goods(variant, 2), at=at)
    line = order.lines.get()
    give_up_part(order=order, keep={line.pk: 1}, by="buyer", at=at, shown_refund_satang=0)
    assert (Parcel.objects.get().collect_satang, differences(at)) == (42000, [])


def test_no_gateway_is_asked_for_what_stands_on_the_label(shop, variant, at):
    order = ordered(shop, goods(variant, 2), at=at)
    service = a_money_service(shop.business, "opn", at)
    with pytest.raises(CannotPay):
        ask_to_pay(order=order, service=service, method="promptpay", at=at)
    order.refresh_from_db()
    assert order.pay_by == "on_delivery"
