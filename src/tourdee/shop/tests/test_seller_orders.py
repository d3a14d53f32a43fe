"""The seller's orders: found, money confirmed or refused, paid back, cancelled, sent, guests ticked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tourdee.shop.actions.holds import expire_order
from tourdee.shop.actions.money import record_manual_payment
from tourdee.shop.actions.slips import receive_slip
from tourdee.shop.models import Departure, Order, Refund

from . import factories as f

pytestmark = pytest.mark.django_db(transaction=True)  # money is committed before it is applied


@pytest.fixture
def shop(owner):
    return f.a_shop(owner, opened_at=timezone.now())


@pytest.fixture
def departure(shop, now):
    return f.a_departure(f.a_tour(shop), starts_at=now + timedelta(days=40))


def a_slip_order(shop, departure, now, **columns):
    order = f.an_order(shop, f.seats(departure, 2), at=now, **columns)
    slip = receive_slip(order=order, upload=f.a_slip(), at=now)
    return order, slip


def paid(order, owner, now):
    return record_manual_payment(order=order, by=owner, satang=order.total_satang, reference="cash", at=now)


def test_the_slip_is_shown_with_what_it_is_and_what_it_is_not(shop, departure, now, owner, client_of):
    order, slip = a_slip_order(shop, departure, now)
    page = client_of(owner).get("/en" + reverse("my_order", args=[order.code])).content.decode()
    assert "Look into your bank app for ฿2,400" in page
    assert "This is not the bank&#x27;s confirmation." in page or "This is not the bank's confirmation." in page
    assert reverse("slip_picture", args=[slip.public_id]) in page


def test_the_amount_is_typed_not_offered(shop, departure, now, owner, client_of):
    order, _slip = a_slip_order(shop, departure, now)
    page = client_of(owner).get(reverse("my_order", args=[order.code]))
    assert page.context["amount_form"]["satang"].value() is None


def test_money_found_confirms_the_order_once(shop, departure, now, owner, client_of):
    order, slip = a_slip_order(shop, departure, now)
    client = client_of(owner)
    for _time in range(2):
        client.post(reverse("accept_slip", args=[slip.public_id]), {"satang": "๒,๔๐๐"})
    order.refresh_from_db()
    assert (order.status, order.paid_satang, order.payments.count()) == ("confirmed", 240000, 1)


def test_less_than_the_price_needs_a_tick(shop, departure, now, owner, client_of):
    order, slip = a_slip_order(shop, departure, now)
    client = client_of(owner)
    client.post(reverse("accept_slip", args=[slip.public_id]), {"satang": "2000"})
    order.refresh_from_db()
    assert (order.status, order.paid_satang) == ("slip_review", 0)
    client.post(reverse("accept_slip", args=[slip.public_id]), {"satang": "2000", "part": "on"})
    order.refresh_from_db()
    assert (order.status, order.paid_satang) == ("slip_review", 200000)


@pytest.mark.parametrize("amount", ["", "0", "-5", "1e9", "NaN", "²"])
def test_an_amount_that_is_none_is_refused_at_its_field(shop, departure, now, owner, client_of, amount):
    order, slip = a_slip_order(shop, departure, now)
    page = client_of(owner).post(reverse("accept_slip", args=[slip.public_id]), {"satang": amount})
    assert list(page.context["amount_form"].errors) == ["satang"]
    order.refresh_from_db()
    assert order.status == "slip_review"


def test_a_refusal_is_said_in_the_buyers_language(shop, departure, now, owner, client_of):
    _order, slip = a_slip_order(shop, departure, now)
    form = {"why": "not_found", "words": "โปรดโทรหาเรา"}
    client_of(owner).post(reverse("refuse_slip", args=[slip.public_id]), form)
    slip.refresh_from_db()
    assert (slip.status, slip.reason) == (
        "refused",
        "The money has not arrived. Please check the transfer. โปรดโทรหาเรา",
    )


@pytest.mark.parametrize("form", [{}, {"why": "other"}, {"why": "other", "words": "  "}, {"why": "nonsense"}])
def test_a_refusal_needs_a_reason(shop, departure, now, owner, client_of, form):
    _order, slip = a_slip_order(shop, departure, now)
    page = client_of(owner).post(reverse("refuse_slip", args=[slip.public_id]), form)
    assert page.context["refusal_form"].errors
    slip.refresh_from_db()
    assert slip.status == "waiting"


def test_cancelling_shows_the_refund_first_and_needs_a_reason(shop, departure, now, owner, client_of):
    order = paid(f.an_order(shop, f.seats(departure, 2), at=now), owner, now)
    client = client_of(owner)
    url = reverse("cancel_order", args=[order.code])
    page = client.get(url)
    assert page.context["quote"].total_satang == 240000
    assert Order.objects.get().status == "confirmed"
    assert client.post(url, {"reason": ""}).status_code == 200
    client.post(url, {"reason": "คนไม่ครบ"})
    order.refresh_from_db()
    assert (order.status, order.refund_due_satang) == ("cancelled", 240000)
    assert Departure.objects.get().taken == 0


def test_a_refund_is_recorded_once_by_its_reference(shop, departure, now, owner, client_of):
    order = paid(f.an_order(shop, f.seats(departure, 2), at=now), owner, now)
    client = client_of(owner)
    client.post(reverse("cancel_order", args=[order.code]), {"reason": "x"})
    url = reverse("record_refund", args=[order.code])
    for _time in range(2):
        client.post(url, {"satang": "2400", "reference": "REF1"})
    client.post(url, {"satang": "1", "reference": "REF2"})
    order.refresh_from_db()
    assert (order.refunded_satang, order.refund_due_satang, Refund.objects.count()) == (240000, 0, 1)


def test_goods_are_sent_with_a_number(shop, now, owner, client_of):
    variant = f.a_product(shop)
    order = paid(f.an_order(shop, f.goods(variant, 2), at=now), owner, now)
    url = reverse("ship_order", args=[order.code])
    client_of(owner).post(url, {"carrier": "ไปรษณีย์ไทย", "tracking": "EI217050620TH"})
    order.refresh_from_db()
    assert (order.carrier, order.tracking_number) == ("ไปรษณีย์ไทย", "EI217050620TH")
    assert order.shipped_at is not None


def test_a_buyer_without_a_seat_moves_to_another_date(shop, departure, now, owner, client_of):
    order = f.an_order(shop, f.seats(departure, 2), at=now)
    expire_order(order=order, at=now + timedelta(hours=2))
    Departure.objects.update(capacity=1)
    other = f.a_departure(departure.tour, starts_at=now + timedelta(days=41))
    paid(order, owner, now)
    client = client_of(owner)
    page = client.get(reverse("my_order", args=[order.code]))
    assert page.context["other_dates"] == [other]
    url = reverse("resolve_no_seat", args=[order.code])
    assert client.post(url, {"departure": departure.public_id}).status_code == 200  # full: no choice
    client.post(url, {"departure": other.public_id})
    order.refresh_from_db()
    other.refresh_from_db()
    assert (order.status, other.taken) == ("confirmed", 2)


def test_a_buyer_without_a_seat_gets_everything_back(shop, departure, now, owner, client_of):
    order = f.an_order(shop, f.seats(departure, 2), at=now)
    expire_order(order=order, at=now + timedelta(hours=2))
    Departure.objects.update(capacity=1)
    paid(order, owner, now)
    client_of(owner).post(reverse("resolve_no_seat", args=[order.code]), {"do": "refund"})
    order.refresh_from_db()
    assert (order.status, order.refund_due_satang) == ("cancelled", 240000)


# ------------------------------------------------------------------ guests
def test_guests_are_listed_and_ticked_once(shop, departure, now, owner, client_of):
    order = paid(f.an_order(shop, f.seats(departure, 2), f.seats(departure, 1, 1), at=now), owner, now)
    waiting, _slip = a_slip_order(shop, departure, now)
    f.an_order(shop, f.seats(departure, 1), at=now)  # not paid: not expected
    client = client_of(owner)
    url = reverse("manifest", args=[departure.public_id])
    page = client.get(url)
    assert {(one.order, one.people, one.paid) for one, *_rest in page.context["guests"]} == {
        (order, 3, True),
        (waiting, 2, False),
    }
    for _time in range(2):
        client.post(reverse("check_in_guests", args=[departure.public_id, order.code]))
    assert client.get(url).context["here"] == 3


def test_unpaid_guests_cannot_be_ticked(shop, departure, now, owner, client_of):
    order, _slip = a_slip_order(shop, departure, now)
    client_of(owner).post(reverse("check_in_guests", args=[departure.public_id, order.code]))
    assert order.lines.get().checked_in_at is None


# ------------------------------------------------------------------ lists
def test_orders_are_found_by_status_code_name_and_phone(shop, departure, now, owner, client_of):
    order = f.an_order(shop, f.seats(departure), at=now, buyer=f.a_buyer(name="คุณน้ำ", phone="+66811112222"))
    other, _slip = a_slip_order(shop, departure, now)
    client = client_of(owner)

    def found(**asked):
        return set(client.get(reverse("my_orders"), asked).context["page"])

    assert found() == {order, other}
    assert found(status="slip_review") == {other}
    assert found(status="nonsense") == {order, other}
    assert found(q=order.code) == {order}
    assert found(q="คุณน้ำ") == {order}
    assert found(q="081 111 2222") == {order}
    assert found(q="%%%") == set()
    counts = {value: number for value, _label, number in client.get(reverse("my_orders")).context["statuses"]}
    assert (counts[""], counts["awaiting_payment"], counts["slip_review"]) == (2, 1, 1)


def test_the_table_keeps_formulas_and_foreign_orders_out(shop, departure, now, owner, client_of):
    f.an_order(shop, f.seats(departure), at=now, buyer=f.a_buyer(name="=HYPERLINK(1)", phone="+66811112222"))
    foreign = f.a_departure(f.a_tour(), starts_at=now + timedelta(days=40))
    f.an_order(foreign.tour.shop, f.seats(foreign), at=now, buyer=f.a_buyer(name="ลูกค้าคนอื่น"))
    text = client_of(owner).get(reverse("my_orders_csv")).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "'+66811112222" in text
    assert "ลูกค้าคนอื่น" not in text
    assert len(text.strip().splitlines()) == 2


def test_the_list_needs_as_many_queries_for_three_as_for_one(
    shop, departure, now, owner, client_of, django_assert_num_queries
):
    client = client_of(owner)
    f.an_order(shop, f.seats(departure), at=now)
    client.get(reverse("my_orders"))
    with django_assert_num_queries(14):
        client.get(reverse("my_orders"))
    for _number in range(2):
        f.an_order(shop, f.seats(departure), at=now)
    with django_assert_num_queries(14):
        client.get(reverse("my_orders"))


def test_names_with_markup_stay_text(shop, departure, now, owner, client_of):
    canary = "<img src=x onerror=alert(1)>"
    buyer = f.a_buyer(name=canary, note=canary, address=canary)
    order = paid(f.an_order(shop, f.seats(departure), at=now, buyer=buyer), owner, now)
    client = client_of(owner)
    pages = [reverse("my_orders"), reverse("my_order", args=[order.code])]
    pages += [reverse("manifest", args=[departure.public_id]), reverse("cancel_order", args=[order.code])]
    for page in pages:
        assert canary not in client.get(page).content.decode(), page
