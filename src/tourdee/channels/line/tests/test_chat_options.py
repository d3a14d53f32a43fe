"""Extras and being fetched, asked in the chat where a tour has them; what the shop must know of the guests, asked by a link."""

import pytest

from tourdee.shop.actions.slips import accept_slip
from tourdee.shop.models import Extra, Order, OrderLine, PickupPoint
from tourdee.shop.tests.factories import a_pickup, a_question, a_slip, a_tour, a_voucher, an_extra

from ..actions.chat_shop import answer_tap
from ..actions.coupons import note_made, show_voucher
from ..flex.taps import LONGEST, read, written
from ..queries.booking import choice
from .test_chat_shop import buttons, quick, words
from .test_purchase import book


@pytest.fixture
def lunch(tour) -> Extra:
    return an_extra(tour)


@pytest.fixture
def hotel(tour) -> PickupPoint:
    return a_pickup(tour)


def asked(talk, departure, counts="2", **more):
    return answer_tap(talk, written("sum", d=departure.public_id, n=counts, **more))


def test_first_where_to_be_fetched_then_each_extra_then_the_sum(talk, departure, lunch, hotel):
    where = asked(talk, departure)
    assert where[0]["text"] == "ให้เราไปรับไหม\n\n• 11.15 น. โรงแรมดวงตะวัน · คนละ ฿100"
    assert list(quick(where)) == ["ไปเองที่จุดนัดพบ", "11.15 น. โรงแรมดวงต…", "คุยกับคนขาย"]
    how_many = answer_tap(talk, quick(where)["11.15 น. โรงแรมดวงต…"])
    assert how_many[0]["text"] == "อาหารกลางวัน คนละ ฿150 เอากี่ที่"
    assert list(quick(how_many)) == ["ไม่เอา", "1", "2", "คุยกับคนขาย"]  # at most one for each guest
    said = words(answer_tap(talk, quick(how_many)["2"])[0])
    assert [one for one in said if "×" in one] == [
        "ผู้ใหญ่ × 2 ฿2,400", "อาหารกลางวัน × 2 ฿300", "รับที่ โรงแรมดวงตะวัน 11.15 น. × 2 ฿200",
    ]  # fmt: skip
    assert "รวม ฿2,900" in said


def test_what_was_chosen_is_what_is_booked(talk, departure, lunch, hotel):
    how_many = answer_tap(talk, quick(asked(talk, departure))["11.15 น. โรงแรมดวงต…"])
    summary = answer_tap(talk, quick(how_many)["1"])
    answer_tap(talk, buttons(summary[0])["จองเลย"])
    assert Order.objects.get().total_satang == 275000
    assert set(OrderLine.objects.values_list("kind", "quantity")) == {("seats", 2), ("extra", 1), ("pickup", 2)}


def test_nothing_beside_the_seats_is_an_answer_too(talk, departure, lunch, hotel):
    how_many = answer_tap(talk, quick(asked(talk, departure))["ไปเองที่จุดนัดพบ"])
    summary = answer_tap(talk, quick(how_many)["ไม่เอา"])
    answer_tap(talk, buttons(summary[0])["จองเลย"])
    assert list(OrderLine.objects.values_list("kind", "quantity")) == [("seats", 2)]


def test_a_coupon_keeps_what_was_chosen(talk, departure, lunch, hotel, at):
    note_made(coupon=show_voucher(voucher=a_voucher(talk.shop, at, code="SAVE10"), at=at), outside_id="c1")
    summary = asked(talk, departure, p=hotel.public_id, x=f"{lunch.public_id[:8]}-2")
    with_code = answer_tap(talk, quick(summary)["ใช้โค้ด SAVE10"])
    assert [one for one in words(with_code[0]) if "×" in one] == [one for one in words(summary[0]) if "×" in one]


def test_an_extra_for_the_booking_is_not_bound_to_the_guests(talk, departure):
    boat = an_extra(departure.tour, name_th="เรือคายัค", per=Extra.Per.BOOKING, most=3)
    said = asked(talk, departure, "1")
    assert said[0]["text"] == f"{boat.name_th} อย่างละ ฿150 เอากี่อย่าง"
    assert list(quick(said)) == ["ไม่เอา", "1", "2", "3", "คุยกับคนขาย"]


@pytest.mark.parametrize("many", [1, 40])
def test_thirteen_quick_answers_are_never_passed(talk, departure, many):
    for number in range(many):
        a_pickup(departure.tour, name_th=f"โรงแรมชื่อยาวมากที่ {number}", price_satang=0)
        an_extra(departure.tour, name_th=f"ของแถม {number}", per=Extra.Per.BOOKING)
    said = asked(talk, departure)
    for _question in range(6):
        if said[0]["type"] == "flex":
            break
        items = said[-1]["quickReply"]["items"]
        assert len(items) <= 13
        assert all(len(item["action"]["data"]) <= LONGEST for item in items)
        said = answer_tap(talk, items[1]["action"]["data"])
    book = buttons(said[0])["จองเลย"]
    assert len(book) <= LONGEST
    assert (book.count("-1"), Order.objects.count()) == (min(many, 4), 0)


def test_what_is_no_longer_offered_is_not_booked(talk, departure, lunch, hotel):
    PickupPoint.objects.update(is_active=False)
    assert asked(talk, departure, p=hotel.public_id)[0]["text"] == "ขออภัย รอบนี้จองไม่ได้แล้ว เลือกรอบอื่นได้เลย"


@pytest.mark.parametrize("extras", ["x", "abc", "a-b", "a-1-2", "a-999", "-", "a-๑", "00000000-1"])
def test_a_button_that_was_made_up_books_nothing(talk, departure, lunch, hotel, extras):
    said = asked(talk, departure, p="no", x=extras)
    assert said[0]["type"] == "text"
    assert not Order.objects.exists()


def test_another_tours_extra_and_hotel_are_not_taken(talk, shop, departure, lunch, hotel):
    other = a_tour(shop)
    for values in ({"p": a_pickup(other).public_id}, {"p": "no", "x": f"{an_extra(other).public_id[:8]}-1"}):
        assert asked(talk, departure, **values)[0]["text"] == "ขออภัย รอบนี้จองไม่ได้แล้ว เลือกรอบอื่นได้เลย"


def test_more_extras_than_guests_are_refused_with_the_reason(talk, departure, lunch):
    said = asked(talk, departure, "1", x=f"{lunch.public_id[:8]}-5")
    assert said[0]["type"] == "text"
    assert "จองเลย" not in str(said)


@pytest.mark.parametrize(("options", "queries"), [(False, 2), (True, 4)])
def test_options_cost_two_queries_and_none_where_there_are_none(
    talk, departure, options, queries, django_assert_num_queries
):
    if options:
        an_extra(departure.tour)
    tapped = read(written("sum", d=departure.public_id, n="2"))
    with django_assert_num_queries(queries):
        assert choice(talk.shop, tapped, talk.at).people == 2


# ------------------------------------------------------------------ the whole way
def test_a_purchase_with_lunch_a_hotel_and_a_question_answered_by_the_link(
    phone, departure, lunch, hotel, owner, client, deliver_events
):
    question = a_question(departure.tour)
    phone.follow()
    dates = phone.tap(written("tour", t=departure.tour.public_id))
    adults = phone.tap(buttons(dates[0])["ส. 28 พ.ย. 12.00 น."])
    where = phone.tap(quick(phone.tap(quick(adults)["2"]))["แค่นี้"])
    how_many = phone.tap(quick(where)["11.15 น. โรงแรมดวงต…"])
    placed = phone.tap(buttons(phone.tap(quick(how_many)["2"])[0])["จองเลย"])
    assert [one["type"] for one in placed] == ["flex", "flex", "text"]
    assert words(placed[1]) == ["ร้านขอถามเรื่องผู้ร่วมทางอีก 2 ข้อ เช่น เรื่องอาหาร"]

    order = Order.objects.get()
    names = [f"guest-{question.public_id}-{guest}" for guest in (1, 2)]
    client.post(buttons(placed[1])["ตอบเลย"], dict.fromkeys(names, "ไม่แพ้อะไร"))
    phone.send_picture(a_slip().read())
    accept_slip(slip=order.slips.get(), satang=order.total_satang, by=owner, at=phone.at)
    deliver_events()
    phone.work()
    confirmed = phone.screen()[-2:]
    assert [one["type"] for one in confirmed] == ["flex", "text"]  # nothing is left to ask
    assert words(confirmed[0])[0] == "ยืนยันการจองแล้ว"


def test_who_has_not_answered_is_asked_again_when_the_booking_is_confirmed(phone, departure, owner, deliver_events):
    a_question(departure.tour)
    order = book(phone, departure)
    phone.send_picture(a_slip().read())
    accept_slip(slip=order.slips.get(), satang=order.total_satang, by=owner, at=phone.at)
    deliver_events()
    phone.work()
    assert [one["type"] for one in phone.screen()[-3:]] == ["flex", "flex", "text"]
