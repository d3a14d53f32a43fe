"""Vouchers shown as coupons at LINE: asked for here, made there by the worker."""

from datetime import datetime

from django.db import transaction

from tourdee.shop.models import Voucher

from ..models import Coupon

AT_ONCE = {"tries": 0, "try_at": None}


@transaction.atomic
def show_voucher(*, voucher: Voucher, at: datetime) -> Coupon:
    """It is to be shown to everybody who follows the shop. Shown before, it is shown again."""
    coupon, new = Coupon.objects.get_or_create(voucher=voucher, defaults={"asked_at": at})
    if not new:
        Coupon.objects.filter(pk=coupon.pk, closed_at__isnull=False).update(
            closed_at=None, outside_id="", asked_at=at, **AT_ONCE
        )
        Coupon.objects.filter(pk=coupon.pk).exclude(problem="").update(problem="", asked_at=at, **AT_ONCE)
        coupon.refresh_from_db()
    return coupon


@transaction.atomic
def hide_voucher(*, voucher: Voucher, at: datetime) -> bool:
    """Shown no more; who knows the code may still use it. ``False``: it was not shown."""
    return Coupon.objects.filter(voucher=voucher, closed_at__isnull=True).update(closed_at=at, **AT_ONCE) > 0


@transaction.atomic
def note_made(*, coupon: Coupon, outside_id: str) -> None:
    """It stands at LINE under this id."""
    Coupon.objects.filter(pk=coupon.pk).update(outside_id=outside_id, problem="")


@transaction.atomic
def note_refused(*, coupon: Coupon, why: str) -> None:
    """LINE did not take it; ``why`` is for the seller to read."""
    Coupon.objects.filter(pk=coupon.pk).update(problem=why[:200])
