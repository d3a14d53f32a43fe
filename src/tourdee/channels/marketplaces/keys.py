"""By which words a marketplace's template names the columns that we can fill.

Shopee: the keys of its basic template of 31 August 2026, as a public exporter lists them (Indonesia; the Thai one is said to have the
same keys with other ``channel_id``). Lazada and TikTok Shop: no template was at hand; their columns are found by the words that
people read in the header, and the seller looks over what was found.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

FIELDS = {  # what an item can say, and how it is called on the page
    "name": _("Name"),
    "description": _("Description"),
    "price": _("Price"),
    "stock": _("Stock"),
    "sku": _("Own code of the kind"),
    "parent_sku": _("Own code of the product"),
    "group": _("Number that joins the kinds"),
    "option_name": _("What the kinds differ in"),
    "option": _("Kind"),
    "weight_kg": _("Weight in kilograms"),
    "weight_g": _("Weight in grams"),
    "picture_1": _("Cover picture"),
    **{f"picture_{place}": _("Another picture") for place in range(2, 10)},
}
SHOPEE = {
    "ps_product_name": "name",
    "ps_product_description": "description",
    "ps_sku_parent_short": "parent_sku",
    "et_title_variation_integration_no": "group",
    "et_title_variation_1": "option_name",
    "et_title_option_for_variation_1": "option",
    "ps_price": "price",
    "ps_stock": "stock",
    "ps_sku_short": "sku",
    "ps_item_cover_image": "picture_1",
    **{f"ps_item_image_{place}": f"picture_{place + 1}" for place in range(1, 9)},
    "ps_weight": "weight_kg",
}
READ = {  # the words of a header that people read, without signs and in small letters
    "product name": "name", "ชื่อสินค้า": "name", "item name": "name",
    "product description": "description", "main description": "description", "description": "description",
    "รายละเอียดสินค้า": "description", "คำอธิบายสินค้า": "description",
    "price": "price", "ราคา": "price", "retail price": "price", "ราคาขายปลีก": "price",
    "quantity": "stock", "stock": "stock", "จำนวน": "stock", "คลัง": "stock", "สต็อก": "stock", "จำนวนสินค้า": "stock",
    "seller sku": "sku", "sellersku": "sku", "sku": "sku", "sku ของผู้ขาย": "sku",
    "package weight kg": "weight_kg", "น้ำหนักพัสดุ kg": "weight_kg", "package weight g": "weight_g",
    "parcel weight g": "weight_g", "น้ำหนักพัสดุ g": "weight_g",
    "main image": "picture_1", "product images1": "picture_1", "product image 1": "picture_1", "รูปหลัก": "picture_1",
    **{f"product images{place}": f"picture_{place}" for place in range(2, 9)},
    **{f"product image {place}": f"picture_{place}" for place in range(2, 10)},
    **{f"image {place}": f"picture_{place}" for place in range(2, 10)},
    "variation 1": "option", "ตัวเลือกที่ 1": "option",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Marketplace:
    """``first_row``: where its items begin at the earliest. ``confirmed``: its keys are known, not guessed."""

    slug: str
    name: str
    first_row: int
    most_name: int
    most_description: int
    confirmed: bool


MARKETPLACES = {
    one.slug: one
    for one in (
        Marketplace(slug="shopee", name="Shopee", first_row=7, most_name=255, most_description=3000, confirmed=True),
        Marketplace(slug="lazada", name="Lazada", first_row=2, most_name=255, most_description=5000, confirmed=False),
        Marketplace(
            slug="tiktok", name="TikTok Shop", first_row=2, most_name=255, most_description=5000, confirmed=False
        ),
    )
}
