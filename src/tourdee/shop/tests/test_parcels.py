"""Parcels: what waits, its papers, numbers for many at once; and none of another seller's."""

import pytest
from django.urls import reverse

from .. import urls_goods
from ..actions.delivery import Terms, Zone, write_delivery_terms
from ..actions.fulfilment import ship_order
from ..actions.money import record_manual_payment
from ..actions.orders import Delivery, place_order
from ..actions.returns import ask_return
from ..models import DeliveryTerms, Order, ShippingZone, StockMovement
from ..queries.parcels import parcels_to_send, pick_list
from .factories import a_buyer, a_departure, a_product, a_shop, a_tour, an_order, goods, in_days, seats

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "ความลับของเจ้าของ"


@pytest.fixture
def shop(owner):
    return a_shop(owner)


def paid(shop, *items, at, **columns):
    order = an_order(shop, *items, at=at, buyer=a_buyer(**columns))
    record_manual_payment(order=order, by=shop.owner, satang=order.total_satang, reference="cash", at=at)
    order.refresh_from_db()
    return order


def test_what_waits_is_paid_unsent_and_of_goods(shop, owner, at):
    variant = a_product(shop, stock=20)
    waiting = paid(shop, goods(variant, 2), at=at)
    an_order(shop, goods(variant), at=at)  # not paid
    ship_order(order=paid(shop, goods(variant), at=at), by=owner, at=at, carrier="x", tracking="1")
    paid(shop, seats(a_departure(a_tour(shop), starts_at=in_days(at, 9))), at=at)
    assert [order.code for order in parcels_to_send(owner)] == [waiting.code]


def test_the_shelf_is_walked_once(shop, owner, at):
    cloth, basket = a_product(shop, stock=9), a_product(shop, stock=9, name_th="ตะกร้า")
    paid(shop, goods(cloth, 2), goods(basket), at=at)
    paid(shop, goods(cloth, 3), at=at)
    assert [(pick.name, pick.pieces) for pick in pick_list(parcels_to_send(owner))] == [
        ("ตะกร้า · สีคราม", 1), ("ผ้าทอ · สีคราม", 5),
    ]  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_more_parcels_ask_no_more(shop, owner, at, django_assert_num_queries, number):
    for _one in range(number):
        paid(shop, goods(a_product(shop)), at=at)
    with django_assert_num_queries(2):
        assert sum(pick.pieces for pick in pick_list(parcels_to_send(owner))) == number


def test_the_label_says_who_where_and_how_much(shop, owner, at, client_of, monkeypatch):
    DeliveryTerms.objects.create(shop=shop, on_delivery=True)
    there = Delivery(way="post", postcode="50200", subdistrict="500108", house="99 หมู่ 1", on_delivery=True)
    buyer = a_buyer(name="ศิริพร", phone="+66812223333")
    place_order(shop=shop, buyer=buyer, items=[goods(a_product(shop))], idempotency_key="k", at=at, delivery=there)
    made = {}
    monkeypatch.setattr(
        "tourdee.shop.queries.parcel_papers.pdf", lambda template, data, files=None: made.update(data) or b"%PDF-"
    )
    client_of(owner).get(reverse("labels", args=["a4"]))
    one = made["labels"][0]
    assert (made["size"], one["receiver"]["name"], one["receiver"]["phone"]) == ("a4", "ศิริพร", "081 222 3333")
    assert (one["receiver"]["address"], one["receiver"]["postcode"], one["collect"]) == (
        "99 หมู่ 1\nต.สุเทพ อ.เมืองเชียงใหม่ จ.เชียงใหม่", "50200", 40000,
    )  # fmt: skip


@pytest.mark.parametrize("size", ["a6", "a4"])
def test_labels_and_packing_list_are_documents(shop, owner, at, client_of, size):
    first, second = (paid(shop, goods(a_product(shop)), at=at, name="อ่านออก <#panic()>") for _one in range(2))
    client = client_of(owner)
    one = client.get(reverse("labels", args=[size]), {"order": first.code})
    both = client.get(reverse("labels", args=[size]), {"order": [first.code, second.code]})
    pages = [answer.content.count(b"/Type /Page\n") or answer.content.count(b"/Type/Page/") for answer in (one, both)]
    assert one.content.startswith(b"%PDF-1.")
    assert both["Content-Type"] == "application/pdf"
    assert client.get(reverse("packing_list")).content.startswith(b"%PDF-1.")
    assert len(set(pages)) == (2 if size == "a6" and any(pages) else 1)


def test_numbers_are_looked_at_before_anything_is_sent(shop, owner, at, client_of):
    first, second = (paid(shop, goods(a_product(shop)), at=at) for _one in range(2))
    page, client = reverse("tracking_numbers"), client_of(owner)
    good = f"{first.code.lower()} ei 217050620 th\nEB000000015TH, {second.code}"
    bad = good.replace("ei 217050620 th", "EI217050621TH")
    shown = client.post(page, {"lines": bad, "send": "1"})
    assert [bool(line.problem) for line in shown.context["lines"]] == [True, True]
    assert Order.objects.filter(shipped_at__isnull=False).count() == 0
    good = good.replace("EB000000015TH", "ED852942182TH")
    assert client.post(page, {"lines": good}).context["fine"] is True
    assert Order.objects.filter(shipped_at__isnull=False).count() == 0
    for _time in range(2):
        client.post(page, {"lines": good, "send": "1"})
    first.refresh_from_db()
    assert (first.carrier, first.tracking_number) == ("ไปรษณีย์ไทย", "EI217050620TH")
    assert StockMovement.objects.filter(kind="sent").count() == 2


@pytest.mark.parametrize("line", ["ZZZZZ EI217050620TH", "{code}", "{code} 7", "nothing"])
def test_a_line_that_says_nothing_sends_nothing(shop, owner, at, client_of, line):
    order = paid(shop, goods(a_product(shop)), at=at)
    form = {"lines": line.replace("{code}", order.code), "send": "1"}
    shown = client_of(owner).post(reverse("tracking_numbers"), form)
    assert shown.context["fine"] is False
    order.refresh_from_db()
    assert order.shipped_at is None


def test_the_buyer_gets_the_number_and_where_to_follow_it(shop, owner, at, shopper, mailoutbox, deliver_events):
    order = paid(shop, goods(a_product(shop)), at=at)
    ship_order(order=order, by=owner, at=at, carrier="ไปรษณีย์ไทย", tracking="EI217050620TH")
    deliver_events()
    page = "https://track.thailandpost.co.th/?trackNumber=EI217050620TH"
    assert page in shopper.get(reverse("order_status", args=[order.secret])).content.decode()
    assert any(page in str(mail.body) for mail in mailoutbox)


# ------------------------------------------------------------------ terms
def test_terms_are_replaced_and_said_in_the_audit_log(shop, owner, at):
    for price in (3000, 4000):
        zone = Zone(name_th="ทั่วไป", steps=[[500, price]])
        write_delivery_terms(shop=shop, terms=Terms(by_zone=True), zones=[zone], by=owner, at=at)
    assert [zone.steps for zone in ShippingZone.objects.all()] == [[[500, 4000]]]


def test_the_page_keeps_what_was_typed_and_tries_what_is_saved(shop, owner, client_of):
    client, page = client_of(owner), reverse("my_delivery")
    form = {
        "sends": "on", "by_zone": "zones", "flat_satang": "50", "return_days": "7", "low_stock": "3",
        "surcharge_satang": "60", "remote_postcodes": "๘๔๓๖๐, 23170", "packing_grams": "100",
        "zone-TOTAL_FORMS": "2", "zone-INITIAL_FORMS": "0", "zone-0-name_th": "กรุงเทพฯ", "zone-0-provinces": ["bangkok"],
        "zone-0-to_500": "30", "zone-1-name_th": "ที่อื่น", "zone-1-to_500": "45", "zone-1-to_1000": "40",
    }  # fmt: skip
    refused = client.post(page, form)  # heavier is cheaper
    assert refused.context["zones"].non_form_errors()
    assert refused.context["zones"].forms[1]["to_1000"].value() == "40"
    assert client.post(page, {**form, "zone-1-to_1000": "60"}).status_code == 302
    terms = DeliveryTerms.objects.get()
    assert (terms.remote_postcodes, terms.surcharge_satang, terms.by_zone) == (["23170", "84360"], 6000, True)
    tried = client.get(page, {"postcode": "84360", "grams": "300", "goods_satang": "500"})
    assert tried.context["price"].satang == 10500
    tried = client.get(page, {"postcode": "10500", "grams": "3000", "goods_satang": "500"})
    assert tried.context["refusal"]


def test_a_shop_offers_at_least_one_way(shop, owner, client_of):
    form = {"by_zone": "flat", "flat_satang": "50", "return_days": "7", "low_stock": "3"}
    shown = client_of(owner).post(reverse("my_delivery"), form)
    assert set(shown.context["form"].errors) == {"sends"}
    assert DeliveryTerms.objects.count() == 0


# ------------------------------------------------------------------ nobody else's
@pytest.mark.parametrize("role", ["stranger", "teammate", "officer"])
def test_goods_of_another_seller_do_not_exist(request, shop, owner, at, client_of, role):
    person = request.getfixturevalue(role)
    if role == "teammate":
        a_shop(person, opened_at=at)
    order = paid(shop, goods(a_product(shop, stock=9, name_th=SECRET), 2), at=at, name=SECRET)
    ship_order(order=order, by=owner, at=at, carrier="x", tracking="1")
    line = order.lines.get()
    asked = ask_return(order=order, quantities={line.pk: 1}, reason="broken", words=SECRET, at=at)
    ids = {"stock": line.variant.public_id, "orders": order.code, "returns": asked.public_id}
    client, seen = client_of(person), 0
    for pattern in urls_goods.urlpatterns:
        text = str(pattern.pattern)
        if text.startswith("o/"):
            continue
        names = {name: "a6" if name == "size" else ids[text.split("/")[1]] for name in pattern.pattern.converters}
        for answer in (
            client.get(reverse(pattern.name, kwargs=names)),
            client.post(reverse(pattern.name, kwargs=names)),
        ):
            assert SECRET not in answer.content.decode(errors="ignore"), pattern.name
            assert answer.status_code in ({404, 405, 302} if names else {200, 302, 404, 405}), pattern.name
        seen += 1
    assert seen == 16
    asked.refresh_from_db()
    assert (asked.status, Order.objects.get().status, StockMovement.objects.count()) == ("asked", "confirmed", 1)
