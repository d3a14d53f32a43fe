"""Vouchers: made and stopped by the seller, counted as orders take them and give them back.

``Voucher.used`` changes only by one conditional UPDATE in the transaction of the order's own change; the order says by
``holds_voucher`` whether it is counted, so it gives back once what it took once.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tourdee.core.audit import record
from tourdee.people.models import User

from ..models import Order, Shop, Voucher
from ..queries.baskets import VoucherRefused
from .stock import BooksDoNotBalance


class CodeInUse(Exception):
    """The shop has, or had, a voucher with this code."""

    @property
    def message(self) -> str:
        return _("There is a code of this name already. Please choose another.")


@dataclass(frozen=True, kw_only=True)
class VoucherTerms:
    """What a voucher gives and to whom: ``percent`` or ``amount_satang``, one of the two."""

    code: str
    off: str
    percent: int
    amount_satang: int
    minimum_satang: int
    valid_from: datetime
    valid_to: datetime
    limit: int


@transaction.atomic
def make_voucher(*, shop: Shop, terms: VoucherTerms, by: User, at: datetime) -> Voucher:
    """A new code of the shop. Raises CodeInUse."""
    columns = {name: getattr(terms, name) for name in terms.__dataclass_fields__}
    try:
        with transaction.atomic():
            voucher = Voucher.objects.create(shop=shop, created_at=at, **columns)
    except IntegrityError as problem:
        raise CodeInUse from problem
    Shop.objects.filter(pk=shop.pk).update(has_vouchers=True)
    record("voucher.made", subject=voucher, text=f"สร้างโค้ดส่วนลด {voucher.code} ของ {shop.name_th}", at=at, actor=by)
    return voucher


@transaction.atomic
def stop_voucher(*, voucher: Voucher, by: User, at: datetime) -> None:
    """Nobody can use it from now on; orders that hold it keep their price. Again changes nothing."""
    if not Voucher.objects.filter(pk=voucher.pk, is_active=True).update(is_active=False):
        return
    others = Voucher.objects.filter(shop=voucher.shop_id, is_active=True).exists()
    Shop.objects.filter(pk=voucher.shop_id).update(has_vouchers=others)
    record("voucher.stopped", subject=voucher, text=f"หยุดโค้ดส่วนลด {voucher.code}", at=at, actor=by)


def take_voucher(voucher: Voucher | None, at: datetime) -> None:
    """Count one more use, while it holds and uses are left. Raises VoucherRefused."""
    if voucher is None:
        return
    holding = Voucher.objects.filter(pk=voucher.pk, is_active=True, valid_from__lte=at, valid_to__gt=at)
    if not holding.filter(used__lt=F("limit")).update(used=F("used") + 1):
        raise VoucherRefused("used_up" if holding.exists() else "over")


def take_voucher_again(order: Order) -> bool:
    """For an order that ran out and was paid after all. ``False``: others have had all uses meanwhile. Whether the code
    still holds no longer matters: the price was promised while it did."""
    if order.voucher_id is None or order.holds_voucher:
        return True
    if not Voucher.objects.filter(pk=order.voucher_id, used__lt=F("limit")).update(used=F("used") + 1):
        return False
    _note(order, holds=True)
    return True


def give_back_voucher(order: Order) -> None:
    """The order ended without a sale: somebody else may use the code. Raises BooksDoNotBalance."""
    if not order.holds_voucher or order.voucher is None:
        return
    if not Voucher.objects.filter(pk=order.voucher.pk, used__gte=1).update(used=F("used") - 1):
        raise BooksDoNotBalance(f"voucher of order {order.code}")
    _note(order, holds=False)


def _note(order: Order, *, holds: bool) -> None:
    Order.objects.filter(pk=order.pk).update(holds_voucher=holds)
    order.holds_voucher = holds
