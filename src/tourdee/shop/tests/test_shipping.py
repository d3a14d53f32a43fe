"""What shipping costs: by zone, weight and place, free above an amount, nothing for what is fetched."""

import pytest

from ..actions.orders import CannotDeliver, Delivery, NeedsAddress, place_order
from ..models import DeliveryTerms, Parcel, ShippingZone
from ..queries.baskets import basket
from ..queries.shipping import NotSentThere, Tariff, TooHeavy, WayNotOffered, shipping, zone_of
from .factories import a_buyer, a_departure, a_product, a_shop, a_tour, goods, in_days, seats

pytestmark = pytest.mark.django_db
CHIANG_MAI, SILOM, KO_TAO = "50200", "10500", "84360"
BANGKOK = {"name_th": "กรุงเทพฯ", "provinces": [10, 11, 12], "steps": [[500, 3000], [2000, 6000]]}
REST = {"name_th": "ที่อื่น", "provinces": [], "steps": [[500, 4500], [2000, 9000]]}


def a_tariff(*zones: dict, flat: int = 5000, **terms: object) -> Tariff:
    """Terms that nobody has saved."""
    return Tariff(DeliveryTerms(by_zone=bool(zones), **terms), [ShippingZone(**zone) for zone in zones], flat)


def cost(
    tariff: Tariff, postcode: str = CHIANG_MAI, *, grams: int = 400, goods_satang: int = 35000, **way: object
) -> int:
    """Satang of one basket."""
    delivery = Delivery(postcode=postcode, **way)
    return shipping(tariff, grams=grams, goods_satang=goods_satang, delivery=delivery).satang


def test_a_shop_without_terms_sends_for_its_flat_fee():
    assert cost(a_tariff()) == 5000
    assert cost(a_tariff(), "") == 5000


@pytest.mark.parametrize(
    ("postcode", "grams", "satang"),
    [(SILOM, 500, 3000), (SILOM, 501, 6000), (CHIANG_MAI, 500, 4500), (CHIANG_MAI, 2000, 9000)],
)
def test_the_price_follows_zone_and_weight(postcode, grams, satang):
    assert cost(a_tariff(BANGKOK, REST), postcode, grams=grams) == satang


def test_steps_hold_in_whatever_order_they_were_written():
    mixed = {**REST, "steps": [[2000, 9000], [500, 4500]]}
    assert cost(a_tariff(mixed), grams=300) == 4500


def test_packing_weighs_too():
    assert cost(a_tariff(BANGKOK, REST, packing_grams=150), grams=400) == 9000


def test_heavier_than_the_last_step_is_refused():
    with pytest.raises(TooHeavy):
        cost(a_tariff(BANGKOK, REST), grams=2001)


def test_a_province_in_no_zone_is_refused():
    with pytest.raises(NotSentThere):
        cost(a_tariff(BANGKOK))


def test_a_zone_that_names_the_province_comes_before_everywhere_else():
    zones = a_tariff(REST, BANGKOK).zones
    assert (zone_of(zones, 10).name_th, zone_of(zones, 50).name_th) == ("กรุงเทพฯ", "ที่อื่น")


def test_remote_places_cost_more_also_where_shipping_is_free():
    far = {"surcharge_satang": 5000, "remote_postcodes": [KO_TAO]}
    assert cost(a_tariff(**far), KO_TAO) == 10000
    assert cost(a_tariff(**far), CHIANG_MAI) == 5000
    assert cost(a_tariff(free_from_satang=30000, **far), KO_TAO) == 5000
    assert cost(a_tariff(free_from_satang=30000, **far), CHIANG_MAI) == 0


def test_free_from_an_amount_counts_the_goods_alone():
    assert cost(a_tariff(free_from_satang=35000), goods_satang=34999) == 5000
    assert cost(a_tariff(free_from_satang=35000), goods_satang=35000) == 0


def test_what_is_fetched_costs_nothing_and_only_where_it_is_offered():
    assert cost(a_tariff(BANGKOK, hands_over=True), way="hand_over", grams=9000) == 0
    with pytest.raises(WayNotOffered):
        cost(a_tariff(), way="hand_over")
    with pytest.raises(WayNotOffered):
        cost(a_tariff(sends=False, hands_over=True), way="post")
    with pytest.raises(WayNotOffered):
        cost(a_tariff(), way="drone")


def test_without_a_choice_it_is_the_way_that_is_offered():
    assert shipping(
        a_tariff(sends=False, hands_over=True), grams=1, goods_satang=1, delivery=Delivery()
    ).way == Parcel.Way.HAND_OVER  # fmt: skip


def test_while_the_place_is_unknown_it_is_the_least_and_says_so():
    unknown = shipping(a_tariff(BANGKOK, REST), grams=400, goods_satang=1, delivery=Delivery())
    assert (unknown.satang, unknown.sure) == (3000, False)
    known = shipping(a_tariff(BANGKOK, REST), grams=400, goods_satang=1, delivery=Delivery(postcode=SILOM))
    assert (known.satang, known.sure) == (3000, True)


# ------------------------------------------------------------------ in an order
@pytest.fixture
def shop(owner):
    shop = a_shop(owner)
    DeliveryTerms.objects.create(shop=shop, by_zone=True, hands_over=True)
    for position, zone in enumerate([BANGKOK, REST]):
        ShippingZone.objects.create(shop=shop, position=position, **zone)
    return shop


def placed(shop, variant, at, *, quantity=1, **delivery):
    return place_order(
        shop=shop, buyer=a_buyer(), items=[goods(variant, quantity)], idempotency_key="k", at=at,
        delivery=Delivery(**delivery),
    )  # fmt: skip


def test_the_order_is_charged_for_its_weight_and_place(shop, at):
    variant = a_product(shop)
    variant.weight_grams = 300
    variant.save()
    order = placed(shop, variant, at, quantity=2, postcode=CHIANG_MAI, subdistrict="500108", house="99 หมู่ 1")
    parcel = order.parcel
    assert (order.goods_satang, order.shipping_satang, order.total_satang) == (70000, 9000, 79000)
    assert (parcel.way, parcel.grams, parcel.province, parcel.postcode) == ("post", 600, 50, "50200")
    assert parcel.label == "99 หมู่ 1\nต.สุเทพ อ.เมืองเชียงใหม่ จ.เชียงใหม่ 50200"


def test_an_order_whose_place_is_unknown_is_not_placed(shop, at):
    with pytest.raises(NeedsAddress):
        placed(shop, a_product(shop), at)


def test_what_is_fetched_needs_no_address(shop, at):
    order = place_order(
        shop=shop, buyer=a_buyer(address=""), items=[goods(a_product(shop))], idempotency_key="k", at=at,
        delivery=Delivery(way="hand_over"),
    )  # fmt: skip
    assert (order.shipping_satang, order.parcel.way, order.parcel.label) == (0, "hand_over", "")


def test_seats_have_no_parcel_and_pay_no_shipping(shop, at):
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5))
    order = place_order(shop=shop, buyer=a_buyer(), items=[seats(departure)], idempotency_key="k", at=at)
    assert (order.shipping_satang, Parcel.objects.count()) == (0, 0)


def test_a_way_that_the_browser_invented_is_refused(shop, at):
    with pytest.raises(CannotDeliver):
        placed(shop, a_product(shop), at, way="teleport", postcode=CHIANG_MAI)


@pytest.mark.parametrize("zones", [1, 3])
def test_more_zones_ask_no_more_questions(shop, at, django_assert_num_queries, zones):
    ShippingZone.objects.filter(position__gte=0).delete()
    for position in range(zones):
        ShippingZone.objects.create(shop=shop, position=position, **(REST if position else BANGKOK))
    items = [goods(a_product(shop))]
    shop.refresh_from_db()
    with django_assert_num_queries(4):  # the variants, who is paid, the terms, the zones
        basket(shop=shop, items=items, at=at, delivery=Delivery(postcode=SILOM))
