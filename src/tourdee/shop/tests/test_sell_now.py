"""Where a sale in a chat or at the counter begins: the dates to choose from, and where goods are to go."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tourdee.core.dates import bangkok_day

from ..actions.money import record_manual_payment
from ..models import DeliveryTerms, Departure, Order, Parcel
from ..queries.in_person import tours_to_sell
from . import factories as f

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "คุณแนน 99 หมู่ 1 ต.สุเทพ อ.เมือง\nเชียงใหม่ 50200 โทร 0811112222"
THERE = "คุณแนน 99 หมู่ 1\nต.สุเทพ อ.เมืองเชียงใหม่ จ.เชียงใหม่ 50200"


@pytest.fixture
def shop(owner, now):
    return f.a_shop(owner, opened_at=now)


@pytest.fixture
def departure(shop, now):
    return f.a_departure(f.a_tour(shop), starts_at=now + timedelta(days=9), capacity=4)


@pytest.fixture
def cloth(shop):
    return f.a_product(shop)


@pytest.fixture
def seller(owner, client_of):
    return client_of(owner)


def asked(cloth, **more):
    return {
        "key": "k" * 24, "name": "คุณแนน", "hold": "3h", "language": "th", f"goods-{cloth.public_id}": "1", **more,
    }  # fmt: skip


def test_dates_to_sell_stand_under_their_day_and_of_one_tour(seller, shop, departure):
    other = f.a_departure(f.a_tour(shop, name_th="ล่องเรือ"), starts_at=departure.starts_at)
    address = reverse("sell_in_person")
    page = seller.get(address)
    assert [tour.name_th for tour in page.context["tours"]] == ["ล่องเรือ", departure.tour.name_th]
    assert page.content.decode().count("<h3>") == 1
    asked = {"tour": other.tour.public_id, "name": "แนน"}
    page = seller.get(address, asked)
    assert page.context["departures"] == [other]
    assert f"{reverse('sell_in_person_counter')}?tour={other.tour.public_id}&amp;name=" in page.content.decode()
    assert len(seller.get(address, {"tour": "nonsense"}).context["departures"]) == 2


@pytest.mark.parametrize("tours", [1, 3])
def test_the_tours_to_sell_are_one_question(shop, departure, now, tours, django_assert_num_queries):
    for _more in range(1, tours):
        f.a_departure(f.a_tour(shop), starts_at=departure.starts_at)
    with django_assert_num_queries(1):
        assert len(tours_to_sell(shop, now)) == tours


def test_goods_that_a_guest_told_the_address_of_go_there(seller, cloth, client):
    seller.post(reverse("sell_in_chat"), asked(cloth, address=ADDRESS))
    order, parcel = Order.objects.get(), Parcel.objects.get()
    assert (order.address, parcel.label) == (THERE, THERE)
    assert (parcel.postcode, parcel.subdistrict, parcel.province, parcel.house) == (
        "50200",
        "500108",
        50,
        "คุณแนน 99 หมู่ 1",
    )
    page = client.get(reverse("order_status", args=[order.secret]))
    assert not page.context["page"].needs_address


def test_without_an_address_the_guest_says_it_by_the_link(seller, cloth):
    seller.post(reverse("sell_in_chat"), asked(cloth))
    assert (Order.objects.get().address, Parcel.objects.get().postcode) == ("", "")


@pytest.mark.parametrize(
    "address", ["99 หมู่ 1 สุเทพ", "50200", "ต.สุเทพ 50200", "99 หมู่ 1 ต.สุเทพ 99999", "99 ต.บางบัว 50200"]
)
def test_an_address_that_cannot_be_read_is_refused_there_and_kept(seller, cloth, address):
    page = seller.post(reverse("sell_in_chat"), asked(cloth, address=address))
    assert list(page.context["form"].errors) == ["address"]
    assert f">\n{address}</textarea>" in page.content.decode()
    assert Order.objects.count() == 0


def test_what_it_costs_depends_on_where_it_is_sent(seller, shop, cloth):
    DeliveryTerms.objects.create(shop=shop, surcharge_satang=4000, remote_postcodes=["50200"])
    sums = [
        seller.post(reverse("sell_in_chat"), asked(cloth, sum="1", address=address)).context["basket"].total_satang
        for address in ("", ADDRESS)
    ]
    assert sums[1] - sums[0] == 4000


def test_a_change_keeps_the_address_and_takes_another_and_a_telephone(seller, cloth):
    seller.post(reverse("sell_in_chat"), asked(cloth, address=ADDRESS))
    order = Order.objects.get()
    url = reverse("change_chat_order", args=[order.code])
    assert seller.get(url).context["form"]["address"].initial == THERE
    seller.post(url, asked(cloth, key="l" * 24, address=THERE, phone="081 111 2222", note="ห่อสวย ๆ"))
    order.refresh_from_db()
    assert (order.address, order.buyer_phone, order.note) == (THERE, "+66811112222", "ห่อสวย ๆ")
    seller.post(url, asked(cloth, key="m" * 24, address="7 ซอย 3 แขวงสีลม เขตบางรัก กรุงเทพ 10500"))
    order.refresh_from_db()
    assert (order.address, Parcel.objects.get().province) == ("7 ซอย 3\nแขวงสีลม เขตบางรัก กรุงเทพมหานคร 10500", 10)
    assert order.buyer_phone == "+66811112222"


def test_no_address_is_asked_where_nothing_is_sent(seller, shop, departure):
    address = f"{reverse('sell_in_chat')}?departure={departure.public_id}"
    assert "address" not in seller.get(address).context["form"].fields
    f.a_product(shop)
    assert "address" in seller.get(address).context["form"].fields
    DeliveryTerms.objects.create(shop=shop, sends=False, hands_over=True)
    assert "address" not in seller.get(address).context["form"].fields


def test_the_link_of_cash_on_delivery_is_not_called_a_pay_link(seller, shop, cloth):
    DeliveryTerms.objects.create(shop=shop, on_delivery=True)
    seller.post(reverse("sell_in_chat"), asked(cloth, how="on_delivery"))
    page = seller.get(reverse("chat_order", args=[Order.objects.get().code])).content.decode()
    assert "<h1>ลิงก์ของคุณแนน</h1>" in page.replace("ลิงก์ของ คุณแนน", "ลิงก์ของคุณแนน")
    assert "ลิงก์จ่ายเงิน" not in page.split("<main")[1].split("</h1>")[0]


def test_a_guest_whose_address_is_known_is_asked_to_confirm_only(seller, shop, cloth):
    DeliveryTerms.objects.create(shop=shop, on_delivery=True)
    seller.post(reverse("sell_in_chat"), asked(cloth, how="on_delivery", address=ADDRESS))
    page = seller.get(reverse("chat_order", args=[Order.objects.get().code]))
    assert "กรุณายืนยันภายใน" in page.context["texts"][0].text
    assert "รอลูกค้ายืนยัน เก็บไว้ให้ถึง" in page.content.decode()
    assert "รอลูกค้าบอกที่อยู่" not in page.content.decode()


def test_the_address_of_a_parcel_can_be_copied_whole(seller, cloth, owner, now):
    seller.post(reverse("sell_in_chat"), asked(cloth, address=ADDRESS, phone="081 111 2222"))
    order = Order.objects.get()
    record_manual_payment(order=order, by=owner, satang=order.total_satang, reference="x", at=now)
    page = seller.get(reverse("my_order", args=[order.code])).content.decode()
    assert f'data-copy="คุณแนน\n{THERE}\n081 111 2222"' in page


def test_a_new_voucher_begins_today_and_runs_a_month(seller, shop, now):
    form = seller.get(reverse("my_vouchers")).context["form"]
    today = bangkok_day(now)
    assert [form[name].value() for name in ("first_day", "last_day")] == [today, today + timedelta(days=30)]


@pytest.mark.parametrize(
    ("page", "tab"),
    [("my_stock", "my_shop"), ("my_books", "my_shop"), ("my_vouchers", "my_shop"), ("my_parcels", "my_orders"),
     ("sell_in_person", "my_orders")],
)  # fmt: skip
def test_every_page_of_the_shop_stands_under_a_tab(seller, shop, page, tab):
    tabs = seller.get(reverse(page)).context["tabs"]
    assert [one.url for one in tabs if one.current] == [reverse(tab)]


@pytest.mark.parametrize(("taken", "said"), [(0, "เหลือ 4 ที่"), (4, "เต็มแล้ว")])
def test_the_form_says_how_many_can_still_come(seller, departure, taken, said):
    Departure.objects.update(taken=taken)
    page = seller.get(f"{reverse('sell_at_counter')}?departure={departure.public_id}").content.decode()
    assert said in page


def test_a_form_that_lacks_name_and_people_says_both_at_once(seller, departure):
    page = seller.post(
        f"{reverse('sell_at_counter')}?departure={departure.public_id}", {"key": "k" * 24, "how": "cash"}
    )
    assert list(page.context["form"].errors) == ["name", "__all__"]


def test_whether_goods_go_along_is_asked_beside_the_goods(seller, departure, cloth):
    form = seller.get(f"{reverse('sell_at_counter')}?departure={departure.public_id}").context["form"]
    assert "handed_over" in form.fields
    assert "handed_over" not in [field.name for field in form.rest]
