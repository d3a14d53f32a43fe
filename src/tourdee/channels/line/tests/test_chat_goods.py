"""Goods in the chat: which kind, how many, the sum, the order; where to send it is said by the link, before anything is paid."""

from datetime import timedelta

import pytest

from tourdee.people.models import Consent
from tourdee.shop.actions.fulfilment import ship_order
from tourdee.shop.actions.orders import cancel_order, expire_order
from tourdee.shop.actions.slips import accept_slip
from tourdee.shop.models import DeliveryTerms, Order, Product, ShippingZone, Variant
from tourdee.shop.queries.reconcile import differences
from tourdee.shop.tests.factories import a_product, a_shop, a_slip, a_voucher

from ..actions.chat_shop import answer_tap
from ..actions.coupons import note_made, show_voucher
from ..actions.followers import meet
from ..actions.talk import Talk
from ..flex.taps import written
from ..models import ChatOrder
from .conftest import FON
from .test_chat_shop import buttons, quick, words

HOME = {
    "way": "post", "found": "50200", "name": "น้อย ใจดี", "phone": "0812345678", "subdistrict": "500108",
    "house": "99 หมู่ 1", "agree": "on",
}  # fmt: skip


@pytest.fixture
def cloth(shop) -> Variant:
    """Five pieces of ฿350; ฿50 to send."""
    return a_product(shop)


@pytest.fixture
def second_kind(cloth) -> Variant:
    return Variant.objects.create(
        product=cloth.product, name_th="สีแดง", name_en="Red", price_satang=40000, stock=2, position=1
    )


def summary_of(talk, variant, number=1, **more):
    return answer_tap(talk, written("pieces", i=variant.public_id, n=number, **more))


def ordered(talk, variant, number=1):
    return answer_tap(talk, buttons(summary_of(talk, variant, number)[0])["สั่งเลย"])


# ------------------------------------------------------------------ what is offered
def test_a_product_is_a_card_with_what_is_left_and_two_ways_on(talk, shop):
    product = a_product(shop, stock=2).product
    card = answer_tap(talk, "a=goods")[0]
    assert words(card) == ["ผ้าทอ", "฿350 ต่อชิ้น", "เหลือแค่ 2 ชิ้น"]
    assert buttons(card) == {
        "สั่งในแชตนี้": written("product", t=product.public_id),
        "ดูรายละเอียด": f"http://testserver/s/mali-tours/products/{product.public_id}/",
    }


def test_what_is_sold_out_leads_to_its_page_alone(talk, shop):
    a_product(shop, stock=0)
    assert list(buttons(answer_tap(talk, "a=goods")[0])) == ["ดูรายละเอียด"]


def test_of_several_kinds_one_is_chosen_and_what_is_sold_out_is_no_button(talk, cloth, second_kind):
    Variant.objects.filter(pk=cloth.pk).update(stock=0)
    said = answer_tap(talk, written("product", t=cloth.product.public_id))[0]
    assert words(said) == ["ผ้าทอ", "เอาแบบไหนดี", "สีคราม ฿350 · หมดแล้ว", "สีแดง ฿400 · เหลือแค่ 2 ชิ้น"]
    assert list(buttons(said)) == ["สีแดง ฿400", "ดูรายละเอียด"]


def test_of_a_single_kind_it_is_asked_at_once_how_many(talk, cloth):
    said = answer_tap(talk, written("product", t=cloth.product.public_id))
    assert said[0]["text"] == "ผ้าทอ · สีคราม\nชิ้นละ ฿350 เอากี่ชิ้นดี"
    assert list(quick(said)) == ["1", "2", "3", "4", "5", "ของฝาก", "คุยกับคนขาย"]


def test_who_wants_more_than_ten_gets_the_page(talk, shop):
    said = answer_tap(talk, written("kind", i=a_product(shop, stock=40).public_id))
    assert list(quick(said)) == [*map(str, range(1, 11)), "มากกว่านี้", "ของฝาก", "คุยกับคนขาย"]


@pytest.mark.parametrize("many", [1, 3])
def test_three_kinds_ask_as_much_as_one(talk, cloth, many, django_assert_num_queries):
    for number in range(many):
        Variant.objects.create(product=cloth.product, name_th=f"ลาย {number}", price_satang=100, stock=1)
    with django_assert_num_queries(3):
        assert len(buttons(answer_tap(talk, written("product", t=cloth.product.public_id))[0])) == many + 2


def test_what_another_shop_sells_or_nobody_sells_is_not_sold_here(talk, cloth):
    other, gone = a_product(a_shop()), "ขออภัย ร้านไม่ได้ขายชิ้นนี้แล้ว ดูของอย่างอื่นได้เลย"
    assert answer_tap(talk, written("product", t=other.product.public_id))[0]["text"] == gone
    assert summary_of(talk, other)[0]["text"] == gone
    Product.objects.filter(pk=cloth.product_id).update(status="hidden")
    assert summary_of(talk, cloth)[0]["text"] == gone
    assert answer_tap(talk, written("order", i=cloth.public_id, n=1, s=40000, k="0" * 16))[0]["text"] == gone


# ------------------------------------------------------------------ the sum
def test_the_summary_says_what_it_costs_with_postage_and_what_comes_next(talk, cloth):
    said = summary_of(talk, cloth, 2)[0]
    assert words(said) == [
        "ทุกอย่างถูกต้องไหม", "ผ้าทอ", "สีคราม × 2 ฿700", "ค่าส่ง ฿50", "รวม ฿750", "สั่งแล้วใส่ที่อยู่จัดส่งก่อน จึงค่อยจ่ายเงิน",
        "การกดสั่งซื้อถือว่ารับทราบประกาศความเป็นส่วนตัวแล้ว",
    ]  # fmt: skip


def test_where_postage_depends_on_the_place_the_least_is_said(talk, shop, cloth):
    DeliveryTerms.objects.create(shop=shop, by_zone=True)
    ShippingZone.objects.create(shop=shop, name_th="ใกล้", provinces=[50], steps=[[5000, 3000]])
    ShippingZone.objects.create(shop=shop, name_th="ที่อื่น", steps=[[5000, 9000]], position=1)
    assert words(summary_of(talk, cloth)[0])[3:6] == [
        "ค่าส่ง เริ่มต้น ฿30", "รวม เริ่มต้น ฿380", "สั่งแล้วใส่ที่อยู่จัดส่ง เห็นค่าส่งจริงของพื้นที่นั้นก่อน จึงค่อยจ่ายเงิน",
    ]  # fmt: skip


def test_what_is_fetched_costs_no_postage_and_is_paid_at_once(talk, shop, cloth):
    DeliveryTerms.objects.create(shop=shop, sends=False, hands_over=True)
    assert words(summary_of(talk, cloth)[0])[2:5] == ["สีคราม × 1 ฿350", "รวม ฿350", "มารับเองที่ร้าน"]
    assert list(buttons(ordered(talk, cloth)[0])) == ["จ่ายด้วยพร้อมเพย์"]


def test_a_shown_coupon_is_used_by_a_tap(talk, shop, cloth, at):
    note_made(coupon=show_voucher(voucher=a_voucher(shop, at, code="SAVE10"), at=at), outside_id="c1")
    used = answer_tap(talk, quick(summary_of(talk, cloth))["ใช้โค้ด SAVE10"])
    assert words(used[0])[2:5] == ["สีคราม × 1 ฿350", "โค้ด SAVE10 -฿35", "ค่าส่ง ฿50"]
    answer_tap(talk, buttons(used[0])["สั่งเลย"])
    assert Order.objects.get().total_satang == 36500


@pytest.mark.parametrize("number", ["0", "6", "999", "-1", "x", ""])
def test_a_number_that_is_not_there_is_asked_again(talk, cloth, number):
    said = summary_of(talk, cloth, number)
    assert said[0]["text"].endswith("ชิ้นละ ฿350 เอากี่ชิ้นดี")
    assert said[0]["text"].startswith("เหลือแค่ 5 แล้ว") is (number == "6")
    answer_tap(talk, written("order", i=cloth.public_id, n=number, s=40000, k="0" * 16))
    assert not Order.objects.exists()


# ------------------------------------------------------------------ the order
def test_an_order_is_held_for_an_hour_and_its_button_asks_for_the_address(talk, cloth, at):
    said = ordered(talk, cloth, 2)
    order = Order.objects.get()
    assert (order.channel, order.status, order.total_satang, order.address, order.expires_at) == (
        "chat", "awaiting_payment", 75000, "", at + timedelta(hours=1),
    )  # fmt: skip
    assert ChatOrder.objects.get().follower == talk.follower
    assert Consent.objects.filter(purpose="order").count() == 1
    assert words(said[0])[:3] == ["เก็บของไว้ให้แล้ว รอชำระเงิน", f"คำสั่งซื้อ {order.code}", "ผ้าทอ · สีคราม × 2"]
    assert buttons(said[0]) == {"ใส่ที่อยู่และจ่าย": f"http://testserver/p/{order.pay_code}/"}
    assert "แล้วจ่ายด้วยพร้อมเพย์" in said[1]["text"]
    assert Variant.objects.get().reserved == 2


def test_two_taps_on_the_same_button_order_once(talk, cloth):
    button = buttons(summary_of(talk, cloth, 5)[0])["สั่งเลย"]
    assert answer_tap(talk, button) == answer_tap(talk, button)
    assert (Order.objects.count(), Variant.objects.get().reserved) == (1, 5)


def test_the_old_button_of_an_order_that_is_over_says_so(talk, cloth, at):
    button = buttons(summary_of(talk, cloth)[0])["สั่งเลย"]
    answer_tap(talk, button)
    expire_order(order=Order.objects.get(), at=at + timedelta(hours=2))
    said = answer_tap(talk, button)
    assert (words(said[0])[0], list(buttons(said[0]))) == ("ไม่ชำระในเวลา", ["เปิดดูคำสั่งซื้อ"])
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("left", "said"), [(1, "เหลือแค่ 1 แล้ว\nผ้าทอ · สีคราม\nชิ้นละ ฿350 เอากี่ชิ้นดี"), (0, "ขออภัย “ผ้าทอ · สีคราม” หมดแล้ว")]
)
def test_what_went_meanwhile_is_said_with_what_is_left(talk, cloth, left, said):
    button = buttons(summary_of(talk, cloth, 3)[0])["สั่งเลย"]
    Variant.objects.update(reserved=5 - left)
    assert answer_tap(talk, button)[0]["text"].startswith(said)
    assert not Order.objects.exists()


def test_a_price_that_rose_is_shown_before_it_is_ordered(talk, cloth):
    button = buttons(summary_of(talk, cloth)[0])["สั่งเลย"]
    Variant.objects.update(price_satang=40000)
    assert "รวม ฿450" in words(answer_tap(talk, button)[0])
    assert not Order.objects.exists()


def test_a_price_written_into_the_button_buys_nothing_cheaper(talk, cloth):
    answer_tap(talk, written("order", i=cloth.public_id, n=1, s=1, k="0" * 16))
    assert not Order.objects.exists()


def test_one_person_holds_three_unpaid_orders_and_no_more(talk, cloth):
    for _time in range(4):
        said = ordered(talk, cloth)
    assert said[0]["text"] == "คุณมีคำสั่งซื้อที่ยังไม่ชำระเงินอยู่แล้ว กรุณาชำระหรือยกเลิกก่อน"
    assert Order.objects.count() == 3


def test_what_costs_nothing_is_not_in_force_without_an_address(talk, shop, cloth, at):
    DeliveryTerms.objects.create(shop=shop, free_from_satang=0)
    note_made(coupon=show_voucher(voucher=a_voucher(shop, at, code="FREE", percent=100), at=at), outside_id="c1")
    said = answer_tap(talk, buttons(summary_of(talk, cloth, v="FREE")[0])["สั่งเลย"])
    assert list(quick(said)) == ["เลือกใหม่", "ดูรายละเอียด", "ของฝาก", "คุยกับคนขาย"]
    assert not Order.objects.exists()


def test_an_order_is_shown_to_nobody_else(talk, shop, cloth, at):
    ordered(talk, cloth)
    fon = Talk(shop=shop, follower=meet(shop=shop, user_id=FON, at=at), at=at)
    assert answer_tap(fon, "a=orders")[0]["text"] == "ยังไม่มีการจองในแชตนี้ ดูทัวร์ของเราได้เลย:"


def test_a_friend_who_reads_english_is_asked_in_english(phone, cloth):
    phone.follow()
    phone.connection.shop.line_followers.update(language="en")
    said = phone.tap(written("product", t=cloth.product.public_id))
    assert said[0]["text"] == "Woven cloth · Indigo\nOne piece is ฿350. How many would you like?"
    placed = phone.tap(buttons(phone.tap(quick(said)["2"])[0])["Order now"])
    assert list(buttons(placed[0])) == ["Address and payment"]


# ------------------------------------------------------------------ the whole way
def test_a_purchase_of_goods_from_the_menu_to_the_parcel(phone, cloth, second_kind, owner, client, deliver_events):
    hello = phone.follow()
    catalogue = phone.tap(quick(hello)["ของฝาก"])
    kinds = phone.tap(buttons(catalogue[0])["สั่งในแชตนี้"])
    how_many = phone.tap(buttons(kinds[0])["สีแดง ฿400"])
    summary = phone.tap(quick(how_many)["2"])
    placed = phone.tap(buttons(summary[0])["สั่งเลย"])

    too_early = phone.send_picture(a_slip().read())
    order = Order.objects.get()
    assert words(too_early[0])[0] == "ขอที่อยู่จัดส่งก่อน แตะปุ่มเพื่อใส่ที่อยู่ แล้วส่งรูปสลิปมาอีกครั้ง"
    assert buttons(too_early[0]) == buttons(placed[0])
    assert order.slips.count() == 0

    asked = client.get(buttons(placed[0])["ใส่ที่อยู่และจ่าย"], follow=True)
    paying = client.post(asked.redirect_chain[-1][0], HOME | {"total": "85000"}, follow=True)
    assert paying.context["page"].is_payable
    order.refresh_from_db()
    assert (order.buyer_name, order.parcel.postcode, order.total_satang) == ("น้อย ใจดี", "50200", 85000)

    said = phone.send_picture(a_slip().read())
    assert said[0]["text"].endswith(f"คำสั่งซื้อ {order.code}")
    accept_slip(slip=order.slips.get(), satang=85000, by=owner, at=phone.at)
    deliver_events()
    phone.work()
    assert words(phone.screen()[-2])[:2] == ["ยืนยันคำสั่งซื้อแล้ว", f"คำสั่งซื้อ {order.code}"]
    assert phone.screen()[-1]["text"] == "ขอบคุณมาก! ร้านกำลังแพ็กของ ส่งเมื่อไรจะบอกในแชตนี้"

    ship_order(order=order, by=owner, carrier="other", tracking="TH123", at=phone.at)
    deliver_events()
    phone.work()
    assert words(phone.screen()[-2])[0] == "พัสดุกำลังเดินทาง"
    assert differences(phone.at) == []


def test_an_order_that_ran_out_or_was_cancelled_is_not_called_a_booking(phone, cloth, at, deliver_events):
    for end, said in (
        (lambda order: expire_order(order=order, at=phone.at + timedelta(hours=2)), "หมดเวลาจ่ายแล้ว"),
        (lambda order: cancel_order(order=order, by="buyer", at=phone.at), "ยกเลิกคำสั่งซื้อแล้ว"),
    ):
        summary = phone.tap(written("pieces", i=cloth.public_id, n=1))
        phone.tap(buttons(summary[0])["สั่งเลย"])
        order = Order.objects.latest("pk")
        end(order)
        deliver_events()
        phone.work()
        card = next(one for one in reversed(phone.screen()) if one["type"] == "flex")
        assert words(card)[:2] == [said, f"คำสั่งซื้อ {order.code}"]
