"""The shop in the chat, one tap after the other."""

from datetime import timedelta

import pytest

from tourdee.core.dates import bangkok_day
from tourdee.shop.actions.vouchers import stop_voucher
from tourdee.shop.models import Order, OrderNote, Tour
from tourdee.shop.tests.factories import (
    a_departure,
    a_private_tour,
    a_product,
    a_shop,
    a_tour,
    a_voucher,
    an_order,
    in_days,
    seats,
)

from ..actions.chat_shop import answer_tap, answer_text, greet
from ..actions.coupons import hide_voucher, note_made, show_voucher
from ..actions.followers import meet
from ..actions.talk import Talk
from ..flex.taps import written
from ..models import ChatOrder, Interest
from .conftest import FON


def quick(messages) -> dict[str, str]:
    """Label and data of the buttons under the chat."""
    items = messages[-1].get("quickReply", {"items": []})["items"]
    return {item["action"]["label"]: item["action"].get("data", "") for item in items}


def buttons(message) -> dict[str, str]:
    """Label, and data or address, of the buttons of a card."""
    cards = message["contents"].get("contents", [message["contents"]])
    actions = [part["action"] for one in cards for part in one.get("footer", {"contents": []})["contents"]]
    return {action["label"]: action.get("data") or action["uri"] for action in actions}


def words(message) -> list[str]:
    """All that stands on a card."""
    cards = message["contents"].get("contents", [message["contents"]])
    parts = [part for one in cards for part in one["body"]["contents"]]
    return [
        " ".join(cell["text"] for cell in part["contents"]) if part["type"] == "box" else part["text"] for part in parts
    ]


def summary_of(talk, departure, counts):
    return answer_tap(talk, written("sum", d=departure.public_id, n=counts))


def booked(talk, departure, counts="2"):
    return answer_tap(talk, buttons(summary_of(talk, departure, counts)[0])["จองเลย"])


def test_who_follows_is_greeted_by_name_and_told_how_to_stop_news(talk):
    said = greet(talk)
    assert said[0]["text"].startswith("สวัสดี คุณน้อย ยินดีต้อนรับสู่มะลิทัวร์")
    assert "หยุด" in said[0]["text"]
    assert quick(said) == {
        "ทัวร์ทั้งหมด": "a=tours", "วันว่าง": "a=dates", "ของฝาก": "a=goods", "การจองของฉัน": "a=orders", "คุยกับคนขาย": "a=person",
    }  # fmt: skip


def test_a_tour_is_a_card_with_price_and_next_dates(talk, departure, at):
    a_departure(departure.tour, starts_at=in_days(at, 9), capacity=3)
    a_departure(departure.tour, starts_at=in_days(at, 7), capacity=0)
    card = answer_tap(talk, "a=tours")[0]
    assert words(card) == [
        "เดินเมืองเก่าเชียงใหม่", "฿600 ต่อคน", "ส. 28 พ.ย. 2569 12.00 น. · ว่าง 10 ที่", "พ. 2 ธ.ค. 2569 12.00 น. · ว่าง 3 ที่",
    ]  # fmt: skip
    assert buttons(card)["เลือกวัน"] == written("tour", t=departure.tour.public_id)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_catalogue_asks_as_much_for_three_tours_as_for_one(talk, shop, at, rows, django_assert_num_queries):
    for _number in range(rows):
        a_departure(a_tour(shop), starts_at=in_days(at, 5))
    with django_assert_num_queries(3):
        assert len(answer_tap(talk, "a=tours")[0]["contents"]["contents"]) == rows


def test_another_shops_tours_are_not_shown(talk, at):
    other = a_departure(a_tour(a_shop()), starts_at=in_days(at, 5))
    assert answer_tap(talk, "a=tours")[0]["type"] == "text"
    assert answer_tap(talk, written("tour", t=other.tour.public_id))[0]["text"] == "ขออภัย รอบนี้จองไม่ได้แล้ว เลือกรอบอื่นได้เลย"
    assert answer_tap(talk, written("date", d=other.public_id))[0]["text"] == "ขออภัย รอบนี้จองไม่ได้แล้ว เลือกรอบอื่นได้เลย"


def test_looking_at_dates_is_remembered_once(talk, departure):
    for _time in range(2):
        dates = answer_tap(talk, written("tour", t=departure.tour.public_id))
    assert Interest.objects.filter(follower=talk.follower, tour=departure.tour).count() == 1
    assert buttons(dates[0]) == {"ส. 28 พ.ย. 12.00 น.": written("date", d=departure.public_id)}


def test_many_dates_open_the_telephones_calendar(talk, tour, at):
    starts = [a_departure(tour, starts_at=in_days(at, 5 + number)) for number in range(12)]
    said = answer_tap(talk, written("tour", t=tour.public_id))
    picker = said[0]["quickReply"]["items"][0]["action"]
    assert (picker["type"], picker["min"], picker["max"]) == (
        "datetimepicker", bangkok_day(starts[0].starts_at).isoformat(), bangkok_day(starts[-1].starts_at).isoformat(),
    )  # fmt: skip
    near = answer_tap(talk, picker["data"], day=bangkok_day(starts[-1].starts_at).isoformat())
    assert written("date", d=starts[-1].public_id) in buttons(near[0]).values()
    assert written("date", d=starts[0].public_id) not in buttons(near[0]).values()


def test_a_day_that_is_none_leads_back_to_the_dates(talk, departure):
    said = answer_tap(talk, written("day", t=departure.tour.public_id), day="2026-99-99")
    assert said[0]["text"] == "ขออภัย รอบนี้จองไม่ได้แล้ว เลือกรอบอื่นได้เลย"


def test_people_are_asked_for_by_category_up_to_the_seats_that_are_left(talk, tour, at):
    departure = a_departure(tour, starts_at=in_days(at, 5), capacity=2)
    first = answer_tap(talk, written("date", d=departure.public_id))
    assert first[0]["text"].endswith("ผู้ใหญ่ กี่คน")
    assert list(quick(first)) == ["ไม่มี", "1", "2"]
    second = answer_tap(talk, quick(first)["1"])
    assert second[0]["text"] == "เด็ก กี่คน"
    assert list(quick(second)) == ["ไม่มี", "1", "แค่นี้"]
    assert quick(second)["แค่นี้"] == written("sum", d=departure.public_id, n="1")


def test_the_summary_says_all_that_is_agreed(talk, departure):
    said = summary_of(talk, departure, "2.1")[0]
    assert words(said) == [
        "ทุกอย่างถูกต้องไหม", "เดินเมืองเก่าเชียงใหม่", "เมื่อไร วันเสาร์ที่ 28 พฤศจิกายน 2569 12.00 น.", "ที่ไหน ประตูท่าแพ", "ผู้ใหญ่ × 2 ฿2,400",
        "เด็ก × 1 ฿600", "รวม ฿3,000", "ยกเลิกก่อนเริ่มอย่างน้อย 3 วัน ได้เงินคืน 100%", "ยกเลิกก่อนเริ่มอย่างน้อย 1 วัน ได้เงินคืน 50%",
        "ช้ากว่านั้นไม่คืนเงิน", "การกดจองถือว่ารับทราบประกาศความเป็นส่วนตัวแล้ว",
    ]  # fmt: skip


def test_nobody_is_asked_again(talk, departure):
    assert summary_of(talk, departure, "0.0.0")[0]["text"] == "ถ้าอย่างนั้นก็ไม่มีใครไป มากันกี่คน"


def test_a_booking_is_held_and_can_be_paid_by_its_link(talk, departure, at):
    said = booked(talk, departure)
    order = Order.objects.get()
    assert (order.channel, order.status, order.total_satang, order.buyer_name) == (
        "chat", "awaiting_payment", 240000, "น้อย",
    )  # fmt: skip
    assert order.expires_at == at + timedelta(hours=1)
    assert ChatOrder.objects.get().follower == talk.follower
    assert buttons(said[0]) == {"จ่ายด้วยพร้อมเพย์": f"http://testserver/p/{order.pay_code}/"}
    departure.refresh_from_db()
    assert departure.taken == 2


def test_two_taps_on_the_same_button_book_once(talk, departure):
    button = buttons(summary_of(talk, departure, "2")[0])["จองเลย"]
    assert answer_tap(talk, button) == answer_tap(talk, button)
    assert Order.objects.count() == 1


def test_a_price_that_rose_is_shown_before_it_is_booked(talk, departure):
    button = buttons(summary_of(talk, departure, "2")[0])["จองเลย"]
    departure.tour.prices.filter(position=0).update(price_satang=130000)
    assert "รวม ฿2,600" in words(answer_tap(talk, button)[0])
    assert not Order.objects.exists()


def test_a_price_written_into_the_button_buys_nothing_cheaper(talk, departure):
    answer_tap(talk, written("book", d=departure.public_id, n="2", s=1, k="0" * 16))
    assert not Order.objects.exists()


def test_one_person_holds_three_unpaid_bookings_and_no_more(talk, departure):
    for _time in range(4):
        said = booked(talk, departure, "1")
    assert said[0]["text"] == "คุณมีคำสั่งซื้อที่ยังไม่ชำระเงินอยู่แล้ว กรุณาชำระหรือยกเลิกก่อน"
    assert Order.objects.count() == 3


def test_the_public_cut_off_holds_in_the_chat(talk, tour, at):
    soon = a_departure(tour, starts_at=at + timedelta(hours=20))
    assert summary_of(talk, soon, "1")[0]["text"] == "ขออภัย รอบนี้จองไม่ได้แล้ว เลือกรอบอื่นได้เลย"


def test_seats_that_went_meanwhile_are_not_sold_twice(talk, departure):
    button = buttons(summary_of(talk, departure, "2")[0])["จองเลย"]
    type(departure).objects.filter(pk=departure.pk).update(taken=9)
    answer_tap(talk, button)
    assert not Order.objects.exists()


def test_a_tour_for_private_groups_asks_for_the_party_alone(talk, shop, at):
    tour = a_tour(shop, sold_as=Tour.SoldAs.PRIVATE)
    tour.private_prices.create(up_to=4, price_satang=500000)
    departure = a_departure(tour, starts_at=in_days(at, 5))
    said = answer_tap(talk, written("date", d=departure.public_id))
    assert "ไม่มี" not in quick(said)
    booked(talk, departure, "3")
    assert Order.objects.get().total_satang == 500000


def test_a_tour_sold_both_ways_can_be_had_alone_while_nobody_else_is_on_it(talk, shop, at):
    tour = a_private_tour(shop)
    departure = a_departure(tour, starts_at=in_days(at, 5))
    offered = quick(answer_tap(talk, written("date", d=departure.public_id)))
    counts = quick(answer_tap(talk, offered["กลุ่มส่วนตัว"]))
    summary = answer_tap(talk, counts["3"])[0]
    assert "รวม ฿8,000" in words(summary)
    answer_tap(talk, buttons(summary)["จองเลย"])
    line = Order.objects.get().lines.get()
    assert (line.kind, line.seats) == ("private", 3)
    other = a_departure(tour, starts_at=in_days(at, 6))
    an_order(shop, seats(other), at=at)
    assert "กลุ่มส่วนตัว" not in quick(answer_tap(talk, written("date", d=other.public_id)))


def test_a_shown_coupon_is_used_by_a_tap(talk, shop, departure, at):
    voucher = a_voucher(shop, at, code="SAVE10", percent=10)
    assert "ใช้โค้ด SAVE10" not in quick(summary_of(talk, departure, "1"))
    note_made(coupon=show_voucher(voucher=voucher, at=at), outside_id="c1")
    used = answer_tap(talk, quick(summary_of(talk, departure, "1"))["ใช้โค้ด SAVE10"])
    assert words(used[0])[5:7] == ["โค้ด SAVE10 -฿120", "รวม ฿1,080"]
    answer_tap(talk, buttons(used[0])["จองเลย"])
    assert Order.objects.get().total_satang == 108000


def test_only_shown_coupons_stand_in_the_chat(talk, shop, owner, at):
    shown, secret = a_voucher(shop, at, code="SAVE10", percent=10), a_voucher(shop, at, code="FRIENDS", percent=50)
    note_made(coupon=show_voucher(voucher=shown, at=at), outside_id="c1")
    said = answer_tap(talk, "a=coupons")
    assert said[0] == {"type": "coupon", "couponId": "c1"}
    assert secret.code not in said[1]["text"]
    hide_voucher(voucher=shown, at=at)
    assert len(answer_tap(talk, "a=coupons")) == 1
    note_made(coupon=show_voucher(voucher=shown, at=at), outside_id="c2")
    stop_voucher(voucher=shown, by=owner, at=at)
    assert answer_tap(talk, "a=coupons")[0]["type"] == "text"


def test_own_bookings_are_shown_and_nobody_elses(talk, shop, departure, at):
    booked(talk, departure)
    code = Order.objects.get().code
    assert f"การจอง {code}" in words(answer_tap(talk, "a=orders")[0])
    fon = Talk(shop=shop, follower=meet(shop=shop, user_id=FON, at=at), at=at)
    assert answer_tap(fon, "a=orders")[0]["text"] == "ยังไม่มีการจองในแชตนี้ ดูทัวร์ของเราได้เลย:"


def test_free_dates_of_all_tours_stand_in_one_card(talk, departure):
    said = answer_tap(talk, "a=dates")
    assert words(said[0])[1:] == ["เดินเมืองเก่าเชียงใหม่", "ส. 28 พ.ย. 2569 12.00 น. · ว่าง 10 ที่"]
    assert list(quick(said).values()) == [written("date", d=departure.public_id)]


def test_a_stranger_cannot_give_stars_to_anothers_booking(talk, shop, departure, at):
    booked(talk, departure)
    fon = Talk(shop=shop, follower=meet(shop=shop, user_id=FON, at=at), at=at)
    answer_tap(fon, written("stars", o=Order.objects.get().public_id, l=1, s=5))
    assert not OrderNote.objects.filter(kind="reviewed").exists()


def test_stars_are_refused_before_the_tour(talk, departure):
    booked(talk, departure)
    said = answer_tap(talk, written("stars", o=Order.objects.get().public_id, l=1, s=5))
    assert said[0]["text"] == "รีวิวได้หลังจากไปเที่ยวแล้วหรือผู้ขายส่งสินค้าแล้ว"


@pytest.mark.parametrize("data", ["a=nonsense", "???", "a=stars&s=9", "a=book"])
def test_an_odd_button_is_answered_kindly_and_does_nothing(talk, data):
    assert answer_tap(talk, data)[0]["type"] == "text"
    assert not Order.objects.exists()


def test_a_person_is_promised_only_when_asked(talk):
    assert answer_text(talk, "อยากคุยกับคนขาย", by_person=False)[0]["text"].startswith("ได้เลย")


@pytest.mark.parametrize(
    ("number", "cards", "last"), [(10, 10, "เลือกวัน"), (11, 11, "ดูทั้งหมดในร้าน"), (14, 11, "ดูทั้งหมดในร้าน")]
)
def test_what_does_not_fit_into_the_chat_is_behind_the_last_card(talk, shop, number, cards, last):
    for _number in range(number):
        a_tour(shop)
    shown = [card for message in answer_tap(talk, "a=tours") for card in message["contents"]["contents"]]
    assert len(shown) == cards
    assert last in {part["action"]["label"] for part in shown[-1]["footer"]["contents"]}


def test_more_souvenirs_than_fit_are_behind_the_last_card(talk, shop):
    for _number in range(11):
        a_product(shop)
    shown = [card for message in answer_tap(talk, "a=goods") for card in message["contents"]["contents"]]
    (see,) = shown[-1]["footer"]["contents"]
    assert (len(shown), see["action"]["uri"]) == (11, "http://testserver/s/mali-tours/")


def test_more_dates_than_fit_are_found_by_their_tours(talk, tour, at):
    for number in range(11):
        a_departure(tour, starts_at=in_days(at, 5 + number))
    assert quick(answer_tap(talk, "a=dates"))["ทัวร์ทั้งหมด"] == "a=tours"
