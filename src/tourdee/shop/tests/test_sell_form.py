"""The seller's form at the counter and in a chat: extras, pick-up, language, private groups, discount, the sum before it is sold."""

import pytest
from django.urls import reverse

from ..actions.chat_orders import complete_details
from ..forms.seller_in_person import CounterForm
from ..models import DeliveryTerms, DeparturePrice, Extra, ExtraCount, Order, OrderLine, Parcel, PickupPoint
from ..queries.baskets import BookingWish, Wishes, basket
from ..queries.in_person import to_sell
from ..queries.shipping import Delivery
from . import factories as f

pytestmark = pytest.mark.django_db(transaction=True)  # money is committed before it is applied


@pytest.fixture
def shop(owner, at):
    return f.a_shop(owner, opened_at=at)


@pytest.fixture
def departure(shop, at):
    return f.a_departure(f.a_tour(shop, languages=["th", "en"]), starts_at=f.in_days(at, 9), capacity=6)


@pytest.fixture
def seller(owner, client_of, clock):
    return client_of(owner)


def typed(departure, number=2, **more):
    adult = departure.tour.prices.get(name_en="Adult").public_id
    basic = {"key": "k" * 24, "name": "คุณแนน", "how": "cash", "hold": "3h", "language": "th"}
    return basic | {f"people-{adult}": str(number)} | more


def post(seller, departure, way="sell_at_counter", **more):
    how = {"how": "link"} if way == "sell_in_chat" else {}
    return seller.post(f"{reverse(way)}?departure={departure.public_id}", typed(departure, **how | more))


def of(departure, extra):
    return f"{departure.public_id}.extra.{extra.public_id}"


@pytest.mark.parametrize("way", ["sell_at_counter", "sell_in_chat"])
def test_extras_pickup_and_language_cost_what_they_cost_on_the_web(seller, shop, departure, at, way):
    lunch, hotel = f.an_extra(departure.tour, limit=5), f.a_pickup(departure.tour)
    post(seller, departure, way, pickup=hotel.public_id, guide="en", **{of(departure, lunch): "2"})
    order = Order.objects.get()
    on_the_web = basket(
        shop=shop, items=[f.seats(departure, 2), f.an_item_of(departure, lunch, 2)], at=at,
        wishes=Wishes(bookings=(BookingWish(departure=departure.public_id, pickup=hotel.public_id, language="en"),)),
    )  # fmt: skip
    assert order.total_satang == on_the_web.total_satang == 240000 + 30000 + 20000
    assert {line.kind: line.quantity for line in order.lines.all()} == {"seats": 2, "extra": 2, "pickup": 2}
    assert (order.lines.get(kind="seats").guide_language, ExtraCount.objects.get().taken) == ("en", 2)


@pytest.mark.parametrize("extras", [1, 3])
def test_what_can_be_sold_of_a_date_takes_few_questions(shop, departure, django_assert_num_queries, extras):
    for number in range(extras):
        f.an_extra(departure.tour, name_th=f"ของ {number}", limit=4)
    f.a_pickup(departure.tour)
    departure.tour.refresh_from_db()
    with django_assert_num_queries(6):  # goods, prices, those of the day, extras, pick-ups, how many are gone
        found = to_sell(shop, departure)
    assert [extra.left for extra in found.options.extras] == [4] * extras


def test_more_of_an_extra_than_people_or_than_is_left_is_refused(seller, departure):
    lunch = f.an_extra(departure.tour)
    answer = post(seller, departure, **{of(departure, lunch): "3"})
    assert (list(answer.context["form"].errors), Order.objects.count()) == (["__all__"], 0)


def test_an_extra_of_another_tour_is_no_field_of_this_form(seller, shop, departure):
    other = f.an_extra(f.a_tour(shop))
    post(seller, departure, **{of(departure, other): "1"})
    assert [line.kind for line in Order.objects.get().lines.all()] == ["seats"]


def test_prices_are_those_of_the_date(shop, departure):
    adult = departure.tour.prices.get(name_en="Adult")
    DeparturePrice.objects.create(departure=departure, category=adult, price_satang=150000)
    form = CounterForm(to_sell=to_sell(shop, departure))
    assert form[f"people-{adult.public_id}"].help_text.startswith("฿1,500")


def test_a_private_group_can_be_sold_in_person(seller, shop, at):
    departure = f.a_departure(f.a_private_tour(shop), starts_at=f.in_days(at, 9))
    post(seller, departure, number=0, private="3")
    order = Order.objects.get()
    assert (order.total_satang, order.lines.get().kind) == (800000, OrderLine.Kind.PRIVATE)


def test_the_sum_is_shown_before_anything_is_sold(seller, departure):
    answer = post(seller, departure, sum="", off_percent="10", off_reason="ลูกค้าประจำ")
    assert (answer.context["basket"].total_satang, Order.objects.count()) == (216000, 0)
    assert 'name="shown" value="216000"' in answer.content.decode()


def test_what_was_changed_after_the_sum_was_shown_is_not_sold_for_another(seller, departure):
    answer = post(seller, departure, number=3, shown="240000")
    assert (list(answer.context["form"].errors), Order.objects.count()) == (["__all__"], 0)
    post(seller, departure, number=3, shown="360000")
    assert Order.objects.get().total_satang == 360000


def test_the_sum_of_too_large_a_discount_is_said_at_the_form(seller, departure):
    answer = post(seller, departure, sum="", off_satang="9,999", off_reason="x")
    assert list(answer.context["form"].errors) == ["__all__"]


@pytest.mark.parametrize(
    ("discount", "fields"),
    [
        ({"off_percent": "10"}, ["off_reason"]),
        ({"off_percent": "10", "off_satang": "50", "off_reason": "x"}, ["off_satang"]),
        ({"off_percent": "0", "off_reason": "x"}, ["off_percent"]),
        ({"off_satang": "-5", "off_reason": "x"}, ["off_satang"]),
    ],
)
def test_a_discount_is_one_amount_with_a_reason(seller, departure, discount, fields):
    form = post(seller, departure, **discount).context["form"]
    assert (list(form.errors), form.discount_is_open, Order.objects.count()) == (fields, True, 0)


def test_a_discount_typed_at_the_counter_is_in_the_order(seller, departure):
    post(seller, departure, off_satang="100", off_reason="มาซ้ำ")
    order = Order.objects.get()
    assert (order.total_satang, order.paid_satang, order.discount_reason) == (230000, 230000, "มาซ้ำ")


def test_the_sum_in_a_chat_holds_the_fee_for_cash_on_delivery_and_tours_are_refused_it(seller, shop, departure):
    cloth = f.a_product(shop)
    DeliveryTerms.objects.create(shop=shop, on_delivery=True, on_delivery_fee_satang=2000)
    chosen = {"how": "on_delivery", f"goods-{cloth.public_id}": "1", "sum": ""}
    page = post(seller, departure, "sell_in_chat", number=0, **chosen)
    assert page.context["basket"].total_satang == 42000
    assert "ค่าส่ง รวมค่าเก็บเงินปลายทาง ฿20" in page.content.decode()
    form = post(seller, departure, "sell_in_chat", number=2, **chosen).context["form"]
    assert [list(errors) for errors in form.errors.values()] == [
        ["ทัวร์และเวิร์กช็อปต้องชำระก่อนวันเดินทาง เก็บเงินปลายทางได้เฉพาะสินค้า"]
    ]


@pytest.mark.parametrize(("fee", "words"), [(2000, "เพิ่ม ฿20"), (0, "เก็บเงินปลายทาง (เฉพาะสินค้า)")])
def test_in_a_chat_the_choice_says_what_it_costs_the_guest(seller, shop, fee, words):
    f.a_product(shop)
    DeliveryTerms.objects.create(shop=shop, on_delivery=True, on_delivery_fee_satang=fee)
    choices = dict(seller.get(reverse("sell_in_chat")).context["form"].fields["how"].choices)
    assert list(choices) == ["link", "on_delivery"]
    assert choices["on_delivery"].endswith(words)


def test_paid_on_the_day_is_offered_for_own_tours_alone(shop, departure, owner):
    operator = f.an_operator(shop.business)
    partners = f.a_departure(f.a_tour(shop, operator=operator), starts_at=departure.starts_at)

    def ways(chosen):
        return [value for value, _words in CounterForm(to_sell=to_sell(shop, chosen)).fields["how"].choices]

    assert ways(departure) == ["cash", "transfer", "later", "on_the_day"]
    assert ways(partners) == ["later"]
    assert ways(None) == ["cash", "transfer", "later"]


def test_at_the_counter_it_can_be_paid_on_the_day(seller, departure):
    answer = post(seller, departure, how="on_the_day")
    order = Order.objects.get()
    assert (order.status, order.pay_by, order.paid_satang) == ("confirmed", "on_the_day", 0)
    page = seller.get(answer.url)
    assert reverse("take_money", args=[order.code]) in page.content.decode()


@pytest.mark.parametrize(("first", "then"), [("on_the_day", "cash"), ("later", "on_the_day"), ("cash", "on_the_day")])
def test_the_same_form_sent_again_with_another_way_to_pay_is_refused_and_says_why(seller, departure, first, then):
    post(seller, departure, how=first)
    again = post(seller, departure, how=then)
    assert list(again.context["form"].errors) == ["__all__"]
    assert Order.objects.get().pay_by == {"on_the_day": "on_the_day"}.get(first, "counter")


def test_a_chat_order_paid_on_the_day_still_has_its_text_to_paste(seller, departure):
    answer = post(seller, departure, "sell_in_chat", how="on_the_day", off_satang="100", off_reason="มาซ้ำ")
    page = seller.get(answer.url)
    thai, english = page.context["texts"]
    assert "Booked. You pay on the day." in english.text
    assert "(มาซ้ำ) −฿100" in thai.text
    assert 'data-copy="' in page.content.decode()


def test_changing_a_chat_order_begins_with_everything_that_was_agreed(seller, shop, departure):
    lunch, hotel = f.an_extra(departure.tour), f.a_pickup(departure.tour)
    post(seller, departure, "sell_in_chat", pickup=hotel.public_id, guide="en", off_percent="10", off_reason="มาซ้ำ",
         **{of(departure, lunch): "2"})  # fmt: skip
    order = Order.objects.get()
    url = reverse("change_chat_order", args=[order.code])
    form = seller.get(url).context["form"]
    names = [of(departure, lunch), "pickup", "guide", "off_percent", "off_satang", "off_reason"]
    assert [form[name].value() for name in names] == [2, hotel.public_id, "en", 10, None, "มาซ้ำ"]
    seller.post(url, typed(departure, 2, how="link", off_satang="100", off_reason="มาซ้ำ"))
    order.refresh_from_db()
    assert (order.total_satang, [line.kind for line in order.lines.all()]) == (230000, ["seats"])


def test_what_is_no_longer_offered_is_named_before_the_change_lets_it_fall_away(seller, shop, departure):
    lunch, hotel = f.an_extra(departure.tour), f.a_pickup(departure.tour)
    post(seller, departure, "sell_in_chat", pickup=hotel.public_id, **{of(departure, lunch): "2"})
    url = reverse("change_chat_order", args=[Order.objects.get().code])
    assert seller.get(url).context["gone"] == []
    Extra.objects.update(is_active=False)
    PickupPoint.objects.update(is_active=False)
    page = seller.get(url)
    assert [line.kind for line in page.context["gone"]] == ["extra", "pickup"]
    assert "รายการนี้ไม่ได้ขายแล้ว" in page.content.decode()


def test_a_change_is_added_up_with_the_shipping_that_the_guest_chose_and_saved_at_no_other_price(seller, shop, at):
    cloth = f.a_product(shop, stock=9)
    DeliveryTerms.objects.create(shop=shop, hands_over=True)
    url = reverse("sell_in_chat")
    words = {"key": "k" * 24, "name": "คุณแนน", "hold": "3h", "language": "th", "how": "link"}
    seller.post(url, words | {f"goods-{cloth.public_id}": "1"})
    order = Order.objects.get()
    complete_details(
        order=order, buyer=f.a_buyer(), delivery=Delivery(way=Parcel.Way.HAND_OVER), shown_satang=order.goods_satang, at=at
    )  # fmt: skip
    change = reverse("change_chat_order", args=[order.code])
    page = seller.post(change, words | {f"goods-{cloth.public_id}": "2", "sum": ""})
    assert page.context["basket"].total_satang == 70000
    page = seller.post(change, words | {f"goods-{cloth.public_id}": "2", "shown": "75000"})
    assert list(page.context["form"].errors) == ["__all__"]
    seller.post(change, words | {f"goods-{cloth.public_id}": "2", "shown": "70000"})
    order.refresh_from_db()
    assert order.total_satang == 70000
