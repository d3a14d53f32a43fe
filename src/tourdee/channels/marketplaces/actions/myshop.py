"""A seller connects LINE SHOPPING, and says what is to be on sale there. The worker does the rest (following.py)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee.core import audit
from tourdee.core.crypto import seal
from tourdee.people.models import User
from tourdee.shop.actions.listings import remove_listing
from tourdee.shop.models import Shop
from tourdee.shop.queries.storefront.on_sale import products_on_sale

from ..models import MyShop, MyShopItem
from ..myshop import CHANNEL


class UnknownCategory(Exception):
    """No category was chosen, or one that is not known from there."""

    @property
    def message(self) -> str:
        return _("Please choose a category.")


@transaction.atomic
def connect(*, shop: Shop, key: str, by: User, at: datetime) -> MyShop:
    """Keep the key, sealed; the worker tries it at once. A new key takes the place of the old one and keeps the items."""
    fresh = {"key": seal(key), "hint": key[-4:], "trouble": "", "tries": 0, "due_at": at}
    row, _made = MyShop.objects.update_or_create(
        shop=shop, defaults=fresh, create_defaults=fresh | {"connected_at": at, "orders_read_at": at}
    )
    audit.record("myshop.connected", subject=shop, text=f"เชื่อม LINE SHOPPING …{row.hint}", at=at, actor=by)
    return row


@transaction.atomic
def disconnect(*, connection: MyShop, by: User, at: datetime) -> None:
    """Forget the key. What stands there stays there, but nobody follows it any more."""
    for item in connection.items.select_related("product__shop"):
        remove_listing(item=item.product, channel=CHANNEL, at=at, by=by)
    audit.record("myshop.disconnected", subject=connection.shop, text="เลิกเชื่อม LINE SHOPPING", at=at, actor=by)
    connection.delete()


@transaction.atomic
def offer(*, connection: MyShop, products: Sequence[str], category: int, at: datetime) -> int:
    """These products are to be on sale there, in that category where they are new. Returns how many. Raises
    UnknownCategory."""
    if category not in {number for number, _name in connection.categories}:
        raise UnknownCategory
    chosen = list(products_on_sale().filter(shop=connection.shop_id, public_id__in=products))
    for product in chosen:
        wanted = {"is_wanted": True, "why": ""}
        MyShopItem.objects.update_or_create(
            myshop=connection, product=product, defaults=wanted, create_defaults=wanted | {"category": category}
        )
    look_now(connection=connection, at=at)
    return len(chosen)


@transaction.atomic
def withdraw(*, item: MyShopItem, at: datetime) -> None:
    """It is to be hidden there."""
    MyShopItem.objects.filter(pk=item.pk).update(is_wanted=False, why="")
    look_now(connection=item.myshop, at=at)


def look_now(*, connection: MyShop, at: datetime) -> None:
    """The worker's next round takes it up."""
    MyShop.objects.filter(pk=connection.pk).update(due_at=at)
