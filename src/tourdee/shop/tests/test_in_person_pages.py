"""The seller's pages for selling in a chat and at the counter, and the guest's side of the short link."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from ..actions.holds import expire_order
from ..actions.money import record_manual_payment
from ..models import Departure, Order
from ..queries.in_person import departures_to_sell
from . import factories as f

pytestmark = pytest.mark.django_db(transaction=True)  # money is committed before it is applied


@pytest.fixture
def shop(owner, now):
    return f.a_shop(owner, opened_at=now)


@pytest.fixture
def departure(shop, now):
    return f.a_departure(f.a_tour(shop), starts_at=now + timedelta(days=9), capacity=4)


@pytest.fixture
def seller(owner, client_of):
    return client_of(owner)


def people(departure, number, category="Adult"):
    return {f"people-{departure.tour.prices.get(name_en=category).public_id}": str(number)}


def chat_form(departure=None, number=2, **more):
    chosen = people(departure, number) if departure else {}
    return {"key": "k" * 24, "name": "คุณแนน", "hold": "3h", "language": "th", **chosen, **more}


def in_chat(seller, departure, **more):
    answer = seller.post(f"{reverse('sell_in_chat')}?departure={departure.public_id}", chat_form(departure, **more))
    assert answer.status_code == 302, answer.context["form"].errors
    return Order.objects.get(channel="chat")


@pytest.mark.parametrize("dates", [1, 3])
def test_the_dates_to_sell_are_one_question(shop, departure, now, dates, django_assert_num_queries):
    for more in range(1, dates):
        f.a_departure(departure.tour, starts_at=departure.starts_at + timedelta(days=more))
    with django_assert_num_queries(1):
        found = departures_to_sell(shop, now)
    assert [one.seats_left for one in found] == [4, 10, 10][:dates]


def test_the_first_page_lists_dates_and_goods(seller, shop, departure):
    f.a_product(shop)
    page = seller.get(reverse("sell_in_person"))
    assert (page.context["departures"], page.context["has_goods"]) == ([departure], True)


def test_a_chat_order_takes_a_name_and_two_fields_and_gives_a_text_to_paste(seller, departure):
    order = in_chat(seller, departure)
    page = seller.get(reverse("chat_order", args=[order.code]))
    thai, english = page.context["texts"]
    assert thai.text.endswith(f"http://testserver/p/{order.pay_code}/")
    assert "เดินเมืองเก่าเชียงใหม่ · ผู้ใหญ่" in thai.text
    assert "= ฿2,400" in english.text
    assert "Please pay until" in english.text


def test_the_form_sent_twice_makes_one_order(seller, departure):
    for _time in range(2):
        in_chat(seller, departure)
    assert (Order.objects.count(), Departure.objects.get().taken) == (1, 2)


@pytest.mark.parametrize(
    ("wrong", "field"), [({"name": ""}, "name"), ({"hold": "400h"}, "hold"), ({"phone": "12"}, "phone")]
)
def test_what_is_wrong_stands_at_its_field_and_the_rest_is_kept(seller, departure, wrong, field):
    answer = seller.post(f"{reverse('sell_in_chat')}?departure={departure.public_id}", chat_form(departure, 3, **wrong))
    form = answer.context["form"]
    assert (list(form.errors), form.rows[0].value()) == ([field], "3")


def test_nobody_and_nothing_is_no_order(seller, shop, departure):
    answer = seller.post(reverse("sell_in_chat"), chat_form())
    assert list(answer.context["form"].errors) == ["__all__"]


def test_more_than_is_left_is_said(seller, departure):
    answer = seller.post(f"{reverse('sell_in_chat')}?departure={departure.public_id}", chat_form(departure, 5))
    assert answer.status_code == 200
    assert not Order.objects.exists()


def test_the_open_page_sees_by_itself_what_has_become_of_it(seller, departure, owner, now):
    order = in_chat(seller, departure)
    status = reverse("chat_status", args=[order.code])
    assert "still-waiting" in seller.get(status).content.decode()
    record_manual_payment(order=order, by=owner, satang=240000, reference="x", at=now)
    assert "face-ok" in seller.get(status).content.decode()


def test_changing_shows_what_was_agreed_and_keeps_the_link(seller, departure):
    order = in_chat(seller, departure)
    url = reverse("change_chat_order", args=[order.code])
    form = seller.get(url).context["form"]
    assert (form.rows[0].value(), form["name"].value()) == (2, "คุณแนน")
    seller.post(url, chat_form(departure, 3))
    changed = Order.objects.get()
    assert (changed.total_satang, changed.pay_code, Departure.objects.get().taken) == (360000, order.pay_code, 3)


def kinds(order):
    return [note.kind for note in order.notes.order_by("pk")]


@pytest.mark.parametrize(("how", "kind"), [("link", "changed"), ("on_the_day", "placed_on_the_day")])
def test_a_double_click_on_save_changes_once_and_both_answers_lead_to_the_order(seller, departure, how, kind):
    order = in_chat(seller, departure)
    url = reverse("change_chat_order", args=[order.code])
    answers = [seller.post(url, chat_form(departure, 3, how=how)) for _time in range(2)]
    assert [answer.url for answer in answers] == 2 * [reverse("chat_order", args=[order.code])]
    assert (Departure.objects.get().taken, kinds(order)) == (3, ["placed", kind])


def test_two_tabs_change_with_a_key_each_and_so_does_the_form_that_is_opened_for_more_time(seller, departure):
    order = in_chat(seller, departure)
    url = reverse("change_chat_order", args=[order.code])
    tabs = [seller.get(url).context["key"] for _tab in range(2)]
    assert len({*tabs, order.idempotency_key}) == 3
    for key in tabs:
        seller.post(url, chat_form(departure, 2, key=key))
    assert kinds(order) == ["placed", "changed", "changed"]


def test_adding_it_up_first_keeps_the_key_and_changes_nothing(seller, departure):
    order = in_chat(seller, departure)
    url = reverse("change_chat_order", args=[order.code])
    page = seller.post(url, chat_form(departure, 3, sum=""))
    assert (page.context["key"], kinds(order)) == ("k" * 24, ["placed"])


def test_who_goes_back_to_a_form_that_was_saved_is_told_so_and_may_press_again(seller, departure):
    order = in_chat(seller, departure)
    url = reverse("change_chat_order", args=[order.code])
    seller.post(url, chat_form(departure, 3))
    page = seller.post(url, chat_form(departure, 4))
    assert (list(page.context["form"].errors), Departure.objects.get().taken) == (["__all__"], 3)
    assert "เคยบันทึกการแก้ไข" in page.content.decode()
    seller.post(url, chat_form(departure, 4, key=page.context["key"]))
    assert (Departure.objects.get().taken, kinds(order)) == (4, ["placed", "changed", "changed"])


def test_once_money_has_come_the_form_is_not_shown_and_an_old_one_changes_nothing(seller, departure, owner, now):
    order = in_chat(seller, departure)
    record_manual_payment(order=order, by=owner, satang=240000, reference="x", at=now)
    url, back = reverse("change_chat_order", args=[order.code]), reverse("chat_order", args=[order.code])
    assert seller.get(url).url == seller.post(url, chat_form(departure, 3, sum="")).url == back
    page = seller.post(url, chat_form(departure, 3))
    assert (list(page.context["form"].errors), Departure.objects.get().taken) == (["__all__"], 2)


def test_withdrawing_frees_the_seats_until_money_has_come(seller, departure, owner, now):
    order = in_chat(seller, departure)
    url = reverse("withdraw_chat_order", args=[order.code])
    seller.post(url)
    assert (Order.objects.get().status, Departure.objects.get().taken) == ("cancelled", 0)


def test_a_paid_order_cannot_be_withdrawn_by_the_button(seller, departure, owner, now):
    order = in_chat(seller, departure)
    record_manual_payment(order=order, by=owner, satang=240000, reference="x", at=now)
    seller.post(reverse("withdraw_chat_order", args=[order.code]))
    assert Order.objects.get().status == "confirmed"


def test_at_the_counter_cash_sells_at_once(seller, departure):
    form = {"key": "c" * 24, "name": "ลูกค้า", "how": "cash", **people(departure, 2)}
    answer = seller.post(f"{reverse('sell_at_counter')}?departure={departure.public_id}", form)
    order = Order.objects.get()
    assert (answer.url, order.status, order.paid_satang) == (
        reverse("counter_order", args=[order.code]), "confirmed", 240000,
    )  # fmt: skip


def test_at_the_counter_the_code_is_shown_until_the_money_is_there(seller, departure):
    form = {"key": "c" * 24, "name": "ลูกค้า", "how": "later", **people(departure, 2)}
    seller.post(f"{reverse('sell_at_counter')}?departure={departure.public_id}", form)
    order = Order.objects.get()
    assert "<svg" in seller.get(reverse("counter_order", args=[order.code])).context["qr"]
    seller.post(reverse("counter_paid", args=[order.code]), {"how": "transfer"})
    assert Order.objects.get().status == "confirmed"


def test_goods_go_along_at_once(seller, shop):
    cloth = f.a_product(shop, stock=3)
    form = {"key": "c" * 24, "name": "ลูกค้า", "how": "cash", f"goods-{cloth.public_id}": "2", "handed_over": "on"}
    seller.post(reverse("sell_at_counter"), form)
    cloth.refresh_from_db()
    assert (cloth.stock, cloth.reserved, Order.objects.get().shipping_satang) == (1, 0, 0)


# ------------------------------------------------------------------ the guest's side
def test_the_short_link_leads_to_the_order_in_either_case(seller, departure, client):
    order = in_chat(seller, departure)
    for code in (order.pay_code, order.pay_code.upper()):
        answer = client.get(reverse("pay_link", args=[code]))
        assert (answer.status_code, answer.url) == (302, reverse("order_status", args=[order.secret]))


@pytest.mark.parametrize("code", ["aaaaaaaaaa", "a", "0" * 10, "a" * 11])
def test_a_code_that_is_none_leads_nowhere(seller, departure, client, code):
    in_chat(seller, departure)
    assert client.get(reverse("pay_link", args=[code])).status_code == 404


def test_of_a_tour_the_guest_pays_at_once_and_may_say_where_the_ticket_goes(seller, departure, client):
    order = in_chat(seller, departure)
    page = client.get(reverse("order_status", args=[order.secret]))
    assert page.status_code == 200
    assert reverse("order_details", args=[order.secret]) in page.content.decode()


def test_of_goods_the_guest_first_says_where_to_send_them(seller, shop, client):
    cloth = f.a_product(shop)
    seller.post(reverse("sell_in_chat"), chat_form(**{f"goods-{cloth.public_id}": "1"}))
    order = Order.objects.get()
    status, details = reverse("order_status", args=[order.secret]), reverse("order_details", args=[order.secret])
    assert client.get(status).url == details
    asked = client.get(details)
    assert not asked.context["pay"].sure
    asked = client.get(details, {"way": "post", "place": "50200", "stay": "1"})
    place = asked.context["form"]["subdistrict"].field.choices[-1][0]
    said = {
        "way": "post", "found": "50200", "total": str(asked.context["pay"].now), "name": "แนน ใจดี", "phone": "0812345678",
        "email": "", "house": "99 หมู่ 1", "subdistrict": place, "note": "", "agree": "on",
    }  # fmt: skip
    assert client.post(details, said).url == status
    order.refresh_from_db()
    assert (order.buyer_phone, order.parcel.postcode) == ("+66812345678", "50200")
    assert client.get(status).status_code == 200


def test_a_link_that_ran_out_says_so(seller, departure, client, now):
    order = in_chat(seller, departure)
    Order.objects.update(expires_at=now)
    expire_order(order=Order.objects.get(), at=now)
    assert client.get(reverse("order_status", args=[order.secret])).context["page"].face == "expired"


# ------------------------------------------------------------------ secrecy, and the list
def test_pages_of_another_seller_do_not_exist(seller, departure, client_of, stranger, now):
    f.a_shop(stranger, opened_at=now)
    order = in_chat(seller, departure)
    other = client_of(stranger)
    for name in ("chat_order", "chat_status", "change_chat_order"):
        assert other.get(reverse(name, args=[order.code])).status_code == 404
    assert other.post(reverse("withdraw_chat_order", args=[order.code])).status_code == 404
    assert other.post(reverse("counter_paid", args=[order.code])).status_code == 404
    page = other.get(f"{reverse('sell_in_chat')}?departure={departure.public_id}")
    assert page.context["departure"] is None


def test_the_list_of_orders_is_filtered_by_channel_and_sorted(seller, shop, departure, now):
    in_chat(seller, departure)
    f.an_order(shop, f.seats(departure, 1), at=now)
    url = reverse("my_orders")
    assert [one.channel for one in seller.get(url, {"channel": "chat"}).context["page"]] == ["chat"]
    by_amount = seller.get(url, {"sort": "amount"}).context["page"]
    assert [one.total_satang for one in by_amount] == [240000, 120000]
    assert len(seller.get(url, {"channel": "nonsense", "sort": "x"}).context["page"]) == 2
    table = seller.get(reverse("my_orders_csv"), {"channel": "chat"}).content.decode("utf-8-sig")
    assert re.findall(r"คุณแนน", table) == ["คุณแนน"]
