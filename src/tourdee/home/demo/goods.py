"""Goods in the demo: a shop that sends by zone and weight and takes cash on delivery, and parcels that wait to be packed."""

from datetime import datetime, timedelta

from tourdee.shop.actions.delivery import Terms, Zone, write_delivery_terms
from tourdee.shop.actions.orders import Buyer, Delivery, Item, place_order
from tourdee.shop.actions.payments import record_manual_payment
from tourdee.shop.models import Product, Shop, Variant

from .cast import person

GRAMS = 350
STEPS = (250, 500, 1000, 2000, 5000)
ZONES: tuple[tuple[str, str, list[int], tuple[int, ...]], ...] = (
    (
        "ภาคอีสาน",
        "Northeast",
        [30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49],
        (30, 35, 45, 60, 110),
    ),
    ("ที่อื่นทั่วประเทศ", "Everywhere else", [], (40, 45, 55, 80, 140)),
)
WAITING = (
    ("ปวีณา ลมเย็น", "+66800008006", "500108", "50200", "12/3 ถ.นิมมานเหมินท์ ซอย 9", False),
    ("Tom Baker", "+66800008007", "103301", "10110", "88 Sukhumvit Soi 24", False),
    ("ณัฐวุฒิ รุ่งเรือง", "+66800008008", "410116", "41000", "45 หมู่ 6 บ้านหนองบัว", True),
)


def load_goods(at: datetime) -> None:
    """The weavers' terms of delivery, and three parcels ordered since yesterday; one of them is paid on delivery."""
    shop = Shop.objects.select_related("owner", "business").get(owner=person("nakha"))
    Variant.objects.filter(product__shop=shop).update(weight_grams=GRAMS)
    _terms(shop, at - timedelta(days=30))
    shop = Shop.objects.select_related("owner", "business").get(pk=shop.pk)
    product = Product.objects.filter(shop=shop).order_by("id")[0]
    for number, parcel in enumerate(WAITING):
        _parcel(shop, product, number, parcel, at - timedelta(hours=20 - 6 * number))


def _terms(shop: Shop, at: datetime) -> None:
    zones = [
        Zone(
            name_th=thai, name_en=english, provinces=provinces,
            steps=[[grams, price * 100] for grams, price in zip(STEPS, prices, strict=True)],
        )
        for thai, english, provinces, prices in ZONES
    ]  # fmt: skip
    terms = Terms(
        by_zone=True, free_from_satang=300000, packing_grams=100, hands_over=True, on_delivery=True,
        on_delivery_fee_satang=2000, hand_over_th="กลุ่มทอผ้าบ้านนาข่า ทุกวัน 9–17 น. โทรก่อนมา",
        hand_over_en="The weavers' house at Ban Na Kha, daily 9–17; please call first",
    )  # fmt: skip
    write_delivery_terms(shop=shop, terms=terms, zones=zones, by=shop.owner, at=at)


def _parcel(
    shop: Shop, product: Product, number: int, parcel: tuple[str, str, str, str, str, bool], at: datetime
) -> None:
    name, phone, subdistrict, postcode, house, on_delivery = parcel
    delivery = Delivery(way="post", postcode=postcode, subdistrict=subdistrict, house=house, on_delivery=on_delivery)
    variant = product.variants.order_by("-stock")[0]
    order = place_order(
        shop=shop, buyer=Buyer(name=name, phone=phone, address=house), items=[Item(quantity=1 + number % 2, variant=variant.public_id)],
        delivery=delivery, idempotency_key=f"demo-parcel-{number}", at=at,
    )  # fmt: skip
    if not on_delivery:
        record_manual_payment(
            order=order,
            by=order.seller.owner,
            satang=order.total_satang,
            reference="demo",
            at=at + timedelta(minutes=5),
        )
