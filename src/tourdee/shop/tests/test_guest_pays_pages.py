"""Cash on delivery as it is walked: the seller's form, the link, the guest's form, and what both see then."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from ..models import DeliveryTerms, Order
from . import factories as f

pytestmark = pytest.mark.django_db(transaction=True)  # money is committed before it is applied


@pytest.fixture
def seller(owner, client_of):
    return client_of(owner)


def address(name, *args):
    """In Thai, whatever was looked at before."""
    with translation.override("th"):
        return reverse(name, args=args)


@pytest.fixture
def cloth(owner):
    shop = f.a_shop(owner, opened_at=timezone.now())
    DeliveryTerms.objects.create(shop=shop, on_delivery=True, on_delivery_fee_satang=2000)
    return f.a_product(shop)


def of_cloth(seller, cloth, how, change="", pieces=1):
    """Pieces of it sold in a chat."""
    basic = {"key": "k" * 24, "name": "คุณแนน", "hold": "3h", "language": "th"}
    form = {**basic, f"goods-{cloth.public_id}": str(pieces), "how": how}
    return seller.post(change or address("sell_in_chat"), form)


def asked(client, order):
    """The guest's form for a place in Chiang Mai."""
    return client.get(f"/en{address('order_details', order.secret)}", {"way": "post", "place": "50200", "stay": "1"})


def said(page, **more):
    pay, form = page.context["pay"], page.context["form"]
    return {
        "way": "post", "found": "50200", "total": str(pay.now), "total_on_delivery": str(pay.on_delivery or ""),
        "things": page.context["things"], "name": "แนน ใจดี", "phone": "0812345678", "email": "", "house": "99 หมู่ 1",
        "subdistrict": form["subdistrict"].field.choices[-1][0], "note": "", "agree": "on", **more,
    }  # fmt: skip


def test_the_seller_agrees_on_cash_and_the_guest_confirms_it_by_the_link(seller, cloth, client):
    of_cloth(seller, cloth, "on_delivery")
    order = Order.objects.get()
    assert (order.status, order.pay_by, order.total_satang) == ("awaiting_payment", "on_delivery", 42000)
    chat, status = address("chat_order", order.code), address("order_status", order.secret)
    assert "still-waiting" in seller.get(chat).content.decode()
    assert client.get(status).url == address("order_details", order.secret)
    page = asked(client, order)
    shown = page.content.decode()
    assert "Agreed with the seller: you pay in cash when the parcel arrives." in shown
    assert "In cash when the parcel arrives: ฿420 (฿20 of it for cash on delivery)" in shown
    assert (page.context["form"]["pay_by"].value(), page.context["pay"].now) == ("on_delivery", 40000)
    assert client.post(address("order_details", order.secret), said(page, pay_by="on_delivery")).url == status
    assert "Please have ฿420 in cash ready" in client.get(f"/en{status}").content.decode()
    assert "ขนส่งเก็บเงิน ฿420" in seller.get(chat).content.decode()
    assert "เก็บเงินปลายทาง" in seller.get(address("my_parcels")).content.decode()


def test_where_it_was_agreed_the_guest_may_pay_now_and_saves_the_fee(seller, cloth, client):
    of_cloth(seller, cloth, "on_delivery")
    order = Order.objects.get()
    client.post(address("order_details", order.secret), said(asked(client, order), pay_by="now"))
    order.refresh_from_db()
    assert (order.status, order.pay_by, order.total_satang) == ("awaiting_payment", "promptpay", 40000)
    assert client.get(address("order_status", order.secret)).context["qr"]


def test_where_the_pay_link_was_agreed_paying_now_is_what_is_chosen_first(seller, cloth, client):
    of_cloth(seller, cloth, "link")
    page = asked(client, Order.objects.get())
    assert (page.context["form"]["pay_by"].value(), page.context["pay"].on_delivery) == ("now", 42000)


def test_a_shop_without_it_asks_nobody_how_to_pay(seller, cloth, client):
    DeliveryTerms.objects.update(on_delivery=False)
    of_cloth(seller, cloth, "")
    assert "how" not in seller.get(address("sell_in_chat")).context["form"].fields
    assert "pay_by" not in asked(client, Order.objects.get()).context["form"].fields


def test_what_the_shop_no_longer_takes_is_said_to_the_guest_who_has_the_page_open(seller, cloth, client):
    of_cloth(seller, cloth, "on_delivery")
    order = Order.objects.get()
    form = said(asked(client, order), pay_by="on_delivery")
    DeliveryTerms.objects.update(on_delivery=False)
    answer = client.post(address("order_details", order.secret), form)
    assert list(answer.context["form"].errors) == ["pay_by"]
    shown = asked(client, order).content.decode()
    assert "that is not possible now. This shop is paid before it sends." in shown
    assert "Agreed with the seller" not in shown
    order.refresh_from_db()
    assert order.status == "awaiting_payment"


def test_a_change_of_the_seller_is_shown_before_the_guest_confirms_it(seller, cloth, client):
    of_cloth(seller, cloth, "on_delivery")
    order = Order.objects.get()
    form = said(asked(client, order), pay_by="on_delivery")
    change = address("change_chat_order", order.code)
    assert seller.get(change).context["form"]["how"].value() == "on_delivery"
    of_cloth(seller, cloth, "on_delivery", change, pieces=2)
    answer = client.post(address("order_details", order.secret), form)
    assert (list(answer.context["form"].errors), answer.context["pay"].on_delivery) == (["__all__"], 77000)
    assert "(รวมค่าเก็บเงินปลายทาง ฿20)" in answer.content.decode()


def test_of_cash_that_ran_out_no_slip_is_asked(seller, cloth, client):
    of_cloth(seller, cloth, "on_delivery")
    Order.objects.update(expires_at=timezone.now())
    page = client.get(f"/en{address('order_status', Order.objects.get().secret)}").content.decode()
    assert ("The time to confirm has run out" in page, 'id="slip"' in page) == (True, False)


def test_who_fetches_it_after_all_pays_before_and_reads_of_no_refusal(seller, cloth, client):
    DeliveryTerms.objects.update(hands_over=True)
    of_cloth(seller, cloth, "on_delivery")
    url = address("order_details", Order.objects.get().secret)
    page = client.get(url, {"way": "hand_over", "stay": "1"})
    assert (page.context["pay"].now, page.context["pay"].refusal) == (35000, "")
    assert "pay_by" not in page.context["form"].fields


def test_who_has_given_an_address_is_led_to_confirm_that_it_is_cash_now(seller, cloth, client):
    of_cloth(seller, cloth, "link")
    order = Order.objects.get()
    details, status = address("order_details", order.secret), address("order_status", order.secret)
    client.post(details, said(asked(client, order), pay_by="now"))
    assert client.get(status).status_code == 200
    of_cloth(seller, cloth, "on_delivery", address("change_chat_order", order.code))
    assert client.get(status).url == details
    form = client.get(details).context["form"]
    assert [form[name].value() for name in ("house", "pay_by")] == ["99 หมู่ 1", "on_delivery"]
